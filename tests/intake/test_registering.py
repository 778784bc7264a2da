"""A page laid upon its print: found by its words however it lies, and never upon another print."""

from datetime import date
from random import Random

import numpy as np
import pytest

from tests.intake import blanks
from trustact.intake.form import Form
from trustact.intake.opener import open_document
from trustact.intake.page import Box, Word
from trustact.intake.prints import Print
from trustact.intake.registering import mapped, register
from trustact.specimens import matter, typeset
from trustact.specimens.page import PrintId
from trustact.specimens.specimen import sheet


def typed(form: str, print_id: PrintId) -> tuple[Word, ...]:
    return (
        open_document(typeset.pdf(sheet(form, matter.invent(7, date(2025, 6, 2)), print_id))).pages[0].words
    )


def prints(forms: dict[str, Form]) -> list[Print]:
    return [each for form in forms.values() for each in form.prints]


def worn(words: tuple[Word, ...], seed: int, lost: float = 0.4) -> list[Word]:
    """The words of a page turned by two degrees, moved, shrunk and jolted; some misread, some lost.

    Up and down more than across: where the middle of a word is depends on its letters.
    """
    chance = Random(seed)
    kept = [word for word in words if chance.random() >= lost]
    return [
        Word(
            word.text if chance.random() < 0.8 else word.text[::-1],
            _moved(word.box, chance.uniform(-0.6, 0.6), chance.uniform(-1.2, 1.2)),
        )
        for word in kept
    ]


def _moved(box: Box, across: float = 0.0, down: float = 0.0) -> Box:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    wide, high = (box.x1 - box.x0) / 2, (box.y1 - box.y0) / 2
    x, y = 0.9 * (x - 0.035 * y) + 31 + across, 0.9 * (y + 0.035 * x) + 12 + down
    return Box(x - wide, y - high, x + wide, y + high)


@pytest.mark.parametrize(
    ("form", "print_id"),
    [("i-247a", "A"), ("i-247a", "B"), ("i-200", "C"), ("ao-442", "A"), ("i-203", "B"), ("i-286", "A")],
)
def test_a_worn_page_lies_upon_its_own_print(form: str, print_id: PrintId, forms: dict[str, Form]) -> None:
    lies = register(worn(typed(form, print_id), 1), prints(forms))

    assert lies is not None
    assert (lies.print.form, lies.print.name) == (form, print_id.lower())
    for spot in (*lies.print.places, *lies.print.ticks):
        expected = _moved(spot.box)
        middle = mapped(lies, spot.box).mean(axis=0)
        wanted = ((expected.x0 + expected.x1) / 2, (expected.y0 + expected.y1) / 2)
        assert np.abs(middle - wanted).max() < 1.5


@pytest.mark.parametrize("form", ["i-247a", "i-200", "ao-442", "i-205", "i-203"])
def test_an_unknown_print_lies_upon_none(form: str, forms: dict[str, Form]) -> None:
    others = [each for each in prints(forms) if (each.form, each.name) != (form, "b")]

    assert register(typed(form, "B"), others) is None


@pytest.mark.parametrize("form", ["i-286", "i-203", "i-205"])
def test_a_print_of_the_same_lines_in_another_size_is_unknown(form: str, forms: dict[str, Form]) -> None:
    assert register(typed(form, "D"), prints(forms)) is None


@pytest.mark.parametrize("lookalike", ["fax-cover", "invoice"])
def test_a_look_alike_lies_upon_none(lookalike: str, forms: dict[str, Form]) -> None:
    assert register(typed(lookalike, "A"), prints(forms)) is None
    assert register([], prints(forms)) is None


def test_the_shelf_holds_the_print_as_its_blank_is_typeset(forms: dict[str, Form]) -> None:
    assert blanks.blank(forms["i-247a"], "A") in forms["i-247a"].prints
