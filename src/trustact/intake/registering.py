"""A page laid upon a print of its form: found from the printed words both have, checked, and near each value refined.

Needs numpy and OpenCV, which come with the `ocr` extra.
"""

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from trustact.intake.page import Box, Word, around
from trustact.intake.pairing import Points, pairs
from trustact.intake.prints import Print

_NARROWING = 16.0, 10.0, 7.0, 5.0, 4.0
"""How far a word may stand from where the print has it, in points, the more closely the page is laid upon it."""
_CLOSELY = 2
"""Prints that are tried closely, of those the page lies upon roughly."""
_FEWEST = 16
"""Words that must be found in their places."""
_IN_PLACE, _ABOUT = 0.8, 40.0
"""The share of the print's words seen about their places, in points, that must stand in them: in another print few do."""
_OFF = 1.25
"""How far words in their places may stand off, by the median, in points."""
_LOOSE, _TIGHT = 2.0, 0.6
"""How far four in five of them may stand off across, in points: in a like print of another size or face they do.

The less where the page is legible, or is no flat sheet.
"""
_MOST = 0.8
_LEGIBLE = 0.88
"""How sure of a legible page's words their reader is on the whole."""
_FLAT = 0.025
"""How unlike the scales across and down of a flat sheet may be: beyond it the page is a photograph, or another print."""
_SPREAD = 0.55
"""How much of the height and width over which the print has its title, values and tick boxes the words in place must span."""
_TURNED, _STRETCHED = 0.2, 0.12
"""How far the page may be turned (as a tangent), and how unlike its scales across and down may be."""
_AROUND = 130.0
_CLOSE = 50.0
"""How near words are that vouch for a place whose own label cannot be read, in points."""
_NEIGHBOURS = 9
"""How near a place, in points, printed words shift it with them, and how many of them at most."""


class Registration(NamedTuple):
    """A page laid upon a print: the map from print to page in points, and the words in place, print then page.

    One that lies but roughly may tell the form; no value is read by it.
    """

    print: Print
    matrix: Points
    there: Points
    here: Points
    words: tuple[Word, ...]
    roughly: bool = False

    @property
    def in_place(self) -> int:
        """How many words were found where the print has them."""
        return len(self.there)


def register(
    words: Sequence[Word], prints: Sequence[Print], further: Sequence[Word] = ()
) -> Registration | None:
    """The print a page's words lie upon, if they do so beyond doubt; None where they lie upon none.

    `further` words of the page tell how it lies and are not kept.
    """
    paired = [(on, *pairs([*words, *further], on)) for on in prints]
    rough = [(*pair, _near(pair[1], pair[2])) for pair in paired]
    likest = sorted(rough, key=lambda pair: int(pair[3].sum()), reverse=True)[:_CLOSELY]
    found = [lies for pair in likest if (lies := _laid(words, *pair)) is not None]
    return max(found, key=lambda lies: lies.in_place, default=None)


def roughly(there: Points, here: Points, reach: float) -> tuple[Points, Points] | None:
    """The page only turned, moved and scaled as most pairs of words would have it, and which of them it brings together.

    So far as `reach`, in points; None where there is no such map.
    """
    if len(there) < 2:
        return None
    cv2.setRNGSeed(1)
    matrix, near = cv2.estimateAffinePartial2D(
        there, here, method=cv2.RANSAC, ransacReprojThreshold=reach, maxIters=2000, confidence=0.9999
    )
    return None if matrix is None else (np.vstack([matrix, [0, 0, 1]]), near.ravel().astype(bool))


def in_place_around(registration: Registration, box: Box) -> int:
    """How many printed words close to a box of the print stand in their places."""
    x, y = registration.there[:, 0], registration.there[:, 1]
    near = (x >= box.x0 - _CLOSE) & (x <= box.x1 + _CLOSE) & (y >= box.y0 - _CLOSE) & (y <= box.y1 + _CLOSE)
    return int(near.sum())


def _near(there: Points, here: Points) -> Points:
    """Which pairs of words would lie near each other if the page were only turned, moved and scaled."""
    rough = roughly(there, here, _NARROWING[0]) if len(there) >= _FEWEST else None
    return np.zeros(len(there), dtype=bool) if rough is None else rough[1]


def mapped(registration: Registration, box: Box) -> Points:
    """The four corners of a box of the print on the page, moved as the printed words around it are."""
    return applied(registration.matrix, corners(box)) + _shift(registration, box)


def corners(box: Box) -> Points:
    """The four corners of a box, clockwise from the upper left."""
    return np.array([[box.x0, box.y0], [box.x1, box.y0], [box.x1, box.y1], [box.x0, box.y1]])


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
        near = np.linalg.norm(applied(matrix, there) - here, axis=1) <= reach
    if not plausible(matrix, on):
        return None
    tight = legible(words) or abs(_stretched(matrix, on) - 1) > _FLAT
    if not _fits(applied(matrix, there) - here, there, _TIGHT if tight else _LOOSE):
        return None
    there, here = there[near], here[near]
    return Registration(on, matrix, there, here, tuple(words)) if _spread(there, on) else None


def legible(words: Sequence[Word]) -> bool:
    """Whether a page's reader is sure of its words on the whole."""
    return sum(word.confidence for word in words) >= _LEGIBLE * len(words)


def _fits(off: Points, there: Points, across: float) -> bool:
    """Whether the printed words that are seen about their places stand in them, four in five no more off than `across`."""
    away = np.linalg.norm(off, axis=1)
    words, which = np.unique(there, axis=0, return_inverse=True)
    nearest = np.full(len(words), np.inf)
    np.minimum.at(nearest, which.ravel(), away)
    placed = away == nearest[which.ravel()]
    placed &= away <= _NARROWING[-1]
    about = int((nearest <= _ABOUT).sum())
    return (
        int(placed.sum()) >= max(_FEWEST, _IN_PLACE * about)
        and float(np.median(away[placed])) <= _OFF
        and float(np.quantile(np.abs(off[placed, 0]), _MOST)) <= across
    )


def plausible(matrix: Points, on: Print) -> bool:
    """Whether a page laid so could be a sheet of paper: little turned, both scales alike, no corner folded over."""
    top, right, bottom, left = _sides(matrix, on)
    if top[0] <= 0 or right[1] <= 0 or bottom[0] >= 0 or left[1] >= 0:
        return False
    turned = max(
        abs(top[1] / top[0]), abs(right[0] / right[1]), abs(bottom[1] / bottom[0]), abs(left[0] / left[1])
    )
    return bool(turned <= _TURNED and abs(_stretched(matrix, on) - 1) <= _STRETCHED)


def _sides(matrix: Points, on: Print) -> Points:
    """The four sides of the sheet on the page, as steps from corner to corner: top, right, bottom, left."""
    sheet = corners(Box(0.0, 0.0, on.width, on.height))
    return np.diff(applied(matrix, np.vstack([sheet, sheet[:1]])), axis=0)


def _stretched(matrix: Points, on: Print) -> float:
    """The page's scale across, in its scale down."""
    top, right, bottom, left = _sides(matrix, on)
    return float((top[0] - bottom[0]) / on.width / ((right[1] - left[1]) / on.height))


def _spread(there: Points, on: Print) -> bool:
    """Whether the words in place lie far enough apart for all that is read: one corner says little of the other."""
    read = around((on.title, *(spot.box for spot in (*on.places, *on.ticks))))
    first, last = np.maximum(there.min(axis=0), read[:2]), np.minimum(there.max(axis=0), read[2:])
    wide, high = (last - first) / (read.x1 - read.x0, read.y1 - read.y0)
    return bool(min(wide, high) >= _SPREAD)


def applied(matrix: Points, points: Points) -> Points:
    """Points moved by a map; one that it moves to the horizon lies nowhere."""
    moved = np.hstack([points, np.ones((len(points), 1))]) @ matrix.T
    with np.errstate(divide="ignore", invalid="ignore"):
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
    off = registration.here[nearest] - applied(registration.matrix, registration.there[nearest])
    return np.asarray(np.median(off, axis=0))
