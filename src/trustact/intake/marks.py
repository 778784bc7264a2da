"""Tick boxes in the picture of a page: where the printed outline is, and how much ink is inside it."""

from typing import NamedTuple

from trustact.intake.outlines import Piece, find_outlines, piece_of, share
from trustact.intake.page import POINTS, Box, Raster, grey_bytes

EMPTY, TICKED = 0.045, 0.14
"""Ink share inside the outline: at most EMPTY is empty, at least TICKED is ticked, between them nobody can say."""
ABOUT = 1.5
"""How far a box whose outline is lost may stand from its place, in points."""
_CONTRAST = 60
"""How far dark and light must differ, of 255, for a region to have ink and paper at all."""
_EDGE = 1.8
"""How far two outlines that stand edge to edge may overlap, in points."""


class Mark(NamedTuple):
    """A tick box found: its outline, and the share of ink inside it."""

    box: Box
    ink: float


class Plate(NamedTuple):
    """A picture ready to be looked at: plain grey bytes with their width, height and dots a point."""

    grey: bytes
    width: int
    height: int
    scale: float


def plate_of(raster: Raster) -> Plate:
    """A raster unpacked once for many looks."""
    return Plate(grey_bytes(raster), raster.width, raster.height, raster.dpi / POINTS)


def find_marks(plate: Plate, region: Box) -> list[Mark]:
    """The tick boxes whose outline lies in a region of the page, from the left, none inside another."""
    piece, left, top = _piece(plate, region)
    marks: list[Mark] = []
    for found in find_outlines(piece) if piece else ():
        x0, y0 = (left + found.left) / plate.scale, (top + found.top) / plate.scale
        x1, y1 = (left + found.right + 1) / plate.scale, (top + found.bottom + 1) / plate.scale
        box = Box(x0, y0, x1, y1)
        if piece and not any(_cross(box, other.box) for other in marks):
            marks.append(Mark(box, _share_inside(piece, *found[1:])))
    return sorted(marks, key=lambda mark: mark.box.x0)


def ink_share(plate: Plate, box: Box) -> float:
    """The share of ink inside a known box, its outline left out."""
    piece, _, _ = _piece(plate, box)
    return _share_inside(piece, 0, 0, len(piece.rows[0]) - 1, len(piece.rows) - 1) if piece else 0.0


def least_ink(plate: Plate, box: Box) -> float:
    """The least share of ink inside a box of this size placed here or up to a point and a half off."""
    return min(_inks(plate, box, ABOUT))


def most_ink(plate: Plate, box: Box, off: float) -> float:
    """The most ink inside a box of this size placed here or up to so many points off."""
    return max(_inks(plate, box, off))


def _inks(plate: Plate, box: Box, off: float) -> list[float]:
    """The share of ink inside a box of this size at every place up to so many points off; at least one."""
    offsets = [off * step / 2 for step in range(-2, 3)]
    piece, left, top = _piece(plate, Box(box.x0 - 3, box.y0 - 3, box.x1 + 3, box.y1 + 3))
    if piece is None:
        return [0.0]
    return [
        _share_inside(piece, *_placed(box, x, y, plate.scale, left, top)) for x in offsets for y in offsets
    ]


def _placed(box: Box, x: float, y: float, scale: float, left: int, top: int) -> tuple[int, int, int, int]:
    """A box moved by x and y points, in the pixels of a piece that begins at left and top."""
    return (
        round((box.x0 + x) * scale) - left,
        round((box.y0 + y) * scale) - top,
        round((box.x1 + x) * scale) - left,
        round((box.y1 + y) * scale) - top,
    )


def _piece(plate: Plate, region: Box) -> tuple[Piece | None, int, int]:
    """The region in ink and paper, cut half way between its dark and its light, and its place in pixels.

    None where the region is off the page, or all of one shade.
    """
    x0, y0 = max(0, int(region.x0 * plate.scale)), max(0, int(region.y0 * plate.scale))
    x1 = min(plate.width, int(region.x1 * plate.scale) + 1)
    y1 = min(plate.height, int(region.y1 * plate.scale) + 1)
    if x1 - x0 < 4 or y1 - y0 < 4:
        return None, x0, y0
    rows = [plate.grey[y * plate.width + x0 : y * plate.width + x1] for y in range(y0, y1)]
    levels = sorted(b"".join(rows))
    dark, light = levels[len(levels) // 2000], levels[-1 - len(levels) // 20]
    if light - dark <= _CONTRAST:
        return None, x0, y0
    table = bytes(1 if level <= (light + dark) // 2 else 0 for level in range(256))
    return piece_of([row.translate(table) for row in rows], plate.scale), x0, y0


def _cross(one: Box, other: Box) -> bool:
    """Whether two outlines share more than an edge."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    return across > _EDGE and down > _EDGE


def _share_inside(piece: Piece, left: int, top: int, right: int, bottom: int) -> float:
    """The ink inside an outline, a fifth of each side left out, as a share of a square of the same height."""
    across, down = max(2, round((right - left) * 0.2)), max(2, round((bottom - top) * 0.2))
    width, height = right - left - 2 * across, bottom - top - 2 * down
    if width <= 0 or height <= 0:
        return 0.0
    inside = share(piece, left + across, top + down, right - across, bottom - down)
    return inside * max(1.0, width / height)
