"""A crooked page made straight: small rotations found from the rows of print, and the way back to the page.

Needs numpy and OpenCV, which come with the `ocr` extra.
"""

import math
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from trustact.intake.page import Box, around

Grey = npt.NDArray[np.uint8]

STEEPEST = 5.0
"""The largest tilt looked for, in degrees."""
_FINE = 0.1
_LOOKED_AT = 900
"""Pixels across of the small copy the tilt is measured on."""


class Turn(NamedTuple):
    """How a page was turned to be read: by `quarters` of a turn clockwise, then by `degrees` about its middle.

    `width` and `height` are those of the page as it came, in points.
    """

    degrees: float
    width: float
    height: float
    quarters: int = 0


def tilt(grey: Grey) -> float:
    """How many degrees the print climbs to the right, between -STEEPEST and STEEPEST."""
    scale = min(1.0, _LOOKED_AT / grey.shape[1])
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    cut = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    ink = cut.astype(np.uint8)
    coarse = max(np.arange(-STEEPEST, STEEPEST + 0.5, 0.5), key=lambda degrees: _sharpness(ink, degrees))
    fine = max(np.arange(coarse - 0.5, coarse + 0.5 + _FINE / 2, _FINE), key=lambda d: _sharpness(ink, d))
    return float(round(fine, 2))


def straighten(grey: Grey, degrees: float) -> Grey:
    """The picture turned so that print climbing by `degrees` lies level; same size, white where nothing was."""
    if abs(degrees) < _FINE:
        return grey
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -degrees, 1.0)
    return cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=255).astype(
        np.uint8
    )


def on_the_page(box: Box, turn: Turn) -> Box:
    """A box of the straightened page as the smallest upright box around it on the page as it came."""
    wide, high = (turn.width, turn.height) if turn.quarters % 2 == 0 else (turn.height, turn.width)
    return _unturned(_tilted(box, turn.degrees, wide, high), turn)


def _unturned(box: Box, turn: Turn) -> Box:
    """A box of the page turned clockwise as it lies on the page as it came."""
    match turn.quarters % 4:
        case 1:
            return Box(box.y0, turn.height - box.x1, box.y1, turn.height - box.x0)
        case 2:
            return Box(turn.width - box.x1, turn.height - box.y1, turn.width - box.x0, turn.height - box.y0)
        case 3:
            return Box(turn.width - box.y1, box.x0, turn.width - box.y0, box.x1)
    return box


def _tilted(box: Box, degrees: float, width: float, height: float) -> Box:
    """The smallest upright box around a box of the straightened page on the page before it was straightened."""
    if abs(degrees) < _FINE:
        return box
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    middle_x, middle_y = width / 2, height / 2
    points = []
    for x in (box.x0, box.x1):
        for y in (box.y0, box.y1):
            dx, dy = x - middle_x, y - middle_y
            px, py = middle_x + dx * cosine + dy * sine, middle_y - dx * sine + dy * cosine
            points.append(Box(px, py, px, py))
    return around(points)


def _sharpness(ink: Grey, degrees: float) -> float:
    """How sharply rows of ink and rows of paper differ, once turned back by `degrees`."""
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    rows = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_NEAREST).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())
