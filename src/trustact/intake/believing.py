"""Whether a page shows what its text says: the file's own words beside what OCR sees at their places.

A font may draw an 8 and call it a 0, and a field may hold another value than it draws: a page's text is believed only
where one look at its picture bears it out. Pure: what OCR sees is handed in.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from trustact.intake.form import Form
from trustact.intake.labels import locate
from trustact.intake.layout import Row, rows_of, text_of
from trustact.intake.page import Box, Widget, Word, around, middle_in
from trustact.intake.reading import Reading, Sheet
from trustact.intake.wording import plain

Texts = Callable[[Sequence[Box]], Sequence[Sequence[str]]]
"""Looks closely at boxes of one printed line each: what every look reads there."""

_ASTRAY = 1
"""Letters of one place that OCR may misread, drop or add, and still have seen the same words."""
_SHORT = 4
"""Letters up to which there is no such slip: TO is not NO."""
_SURE = 0.8
"""How sure OCR must be of a word for it to speak against the text."""
_CLOSE = 0.6
"""How near ink without text belongs to the words beside it, in heights of their line."""
_SHARED = 0.3
"""The share of the narrower of two words that is theirs in common where they stand in one place."""
_ALIKE = str.maketrans("0q1lt5z", "ooiiis2")
"""What OCR mistakes for each other anywhere."""
_STROKED = str.maketrans("689bgd", "oooooo")
"""What Tesseract makes of a nought with a stroke."""


class Said(NamedTuple):
    """One place of a page: the letters its text has there, those OCR sees, how sure it is of them, and where it is."""

    text: str
    seen: str
    sure: float
    box: Box


def shows_print(form: Form, rows: Sequence[Row], seen: Sequence[Word], closely: Texts) -> bool:
    """Whether every title, label and tick wording of the form in a page's text is what the page shows.

    Where the one look missed words, or erred, the engines look at that line again before it is held against the page.
    """
    places = [_said(hit.box, rows[hit.row], seen) for hit in locate(form, rows)]
    left = [place for place in places if not _same(place.text, place.seen)]
    return all(
        any(_same(place.text, plain(text).text) for text in texts)
        for place, texts in zip(left, closely([place.box for place in left]), strict=True)
    )


def denied_of(readings: Sequence[Reading], sheet: Sheet, seen: Sequence[Word]) -> list[str]:
    """The fields read from a page's text whose value the page plainly does not show, or whose form field has another."""
    otherwise = [widget.box for widget in sheet.widgets if _says_otherwise(widget, sheet.rows)]
    return [
        reading.field
        for reading in readings
        if not isinstance(reading.value, bool)
        and (
            any(middle_in(reading.box, box) or middle_in(box, reading.box) for box in otherwise)
            or any(_denies(place, reading) for place in _lines(reading.box, sheet.rows, seen))
        )
    ]


def _denies(place: Said, reading: Reading) -> bool:
    """Whether OCR surely sees another value; what is accepted was borne out by a close look, so a slip of this one is let pass."""
    if place.sure < _SURE or not place.seen:
        return False
    text, shown = place.text.translate(_ALIKE), place.seen.translate(_ALIKE)
    if reading.status == "ask":
        return text != shown
    return not _same(text.translate(_STROKED), shown.translate(_STROKED))


def _says_otherwise(widget: Widget, rows: Sequence[Row]) -> bool:
    """Whether a text field holds something else than what stands in it."""
    words = [word for row in rows for word in row.words if middle_in(word.box, widget.box)]
    drawn = text_of(rows_of(words))
    return widget.checked is None and plain(widget.value).text not in ("", plain(drawn).text)


def _lines(box: Box, rows: Sequence[Row], seen: Sequence[Word]) -> Iterator[Said]:
    """A value of one or more lines, line by line."""
    for row in rows:
        words = [word.box for word in row.words if middle_in(word.box, box)]
        if words:
            yield _said(around(words), row, seen)


def _said(box: Box, row: Row, seen: Sequence[Word]) -> Said:
    """The words of a row that stand in a box, whole, and what OCR sees there: it may part words elsewhere.

    Letters close beside them that the text has not count, too; a tick box may be taken for such.
    """
    level = [word for word in seen if box.y0 <= (word.box.y0 + word.box.y1) / 2 <= box.y1]
    found = [word for word in level if _together(word.box, box) or _beside(word, box, row)]
    found.sort(key=lambda word: word.box.x0)
    places = [box, *(word.box for word in found)]
    own = [word for word in row.words if any(_together(word.box, place) for place in places)]
    return Said(
        plain(" ".join(word.text for word in own)).text,
        plain(" ".join(word.text for word in found)).text,
        min((word.confidence for word in found), default=0.0),
        around(word.box for word in (*own, *found)),
    )


def _beside(word: Word, box: Box, row: Row) -> bool:
    """Whether OCR sees letters close to a box where the text has none."""
    close = _over(word.box, box) > -_CLOSE * (box.y1 - box.y0)
    letters = sum(map(str.isalnum, word.text)) > 1
    return close and letters and not any(_together(word.box, own.box) for own in row.words)


def _same(text: str, seen: str) -> bool:
    slips = _ASTRAY if len(text) > _SHORT else 0
    return Levenshtein.distance(text, seen, score_cutoff=slips) <= slips


def _over(one: Box, other: Box) -> float:
    return min(one.x1, other.x1) - max(one.x0, other.x0)


def _together(one: Box, other: Box) -> bool:
    return _over(one, other) >= _SHARED * min(one.x1 - one.x0, other.x1 - other.x0)
