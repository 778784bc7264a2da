"""The places of a page laid upon its print looked at: each cut out, its label read back, its lines read by several engines.

A first look at every place, and further ones, the line treated in other ways, where the first settles nothing.
Needs the `ocr` extra.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import NamedTuple

import msgspec
from PIL import Image
from rapidfuzz import fuzz

from trustact.intake import cutting, linereader, ppocr, tesseract
from trustact.intake.cutting import Cut
from trustact.intake.look import Look
from trustact.intake.page import Box
from trustact.intake.placed import Seen
from trustact.intake.prints import Spot
from trustact.intake.registering import Registration, box_on_page, in_place_around, mapped, words_at
from trustact.intake.straightening import Grey
from trustact.intake.tesseract import ENGLISH, SPANISH
from trustact.intake.wording import plain

_LABEL = 75.0
"""How alike, 0 to 100, what stands at a label's place must be to it."""

_VOUCHING = 2
"""Words in their places close by that vouch for a label that is struck out or blotted."""

Treat = Callable[[Grey], Grey]
Cuts = Mapping[Box, Sequence[Cut]]


class Ways(NamedTuple):
    """How lines are treated for a look by each engine, by Tesseract with each of its models."""

    by_line_reader: tuple[Treat, ...]
    by_ppocr: tuple[Treat, ...]
    by_tesseract: tuple[Treat, ...]


class Sight(NamedTuple):
    """A registered page to look at: its picture in grey, dots to a point, and how it lies."""

    page: Grey
    scale: float
    registration: Registration


def cuts_of(sight: Sight, spots: Sequence[Spot]) -> Cuts:
    """The lines of every place; a place of two values is cut out once."""
    return {box: _cut(sight, box) for box in dict.fromkeys(spot.box for spot in spots)}


def first_look(sight: Sight, spots: Sequence[Spot], cuts: Cuts) -> dict[Box, Seen]:
    """Every place seen by the line reader and another engine."""
    labels = {spot.box: spot for spot in spots}
    looks = _read(cuts, FIRST)
    seen = {}
    for box, spot in labels.items():
        place = box_on_page(sight.registration, box)
        own = _own_words(sight, place) if len(cuts[box]) == 1 else []
        whole = all(line.whole for line in cuts[box])
        seen[box] = Seen((*looks[box], *own), whole, labelled(sight, spot.label, spot.label_box), place)
    return seen


def further_look(seen: Mapping[Box, Seen], cuts: Cuts) -> dict[Box, Seen]:
    """What was seen, with looks in further ways at the places whose cuts are given."""
    looks = _read(cuts, FURTHER)
    again = {box: msgspec.structs.replace(seen[box], looks=(*seen[box].looks, *looks[box])) for box in cuts}
    return {**seen, **again}


def labelled(sight: Sight, label: str, box: Box) -> bool:
    """Whether the printed words stand where the print has them.

    Told by the page's own words there, by enough words close by that are in their places, or by reading them back.
    """
    place = box_on_page(sight.registration, box)
    wide = Box(place.x0 - 4, place.y0 - 3, place.x1 + 4, place.y1 + 3)
    if _like(label, " ".join(word.text for word in words_at(sight.registration, wide))):
        return True
    if in_place_around(sight.registration, box) >= _VOUCHING:
        return True
    lines = [cut.line for cut in _cut(sight, box)]
    return any(_like(label, line.text) for read in (linereader, ppocr) for line in read.read_lines(lines))


def titles_at(sight: Sight, box: Box) -> Iterator[str]:
    """What stands where the print has its title, by engines other than that of the words around it, the fastest first."""
    lines = [cut.line for cut in _cut(sight, box)]
    for read in (linereader, ppocr):
        yield " ".join(line.text for line in read.read_lines(lines))


def tick_places(sight: Sight, spots: Sequence[Spot]) -> list[tuple[Spot, Box, bool]]:
    """Each tick box's place on the page, and whether its printed words stand beside it."""
    return [
        (spot, box_on_page(sight.registration, spot.box), labelled(sight, spot.label, spot.label_box))
        for spot in spots
    ]


def _like(label: str, text: str) -> bool:
    known, found = plain(label).text, plain(text).text
    if len(found) <= len(known):
        return fuzz.ratio(known, found) >= _LABEL
    return fuzz.partial_ratio(known, found) >= _LABEL


def _cut(sight: Sight, box: Box) -> list[Cut]:
    return cutting.cut(sight.page, mapped(sight.registration, box) * sight.scale, box)


def _own_words(sight: Sight, place: Box) -> list[Look]:
    """The first pass's words in a place of one line, as one more look."""
    words = words_at(sight.registration, place)
    if not words:
        return []
    text = " ".join(word.text for word in words)
    return [Look(tesseract.READER, (text,), min(word.confidence for word in words))]


def _read(cuts: Cuts, ways: Ways) -> dict[Box, list[Look]]:
    """Looks at whole values: all lines of a place treated in one way, by one engine.

    Beside PP-OCR, which takes longest, works the line reader, or Tesseract, a process of its own.
    """
    models = [model for model in MODELS if model in tesseract.models()] if ways.by_tesseract else []
    with ThreadPoolExecutor(1) as beside:
        first = beside.submit(_by_network, cuts, ways.by_line_reader, linereader)
        runs = [beside.submit(_by_tesseract, cuts, ways.by_tesseract, model) for model in models]
        second = _by_network(cuts, ways.by_ppocr, ppocr)
        seen = [*first.result(), *second, *(look for run in runs for look in run.result())]
    looks: dict[Box, list[Look]] = {box: [] for box in cuts}
    for box, look in seen:
        looks[box].append(look)
    return looks


def _by_network(cuts: Cuts, treats: Sequence[Treat], engine: ModuleType) -> list[tuple[Box, Look]]:
    """What one of the networks reads in the lines of every place, treated in several ways."""
    return [
        (box, _together(engine.READER, [(line.text, line.confidence) for line in read]))
        for treat in treats
        for box, lines in cuts.items()
        if (read := engine.read_lines([treat(line.line) for line in lines]))
    ]


def _by_tesseract(cuts: Cuts, treats: Sequence[Treat], model: str) -> list[tuple[Box, Look]]:
    """What Tesseract reads in the lines of every place, treated in several ways, in one run: starting it takes longest."""
    lines = [line.line for cut in cuts.values() for line in cut]
    pictures = [Image.fromarray(treat(line)) for treat in treats for line in lines]
    told = iter(tesseract.read_lines(pictures, cutting.DPI, model))
    return [
        (box, _together(tesseract.READER, read))
        for _ in treats
        for box, cut in cuts.items()
        if (read := [next(told) for _ in cut])
    ]


def _together(reader: str, lines: Sequence[tuple[str, float]]) -> Look:
    """The lines of a value, which is only as sure as its least sure one."""
    return Look(reader, tuple(text for text, _ in lines), min(sure for _, sure in lines))


def _plain(line: Grey) -> Grey:
    return line


def _soft(line: Grey) -> Grey:
    return cutting.softened(line, 1.5)


def _softer(line: Grey) -> Grey:
    return cutting.softened(line, 2.4)


FIRST = Ways((_plain, _soft, cutting.widened), (_plain,), ())
FURTHER = Ways((), (_soft, _softer, cutting.thickened), (_soft, _plain))
"""The ways of the first look at every place, and of those after it at what is not settled yet."""
MODELS = (ENGLISH, SPANISH)
