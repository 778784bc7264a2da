"""Which form a page is: in any layout, despite noise, and never by force."""

from collections.abc import Callable
from random import Random

import pytest

from tests.intake import paper
from tests.intake.text_reader import rows
from trustact.intake.form import Form
from trustact.intake.layout import Row, rows_of
from trustact.intake.page import Word
from trustact.intake.recognise import PageForm, known_roughly, passed_over, recognise, strongest

KNOWN: dict[str, tuple[Callable[[], paper.Paper], str]] = {
    "inline": (paper.inline, "i-247a"),
    "cells": (paper.cells, "i-247a"),
    "far": (paper.far, "i-247a"),
    "court": (paper.warrant_of_court, "ao-442"),
    "removal": (paper.warrant_of_removal, "i-205"),
}
UNKNOWN: dict[str, Callable[[], paper.Paper]] = {
    "cover": paper.cover,
    "state warrant": paper.state_warrant,
    "blank": paper.Paper,
}


def noisy(page: list[Row], seed: int, share: float) -> list[Row]:
    """The rows with some letters misread, as OCR misreads them."""
    chance = Random(seed)

    def misread(text: str) -> str:
        return "".join(chance.choice("ceoilrn.'t") if chance.random() < share else letter for letter in text)

    return rows_of([Word(misread(word.text), word.box) for row in page for word in row.words])


def one(page: list[Row], forms: dict[str, Form]) -> PageForm:
    (found,) = recognise([(1, page)], list(forms.values()))
    return found


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_a_form_is_known_in_any_layout(name: str, forms: dict[str, Form]) -> None:
    made, form = KNOWN[name]
    found = one(rows(paper.pdf(made())), forms)

    assert (found.form, found.first) == (form, True)
    assert found.confidence > 0.9


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_noise_lowers_confidence_and_never_makes_another_form(name: str, forms: dict[str, Form]) -> None:
    made, form = KNOWN[name]
    page = rows(paper.pdf(made()))

    assert one(noisy(page, 1, 0.05), forms).form == form
    for seed in range(8):
        for share in (0.1, 0.2, 0.4):
            assert one(noisy(page, seed, share), forms).form in {form, None}


@pytest.mark.parametrize("name", sorted(UNKNOWN))
def test_a_page_of_no_known_form_stays_unknown(name: str, forms: dict[str, Form]) -> None:
    assert one(rows(paper.pdf(UNKNOWN[name]())), forms) == PageForm(1, None, 0.0)


def test_the_older_detainer_with_the_same_title_is_not_the_newer(forms: dict[str, Form]) -> None:
    page = paper.inline()
    page.text(
        50,
        620,
        "Maintain custody for a period not to exceed 48 hours, excluding Saturdays, Sundays, and holidays",
    )

    assert one(rows(paper.pdf(page)), forms).form is None


def test_neither_a_courts_warrant_nor_one_of_two_editions_is_known_roughly(forms: dict[str, Form]) -> None:
    told = {form.id for form in forms.values() if known_roughly(form, list(forms.values()))}

    assert {"i-203", "i-205", "i-247g", "i-286"} <= told
    assert not told & {"ao-442", "i-247a", "i-247"}


def test_a_packet_is_split_and_filed_under_its_strongest_request(forms: dict[str, Form]) -> None:
    second = paper.Paper()
    second.text(60, 80, "NOTICE TO THE DETAINEE")
    second.text(60, 760, "DHS Form I-247A (3/17)   Page 2 of 3")
    pages = [paper.cover(), paper.warrant_of_court(), paper.inline(), second, paper.warrant_of_removal()]
    packet = recognise(
        [(number, rows(paper.pdf(page))) for number, page in enumerate(pages, 1)], list(forms.values())
    )

    assert [page.form for page in packet] == [None, "ao-442", "i-247a", "i-247a", "i-205"]
    assert [page.first for page in packet] == [False, True, True, False, True]
    chosen = strongest(packet, list(forms.values()))
    assert chosen is not None
    assert chosen.id == "i-247a"


def test_a_further_page_alone_is_no_form(forms: dict[str, Form]) -> None:
    second = paper.Paper()
    second.text(60, 80, "NOTICE TO THE DETAINEE: the Department has placed an immigration detainer on you.")
    second.text(60, 760, "DHS Form I-247A (3/17)   Page 2 of 3")

    assert one(rows(paper.pdf(second)), forms).form is None


def test_a_court_warrant_goes_before_an_officers(forms: dict[str, Form]) -> None:
    packet = [PageForm(1, "i-200", 0.9, first=True), PageForm(2, "ao-442", 0.9, first=True)]
    chosen = strongest(packet, list(forms.values()))

    assert chosen is not None
    assert chosen.id == "ao-442"


@pytest.mark.parametrize(
    ("first", "then", "passed"),
    [
        ("a detainer", "court", True),
        ("a detainer", "removal", True),
        ("cover", "inline", False),
        ("cover", "court", True),
        ("state warrant", "removal", True),
        ("blank", "court", False),
    ],
)
def test_a_packet_is_not_filed_under_what_follows_a_form_that_was_not_made_out(
    first: str, then: str, passed: bool, forms: dict[str, Form]
) -> None:
    made = paper.untitled if first == "a detainer" else UNKNOWN[first]
    pages = [(number, rows(paper.pdf(page))) for number, page in ((1, made()), (2, KNOWN[then][0]()))]
    packet, known = recognise(pages, list(forms.values())), list(forms.values())
    chosen = strongest(packet, known)

    assert chosen is not None
    assert [page.form for page in packet] == [None, chosen.id]
    assert passed_over(pages, packet, chosen, known) == (1 if passed else None)


@pytest.mark.parametrize(("then", "sure", "passed"), [("removal", 0.3, True), ("inline", 0.3, False), ("removal", 0.8, False)])  # fmt: skip
def test_a_page_that_cannot_be_read_passes_only_before_the_strongest_request(
    then: str, sure: float, passed: bool, forms: dict[str, Form]
) -> None:
    cover = noisy(rows(paper.pdf(paper.cover())), 1, 0.5)
    unread = rows_of([Word(word.text, word.box, sure) for row in cover for word in row.words])
    pages = [(1, unread), (2, rows(paper.pdf(KNOWN[then][0]())))]
    packet, known = recognise(pages, list(forms.values())), list(forms.values())
    chosen = strongest(packet, known)

    assert chosen is not None
    assert passed_over(pages, packet, chosen, known) == (1 if passed else None)
