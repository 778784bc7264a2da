"""Tick boxes read: from a fillable field, from the ink inside a printed outline, or from typed brackets."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from trustact.intake.form import Tick
from trustact.intake.labels import COLUMN_GAP, Hit
from trustact.intake.layout import Row, gap_before
from trustact.intake.looks import Status
from trustact.intake.marks import (
    ABOUT,
    EMPTY,
    TICKED,
    Mark,
    Plate,
    find_marks,
    ink_share,
    least_ink,
    most_ink,
)
from trustact.intake.page import Box, Widget, Word
from trustact.intake.places import between

_OFF = 3.5
"""How far a tick box may stand from its place on a registered page, in points."""
_NEARLY = 0.75
"""How far off its place an empty box must be empty, in points: its own sides are farther."""
_BESIDE = 2 * TICKED
"""The ink about an empty place that may be its own sides, seen askew: with more something else was put there."""
_FULL = 0.2
"""The least ink about a place without an outline that is a tick beyond doubt: a blot or a streak has less in some of it."""
REACH = 60.0
"""How far left of its words a tick box may stand, in points."""
_INTO = 4.0
"""How far into its words a tick box may seem to stand, where OCR took the box for a letter of them."""
_TYPED = re.compile(r"(\[\s*[xX✓✔]?\s*\]|\(\s*[xX✓✔]?\s*\)|[☐☑☒✓✔])\s*(?:\(?[a-d1-9][).])?\s*$")
_BOXLIKE = frozenset("xXlI1iDOoC[](){}|□☐☒☑✓✔_.,:;")
"""What OCR makes of a tick box."""
_TYPED_TICKS = "xX✓✔☑☒"
_ENUMERATOR = re.compile(r"\(?[a-hA-H1-9][).]")
"""What numbers the line a tick box stands before: `(a)`, `a.`, `1.`; print, never a box."""


class Ticked(NamedTuple):
    """A tick box read: its state (None: nobody can say), how sure, whether a person must look, and where."""

    value: bool | None
    confidence: float
    status: Status
    box: Box


def read_tick(
    tick: Tick, hits: Sequence[Hit], rows: Sequence[Row], widgets: Sequence[Widget], plate: Plate
) -> Ticked | None:
    """The state of a tick box, or None where its printed words are not on the page.

    Accepted where a fillable field and the ink agree, or where the ink of a clear outline leaves no doubt.
    """
    beside = [hit for hit in hits if hit.words in tick.beside and between(hit, tick.after, tick.before, hits)]
    looks = [_look(hit, rows, widgets, plate) for hit in beside]
    decided = [look for look in looks if look.value is not None]
    if len({look.value for look in decided}) > 1:
        return Ticked(None, 0.0, "ask", beside[0].box)
    return max(decided or looks, key=lambda look: (look.status == "accepted", look.confidence), default=None)


def read_tick_at(plate: Plate, place: Box, *, labelled: bool) -> Ticked:
    """The state of a tick box at its place on a registered page.

    Accepted where two looks agree: the ink inside the place itself, and that inside the outline found there. An outline
    found a little off has some of its own sides inside: the box is empty, too, where the place is however it lies within
    `_NEARLY`, and no more about it than its sides. Where a fax has lost the outline, the ink must leave no doubt.
    """
    near = Box(place.x0 - _OFF, place.y0 - _OFF, place.x1 + _OFF, place.y1 + _OFF)
    found = min(find_marks(plate, near), key=lambda mark: _apart(mark.box, place), default=None)
    inside = least_ink(plate, place)
    if found is None or _apart(found.box, place) > _OFF:
        return _without_outline(plate, place, inside, labelled)
    state = _state(found.ink)
    sure = labelled and state is not None and state == _state(inside)
    if labelled and not sure and found.ink < _BESIDE and most_ink(plate, place, _NEARLY) <= EMPTY:
        return Ticked(False, _sureness(EMPTY), "accepted", place)
    return Ticked(state, _sureness(found.ink) if sure else 0.5, "accepted" if sure else "ask", found.box)


def _without_outline(plate: Plate, place: Box, least: float, labelled: bool) -> Ticked:
    """A tick box by its ink alone, of which there is so much at least about its place."""
    most = most_ink(plate, place, ABOUT)
    if labelled and most < _BESIDE and most_ink(plate, place, _NEARLY) <= EMPTY:
        return Ticked(False, _sureness(min(most, EMPTY)), "accepted", place)
    if labelled and least >= _FULL:
        return Ticked(True, 0.9, "accepted", place)
    state = _state(least)
    return Ticked(state, 0.0 if state is None else 0.5, "ask", place)


def _apart(one: Box, other: Box) -> float:
    """How far the edges of two boxes are apart, at the most."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _look(hit: Hit, rows: Sequence[Row], widgets: Sequence[Widget], plate: Plate) -> Ticked:
    field = _widget_beside(hit, widgets)
    if field is not None:
        inked = _state(ink_share(plate, field.box))
        agreed = inked is not None and inked == field.checked
        return Ticked(field.checked, 0.99 if agreed else 0.5, "accepted" if agreed else "ask", field.box)
    mark = _mark_beside(hit, rows, plate)
    if mark is not None:
        state = _state(mark.ink)
        if state is None:
            return Ticked(mark.ink > (EMPTY + TICKED) / 2, 0.5, "ask", mark.box)
        return Ticked(state, _sureness(mark.ink), "accepted", mark.box)
    return _typed(hit, rows)


def _widget_beside(hit: Hit, widgets: Sequence[Widget]) -> Widget | None:
    """The fillable tick box nearest left of the words and level with them."""
    level = [
        widget
        for widget in widgets
        if widget.checked is not None
        and hit.box.x0 - REACH <= widget.box.x1 <= hit.box.x0 + 2
        and _overlap(widget.box, hit.box) >= 0.4 * (widget.box.y1 - widget.box.y0)
    ]
    return max(level, key=lambda widget: widget.box.x1, default=None)


def _mark_beside(hit: Hit, rows: Sequence[Row], plate: Plate) -> Mark | None:
    """The printed outline level with the words and nearest left of their print."""
    height = hit.box.y1 - hit.box.y0
    into = _INTO if any(at < hit.start < at + len(word.text) for word, at in _words(rows[hit.row])) else 0.5
    start = _print_start(hit, rows[hit.row]) + into
    region = Box(start - REACH, hit.box.y0 - height, hit.box.x0 + into, hit.box.y1 + height)
    marks = [
        mark
        for mark in find_marks(plate, region)
        if mark.box.x1 < start
        and _overlap(mark.box, hit.box) >= 0.5 * (mark.box.y1 - mark.box.y0)
        and not _on_print(mark, hit, rows)
    ]
    return max(marks, key=lambda mark: mark.box.x1, default=None)


def _on_print(mark: Mark, hit: Hit, rows: Sequence[Row]) -> bool:
    """Whether the outline is made of letters: its middle lies in a word other than the first of its own."""
    x, y = (mark.box.x0 + mark.box.x1) / 2, (mark.box.y0 + mark.box.y1) / 2
    for index, row in enumerate(rows):
        for word, at in _words(row):
            own = index == hit.row and at <= hit.start < at + len(word.text)
            letters = _ENUMERATOR.fullmatch(word.text) is not None or (
                sum(map(str.isalnum, word.text)) >= 2 and not set(word.text) <= _BOXLIKE
            )
            inside = word.box.x0 <= x <= word.box.x1 and word.box.y0 <= y <= word.box.y1
            if inside and letters and not own:
                return True
    return False


def _print_start(hit: Hit, row: Row) -> float:
    """Where the print begins that the words are part of: the first word of two letters in their column.

    Where OCR drew a box and its words together as one, that is where the words themselves begin.
    """
    start = None
    for index, (word, at) in enumerate(_words(row)):
        if at + len(word.text) > hit.start:
            break
        if gap_before(row, index) >= COLUMN_GAP * row.height:
            start = None
        if start is None and sum(map(str.isalnum, word.text)) >= 2 and not set(word.text) <= _BOXLIKE:
            start = word.box.x0
    return hit.box.x0 if start is None else start


def _words(row: Row) -> Iterable[tuple[Word, int]]:
    return zip(row.words, row.starts, strict=True)


def _typed(hit: Hit, rows: Sequence[Row]) -> Ticked:
    """A tick typed in brackets or as one character before the words: a person must look."""
    typed = _TYPED.search(rows[hit.row].text[: hit.start])
    if typed is None:
        return Ticked(None, 0.0, "ask", hit.box)
    return Ticked(any(sign in typed[1] for sign in _TYPED_TICKS), 0.6, "ask", hit.box)


def _state(ink: float) -> bool | None:
    return True if ink >= TICKED else False if ink <= EMPTY else None


def _sureness(ink: float) -> float:
    """0.9 at either threshold, up to 0.99 well beyond it."""
    beyond = (EMPTY - ink) / EMPTY if ink <= EMPTY else min(1.0, (ink - TICKED) / TICKED)
    return round(0.9 + 0.09 * beyond, 3)


def _overlap(one: Box, other: Box) -> float:
    return min(one.y1, other.y1) - max(one.y0, other.y0)
