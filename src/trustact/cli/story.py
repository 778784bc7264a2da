"""What the demonstration's officer knows, attests and does about each document of the specimen set."""

import datetime as dt
from typing import Any

import msgspec

from trustact.casework.act import Disposition
from trustact.facts import Value


class Chapter(msgspec.Struct, frozen=True):
    """One document's part in the story: facts the officer adds to those proposed, and what was done.

    `eligible_after`: from receipt to the moment the person became eligible for release and the law was applied.
    """

    facts: dict[str, Value]
    done: Disposition | None
    eligible_after: dt.timedelta = dt.timedelta(hours=4)


_IN_CUSTODY: dict[str, Value] = {
    "request.agency": "ice-ero",
    "request.purpose": "civil-immigration",
    "custody.in_custody": True,
    "custody.eligible_for_release": True,
    "custody.other_lawful_hold": False,
    "victim.visa_certification": False,
}
_OFFICERS_WARRANT: dict[str, Value] = {
    "warrant.presented": True,
    "warrant.issued_by": "immigration-authority",
    "warrant.signed_by": "dhs-officer",
    "warrant.matter": "civil",
    "warrant.names_subject": True,
}
_JUDGES_WARRANT: dict[str, Value] = {
    "warrant.presented": True,
    "warrant.issued_by": "court",
    "warrant.signed_by": "magistrate-judge",
    "warrant.matter": "criminal",
    "warrant.offence": "1326",
    "warrant.names_subject": True,
}


def _not_acted_upon(release: Any) -> Disposition:
    return Disposition("not-acted-upon", release=release)


STORY: dict[str, Chapter] = {
    "detainer-fillable": Chapter(
        {**_IN_CUSTODY, "request.form": "i-247a", "warrant.presented": False}, _not_acted_upon("bailed")
    ),
    "detainer-fax": Chapter(
        {**_IN_CUSTODY, **_OFFICERS_WARRANT, "request.form": "i-247a"}, _not_acted_upon("bailed")
    ),
    "detainer-fax-again": Chapter(
        {**_IN_CUSTODY, **_OFFICERS_WARRANT, "request.form": "i-247a"}, _not_acted_upon("bailed")
    ),
    "detainer-revised": Chapter(
        {**_IN_CUSTODY, **_OFFICERS_WARRANT, "request.form": "i-247a", "custody.in_custody": False},
        Disposition("not-in-custody"),
    ),
    "notification-fax": Chapter(
        {**_IN_CUSTODY, "request.form": "i-247g", "warrant.presented": False}, _not_acted_upon("to-court")
    ),
    "judicial-packet": Chapter(
        {**_IN_CUSTODY, **_JUDGES_WARRANT, "request.form": "i-247a", "request.purpose": "mixed"},
        Disposition(
            "held",
            release="not-released",
            held_past_eligibility=True,
            held_reason="judicial-criminal-warrant",
            transferred_to="other-agency",
            note="Arrested on the court's warrant and delivered to the United States Marshals.",
        ),
    ),
    "warrant-alone": Chapter(
        {**_IN_CUSTODY, **_OFFICERS_WARRANT, "request.form": "i-200"}, _not_acted_upon("charges-dropped")
    ),
    # Eligibility is not known yet: the law is applied all the same, and says what to ask and what stands meanwhile.
    "detainer-bad-fax": Chapter(
        {
            "request.form": "i-247a",
            "request.agency": "ice-ero",
            "request.purpose": "civil-immigration",
            "warrant.presented": False,
            "custody.in_custody": True,
            "custody.other_lawful_hold": False,
        },
        None,
        dt.timedelta(minutes=40),
    ),
}
SET_ASIDE = {"not-a-request": "a fax from a pharmacy, sent to us by mistake"}
