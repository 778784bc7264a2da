"""Rows of words on a page, with every character's place known. Pure geometry, no meaning."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from trustact.intake.page import Box, Word, around


class Row(msgspec.Struct, frozen=True):
    """Words side by side at one height, left to right, and their text joined by single spaces."""

    words: tuple[Word, ...]
    text: str
    starts: tuple[int, ...]
    box: Box

    @property
    def height(self) -> float:
        """The usual height of its words, in points."""
        heights = sorted(word.box.y1 - word.box.y0 for word in self.words)
        return heights[len(heights) // 2]


class Span(NamedTuple):
    """Part of a row's text: characters from `start` up to `end`."""

    row: Row
    start: int
    end: int


def text_of(rows: Sequence[Row]) -> str:
    """The text of rows, joined by single spaces."""
    return " ".join(row.text for row in rows)


def rows_of(words: Sequence[Word]) -> list[Row]:
    """The words as rows, top to bottom.

    A word joins the row whose last word it overlaps in height, so that a row may climb a little, as on a photo.
    """
    open_rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.box.x0, word.box.y0)):
        best = min(open_rows, key=lambda row: _offset(row[-1].box, word.box), default=None)
        if best is not None and _same_height(best[-1].box, word.box):
            best.append(word)
        else:
            open_rows.append([word])
    return sorted((row_of(row) for row in open_rows), key=lambda row: (row.box.y0 + row.box.y1, row.box.x0))


def row_of(words: Sequence[Word]) -> Row:
    """One row of the given words, already left to right; there must be at least one."""
    starts, position = [], 0
    for word in words:
        starts.append(position)
        position += len(word.text) + 1
    return Row(
        tuple(words),
        " ".join(word.text for word in words),
        tuple(starts),
        around(word.box for word in words),
    )


def _offset(one: Box, other: Box) -> float:
    return abs((one.y0 + one.y1) - (other.y0 + other.y1))


def _same_height(one: Box, other: Box) -> bool:
    """Whether the lower of the two stands at least half inside the higher one's height."""
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    return overlap >= 0.5 * min(one.y1 - one.y0, other.y1 - other.y0)


def box_of(span: Span) -> Box:
    """Where the characters of a span stand, cutting through words in proportion. The span must not be empty."""
    boxes = []
    for word, at in zip(span.row.words, span.row.starts, strict=True):
        first, last = max(span.start, at), min(span.end, at + len(word.text))
        if first < last:
            left, top, right, bottom = word.box
            step = (right - left) / len(word.text)
            boxes.append(Box(left + (first - at) * step, top, left + (last - at) * step, bottom))
    return around(boxes) if boxes else span.row.box


def words_in(span: Span) -> list[Word]:
    """The words of a span, those cut by its ends cut likewise."""
    cut = []
    for word, at in zip(span.row.words, span.row.starts, strict=True):
        first, last = max(span.start, at), min(span.end, at + len(word.text))
        if first < last:
            text = word.text[first - at : last - at]
            cut.append(Word(text, box_of(Span(span.row, first, last)), word.confidence))
    return cut


def gap_before(row: Row, index: int) -> float:
    """The white space before a word of the row, in points; for the first word, without end."""
    if index == 0:
        return float("inf")
    return row.words[index].box.x0 - row.words[index - 1].box.x1


def clip(row: Row, left: float, right: float) -> list[Word]:
    """The words of a row whose middle stands between two uprights."""
    return [word for word in row.words if left <= (word.box.x0 + word.box.x1) / 2 <= right]
