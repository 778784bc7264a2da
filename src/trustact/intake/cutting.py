"""The lines of a value cut out of a page laid upon its print: level, its paper white, ready to be read.

Needs numpy and OpenCV, which come with the `ocr` extra.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from trustact.intake.page import Box
from trustact.intake.pairing import Points
from trustact.intake.straightening import Grey

Bits = npt.NDArray[np.bool_]
Blots = npt.NDArray[np.int32]

SCALE = 4.0
"""Pixels to a point in what is cut out: a line of type is about as high as the recogniser wants it."""
DPI = SCALE * 72
_BESIDE, _OVER = 2.5, 2.5
"""How much of the page around a place is looked at, in points."""
_RULE = 40.0
"""Level strokes longer than this, in points, are rules; upright ones longer than a line of type are streaks."""
_UPRIGHT = 1.35
_SPECK = 0.3
"""Ink of less than so many square points is dirt."""
_LETTER, _POINT = 4.0, 1.0
"""How high ink must be, in points, to be a letter, and to be a point or a hyphen."""
_LOST = 2.5
"""How much white a lost line of a fax leaves inside letters, in points."""
_DIRT = 0.12
"""Letters far from the others are dirt if they have less than this share of the others' ink."""
_BROKEN = 0.25
"""Ink beside a line may be broken letters if it has this share of the line's."""
_WORD_GAP, _POINT_GAP = 30.0, 5.0
"""How far from the letters before it a letter of the same line may stand, and a point from a letter."""
_LINE = 5.0, 16.0
"""The least height of a line of print, and the height from which it is taken for two, in points."""
_MARGIN = 3.0
"""White left around a line, in points."""
_ONE = 13.0 + _MARGIN
"""How high a line may be, with its margin, that is no two: those of the smallest type are higher together, in points."""


class Cut(NamedTuple):
    """One line of a value; `whole` unless its print runs off the piece of page it was found on.

    `at` is where it was cut, in points of the print from the upper left corner of the value's box.
    """

    line: Grey
    whole: bool
    at: Box


def cut(page: Grey, corners: Points, box: Box) -> list[Cut]:
    """The lines of print in a box of the print whose corners on the page, in pixels, are given; none if it is empty."""
    piece = _levelled(_piece(page, corners, box))
    lines = _cuts(piece, _blots(piece))
    # A lost line of the fax cuts the letters of a line in two: few of it are then left, none, or two halves.
    joined = _cuts(piece, _blots(piece, round(_LOST * SCALE)))
    broken = not all(line.whole for line in lines)
    more = len(joined) > len(lines) or (broken and _width(joined) > _width(lines))
    return joined if more or _halves(lines, joined) else lines


def _halves(lines: Sequence[Cut], joined: Sequence[Cut]) -> bool:
    """Whether lines are but halves of those that are joined: fewer, as high together, and none as high as two would be."""
    return (
        0 < len(joined) < len(lines)
        and joined[0].at.y0 <= lines[0].at.y0
        and joined[-1].at.y1 >= lines[-1].at.y1
        and all(line.at.y1 - line.at.y0 <= _ONE for line in joined)
    )


def _width(lines: list[Cut]) -> int:
    return sum(cut.line.shape[1] for cut in lines)


def _cuts(piece: Grey, found: Blots) -> list[Cut]:
    """The lines that blots on a piece of page make."""
    blots = _inside(found, piece)
    return [
        line
        for top, bottom in _lines(_letters(blots), piece.shape[0], round(_OVER * SCALE))
        if (line := _line(piece, found, blots, top, bottom)) is not None
    ]


def _inside(blots: Blots, piece: Grey) -> Blots:
    """The blots whose middle lies between the box's left and right edges: the others are borders, or print beside it."""
    middle, beside = blots[:, 0] + blots[:, 2] / 2, _BESIDE * SCALE
    return np.asarray(blots[(middle >= beside) & (middle <= piece.shape[1] - beside)])


def _letters(blots: Blots) -> Blots:
    return np.asarray(blots[blots[:, 3] >= _LETTER * SCALE])


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


def _blots(piece: Grey, joined: int = 1) -> Blots:
    """The blots of ink that are neither rules nor dirt: left, top, width, height and area in pixels.

    Ink with less white than `joined` pixels between above and below is one blot.
    """
    ink = piece < 140
    rules = _strokes(ink, round(_RULE * SCALE), 1)
    streaks = _strokes(ink, 1, round(min(_UPRIGHT * 12 * SCALE, 0.9 * ink.shape[0])))
    out = _grown(rules | streaks, 3, 3)
    left = ink & ~out
    # Where print crosses a rule its ink is kept: it goes on above and below.
    left |= ink & rules & _grown(left, 5, 1)
    closed = cv2.morphologyEx(left.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((joined, 1), np.uint8)) > 0
    whole = left | (closed & ~out)
    count, _, stats, _ = cv2.connectedComponentsWithStats(whole.astype(np.uint8), connectivity=8)
    blots = stats[1:count].astype(np.int32)
    return np.asarray(blots[blots[:, 4] >= _SPECK * SCALE**2])


def _grown(ink: Bits, high: int, wide: int) -> Bits:
    """Ink with a little around it."""
    return np.asarray(cv2.dilate(ink.astype(np.uint8), np.ones((high, wide), np.uint8))) > 0


def _strokes(ink: Bits, wide: int, high: int) -> Bits:
    """The ink that lies in unbroken strokes of that width or height at least."""
    return (
        np.asarray(cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_OPEN, np.ones((high, wide), np.uint8)))
        > 0
    )


def _lines(letters: Blots, high: int, over: int) -> Iterator[tuple[int, int]]:
    """Where each line of letters begins and ends, from the top; those mostly outside the box are left out."""
    rows = np.zeros(high, np.float32)
    for _, top, wide, tall, _ in letters.tolist():
        rows[top : top + tall] += wide
    if not rows.any():
        return
    for top, bottom in _runs(rows > 0.06 * float(rows.max())):
        for start, end in _parted(rows, top, bottom):
            inside = min(end, high - over) - max(start, over)
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


def _line(piece: Grey, found: Blots, blots: Blots, top: int, bottom: int) -> Cut | None:
    """One line with a margin, or None where no letters are in it."""
    reach = _reach(_level(blots, top, bottom))
    if reach is None:
        return None
    margin, wide = round(_MARGIN * SCALE), piece.shape[1]
    left, right = max(0, reach[0] - margin), min(wide, reach[1] + margin)
    first, last = max(0, top - margin // 2), min(piece.shape[0], bottom + margin // 2)
    whole = reach[0] > 1 and reach[1] < wide - 2 and not _goes_on(_letters(_level(found, top, bottom)), reach)
    return Cut(
        piece[first:last, left:right],
        whole and not _left_out(_level(blots, top, bottom - (bottom - top) // 6), reach),
        Box(left / SCALE - _BESIDE, first / SCALE - _OVER, right / SCALE - _BESIDE, last / SCALE - _OVER),
    )


def _left_out(blots: Blots, reach: tuple[int, int]) -> bool:
    """Whether so much ink stands in the middle of a line outside its reach that it may be broken letters of it."""
    outside = (blots[:, 0] + blots[:, 2] < reach[0]) | (blots[:, 0] > reach[1])
    letters = blots[:, 3] >= _POINT * SCALE
    return bool(blots[outside & letters, 4].sum() > _BROKEN * blots[~outside, 4].sum())


def _level(blots: Blots, top: int, bottom: int) -> Blots:
    """The blots whose middle lies between two heights."""
    middle = blots[:, 1] + blots[:, 3] / 2
    return np.asarray(blots[(middle >= top) & (middle <= bottom)])


def _goes_on(letters: Blots, reach: tuple[int, int]) -> bool:
    """Whether a letter stands right beside a line's letters that was not counted among them."""
    near = _MARGIN * SCALE
    starts, ends = letters[:, 0], letters[:, 0] + letters[:, 2]
    after = (ends > reach[1]) & (starts - reach[1] < near)
    before = (starts < reach[0]) & (reach[0] - ends < near)
    return bool((after | before).any())


def _reach(blots: Blots) -> tuple[int, int] | None:
    """From where to where a line's letters go, with the points beside them, dirt far off left out."""
    letters = _letters(blots)
    if not len(letters):
        return None
    groups: list[list[int]] = []
    for left, _, wide, _, area in letters[np.argsort(letters[:, 0])].tolist():
        if groups and left - groups[-1][1] <= _WORD_GAP * SCALE:
            groups[-1][1] = max(groups[-1][1], left + wide)
            groups[-1][2] += area
        else:
            groups.append([left, left + wide, area])
    most = max(area for _, _, area in groups)
    start = min(left for left, _, area in groups if area >= _DIRT * most)
    end = max(right for _, right, area in groups if area >= _DIRT * most)
    for left, _, wide, tall, _ in blots.tolist():
        if (
            tall >= _POINT * SCALE
            and start - _POINT_GAP * SCALE <= left
            and left + wide <= end + _POINT_GAP * SCALE
        ):
            start, end = min(start, left), max(end, left + wide)
    return start, end


def softened(line: Grey, reach: float) -> Grey:
    """A line with dots and gaps smoothed over, as far as `reach` in pixels."""
    return cv2.GaussianBlur(line, (0, 0), reach).astype(np.uint8)


def thickened(line: Grey) -> Grey:
    """A line with its upright strokes a little wider, as those a fax has thinned were, and smoothed."""
    return softened(cv2.erode(line, np.ones((1, 3), np.uint8)).astype(np.uint8), 1.2)


def widened(line: Grey) -> Grey:
    """A line a twelfth wider: its letters fall on other steps of a reader."""
    return cv2.resize(line, None, fx=13 / 12, fy=1.0, interpolation=cv2.INTER_LINEAR).astype(np.uint8)
