"""Tick boxes in the picture of a page: where the printed outline is, and how much ink is inside it.

An outline is a near-square of four sides, or two square brackets facing each other.
"""

from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from trustact.intake.page import POINTS, Box, Raster, grey_bytes

SMALLEST, LARGEST = 5.5, 17.0
"""Sides of a printed tick box, in points."""
EMPTY, TICKED = 0.045, 0.11
"""Ink share inside the outline: at most EMPTY is empty, at least TICKED is ticked, between them nobody can say."""
_SIDE = 0.72
"""How much of each side must be inked for an outline."""
_FOOT, _STROKE, _WIDEST = 1.2, 1.8, 2.6
"""The foot of a square bracket and its thickest stroke, in points; how far apart a pair may stand, in its heights."""
_EDGE = 1.8
"""How far two outlines that stand edge to edge may overlap, in points."""
_CLEAR = 0.2
"""How much ink there may be where a bracket has paper."""


class Mark(NamedTuple):
    """A tick box found: its outline, and the share of ink inside it."""

    box: Box
    ink: float


_Outline = tuple[float, int, int, int, int]
"""The least inked of four sides (0 to 1), then left, top, right, bottom in pixels."""


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
    ink, left, top = _ink(plate, region)
    if not ink:
        return []
    marks: list[Mark] = []
    found = sorted(_outlines(ink, plate.scale), reverse=True) + _brackets(ink, plate.scale)
    for _, x0, y0, x1, y1 in found:
        box = Box(
            (left + x0) / plate.scale, (top + y0) / plate.scale,
            (left + x1 + 1) / plate.scale, (top + y1 + 1) / plate.scale,
        )  # fmt: skip
        if not any(_cross(box, other.box) for other in marks):
            marks.append(Mark(box, _share_inside(ink, x0, y0, x1, y1)))
    return sorted(marks, key=lambda mark: mark.box.x0)


def ink_share(plate: Plate, box: Box) -> float:
    """The share of ink inside a known box, its outline left out."""
    ink, _, _ = _ink(plate, box)
    return _share_inside(ink, 0, 0, len(ink[0]) - 1, len(ink) - 1) if ink else 0.0


def _ink(plate: Plate, region: Box) -> tuple[list[bytes], int, int]:
    """The region as rows of 1 (ink) and 0 (paper), cut at a level half way between its dark and its light."""
    x0, y0 = max(0, int(region.x0 * plate.scale)), max(0, int(region.y0 * plate.scale))
    x1, y1 = (
        min(plate.width, int(region.x1 * plate.scale) + 1),
        min(plate.height, int(region.y1 * plate.scale) + 1),
    )
    if x1 - x0 < 4 or y1 - y0 < 4:
        return [], x0, y0
    rows = [plate.grey[y * plate.width + x0 : y * plate.width + x1] for y in range(y0, y1)]
    levels = sorted(b"".join(rows))
    paper, dark = levels[len(levels) * 3 // 4], levels[len(levels) // 100]
    level = (paper + dark) // 2 if paper - dark > 60 else 0
    table = bytes(1 if value <= level else 0 for value in range(256))
    return [row.translate(table) for row in rows], x0, y0


def _cross(one: Box, other: Box) -> bool:
    """Whether two outlines share more than an edge."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    return across > _EDGE and down > _EDGE


def _outlines(ink: list[bytes], scale: float) -> Iterator[_Outline]:
    """Every rectangle, near square, of tick box size, whose four sides are inked."""
    small, large = SMALLEST * scale, LARGEST * scale
    thick = _thickened(ink)
    across = [_prefix(row) for row in thick]
    columns = [bytes(column) for column in zip(*ink, strict=True)]
    down = [_prefix(column) for column in _thickened(columns)]
    runs = [
        (y, *run) for y, row in enumerate(thick) for run in _runs(row, round(small), max(2, round(scale)))
    ]
    for top, start, end in runs:
        for bottom, other_start, other_end in runs:
            if small <= bottom - top <= large:
                first, last = max(start, other_start), min(end, other_end)
                yield from _upright_pairs(down, across, top, bottom, first, last)


def _upright_pairs(
    down: list[list[int]], across: list[list[int]], top: int, bottom: int, first: int, last: int
) -> Iterator[_Outline]:
    """The pairs of inked uprights between two inked levels that close a near-square outline."""
    side = bottom - top
    uprights = [
        (x, inked) for x in range(first, last + 1) if (inked := _inked(down[x], top, bottom)) >= _SIDE
    ]
    for left, left_inked in uprights:
        for right, right_inked in uprights:
            if 0.75 * side <= right - left <= 1.35 * side:
                levels = min(_inked(across[y], left, right) for y in (top, bottom))
                if levels >= _SIDE:
                    yield round(min(levels, left_inked, right_inked), 1), left, top, right, bottom


def _brackets(ink: list[bytes], scale: float) -> list[_Outline]:
    """Every pair of square brackets facing each other, from the left."""
    columns = [bytes(column) for column in zip(*ink, strict=True)]
    uprights = [
        (x, top, bottom)
        for x, column in enumerate(_thickened(columns))
        for top, bottom in _runs(column, round(SMALLEST * scale), max(2, round(scale)))
        if bottom - top <= LARGEST * scale
    ]
    opening = [upright for upright in uprights if _is_bracket(ink, upright, 1, scale)]
    closing = [upright for upright in uprights if _is_bracket(ink, upright, -1, scale)]
    pairs = [
        (1.0, left, min(top, other_top), right, max(bottom, other_bottom))
        for left, top, bottom in opening
        for right, other_top, other_bottom in closing
        if abs(top - other_top) <= scale and abs(bottom - other_bottom) <= scale
        and 0.4 * (bottom - top) <= right - left <= _WIDEST * (bottom - top)
    ]  # fmt: skip
    return sorted(pairs, key=lambda pair: pair[3] - pair[1])


def _is_bracket(ink: list[bytes], upright: tuple[int, int, int], inward: int, scale: float) -> bool:
    """Whether a thin upright has a foot at both ends on its inner side, and paper everywhere else beside it."""
    x, top, bottom = upright
    foot, stroke = max(2, round(_FOOT * scale)), max(2, round(_STROKE * scale))
    feet = [x + inward * (step + 1) for step in range(foot)]
    inner = [x + inward * (step + stroke) for step in range(foot)]
    outer = [x - inward * (step + 2) for step in range(foot)]
    ends = (range(top, top + 3), range(bottom - 2, bottom + 1))
    middle = list(range(top + (bottom - top) // 4, bottom - (bottom - top) // 4 + 1))
    return (
        all(max(_share(ink, [y], feet) for y in end) >= _SIDE for end in ends)
        and _share(ink, middle, inner) <= _CLEAR
        and _share(ink, list(range(top, bottom + 1)), outer) <= _CLEAR
        and all(_share(ink, list(end), outer) <= 1 - _SIDE for end in ends)
    )


def _share(ink: list[bytes], ys: list[int], xs: list[int]) -> float:
    """The inked share of the pixels at the crossings of some rows and columns, paper where there is no page."""
    hits = sum(ink[y][x] for y in ys if 0 <= y < len(ink) for x in xs if 0 <= x < len(ink[y]))
    return hits / (len(ys) * len(xs))


def _runs(row: bytes, shortest: int, gap: int) -> Iterator[tuple[int, int]]:
    """Inked stretches of a row, small gaps bridged: first and last pixel."""
    start = last = -1
    for x, inked in enumerate(row):
        if inked:
            if start < 0 or x - last > gap:
                if start >= 0 and last - start >= shortest:
                    yield start, last
                start = x
            last = x
    if start >= 0 and last - start >= shortest:
        yield start, last


def _thickened(rows: list[bytes]) -> list[bytes]:
    """Each row with the ink of the rows beside it, so that a side may wander by a pixel."""
    blank = bytes(len(rows[0]))
    padded = [blank, *rows, blank]
    return [
        bytes(a | b | c for a, b, c in zip(*padded[index : index + 3], strict=True))
        for index in range(len(rows))
    ]


def _prefix(row: bytes) -> list[int]:
    return list(accumulate(row, initial=0))


def _inked(prefix: list[int], first: int, last: int) -> float:
    """The inked share from `first` to `last`, both included."""
    return (prefix[last + 1] - prefix[first]) / (last + 1 - first)


def _share_inside(ink: list[bytes], x0: int, y0: int, x1: int, y1: int) -> float:
    """The ink inside an outline, a fifth of each side left out, as a share of a square of the same height."""
    across, down = max(2, round((x1 - x0) * 0.2)), max(2, round((y1 - y0) * 0.2))
    rows = [row[x0 + across : x1 - across + 1] for row in ink[y0 + down : y1 - down + 1]]
    area = len(rows) * min(len(rows), len(rows[0])) if rows else 0
    return sum(map(sum, rows)) / area if area else 0.0
