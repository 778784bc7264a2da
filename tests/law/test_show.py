"""A law as text: what is in force that day, no more, in words, and marked as a draft until counsel signs."""

import datetime as dt
from typing import Any

import pytest

from tests.law.small import law_of, pack, provision, rule
from trustact.law.loading import law_ids, load_law
from trustact.law.pack import Due
from trustact.law.sheet import due_words
from trustact.law.show import WIDTH, show
from trustact.law.wording import in_words, one_of, statement, value_words

BOSTON = load_law("us-ma-boston")
TODAY = dt.date(2025, 6, 1)


@pytest.mark.parametrize("law_id", law_ids())
@pytest.mark.parametrize("day", [dt.date(1990, 1, 1), dt.date(2016, 6, 15), TODAY], ids=str)
def test_every_rule_in_force_is_shown_and_no_other(law_id: str, day: dt.date) -> None:
    top = load_law(law_id).layers[0]
    lines = show(load_law(law_id), day).splitlines()
    in_force = {rule.id for rule in top.rules_on(day)}
    assert {line.strip() for line in lines} & {rule.id for rule in top.rules} == in_force
    for line in lines:
        assert len(line) <= WIDTH or "://" in line, line
    assert all(line == line.rstrip() for line in lines)


def test_a_law_is_a_draft_until_counsel_has_signed_it() -> None:
    assert "draft, not signed by counsel" in show(BOSTON, TODAY)
    signed = law_of(
        pack("small", rule("bar"), signed_by_counsel={"name": "Amara Lindqvist", "date": "2026-03-02"})
    )
    assert "signed by Amara Lindqvist on 2026-03-02" in show(signed, TODAY)


def test_a_gap_is_shown_with_its_reason() -> None:
    versions: list[dict[str, Any]] = [
        {"from": "2000-01-01", "to": "2009-12-31", "gap": "the old text is silent"},
        {"from": "2010-01-01", "rules": [rule("bar")]},
    ]
    law = law_of(pack("small", provisions=[provision("one", *versions)]))
    assert "gap         the old text is silent" in show(law, dt.date(2005, 6, 1))
    assert "the old text is silent" not in show(law, TODAY)


def test_before_the_law_begins_only_the_reason_stands() -> None:
    text = show(BOSTON, dt.date(2014, 8, 19))
    assert "None: no text was in force before 20 August 2014" in text
    assert "when  " not in text


def test_a_rule_is_shown_with_what_it_says_when_and_how_it_was_established() -> None:
    text = show(BOSTON, TODAY)
    shown = text[text.index("  us-ma-boston/hold-criminal-warrant\n") :]
    assert shown.splitlines()[:9] == [
        "  us-ma-boston/hold-criminal-warrant",
        "    finding     permitted: hold, arrest",
        "    says        The bar does not reach a person for whom there is a criminal warrant issued",
        "                by a judicial officer.",
        "    when        <criminal warrant>; and <issued by judicial officer>",
        "    defeats     us-ma-boston/hold-civil-detainer, us-ma-boston/hold-administrative-warrant,",
        "                us-ma-boston/arrest-administrative-warrant",
        '    citation    Boston Code 11-1.9 para. 2 [now (B)], "unless" clause',
        "    evidence    text (operative words read) for hold; unverified (not verified) for arrest",
    ]


def test_every_term_that_is_shown_is_explained() -> None:
    text = show(BOSTON, TODAY)
    used = {part.partition(">")[0] for part in text.replace("\n", " ").split("<")[1:]}
    explained = {line.strip()[1:-1] for line in text.splitlines() if line.startswith("  <")}
    assert {" ".join(word.split()) for word in used} == explained


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (Due(), "no time named"),
        (Due(at_once=True), "at once"),
        (Due(month_day="12-31"), "31 December of each year"),
        (Due(hours=48), "within 48 hours"),
        (
            Due(hours=48, excluding=("saturday", "sunday", "holiday")),
            "within 48 hours, leaving out Saturdays and Sundays and holidays",
        ),
        (Due(business_days=5), "within 5 business days"),
    ],
)
def test_a_due_time_in_words(due: Due, words: str) -> None:
    assert due_words(due) == words


def test_a_fact_is_stated_or_its_question_quoted_with_the_answer() -> None:
    book = BOSTON.book
    assert statement(book, "custody.eligible_for_release", [True]) == "the person is eligible for release"
    assert (
        statement(book, "custody.eligible_for_release", [False]) == "the person is not eligible for release"
    )
    assert statement(book, "warrant.names_subject", [True]) == "the warrant or order names this person"
    assert (
        statement(book, "warrant.names_subject", [False]) == "the warrant or order does not name this person"
    )
    assert statement(book, "request.form", ["i-200", "i-205"]) == "the request form is I-200 or I-205"
    assert statement(book, "warrant.issued_by", ["court"]) == "the warrant is issued by court"
    assert statement(book, "person.illegal_reentry", [False]) == (
        "the answer to “Did the person re-enter after removal, as the records show?” is no"
    )


def test_values_and_conditions_in_words() -> None:
    assert value_words("article-iii-judge") == "article III judge"
    assert value_words("ice-ero") == "ICE-ERO"
    assert one_of(["1253", "1324", True]) == "1253, 1324 or yes"
    (interview,) = [r for r in BOSTON.layers[0].rules if r.id == "us-ma-boston/interview-civil"]
    assert in_words(interview.when, BOSTON.book) == (
        "<civil purpose>; and the answer to “Does section 11-1.9 bar interviews in custody for civil immigration "
        "enforcement?” is yes"
    )
