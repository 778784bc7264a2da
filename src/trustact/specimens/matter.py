"""An invented matter: one subject, and everything the forms about that subject print."""

import random
from datetime import date, timedelta

import msgspec

from trustact.specimens.page import PrintId
from trustact.specimens.people import OFFICER_TITLES, Culture, Official, Subject, official, subject
from trustact.specimens.places import OFFICES, STATIONS, Office, Station

BASES = ("final_order", "removal_proceedings", "biometric", "statements", "transferred_custody")
"""The five grounds of an I-247A, in the order it prints them: box 1(a) to (d), and box 2."""


FILED = (
    *("indictment", "superseding-indictment", "information", "superseding-information", "complaint"),
    *("probation-petition", "release-petition", "violation-notice", "order"),
)
"""What may have been filed with a court, the nine boxes of its warrant; the signer follows from it."""


class Court(msgspec.Struct, frozen=True):
    """The criminal case behind a court's warrant. `document` is what was filed: complaint or indictment."""

    case_number: str
    document: str
    offence: str
    issued: date
    signer: Official


class Matter(msgspec.Struct, frozen=True):
    """One subject and one request for them. `file_number` is the nine digits of an A-number."""

    subject: Subject
    file_number: str
    subject_id: str
    event_number: str
    issued: date
    to: Station
    sender: Office
    bases: frozenset[str]
    cancels: date | None
    officer: Official
    supervisor: Official
    court: Court
    pen: int


OFFENCES = (
    "8 U.S.C. § 1326(a) - Reentry of Removed Alien",
    "8 U.S.C. § 1326(a), (b)(1) - Reentry of Removed Alien after Felony Conviction",
    "8 U.S.C. § 1325(a) - Improper Entry by Alien",
    "8 U.S.C. § 1253(a)(1) - Failure to Depart",
    "18 U.S.C. § 1028A - Aggravated Identity Theft",
)

_BASES_SEEN = (
    frozenset({"biometric"}),
    frozenset({"biometric", "statements"}),
    frozenset({"removal_proceedings", "biometric"}),
    frozenset({"removal_proceedings"}),
    frozenset({"final_order"}),
    frozenset({"statements"}),
    frozenset({"transferred_custody"}),
)

_SHARES = (5, 2, 2, 1)
"""How often each of `OFFICES` is the sender: Boston's own most of all."""


def invent(
    seed: int,
    issued: date,
    *,
    to: Station | None = None,
    bases: frozenset[str] | None = None,
    cancels: date | None = None,
    culture: Culture | None = None,
    document: str | None = None,
    offence: str | None = None,
) -> Matter:
    """An invented matter of that day; what is given is kept, the rest is drawn from the seed.

    The A-number begins with three noughts, which no real file has. The court's signer follows Fed. R.
    Crim. P. 4 and 9: a magistrate judge on a complaint, a deputy clerk on an indictment.
    """
    rng = random.Random(seed)
    sender = rng.choices(OFFICES, _SHARES)[0]
    filed = document or rng.choice(("complaint", "complaint", "indictment"))
    return Matter(
        subject=subject(rng, issued, culture),
        file_number=f"000{rng.randint(100_000, 999_999)}",
        subject_id=f"000{rng.randint(100_000, 999_999)}",
        event_number=f"{sender.code}{issued:%y%m}{rng.randint(1, 999_999):06d}",
        issued=issued,
        to=to or rng.choice(STATIONS),
        sender=sender,
        bases=rng.choice(_BASES_SEEN) if bases is None else bases,
        cancels=cancels,
        officer=official(rng, rng.choice(OFFICER_TITLES[:2])),
        supervisor=official(rng, rng.choice(OFFICER_TITLES[1:])),
        court=_court(rng, issued, filed, offence),
        pen=rng.getrandbits(32),
    )


def _court(rng: random.Random, issued: date, document: str, offence: str | None) -> Court:
    judge = official(rng, "U.S. Magistrate Judge", "Hon.")
    clerk = official(rng, "Deputy Clerk")
    kind, signer = ("mj", judge) if document == "complaint" else ("cr", clerk)
    initials = "".join(word[0] for word in judge.name.removeprefix("Hon. ").split())
    return Court(
        case_number=f"{issued:%y}-{kind}-{rng.randint(9001, 9999)}-{initials}",
        document=document,
        offence=offence or rng.choice(OFFENCES[:2]),
        issued=issued - timedelta(days=rng.randint(0, 5)),
        signer=signer,
    )


def entered(matter: Matter) -> date:
    """The day the subject came into the country, some years before."""
    return matter.issued.replace(year=matter.issued.year - 2 - matter.pen % 15, day=1 + matter.pen % 28)


def a_number(matter: Matter, print_id: PrintId) -> str:
    """The A-number as that print types it: `A 000 412 345`, `A000-412-345`, `A000412345` or `A000 412 345`."""
    digits = matter.file_number
    groups = (digits[:3], digits[3:6], digits[6:])
    return {
        "A": "A " + " ".join(groups),
        "B": "A" + "-".join(groups),
        "C": f"A{digits}",
        "D": "A" + " ".join(groups),
    }[print_id]


def name(matter: Matter, print_id: PrintId) -> str:
    """The subject's name as that print types it: family name first, or last, or first and all in capitals."""
    person = matter.subject
    forms = {"A": person.family_first, "B": person.given_first, "C": person.family_first.upper()}
    return forms.get(print_id, person.family_first)


def sex(matter: Matter, print_id: PrintId) -> str:
    """`M` or `Male`."""
    return {"M": "Male", "F": "Female"}[matter.subject.sex] if print_id in "BD" else matter.subject.sex


def signed(official: Official, print_id: PrintId) -> str:
    """Who signed, as that print types it: title on a second line, or after a comma."""
    return f"{official.name}{', ' if print_id in 'BD' else chr(10)}{official.title}"


def day(moment: date, print_id: PrintId) -> str:
    """A date as that print types it: `03/14/2025`, `March 14, 2025`, `14-Mar-2025` or `03-14-2025`."""
    forms = {
        "A": f"{moment:%m/%d/%Y}",
        "B": f"{moment:%B} {moment.day}, {moment.year}",
        "C": f"{moment:%d-%b-%Y}",
        "D": f"{moment:%m-%d-%Y}",
    }
    return forms[print_id]
