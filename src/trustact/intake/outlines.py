"""The printed outline of a tick box in a small piece of page: four sides, or two square brackets."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from typing import NamedTuple

SMALLEST, LARGEST = 5.5, 17.0
"""Sides of a printed tick box, in points."""
_SIDE = 0.72
"""How much of each side must be inked for an outline."""
_FOOT, _STROKE, _WIDEST = 1.2, 1.8, 2.6
"""The foot of a square bracket and its thickest stroke, in points; how far apart a pair may stand, in its heights."""
_CLEAR = 0.2
"""How much ink there may be where a bracket has paper."""
_APART = 0.5
"""How much ink there may be just outside a side."""
_BROKEN = 0.2
"""How much of its two level sides must be inked where both its uprights are whole, or the other way round."""
_NEAR = 3
"""Pixels from the middle of a side to the paper outside it."""
_MOST, _MOST_STROKES = 4000, 200
"""Rectangles and strokes beyond which a piece of page is taken for noise, and nothing more is looked for in it."""


class Outline(NamedTuple):
    """How much of its least inked side is inked (0 to 1), and its edges in pixels, all within the outline."""

    inked: float
    left: int
    top: int
    right: int
    bottom: int


class Piece(NamedTuple):
    """A piece of page: rows of bytes, 1 for ink and 0 for paper; `scale` pixels to a point; its ink summed up.

    `sums[y][x]` is the ink of all pixels above y and left of x.
    """

    rows: Sequence[bytes]
    scale: float
    sums: Sequence[Sequence[int]]


def piece_of(rows: Sequence[bytes], scale: float) -> Piece:
    """Rows of ink and paper, ready to be looked at; there must be at least one."""
    sums = [[0] * (len(rows[0]) + 1)]
    for row in rows:
        sums.append([above + here for above, here in zip(sums[-1], accumulate(row, initial=0), strict=True)])
    return Piece(rows, scale, sums)


def share(piece: Piece, left: int, top: int, right: int, bottom: int) -> float:
    """The inked share of a rectangle, its edges included; paper where there is no page."""
    width, height = len(piece.rows[0]), len(piece.rows)
    x0, x1 = max(0, min(left, width)), max(0, min(right + 1, width))
    y0, y1 = max(0, min(top, height)), max(0, min(bottom + 1, height))
    ink = piece.sums[y1][x1] - piece.sums[y0][x1] - piece.sums[y1][x0] + piece.sums[y0][x0]
    return ink / ((right + 1 - left) * (bottom + 1 - top))


def find_outlines(piece: Piece) -> list[Outline]:
    """Every outline that may be there, the clearest first; of one printed box there may be several."""
    squares = list(islice(_squares(piece), _MOST))
    if len(squares) == _MOST:
        return []
    squares.sort(key=_clarity, reverse=True)
    frames = [*_frames(piece), *(_turned(found) for found in _frames(_turned_piece(piece)))]
    return squares + sorted(frames, key=_clarity, reverse=True) + _brackets(piece)


def _clarity(found: Outline) -> tuple[float, int, int]:
    """How clearly an outline is one: well inked first, then square, then large."""
    width, height = found.right - found.left, found.bottom - found.top
    return round(found.inked, 1), -abs(width - height) // 2, width


def _squares(piece: Piece) -> Iterator[Outline]:
    """Every rectangle, near square, of tick box size, whose sides are inked, with corners, and free outside."""
    small, large, gap = SMALLEST * piece.scale, LARGEST * piece.scale, max(2, round(piece.scale))
    thick = _thickened(piece.rows)
    across = [list(accumulate(row, initial=0)) for row in thick]
    down = [list(accumulate(column, initial=0)) for column in _thickened(_columns(piece.rows))]
    runs = [(y, *run) for y, row in enumerate(thick) for run in _runs(row, round(small), gap)]
    far = _far(piece)
    tops = [
        (y, a, b)
        for y, a, b in runs
        if share(piece, a, y - far, b, y - _NEAR) <= _APART or not _goes_on(runs, y + 1, a, b)
    ]
    bottoms = [
        (y, a, b)
        for y, a, b in runs
        if share(piece, a, y + _NEAR, b, y + far) <= _APART or not _goes_on(runs, y - 1, a, b)
    ]
    for top, start, end in tops:
        for bottom, other_start, other_end in bottoms:
            if small <= bottom - top <= large:
                first, last = max(start, other_start), min(end, other_end)
                for left, right, uprights in _upright_pairs(piece, down, top, bottom, first, last):
                    levels = min(_inked(across[y], left, right) for y in (top, bottom))
                    if levels >= _SIDE and _has_corners(piece, left, top, right, bottom):
                        yield Outline(min(levels, uprights), left, top, right, bottom)


def _goes_on(runs: Sequence[tuple[int, int, int]], y: int, start: int, end: int) -> bool:
    """Whether an inked stretch has another beside it at a height, as inside a solid bar."""
    return any(other == y and first < end and start < last for other, first, last in runs)


def _upright_pairs(
    piece: Piece, down: Sequence[Sequence[int]], top: int, bottom: int, first: int, last: int
) -> Iterator[tuple[int, int, float]]:
    """The pairs of inked uprights, free outside, that make two levels a near square; and their ink, the lesser."""
    side, far = bottom - top, _far(piece)
    inked = [(x, ink) for x in range(first, last + 1) if (ink := _inked(down[x], top, bottom)) >= _SIDE]
    lefts = [(x, ink) for x, ink in inked if share(piece, x - far, top, x - _NEAR, bottom) <= _APART]
    rights = [(x, ink) for x, ink in inked if share(piece, x + _NEAR, top, x + far, bottom) <= _APART]
    for left, left_ink in lefts:
        for right, right_ink in rights:
            if 0.75 * side <= right - left <= 1.35 * side:
                yield left, right, min(left_ink, right_ink)


def _far(piece: Piece) -> int:
    """How far outside a side paper is looked for, in pixels."""
    return _NEAR + max(0, round(0.8 * piece.scale) - 1)


def _has_corners(piece: Piece, left: int, top: int, right: int, bottom: int) -> bool:
    """Whether all four corners are inked, as those of round letters are not."""
    return all(share(piece, x - 1, y - 1, x + 1, y + 1) > 0 for x in (left, right) for y in (top, bottom))


def _frames(piece: Piece) -> Iterator[Outline]:
    """Near-squares of two whole uprights that end at one height, their level sides broken, as faxes break them."""
    across = [list(accumulate(row, initial=0)) for row in _thickened(piece.rows)]
    strokes = [stroke for stroke in _strokes(piece) if _is_thin(piece, stroke)]
    for left, top, bottom in strokes[:_MOST_STROKES]:
        for right, other_top, other_bottom in strokes[:_MOST_STROKES]:
            side = bottom - top
            even = max(abs(top - other_top), abs(bottom - other_bottom)) <= piece.scale
            if even and 0.75 * side <= right - left <= 1.35 * side:
                levels = [_level(across, y, left, right) for y in (top, bottom)]
                if min(levels) >= _BROKEN:
                    yield Outline(min(levels), left, top, right, bottom)


def _level(across: Sequence[Sequence[int]], y: int, left: int, right: int) -> float:
    """The inked share of a level side near a height."""
    return max(_inked(across[near], left, right) for near in range(max(0, y - 1), min(len(across), y + 2)))


def _is_thin(piece: Piece, stroke: tuple[int, int, int]) -> bool:
    """Whether an upright is straight, as that of a parenthesis is not, and has mostly paper on both its sides."""
    x, top, bottom = stroke
    if max(share(piece, near, top, near, bottom) for near in (x - 1, x, x + 1)) < _SIDE:
        return False
    wide = max(2, round(_STROKE * piece.scale))
    quarter = (bottom - top) // 4
    beside = ((x - wide - 1, x - wide), (x + wide, x + wide + 1))
    return all(share(piece, a, top + quarter, b, bottom - quarter) <= _APART for a, b in beside)


def _strokes(piece: Piece) -> list[tuple[int, int, int]]:
    """Every upright stroke of tick box size: where across, from which height to which."""
    small, large, gap = round(SMALLEST * piece.scale), LARGEST * piece.scale, max(2, round(piece.scale))
    columns = enumerate(_thickened(_columns(piece.rows)))
    strokes = [(x, *run) for x, column in columns for run in _runs(column, small, gap)]
    return [stroke for stroke in strokes if stroke[2] - stroke[1] <= large]


def _turned_piece(piece: Piece) -> Piece:
    """The piece with its rows for columns."""
    return piece_of(_columns(piece.rows), piece.scale)


def _turned(found: Outline) -> Outline:
    return Outline(found.inked, found.top, found.left, found.bottom, found.right)


def _brackets(piece: Piece) -> list[Outline]:
    """Every pair of square brackets facing each other, the narrowest first."""
    strokes = _strokes(piece)
    if len(strokes) > _MOST:
        return []
    opening = [stroke for stroke in strokes if _is_bracket(piece, stroke, 1)]
    closing = [stroke for stroke in strokes if _is_bracket(piece, stroke, -1)]
    near = piece.scale
    pairs = [
        Outline(1.0, left, min(top, other_top), right, max(bottom, other_bottom))
        for left, top, bottom in opening
        for right, other_top, other_bottom in closing
        if abs(top - other_top) <= near
        and abs(bottom - other_bottom) <= near
        and 0.4 * (bottom - top) <= right - left <= _WIDEST * (bottom - top)
    ]
    return sorted(pairs, key=lambda pair: pair.right - pair.left)


def _is_bracket(piece: Piece, upright: tuple[int, int, int], inward: int) -> bool:
    """Whether a thin upright has a foot at both ends on its inner side, and paper everywhere else beside it."""
    x, top, bottom = upright
    foot, stroke = max(2, round(_FOOT * piece.scale)), max(2, round(_STROKE * piece.scale))

    def beside(start: int, first: int, last: int) -> float:
        """The ink of a strip as wide as a foot, from `start` pixels inward on, or outward where it is negative."""
        edge = x + inward * start
        other = edge + (inward if start > 0 else -inward) * (foot - 1)
        return share(piece, min(edge, other), first, max(edge, other), last)

    quarter = (bottom - top) // 4
    ends = ((top, top + 2), (bottom - 2, bottom))
    return (
        all(max(beside(1, y, y) for y in range(first, last + 1)) >= _SIDE for first, last in ends)
        and beside(stroke, top + quarter, bottom - quarter) <= _CLEAR
        and beside(-2, top, bottom) <= _CLEAR
        and all(beside(-2, first, last) <= 1 - _SIDE for first, last in ends)
    )


def _columns(rows: Sequence[bytes]) -> list[bytes]:
    return [bytes(column) for column in zip(*rows, strict=True)]


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


def _thickened(rows: Sequence[bytes]) -> list[bytes]:
    """Each row with the ink of the rows beside it, so that a side may wander by a pixel."""
    blank = bytes(len(rows[0]))
    padded = [blank, *rows, blank]
    return [
        bytes(a | b | c for a, b, c in zip(*padded[index : index + 3], strict=True))
        for index in range(len(rows))
    ]


def _inked(prefix: Sequence[int], first: int, last: int) -> float:
    """The inked share of a row from `first` to `last`, both included."""
    return (prefix[last + 1] - prefix[first]) / (last + 1 - first)
