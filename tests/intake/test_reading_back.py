"""A page of whose print hardly a word could be read: laid upon it by its lines read back, and never upon another."""

from collections.abc import Sequence
from itertools import islice

import msgspec
import pytest

from trustact.intake import ocr
from trustact.intake.form import Form
from trustact.intake.opener import open_document
from trustact.intake.page import POINTS, Box, Word, middle_in
from trustact.intake.pictured import read_picture
from trustact.intake.prints import Print
from trustact.intake.reading_back import read_back
from trustact.intake.registering import Registration, register
from trustact.specimens import Level, one
from trustact.specimens.page import PrintId


def prints(forms: dict[str, Form]) -> list[Print]:
    return [each for form in forms.values() for each in form.prints]


def laid(
    form: str, print_id: PrintId, level: Level, read: Sequence[Word], forms: dict[str, Form]
) -> Registration | None:
    """A worn specimen laid upon a print from the few words that were read on it."""
    raster, _ = ocr.straightened(open_document(one(form, 31, print_id, level).data).pages[0].raster)
    assert register(read, prints(forms)) is None
    return read_back(ocr.grey_page(raster), raster.dpi / POINTS, read, prints(forms))


def few(form: str, print_id: str, forms: dict[str, Form]) -> list[Word]:
    """A dozen longer words of a print, from all over the page, of which their reader is half sure."""
    (on,) = (each for each in forms[form].prints if each.name == print_id.lower())
    longer = (word for word in on.words[::4] if len(word.text) > 5)
    return [msgspec.structs.replace(word, confidence=0.5) for word in islice(longer, 12)]


@pytest.mark.parametrize(
    ("form", "print_id", "level"),
    [
        ("i-203", "B", "standard"),
        ("i-286", "C", "standard"),
        ("i-205", "A", "fine"),
        ("i-247a", "B", "standard"),
    ],
)
def test_a_dozen_words_are_enough(form: str, print_id: PrintId, level: Level, forms: dict[str, Form]) -> None:
    read = few(form, print_id, forms)
    lies = laid(form, print_id, level, read, forms)

    assert lies is not None
    assert (lies.print.form, lies.print.name) == (form, print_id.lower())
    assert lies.words == tuple(read), "what was read back tells only how the page lies"


@pytest.mark.parametrize("shown", ["search-warrant", "state-warrant", "letter"])
def test_a_look_alike_lies_upon_none_however_much_of_it_is_read(shown: str, forms: dict[str, Form]) -> None:
    read = open_document(one(shown, 31, "A", "text").data).pages[0].words

    assert laid(shown, "A", "scan", read, forms) is None


def test_an_unknown_print_lies_closely_upon_none(forms: dict[str, Form]) -> None:
    lies = laid("i-203", "D", "scan", few("i-203", "B", forms), forms)

    assert lies is None or lies.roughly
    raster = open_document(one("i-203", 31, "D", "bad").data).pages[0].raster
    assert read_picture(raster, 1, list(forms.values())).lies is None, "no value is read by place"


@pytest.mark.parametrize(
    ("form", "print_id", "level"),
    [("i-203", "B", "standard"), ("i-286", "A", "fine"), ("i-205", "C", "fine")],
)
def test_a_title_is_enough(form: str, print_id: PrintId, level: Level, forms: dict[str, Form]) -> None:
    (on,) = (each for each in forms[form].prints if each.name == print_id.lower())
    title = [word for word in on.words if middle_in(word.box, on.title)]
    noise = [Word("|", Box(on.title.x0 - 40, on.title.y0, on.title.x0 - 38, on.title.y1), 0.3)]
    read = [*noise, *(msgspec.structs.replace(word, confidence=0.5) for word in title)]
    lies = laid(form, print_id, level, read, forms)

    assert lies is not None
    assert (lies.print.form, lies.print.name) == (form, print_id.lower())


def test_a_title_over_other_print_is_not(forms: dict[str, Form]) -> None:
    (on,) = (each for each in forms["i-203"].prints if each.name == "b")
    title = [
        msgspec.structs.replace(word, confidence=0.5) for word in on.words if middle_in(word.box, on.title)
    ]

    assert laid("invoice", "A", "fine", title, forms) is None


def test_a_handful_of_words_is_not_tried(forms: dict[str, Form]) -> None:
    assert laid("i-203", "B", "fine", few("i-203", "B", forms)[:4], forms) is None
