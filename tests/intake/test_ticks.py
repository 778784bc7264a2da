"""Tick boxes beside their words: by ink, by fillable field, by brackets; and when a person must look."""

import pytest

from tests.intake.paper import Paper, pdf
from tests.intake.text_reader import rows
from trustact.intake.form import Form
from trustact.intake.labels import locate
from trustact.intake.marks import plate_of
from trustact.intake.opener import open_document
from trustact.intake.page import Box, Widget
from trustact.intake.ticks import Ticked, read_tick

WORDS = "A final order of removal against the alien;"


def tick(paper: Paper, form: Form, widgets: tuple[Widget, ...] = ()) -> Ticked | None:
    data = pdf(paper)
    page = rows(data)
    (final_order,) = (tick for tick in form.ticks if tick.field == "basis.final_order")
    return read_tick(
        final_order, locate(form, page), page, widgets, plate_of(open_document(data).pages[0].raster)
    )


@pytest.mark.parametrize("between", ["", "(a)", "a.", "1."])
@pytest.mark.parametrize("ticked", [True, False])
def test_a_printed_box_is_read_by_its_ink(between: str, ticked: bool, forms: dict[str, Form]) -> None:
    paper = Paper()
    paper.box(70, 101, ticked=ticked)
    paper.text(90, 100, f"{between} {WORDS}".strip())
    found = tick(paper, forms["i-247a"])

    assert found is not None
    assert (found.value, found.status) == (ticked, "accepted")


@pytest.mark.parametrize(("typed", "value"), [("[X]", True), ("[ x ]", True), ("[  ]", False)])
def test_square_brackets_are_read_too(typed: str, value: bool, forms: dict[str, Form]) -> None:
    paper = Paper()
    paper.text(70, 100, typed)
    paper.text(96, 100, WORDS)
    found = tick(paper, forms["i-247a"])

    assert found is not None
    assert (found.value, found.status) == (value, "accepted")


@pytest.mark.parametrize(("typed", "value"), [("(X)", True), ("(   )", False)])
def test_round_brackets_are_never_read_wrongly(typed: str, value: bool, forms: dict[str, Form]) -> None:
    paper = Paper()
    paper.text(70, 100, f"{typed} {WORDS}")
    found = tick(paper, forms["i-247a"])

    assert found is not None
    assert found.value is value or found.status == "ask"


def test_print_left_of_the_words_is_no_box(forms: dict[str, Form]) -> None:
    paper = Paper()
    paper.text(30, 100, "THE BODO HIED D", 11, "Helvetica-Bold")
    paper.text(140, 100, WORDS)
    found = tick(paper, forms["i-247a"])

    assert found is not None
    assert (found.value, found.status) == (None, "ask")


def test_the_nearest_of_two_boxes_is_its_own(forms: dict[str, Form]) -> None:
    paper = Paper()
    paper.box(50, 101, ticked=True)
    paper.box(75, 101)
    paper.text(90, 100, WORDS)
    found = tick(paper, forms["i-247a"])

    assert found is not None
    assert found.value is False


def test_a_stray_dot_in_a_box_is_asked_or_no_tick(forms: dict[str, Form]) -> None:
    paper = Paper()
    paper.box(70, 101, 10)
    paper.drawn.append("75 694 1.9 1.9 re f")
    paper.text(90, 100, WORDS)
    found = tick(paper, forms["i-247a"])

    assert found is not None
    assert found.value is not True or found.status == "ask"


def test_a_field_that_says_one_thing_and_shows_another_is_asked(forms: dict[str, Form]) -> None:
    paper = Paper()
    paper.box(70, 101)
    paper.text(90, 100, WORDS)
    box = Box(70, 92, 79, 101)

    honest = tick(paper, forms["i-247a"], (Widget("a", "", box, checked=False),))
    lying = tick(paper, forms["i-247a"], (Widget("a", "", box, checked=True),))

    assert honest is not None
    assert lying is not None
    assert (honest.value, honest.status) == (False, "accepted")
    assert lying.status == "ask"


def test_words_that_are_not_there_give_nothing(forms: dict[str, Form]) -> None:
    assert tick(Paper(), forms["i-247a"]) is None
