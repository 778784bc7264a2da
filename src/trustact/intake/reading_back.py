"""A page too little of whose print could be read laid upon a print all the same: the print's own lines are read back.

A handful of words tells roughly how the page lies; each printed line is then cut out where the print would have it and
read by the line reader, which knows no form. Only what it reads there counts. Needs the `ocr` extra.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from trustact.intake import cutting, linereader
from trustact.intake.layout import rows_of
from trustact.intake.line import words_of
from trustact.intake.page import Box, Word, around, middle_in
from trustact.intake.pairing import Points, pairs
from trustact.intake.prints import Print
from trustact.intake.recognise import TITLE
from trustact.intake.registering import Registration, applied, corners, legible, plausible, register, roughly
from trustact.intake.straightening import Grey
from trustact.intake.wording import plain

_REACH = 10.0
"""How far a word may stand from where the page would roughly have it, in points."""
_FEWEST, _ENOUGH = 6, 10
"""Words that must lie roughly for a print's lines to be read back at all, and then, for the page to lie roughly upon it."""
_GROWS = 0.05
"""The share of the words read back that must lie so, too, for more to be read: on another print hardly one more does."""
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
_TITLE_WORDS = 12
"""Words a title may have, with dirt taken for some."""
_AFTER = 5
"""Parts read below a title after which it is told anew how the page lies."""
_OFF = 4.0
"""How far above or below its place a line may stand, in points."""


def read_back(
    page: Grey, scale: float, words: Sequence[Word], prints: Sequence[Print]
) -> Registration | None:
    """The print a page lies upon by its words and the print's lines read back, likeliest first; None where by none.

    Where it lies closely upon none, the one it lies roughly upon by most words; where hardly more than a title was read, it
    lies roughly at best. `page` has `scale` dots to a point. A legible page that lies upon no print by its words lies upon none.
    """
    if legible(words):
        return None
    likest = _likest(words, prints)
    found: list[Registration] = []
    for rough in likest:
        lies = _laid(page, scale, words, rough)
        if lies is None or not lies.roughly:
            return lies or max(found, key=_told, default=None)
        found.append(lies)
    if not likest:
        runs = _runs(words)
        titled = [top for on in prints if (top := _below_title(words, runs, on))]
        found = [down for top in titled if (down := _laid_downwards(page, scale, words, top))]
    return max(found, key=_told, default=None)


def _laid(page: Grey, scale: float, words: Sequence[Word], rough: Registration) -> Registration | None:
    """The page on a print on which it may lie, its lines read back: closely, or roughly; None where few words say so."""
    parts, lines = list(_parts(rough.print)), list[Word]()
    now: Registration | None = rough
    for turn in range(_TURNS):
        for place in parts[turn::_TURNS]:
            lines += _words_at(page, scale, rough.matrix, place)
        if lies := register(words, [rough.print], lines):
            return lies
        now = _rough(words, rough.print, lines)
        if now is None or _told(now) - _told(rough) < _GROWS * len(lines):
            break
    return now if now and _told(now) >= _ENOUGH else None


def _laid_downwards(
    page: Grey, scale: float, words: Sequence[Word], rough: Registration
) -> Registration | None:
    """The page roughly on a print whose title is on it, its lines read back from there down, each where those before it lay.

    So a page is drawn to any print that is a little like it: how closely it lies is not told by this.
    """
    lines, now = list[Word](), rough
    parts = list(_parts(rough.print))
    for first in range(0, len(parts), _AFTER):
        for place in parts[first : first + _AFTER]:
            lines += _words_at(page, scale, now.matrix, place)
        now = _rough(words, rough.print, lines) or now
    return now if _told(now) >= _ENOUGH else None


def _likest(words: Sequence[Word], prints: Sequence[Print]) -> list[Registration]:
    found = [rough for on in prints if (rough := _rough(words, on))]
    return sorted(found, key=_told, reverse=True)[:_LIKEST]


def _runs(words: Sequence[Word]) -> list[tuple[str, Sequence[Word]]]:
    """The words of a page as what may be titles: their letters, and the words, few before many."""
    rows = [row.words for row in rows_of(words)]
    runs = (
        row[first : first + many]
        for many in range(1, _TITLE_WORDS + 1)
        for row in rows
        for first in range(len(row) - many + 1)
    )
    return [(_text(run), run) for run in runs]


def _below_title(
    words: Sequence[Word], runs: Sequence[tuple[str, Sequence[Word]]], on: Print
) -> Registration | None:
    """How a page may lie on a print whose title is among its runs of words, and hardly more is read on it."""
    title = _text(word for word in on.words if middle_in(word.box, on.title))
    best = process.extractOne(title, [text for text, _ in runs], scorer=fuzz.ratio, score_cutoff=TITLE)
    if best is None:
        return None
    seen = around(word.box for word in runs[best[2]][1])
    scale = (seen.x1 - seen.x0) / (on.title.x1 - on.title.x0)
    there, here = corners(on.title), corners(seen)
    moved = here.mean(axis=0) - scale * there.mean(axis=0)
    matrix = np.array([[scale, 0, moved[0]], [0, scale, moved[1]], [0, 0, 1]])
    fits = _SCALES[0] <= scale <= _SCALES[1]
    return Registration(on, matrix, there, here, tuple(words), roughly=True) if fits else None


def _text(words: Iterable[Word]) -> str:
    return plain(" ".join(word.text for word in words)).text


def _told(rough: Registration) -> int:
    """How many words of a print say that the page lies so."""
    return len(np.unique(rough.there, axis=0))


def _rough(words: Sequence[Word], on: Print, further: Sequence[Word] = ()) -> Registration | None:
    """How a page may lie on a print; None where too few words say so, or it would be no sheet of paper."""
    there, here = pairs([*words, *further], on)
    rough = roughly(there, here, _REACH)
    if rough is None:
        return None
    matrix, near = rough
    lies = Registration(on, matrix, there[near], here[near], tuple(words), roughly=True)
    scale = float(np.hypot(*matrix[:2, 0]))
    fits = _SCALES[0] <= scale <= _SCALES[1] and plausible(matrix, on)
    return lies if fits and _told(lies) >= _FEWEST else None


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
