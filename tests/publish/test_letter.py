"""The reply: every kind of document gets its own words, and no letter tells anything of the person."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.publish.cases import BOSTON, flaws_ua1, words
from trustact.law.decide import decide
from trustact.law.loading import load_law
from trustact.publish.letter import (
    DRAFT,
    UNSIGNED,
    Approval,
    Letter,
    RequestDocument,
    draft_letter,
    facts_for_reply,
)
from trustact.publish.letter_form import read_letter_form
from trustact.publish.letter_pages import letter_pdf, letter_text
from trustact.publish.rows import FormClass
from trustact.shelves import ShelfError, shelf
from trustact.terms import Evidence

LAW = load_law("us-ma-boston")
PATH = shelf("laws") / "us-ma-boston" / "letters" / "reply.yaml"
FORM = read_letter_form(PATH)
AT = dt.datetime(2025, 6, 1, 16, tzinfo=dt.UTC)

CIVIL = {"request.agency": "ice-ero", "request.purpose": "civil-immigration"}
OFFICER_SIGNED = {
    **CIVIL,
    "warrant.presented": True,
    "warrant.issued_by": "immigration-authority",
    "warrant.signed_by": "dhs-officer",
    "warrant.matter": "civil",
    "warrant.names_subject": True,
}
JUDGE_SIGNED = {
    "request.agency": "ice-ero",
    "request.purpose": "mixed",
    "warrant.presented": True,
    "warrant.issued_by": "court",
    "warrant.signed_by": "magistrate-judge",
    "warrant.matter": "criminal",
    "warrant.offence": "1326",
    "warrant.names_subject": True,
}
ALONE = {**CIVIL, "warrant.presented": False}

DOCUMENTS: dict[str, tuple[str | None, FormClass, dict[str, object]]] = {
    "detainer": ("i-247a", "civil-detainer", OFFICER_SIGNED),
    "detainer with a judge's warrant": ("i-247a", "civil-detainer", JUDGE_SIGNED),
    "notification": ("i-247g", "notification-request", ALONE),
    "administrative warrant": ("i-200", "administrative-warrant", OFFICER_SIGNED),
    "judicial warrant": ("ao-442", "judicial-warrant", JUDGE_SIGNED),
    "letter": ("letter", "other", ALONE),
    "unreadable": (None, "unreadable", {}),
}


def reply(
    kind: str,
    custody: Mapping[str, object] | None = None,
    *,
    approval: Approval | None = None,
    counsel_signed: bool = False,
) -> Letter:
    form, form_class, facts = DOCUMENTS[kind]
    known = {**facts, **({"request.form": form} if form else {}), **(custody or {})}
    document = RequestDocument(
        number="2025-0007",
        received_on=dt.date(2025, 6, 1),
        station="D-4",
        form=form,
        form_class=form_class,
        sender=("ICE ERO Boston Field Office", "1000 District Avenue", "Burlington, MA 01803"),
        form_date=dt.date(2025, 5, 31),
        event_number="BOS2505000123",
        subject_id="378114206",
    )
    return draft_letter(
        FORM,
        document,
        decide(LAW, facts_for_reply(known), AT),
        department=BOSTON,
        dated=dt.date(2025, 6, 2),
        counsel_signed=counsel_signed,
        approval=approval,
    )


def flat(letter: Letter) -> str:
    return " ".join(letter_text(letter).split())


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_letter_is_accessible_and_the_same_twice(kind: str) -> None:
    pdf = letter_pdf(reply(kind))
    assert flaws_ua1(pdf) == []
    assert pdf == letter_pdf(reply(kind))


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_letter_gives_the_documents_own_references(kind: str) -> None:
    text = flat(reply(kind))
    for expected in (
        "Event No.: BOS2505000123",
        "Subject ID: 378114206",
        "2025-0007",
        "received by the Boston",
    ):
        assert expected in text


def test_a_detainer_request_is_answered_point_by_point_with_provision_and_case() -> None:
    text = flat(reply("detainer"))
    for expected in (
        "may not act upon the document in the following, for the reasons stated",
        "(a) To keep a person in custody after that person becomes eligible for release.",
        "(Boston Code 11-1.9 para. 2 [now (B)])",
        "(Lunn, 477 Mass. at 527-537)",
        "(b) To give notice of the time of a release.",
        "(c) To transfer a person to immigration authorities.",
        "Lunn v. Commonwealth, 477 Mass. 517 (2017)",
        "A criminal warrant or other order issued by a judicial officer, naming the person, may be sent",
    ):
        assert expected in text


def test_a_judicial_warrant_gets_the_words_of_a_permission_to_be_confirmed() -> None:
    for kind in ("judicial warrant", "detainer with a judge's warrant"):
        text = flat(reply(kind))
        assert "The law permits the Department to act upon a warrant or order of a court" in text
        assert "two members of the Department have confirmed it with the court" in text
        assert "may not act" not in text


def test_a_notification_only_form_is_never_called_a_detainer() -> None:
    text = flat(reply("notification"))
    assert "It does not ask the Department to keep anyone in custody" in text
    assert "does not treat it as a detainer request" in text
    assert "To keep a person in custody" not in text


def test_an_unreadable_document_is_asked_for_again() -> None:
    text = flat(reply("unreadable"))
    assert "A legible copy" in text
    assert "may not act" not in text


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_letter_is_neutral_and_speaks_no_evidence_words(kind: str) -> None:
    text = flat(reply(kind)).lower()
    for word in (
        "ignor",
        "defied",
        "refus",
        "alien",
        "detainee",
        "unverified",
        "secondary",
        "press or official",
    ):
        assert word not in text


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_rule_whose_text_is_unverified_is_never_cited(kind: str) -> None:
    points = [point for block in reply(kind).body for point in block.points]
    cited = {(point.phrase, provision.says) for point in points for provision in point.provisions}
    form, _, facts = DOCUMENTS[kind]
    known = facts_for_reply({**facts, **({"request.form": form} if form else {})})
    for finding in decide(LAW, known, AT, list(FORM.phrases)):
        for because in finding.because:
            if because.evidence is Evidence.UNVERIFIED:
                assert (FORM.phrases[finding.action], because.says) not in cited


_ABOUT_THE_PERSON = (
    "custody.in_custody",
    "custody.eligible_for_release",
    "custody.other_lawful_hold",
    "custody.court_order_to_hold",
    "boston2014.violent_crime_conviction",
    "person.watchlist_match",
    "victim.visa_certification",
    "interview.written_consent",
)


@given(st.sampled_from(sorted(DOCUMENTS)), st.dictionaries(st.sampled_from(_ABOUT_THE_PERSON), st.booleans()))
def test_no_fact_about_the_person_changes_a_letter(kind: str, facts: dict[str, object]) -> None:
    """Were it otherwise, the sender could tell from the wording who is in custody or about to be released."""
    assert reply(kind, facts) == reply(kind)


def test_a_draft_says_so_on_every_page_and_lists_what_to_check() -> None:
    letter = reply("detainer")
    assert letter.draft == (DRAFT, UNSIGNED)
    text = words(letter_pdf(letter))
    assert text.count(DRAFT) == 2
    assert text.count(UNSIGNED) == 2
    assert "us-ma/hold-administrative-warrant (Lunn, 477 Mass. at 527-537): not cited" in text
    assert "us-ma-boston/notify-release-civil (Boston Code 11-1.9): check its words before approving" in text
    assert letter_text(letter).startswith(f"*** {DRAFT} ***\n*** {UNSIGNED} ***\n")


def test_counsels_signature_takes_the_second_line_away() -> None:
    assert reply("detainer", counsel_signed=True).draft == (DRAFT,)


def test_an_approved_letter_bears_a_name_and_no_draft_marks() -> None:
    letter = reply("detainer", approval=Approval("Siobhán Nguyễn", "Deputy Superintendent"))
    text = words(letter_pdf(letter))
    assert "Siobhán Nguyễn Deputy Superintendent Boston Police Department" in text
    for mark in (DRAFT, UNSIGNED, "For the person who approves"):
        assert mark not in text
        assert mark not in flat(letter)


def test_lines_of_the_plain_text_fit_a_fax() -> None:
    for kind in DOCUMENTS:
        assert max(map(len, letter_text(reply(kind)).splitlines())) <= 72


def test_every_kind_of_document_has_its_actions_in_boston() -> None:
    assert set(FORM.asks) == set(get_args(FormClass))


def test_a_placeholder_nothing_stands_for_is_told(tmp_path: Path) -> None:
    path = tmp_path / "reply.yaml"
    path.write_text(PATH.read_text().replace("under number {number}", "under number {nubmer}"))
    with pytest.raises(
        ShelfError, match=r"reply\.yaml:\d+: nothing stands for '\{nubmer\}'; there is: department"
    ):
        read_letter_form(path)


def test_a_letter_to_nobody_known_can_still_be_set() -> None:
    """Neither the sender nor anything else of the document could be read."""
    document = RequestDocument(
        number="2025-0007",
        received_on=AT.date(),
        station="D-4",
        form=None,
        form_class="unreadable",
        sender=(),
    )
    letter = draft_letter(FORM, document, [], department=BOSTON, dated=AT.date(), counsel_signed=True)
    assert flaws_ua1(letter_pdf(letter)) == []
    assert letter.references == (
        ("Document", "Not recognized, date not legible"),
        ("Our number", "2025-0007"),
    )


def test_an_action_without_a_phrase_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "reply.yaml"
    path.write_text(PATH.read_text().replace("  arrest: To arrest or detain a person on the document.\n", ""))
    with pytest.raises(ShelfError, match=r"reply\.yaml:\d+: 'arrest' has no phrase under 'phrases'"):
        read_letter_form(path)
