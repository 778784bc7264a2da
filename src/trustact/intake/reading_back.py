"""A page too little of whose print could be read laid upon a print all the same: the print's own lines are read back.

A handful of words tells roughly how the page lies; each printed line is then cut out where the print would have it and
read by the line reader, which knows no form. Only what it reads there counts. Needs the `ocr` extra.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from trustact.intake import cutting, linereader
from trustact.intake.layout import rows_of
from trustact.intake.line import words_of
from trustact.intake.page import Box, Word, around
from trustact.intake.pairing import Points, pairs
from trustact.intake.prints import Print
from trustact.intake.registering import Registration, applied, corners, legible, plausible, register, roughly
from trustact.intake.straightening import Grey

_REACH = 10.0
"""How far a word may stand from where the page would roughly have it, in points."""
_FEWEST, _ENOUGH = 6, 16
"""Words that must lie roughly for a print's lines to be read back at all, and then, for other prints to be tried."""
_LIKEST = 3
"""Prints that are tried."""
_SCALES = 0.8, 1.25
"""How much smaller and larger than the print a page may be."""
_GAP, _WIDEST = 12.0, 260.0
"""The white space at which a printed line is parted, and how long a part is at most, in points."""
_SHORTEST = 4
"""Letters a part must have."""
_TURNS = 3
"""A third of the parts, from all over the sheet, mostly tells; the others are read where it does not."""
_OFF = 4.0
"""How far above or below its place a line may stand, in points."""


class _Rough(NamedTuple):
    """A print on which a page may lie, the map from print to page in points, and how many words say so."""

    on: Print
    matrix: Points
    words: int


def read_back(
    page: Grey, scale: float, words: Sequence[Word], prints: Sequence[Print]
) -> Registration | None:
    """The print a page lies upon by its words and the print's lines read back, likeliest first; None where by none.

    `page` has `scale` dots to a point. A legible page that lies upon no print by its words lies upon none.
    """
    if legible(words):
        return None
    for rough in _likest(words, prints):
        lines: list[Word] = []
        parts = list(_parts(rough.on))
        for turn in range(_TURNS):
            for place in parts[turn::_TURNS]:
                lines += _words_at(page, scale, rough.matrix, place)
            if lies := register(words, [rough.on], lines):
                return lies
        now = _rough([*words, *lines], rough.on)
        if now is None or now.words < _ENOUGH:
            return None
    return None


def _likest(words: Sequence[Word], prints: Sequence[Print]) -> list[_Rough]:
    found = [rough for on in prints if (rough := _rough(words, on))]
    return sorted(found, key=lambda rough: -rough.words)[:_LIKEST]


def _rough(words: Sequence[Word], on: Print) -> _Rough | None:
    """How a page may lie on a print; None where too few words say so, or it would be no sheet of paper."""
    there, here = pairs(words, on)
    rough = roughly(there, here, _REACH)
    if rough is None:
        return None
    matrix, near = rough
    told = len(np.unique(there[near], axis=0))
    scale = float(np.hypot(*matrix[:2, 0]))
    fits = _SCALES[0] <= scale <= _SCALES[1] and plausible(matrix, on)
    return _Rough(on, matrix, told) if fits and told >= _FEWEST else None


def _words_at(page: Grey, scale: float, matrix: Points, place: Box) -> Iterator[Word]:
    """The words seen at one place of a print, where they lie on the page."""
    box = Box(place.x0, place.y0 - _OFF, place.x1, place.y1 + _OFF)
    for cut in cutting.cut(page, applied(matrix, corners(box)) * scale, box):
        (line,) = linereader.read_lines([cut.line])
        at = Box(box.x0 + cut.at.x0, box.y0 + cut.at.y0, box.x0 + cut.at.x1, box.y0 + cut.at.y1)
        for word in words_of(line, at):
            seen = applied(matrix, corners(word.box))
            yield Word(word.text, Box(*seen.min(axis=0), *seen.max(axis=0)), word.confidence)


def _parts(on: Print) -> Iterator[Box]:
    """The printed lines, in parts of some words."""
    for row in rows_of(on.words):
        part: list[Word] = []
        for word in row.words:
            if part and (word.box.x0 - part[-1].box.x1 > _GAP or word.box.x1 - part[0].box.x0 > _WIDEST):
                yield from _part(part)
                part = []
            part.append(word)
        yield from _part(part)


def _part(words: Sequence[Word]) -> Iterator[Box]:
    if sum(len(word.text) for word in words) >= _SHORTEST:
        yield around(word.box for word in words)
