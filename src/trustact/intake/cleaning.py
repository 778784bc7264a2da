"""A page cleaned for its first reading: the line's dirt and streaks taken off, broken strokes drawn together.

Values are never read from a cleaned page: each is cut from the page as it came (see `cutting`). Needs numpy and
OpenCV, which come with the `ocr` extra.
"""

import cv2
import numpy as np
import numpy.typing as npt

from trustact.intake.page import POINTS
from trustact.intake.straightening import Grey

Bits = npt.NDArray[np.bool_]

_DARK = 128
"""Grey levels below this are ink."""
_SPECK = 1.2
"""Ink of less than so many square points, with paper all around it, is dirt."""
_ALONE = 3.0
"""How far from other ink dirt stands, in points, across; half of it up and down."""
_STREAK = 58.0
"""Upright strokes longer than this, in points, are streaks or the sides of boxes: no letter is so high."""
_THIN = 2.2
"""How wide a streak may be, in points; wider ones are bars, with print in them."""
_SOFT = 0.32
"""How far ink is spread, in points, so that strokes broken by a fax are whole again."""


def cleaned(page: Grey, dpi: float) -> Grey:
    """The page without specks and streaks, a little softened; same size."""
    scale = dpi / POINTS
    dark = (page < _DARK).astype(np.uint8)
    left = page.copy()
    left[_streaks(dark, scale) | _specks(dark, scale)] = 255
    return cv2.GaussianBlur(left, (0, 0), _SOFT * scale).astype(np.uint8)


def _specks(dark: Grey, scale: float) -> Bits:
    """The ink of small groups of dots that stand alone."""
    across, down = round(_ALONE * scale) | 1, round(_ALONE * scale / 2) | 1
    grown = cv2.dilate(dark, np.ones((down, across), np.uint8))
    count, groups = cv2.connectedComponents(grown, connectivity=8)
    groups[dark == 0] = 0
    few = np.bincount(groups.ravel(), minlength=count) <= _SPECK * scale**2
    few[0] = False
    return np.asarray(few[groups])


def _streaks(dark: Grey, scale: float) -> Bits:
    """The ink of long thin uprights, and what lies right beside it."""
    long = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((round(_STREAK * scale), 1), np.uint8))
    wide = cv2.morphologyEx(long, cv2.MORPH_OPEN, np.ones((1, max(2, round(_THIN * scale))), np.uint8))
    thin = cv2.subtract(long, wide)
    return np.asarray(cv2.dilate(thin, np.ones((1, 3), np.uint8)) > 0)
