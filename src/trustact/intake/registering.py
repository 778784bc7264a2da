"""A page laid upon a print of its form: found from the printed words both have, checked, and near each value refined.

Needs numpy and OpenCV, which come with the `ocr` extra.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from trustact.intake.page import Box, Word, around
from trustact.intake.prints import Print
from trustact.intake.wording import plain

Points = npt.NDArray[Any]

_SHORTEST = 3
"""Letters a word must have to be matched."""
_OFTEN = 4
"""Words printed more often than this are left out: they match too much."""
_BENDING, _ALIKE = 5, 78.0
"""Letters from which on a word may be bent and still match, and how alike it must then be, 0 to 100."""
_NARROWING = 16.0, 10.0, 7.0, 5.0, 4.0
"""How far a word may stand from where the print has it, in points, the more closely the page is laid upon it."""
_CLOSELY = 2
"""Prints that are tried closely, of those the page lies upon roughly."""
_FEWEST = 16
"""Words that must be found in their places."""
_IN_PLACE, _ABOUT = 0.8, 40.0
"""The share of the print's words seen about their places, in points, that must stand in them: in another print few do."""
_LOOSE = 1.25
"""How far words in their places may stand off, by the median, in points: in a like print they all stand off a little."""
_SPREAD = 0.55
"""How much of the height and width over which the print has words those in place must span."""
_TURNED, _STRETCHED = 0.2, 0.12
"""How far the page may be turned (as a tangent), and how unlike its scales across and down may be."""
_AROUND = 130.0
_CLOSE = 50.0
"""How near words are that vouch for a place whose own label cannot be read, in points."""
_NEIGHBOURS = 9
"""How near a place, in points, printed words shift it with them, and how many of them at most."""


class Registration(NamedTuple):
    """A page laid upon a print: the map from print to page in points, and the words in place, print then page."""

    print: Print
    matrix: Points
    there: Points
    here: Points
    words: tuple[Word, ...]

    @property
    def in_place(self) -> int:
        """How many words were found where the print has them."""
        return len(self.there)


def register(words: Sequence[Word], prints: Sequence[Print]) -> Registration | None:
    """The print a page's words lie upon, if they do so beyond doubt; None where they lie upon none."""
    paired = [(on, *_pairs(words, on)) for on in prints]
    rough = [(*pair, _roughly(pair[1], pair[2])) for pair in paired]
    likest = sorted(rough, key=lambda pair: int(pair[3].sum()), reverse=True)[:_CLOSELY]
    found = [lies for pair in likest if (lies := _laid(words, *pair)) is not None]
    return max(found, key=lambda lies: lies.in_place, default=None)


def in_place_around(registration: Registration, box: Box) -> int:
    """How many printed words close to a box of the print stand in their places."""
    x, y = registration.there[:, 0], registration.there[:, 1]
    near = (x >= box.x0 - _CLOSE) & (x <= box.x1 + _CLOSE) & (y >= box.y0 - _CLOSE) & (y <= box.y1 + _CLOSE)
    return int(near.sum())


def _roughly(there: Points, here: Points) -> Points:
    """Which pairs of words would lie near each other if the page were only turned, moved and scaled."""
    none = np.zeros(len(there), dtype=bool)
    if len(there) < _FEWEST:
        return none
    cv2.setRNGSeed(1)
    _, near = cv2.estimateAffinePartial2D(
        there, here, method=cv2.RANSAC, ransacReprojThreshold=_NARROWING[0], maxIters=2000, confidence=0.9999
    )
    return none if near is None else near.ravel().astype(bool)


def mapped(registration: Registration, box: Box) -> Points:
    """The four corners of a box of the print on the page, moved as the printed words around it are."""
    corners = np.array([[box.x0, box.y0], [box.x1, box.y0], [box.x1, box.y1], [box.x0, box.y1]])
    return _applied(registration.matrix, corners) + _shift(registration, box)


def box_on_page(registration: Registration, box: Box) -> Box:
    """The box around a box of the print on the page."""
    return around(Box(x, y, x, y) for x, y in mapped(registration, box).tolist())


def words_at(registration: Registration, place: Box) -> list[Word]:
    """The page's own words whose middle lies in a box of the page, from the left."""
    inside = [
        word
        for word in registration.words
        if place.x0 <= (word.box.x0 + word.box.x1) / 2 <= place.x1
        and place.y0 <= (word.box.y0 + word.box.y1) / 2 <= place.y1
    ]
    return sorted(inside, key=lambda word: word.box.x0)


def _laid(words: Sequence[Word], on: Print, there: Points, here: Points, near: Points) -> Registration | None:
    """The page laid upon one print, the map narrowed step by step from the pairs that lie near; None where it does not fit."""
    matrix = np.eye(3)
    for reach in _NARROWING[1:]:
        if near.sum() < _FEWEST:
            return None
        matrix = np.asarray(cv2.findHomography(there[near], here[near], 0)[0])
        if matrix.shape != (3, 3):
            return None
        near = np.linalg.norm(_applied(matrix, there) - here, axis=1) <= reach
    if not _plausible(matrix, on) or not _fits(matrix, there, here):
        return None
    there, here = there[near], here[near]
    return Registration(on, matrix, there, here, tuple(words)) if _spread(there, on) else None


def _fits(matrix: Points, there: Points, here: Points) -> bool:
    """Whether the printed words that are seen about their places stand in them."""
    off = np.linalg.norm(_applied(matrix, there) - here, axis=1)
    words, which = np.unique(there, axis=0, return_inverse=True)
    nearest = np.full(len(words), np.inf)
    np.minimum.at(nearest, which.ravel(), off)
    placed = nearest[nearest <= _NARROWING[-1]]
    about = int((nearest <= _ABOUT).sum())
    return len(placed) >= max(_FEWEST, _IN_PLACE * about) and float(np.median(placed)) <= _LOOSE


def _pairs(words: Sequence[Word], on: Print) -> tuple[Points, Points]:
    """The middles of like words, on the print and on the page.

    Short words are like where they are the same; longer ones also where a fax has bent a letter or two.
    """
    printed, seen = _by_text(on.words), _by_text(words)
    pairs: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for text, likes in _likes(printed, seen):
        alike = [place for like in likes for place in seen[like]]
        if len(alike) <= 2 * _OFTEN:
            pairs += itertools.product(printed[text], alike)
    there = np.array([pair[0] for pair in pairs], dtype=np.float64).reshape(-1, 2)
    here = np.array([pair[1] for pair in pairs], dtype=np.float64).reshape(-1, 2)
    return there, here


def _by_text(words: Sequence[Word]) -> dict[str, list[tuple[float, float]]]:
    """The middles of words, by their letters."""
    places: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for word in words:
        text = plain(word.text).text
        if len(text) >= _SHORTEST:
            places[text].append(((word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2))
    return places


def _likes(
    printed: Mapping[str, Sequence[Any]], seen: Mapping[str, Sequence[Any]]
) -> Iterator[tuple[str, list[str]]]:
    """Each rarely printed text, and the texts on the page that are it or nearly it."""
    rare = [text for text, places in printed.items() if len(places) <= _OFTEN]
    texts = list(seen)
    if not rare or not texts:
        return
    alike = process.cdist(rare, texts, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    for text, scores in zip(rare, alike, strict=True):
        if len(text) < _BENDING:
            yield text, [text] if text in seen else []
        else:
            yield text, [texts[at] for at in np.flatnonzero(scores)]


def _plausible(matrix: Points, on: Print) -> bool:
    """Whether a page laid so could be a sheet of paper: little turned, both scales alike, no corner folded over."""
    corners = np.array([[0, 0], [on.width, 0], [on.width, on.height], [0, on.height]], dtype=np.float64)
    top, right, bottom, left = np.diff(_applied(matrix, np.vstack([corners, corners[:1]])), axis=0)
    if top[0] <= 0 or right[1] <= 0 or bottom[0] >= 0 or left[1] >= 0:
        return False
    turned = max(
        abs(top[1] / top[0]), abs(right[0] / right[1]), abs(bottom[1] / bottom[0]), abs(left[0] / left[1])
    )
    across = (top[0] - bottom[0]) / 2 / on.width
    down = (right[1] - left[1]) / 2 / on.height
    return bool(turned <= _TURNED and abs(across / down - 1) <= _STRETCHED)


def _spread(there: Points, on: Print) -> bool:
    """Whether the words in place lie far enough apart: one corner says little of the other."""
    printed = around(word.box for word in on.words)
    wide, high = np.ptp(there, axis=0)
    return bool(wide >= _SPREAD * (printed.x1 - printed.x0) and high >= _SPREAD * (printed.y1 - printed.y0))


def _applied(matrix: Points, points: Points) -> Points:
    moved = np.hstack([points, np.ones((len(points), 1))]) @ matrix.T
    return np.asarray(moved[:, :2] / moved[:, 2:])


def _shift(registration: Registration, box: Box) -> Points:
    """How the words nearest a box stand off from where the page as a whole would have them, by the median."""
    middle = np.array([(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2])
    # Faxes slip by whole lines: words beside a place tell more of it than words above or below.
    away = np.abs(registration.there - middle) * (0.3, 1.0)
    distance = away.sum(axis=1)
    nearest = np.argsort(distance)[:_NEIGHBOURS]
    nearest = nearest[distance[nearest] <= _AROUND]
    if len(nearest) < 3:
        return np.zeros(2)
    off = registration.here[nearest] - _applied(registration.matrix, registration.there[nearest])
    return np.asarray(np.median(off, axis=0))
