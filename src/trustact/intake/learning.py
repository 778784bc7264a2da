"""A print learnt from a blank of the form: where its words are, and which of them its values are known by."""

from collections.abc import Mapping, Sequence

from trustact.intake.form import Form
from trustact.intake.labels import found_in
from trustact.intake.layout import Row, Span, box_of, rows_of
from trustact.intake.page import Box, Word
from trustact.intake.prints import Print, Spot

_ALIKE = 95.0
"""How alike, 0 to 100, words on a blank must be to a label."""


def learn(
    form: Form, name: str, size: tuple[float, float], words: Sequence[Word], boxes: Mapping[str, Box]
) -> Print:
    """The print of a blank page with those words, whose values stand in those boxes, by field.

    Raises ValueError for a box whose printed words are not on the page.
    """
    rows = rows_of(words)
    labels = {field.field: (*field.labels, field.hint) for field in form.fields if field.field in boxes}
    beside = {tick.field: tick.beside for tick in form.ticks if tick.field in boxes}
    return Print(
        form.id,
        name,
        *size,
        _nearest("the title", form.marks.titles, rows, Box(0, 0, size[0], 0))[1],
        _spots(labels, rows, boxes),
        _spots(beside, rows, boxes),
        tuple(Word(word.text, _tenths(word.box)) for word in words),
    )


def _spots(
    known: Mapping[str, Sequence[str]], rows: Sequence[Row], boxes: Mapping[str, Box]
) -> tuple[Spot, ...]:
    return tuple(
        Spot(field, _tenths(boxes[field]), *_nearest(field, words, rows, boxes[field]))
        for field, words in known.items()
    )


def _nearest(field: str, known: Sequence[str], rows: Sequence[Row], box: Box) -> tuple[str, Box]:
    """Which of the printed words stand nearest to a box, and where."""
    found = [
        (label, box_of(Span(row, match.start, match.end)))
        for label in known
        for row in rows
        for match in found_in(label, row)
        if match.score >= _ALIKE
    ]
    if not found:
        raise ValueError(f"{field}: none of its printed words is on the blank")
    label, place = min(found, key=lambda words: _distance(words[1], box))
    return label, _tenths(place)


def _distance(one: Box, other: Box) -> float:
    """How far two boxes are apart; words beside a place are nearer to it than words over it."""
    across = max(one.x0 - other.x1, other.x0 - one.x1, 0.0)
    down = abs(one.y0 + one.y1 - other.y0 - other.y1) / 2
    return across + 5 * down


def _tenths(box: Box) -> Box:
    return Box(*(round(edge, 1) for edge in box))
