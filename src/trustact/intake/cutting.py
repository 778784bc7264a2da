"""The lines of a value cut out of a page laid upon its print: level, cleaned of rules and specks, ready to be read.

Needs numpy and OpenCV, which come with the `ocr` extra.
"""

from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from trustact.intake.page import Box
from trustact.intake.registering import Points
from trustact.intake.straightening import Grey

Bits = npt.NDArray[np.bool_]

SCALE = 4.0
"""Pixels to a point in what is cut out: a line of type is about as high as the recogniser wants it."""
DPI = SCALE * 72
_BESIDE, _OVER = 4.0, 2.5
"""How much of the page around a place is looked at, in points."""
_RULE = 26.0
"""Level strokes longer than this, in points, are rules; upright ones longer than a line of type are streaks."""
_UPRIGHT = 1.35
_SPECK, _MARK = 0.3, 0.9
"""Ink of less than so many square points is dirt; ink of more tells where print stands."""
_LINE = 5.0, 16.0
"""The least height of a line of print, and the height from which it is taken for two, in points."""
_SOFT = 1.5
"""How far softening reaches, in pixels."""
_MARGIN = 3.0
"""White left around a line, in points."""


class Cut(NamedTuple):
    """One line of a value: as it is, and cleaned of rules and specks; `whole` unless its print runs off the piece."""

    plain: Grey
    clean: Grey
    whole: bool


class _Ink(NamedTuple):
    """Ink told apart: the piece cleaned, and where its print is."""

    clean: Grey
    print: Bits


def cut(page: Grey, corners: Points, box: Box) -> list[Cut]:
    """The lines of print in a box of the print whose corners on the page, in pixels, are given; none if it is empty."""
    piece = _levelled(_piece(page, corners, box))
    ink = _inked(piece)
    over = round(_OVER * SCALE)
    return [
        line
        for top, bottom in _lines(ink.print, over)
        if (line := _line(piece, ink, top, bottom)) is not None
    ]


def _piece(page: Grey, corners: Points, box: Box) -> Grey:
    """The box and a little around it, drawn level at SCALE."""
    wide, high = (box.x1 - box.x0) * SCALE, (box.y1 - box.y0) * SCALE
    beside, over = _BESIDE * SCALE, _OVER * SCALE
    level = np.array(
        [[beside, over], [beside + wide, over], [beside + wide, over + high], [beside, over + high]],
        np.float32,
    )
    turn = cv2.getPerspectiveTransform(level, corners.astype(np.float32))
    size = round(wide + 2 * beside), round(high + 2 * over)
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return cv2.warpPerspective(page, turn, size, flags=flags, borderValue=255).astype(np.uint8)


def _levelled(piece: Grey) -> Grey:
    """The piece with its paper white and its ink black, shadows taken out."""
    side = round(14 * SCALE) | 1
    paper = cv2.GaussianBlur(cv2.dilate(piece, np.ones((side, side), np.uint8)), (0, 0), side / 3).astype(
        np.float32
    )
    even = piece.astype(np.float32) / np.maximum(paper, 1) * 255
    dark = min(200.0, float(np.percentile(even, 0.5)))
    return np.clip((even - dark) * 255 / (250 - dark), 0, 255).astype(np.uint8)


def _inked(piece: Grey) -> _Ink:
    ink = piece < 140
    rules = _strokes(ink, round(_RULE * SCALE), 1)
    streaks = _strokes(ink, 1, round(min(_UPRIGHT * 12 * SCALE, 0.9 * ink.shape[0])))
    left = ink & ~_grown(rules | streaks, 3, 3)
    # Where print crosses a rule its ink is kept: it goes on above and below.
    left |= ink & rules & _grown(left, 5, 1)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(left.astype(np.uint8), connectivity=8)
    area = stats[:, cv2.CC_STAT_AREA] / SCALE**2
    area[0] = 0.0
    clean = piece.copy()
    clean[_grown(ink & (area < _SPECK)[labels], 3, 3) & ~(area >= _SPECK)[labels]] = 255
    return _Ink(clean, (area >= _MARK)[labels])


def _grown(ink: Bits, high: int, wide: int) -> Bits:
    """Ink with a little around it."""
    return np.asarray(cv2.dilate(ink.astype(np.uint8), np.ones((high, wide), np.uint8))) > 0


def _strokes(ink: Bits, wide: int, high: int) -> Bits:
    """The ink that lies in strokes of that width or height at least, small breaks bridged."""
    gap = np.ones((1, round(2 * SCALE)) if wide > high else (round(2 * SCALE), 1), np.uint8)
    bridged = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_CLOSE, gap)
    return (np.asarray(cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((high, wide), np.uint8))) > 0) & ink


def _lines(ink: Bits, over: int) -> Iterator[tuple[int, int]]:
    """Where each line of print begins and ends, from the top; print that stands mostly outside the box is left out."""
    rows = cv2.GaussianBlur(
        ink.sum(axis=1).astype(np.float32).reshape(-1, 1), (1, 0), 0.1, sigmaY=0.35 * SCALE
    ).ravel()
    if not rows.any():
        return
    for top, bottom in _runs(rows > max(1.0, 0.06 * float(rows.max()))):
        for start, end in _parted(rows, top, bottom):
            inside = min(end, len(rows) - over) - max(start, over)
            if end - start >= _LINE[0] * SCALE and inside >= 0.6 * (end - start):
                yield start, end


def _parted(rows: npt.NDArray[np.float32], top: int, bottom: int) -> Iterator[tuple[int, int]]:
    """A run of rows as one line, or as two where it is too high for one."""
    high = bottom - top
    if high <= _LINE[1] * SCALE:
        yield top, bottom
        return
    third = high // 3
    valley = top + third + int(np.argmin(rows[top + third : bottom - third]))
    yield from _parted(rows, top, valley)
    yield from _parted(rows, valley, bottom)


def _runs(inked: Bits) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inked.astype(np.int8), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _line(piece: Grey, ink: _Ink, top: int, bottom: int) -> Cut | None:
    """One line with a margin, or None where nothing of it is print."""
    across = np.flatnonzero(ink.print[top:bottom].any(axis=0))
    if not len(across):
        return None
    margin = round(_MARGIN * SCALE)
    left, right = max(0, int(across[0]) - margin), min(piece.shape[1], int(across[-1]) + margin)
    first, last = max(0, top - margin // 2), min(piece.shape[0], bottom + margin // 2)
    whole = bool(across[0] > 2 and across[-1] < piece.shape[1] - 3)
    return Cut(piece[first:last, left:right], ink.clean[first:last, left:right], whole)


def softened(line: Grey) -> Grey:
    """A line with single dots and gaps smoothed over."""
    return cv2.GaussianBlur(line, (0, 0), _SOFT).astype(np.uint8)
