"""Sheets of lines to learn from: typed in many faces, worn as documents are, and cut as the reader cuts its lines.

Geometry is in pixels of the drawn sheet, at 204 dots an inch. The faces are those of the system (see docs/line-reader.md);
of the faces specimens are typed in only DejaVu Sans Mono is among them.
"""

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
from fontTools.ttLib import TTFont
from msgspec.structs import replace
from PIL import Image, ImageDraw, ImageFont

from training.words import Words
from trustact.intake import cutting, linereader
from trustact.intake.confinement import Limits
from trustact.intake.ocr import grey_page
from trustact.intake.page import POINTS, Box
from trustact.intake.picture import open_picture
from trustact.intake.straightening import Grey, straighten, tilt
from trustact.specimens import photo, raster, wear
from trustact.specimens.wear import Wear

FONTS = (Path("/usr/share/fonts"), Path("/usr/share/texmf/fonts/opentype/public/tex-gyre"))
SANS = [
    "NimbusSans-Regular.otf",
    "NimbusSans-Bold.otf",
    "NimbusSansNarrow-Regular.otf",
    "LiberationSans-Regular.ttf",
    "LiberationSans-Bold.ttf",
    "LiberationSansNarrow-Regular.ttf",
    "FreeSans.ttf",
    "Arimo-Regular.ttf",
    "DejaVuSans.ttf",
    "Roboto-Regular.ttf",
    "OpenSans-Regular.ttf",
    "Lato-Regular.ttf",
    "Carlito-Regular.ttf",
    "Cantarell-Regular.otf",
    "NotoSans-Regular.ttf",
    "texgyreheros-regular.otf",
    "texgyreheroscn-regular.otf",
    "URWGothic-Book.otf",
]
SERIF = [
    "NimbusRoman-Regular.otf",
    "NimbusRoman-Bold.otf",
    "LiberationSerif-Regular.ttf",
    "FreeSerif.ttf",
    "Tinos-Regular.ttf",
    "DejaVuSerif.ttf",
    "Caladea-Regular.ttf",
    "P052-Roman.otf",
    "C059-Roman.otf",
    "EBGaramond12-Regular.otf",
    "Vollkorn-Regular.ttf",
    "NotoSerif-Regular.ttf",
    "texgyretermes-regular.otf",
    "texgyrepagella-regular.otf",
    "texgyreschola-regular.otf",
    "texgyrebonum-regular.otf",
]
HAIRLINE = [
    "OldStandard-Regular.ttf",
    "OldStandard-Regular.ttf",
    "OldStandard-Bold.ttf",
    "GFSDidot.otf",
    "Century-Catalogue.ttf",
]
"""Serif faces whose thin strokes a fax takes away."""
MONO = [
    "DejaVuSansMono.ttf",
    "DejaVuSansMono.ttf",
    "DejaVuSansMono.ttf",
    "DejaVuSansMono-Bold.ttf",
    "LiberationMono-Regular.ttf",
    "LiberationMono-Bold.ttf",
    "Hack-Regular.ttf",
    "Inconsolata.otf",
    "CourierPrime.otf",
    "Cousine-Regular.ttf",
    "NimbusMonoPS-Bold.otf",
    "NotoSansMono-Regular.ttf",
    "texgyrecursor-regular.otf",
]

DOT = raster.DOTS_ACROSS / POINTS
"""Pixels to a point."""
WIDE, HIGH = 1734, 2244
_FINER = 3
"""How much larger a line is drawn before it is made as coarse as the page, so that no face is fitted to the dots."""
_AROUND = 6
"""White around a line, in pixels of the sheet."""
LEVELS = {"scan": 10, "fine": 10, "standard": 36, "between": 14, "bad": 24, "phone": 6}
"""In what state a sheet arrives and how often; `between` lies anywhere between a standard fax and a bad one."""
_HEADER = "NOV-02-2025 09:14 AM  FROM: 802 555 0142  PAGE 1/1"
_MARKS = [
    (x, y)
    for x in (14, WIDE // 2, WIDE - 14)
    for y in (60, 400, HIGH // 2, HIGH - 400, HIGH - 20)
    if x != WIDE // 2 or y in (60, HIGH - 20)
]
"""Where black squares stand by which the lines are found again."""


class Line(NamedTuple):
    """A line as it stands on a sheet: its text and the box a print would have for it, left, top, right, bottom."""

    text: str
    box: tuple[float, float, float, float]


class Example(NamedTuple):
    """A line to learn from, as the line reader is shown it, with what it says and the state it came in."""

    text: str
    picture: Grey
    level: str


def examples(seed: int, words: Words) -> Iterator[Example]:
    """The lines of one sheet; none where the sheet could not be found again under the dirt."""
    words.begin(seed)
    chance = random.Random(seed)
    level = chance.choices(list(LEVELS), list(LEVELS.values()))[0]
    sheet, lines = _typed(chance, words)
    found = _photographed(sheet, chance) if level == "phone" else _faxed(sheet, level, chance)
    if found is not None:
        page, lies = found
        for line in lines:
            cuts = _cut(page, lies, line, chance)
            if len(cuts) == 1 and cuts[0].whole:
                yield Example(line.text, linereader.prepared(cuts[0].line), level)


def _typed(chance: random.Random, words: Words) -> tuple[Image.Image, list[Line]]:
    """A sheet full of lines in faces and sizes by turns, some underlined, some in boxes."""
    sheet = Image.new("L", (WIDE, HIGH), 255)
    pen, lines, top, main = ImageDraw.Draw(sheet), list[Line](), 96, _face(chance)
    for x, y in _MARKS:
        pen.rectangle((x - 9, y - 9, x + 9, y + 9), fill=0)
    while top < HIGH - 90:
        left, tall = 48 + chance.randint(0, 30), 20
        while left < WIDE - 200:
            face = main if chance.random() < 0.3 else _face(chance)
            set_in = _set(chance, words, face, WIDE - 40 - left)
            if set_in is None:
                break
            text, size, picture, base = set_in
            sheet.paste(picture, (left, top))
            ink = tuple(edge + (left, top)[side % 2] for side, edge in enumerate(_inked(picture)))
            _ruled(pen, ink, top + base, chance)
            lines.append(Line(text, _looked_at(ink, top + base, size, chance)))
            left += picture.width + round(chance.uniform(9, 16) * DOT)
            tall = max(tall, picture.height + round(chance.uniform(-2, 7) * DOT))
        top += tall
    return sheet, lines


def _set(
    chance: random.Random, words: Words, face: Path, room: int
) -> tuple[str, float, Image.Image, float] | None:
    """A line that fits the room: its text, size in points, picture and base line; None where none of some did."""
    size = chance.uniform(8.3, 12.2)
    for _ in range(8):
        text = words.line()
        if all(ord(letter) in _letters(face) for letter in text) and _wide(text, face, size) <= room:
            picture, base = _drawn(text, face, size, chance)
            if picture.getextrema()[0] < 100:
                return text, size, picture, base
    return None


def _wide(text: str, face: Path, size: float) -> float:
    """How wide a line becomes with the white around it, in pixels of the sheet."""
    return _font(face, round(size * DOT * _FINER)).getlength(text) / _FINER + 2 * _AROUND


def _drawn(text: str, face: Path, size: float, chance: random.Random) -> tuple[Image.Image, float]:
    """A line of type in greys, with white around it, and the height of its base line."""
    font = _font(face, round(size * DOT * _FINER))
    left, _, right, _ = font.getbbox(text)
    margin, (up, down) = _AROUND * _FINER, font.getmetrics()
    start = margin - min(0, left)
    picture = Image.new("L", (round(right) + round(start) + margin, up + down + 2 * margin), 255)
    place = (start + chance.randrange(_FINER), margin + chance.randrange(_FINER))
    ImageDraw.Draw(picture).text(place, text, font=font, fill=chance.choice((0, 0, 0, 30, 60)))
    small = picture.resize((picture.width // _FINER, picture.height // _FINER), Image.Resampling.BOX)
    return small, (margin + up) / _FINER


def _inked(picture: Image.Image) -> tuple[int, int, int, int]:
    """Where the ink of a picture lies: left, top, right, bottom."""
    return picture.point([255 if grey < 200 else 0 for grey in range(256)]).getbbox() or (0, 0, 1, 1)


def _ruled(pen: ImageDraw.ImageDraw, ink: tuple[int, ...], base: float, chance: random.Random) -> None:
    """A rule under the line, a box around it, or neither."""
    way, width = chance.random(), chance.choice((1, 1, 2, 2, 3))
    if way < 0.35:
        y = base + chance.uniform(1.6, 4.2) * DOT
        pen.line((ink[0] - chance.randint(2, 40), y, ink[2] + chance.randint(2, 30), y), fill=0, width=width)
    elif way < 0.62:
        left, top, right, bottom = (chance.uniform(2.6, 6) * DOT for _ in range(4))
        pen.rectangle((ink[0] - left, ink[1] - top, ink[2] + right, ink[3] + bottom), outline=0, width=width)


def _looked_at(
    ink: tuple[int, ...], base: float, size: float, chance: random.Random
) -> tuple[float, float, float, float]:
    """The box a print has for a value: from the height of its capitals to under its tails, and a little more."""
    top, bottom = min(ink[1], base - 0.72 * size * DOT), max(ink[3], base + 0.22 * size * DOT)
    left, up, right, down = (
        chance.uniform(*more) * DOT for more in ((0.5, 3), (-0.4, 2.5), (0.5, 9), (-0.6, 2))
    )
    return ink[0] - left, top - up, ink[2] + right, bottom + down


def _faxed(
    sheet: Image.Image, level: str, chance: random.Random
) -> tuple[Grey, npt.NDArray[np.float64]] | None:
    """The sheet scanned or faxed, read back and set level, and how its points lie there."""
    if level == "scan":
        finer = 300 / raster.DOTS_ACROSS
        size = round(WIDE * finer), round(HIGH * finer)
        page = np.asarray(wear.scan(sheet.resize(size, Image.Resampling.BICUBIC), chance))
    else:
        worn = _between(chance) if level == "between" else wear.FAX[level]
        sent = raster.tiff([wear.fax(sheet, worn, _HEADER, chance)], worn.lines_per_inch)
        drawn = open_picture(sent, Limits(), kind="tiff").pages[0].raster
        if drawn is None:
            return None
        page = grey_page(drawn)
    lies = _found_again(page)
    if lies is None:
        return None
    degrees = tilt(page)
    height, width = page.shape
    turn = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -degrees, 1.0)
    level_page = straighten(page, degrees)
    return level_page, lies if level_page is page else np.vstack([turn, [0, 0, 1]]) @ lies


def _between(chance: random.Random) -> Wear:
    """Wear somewhere between that of a standard fax and of a bad one."""
    easy, hard, share = wear.FAX["standard"], wear.FAX["bad"], chance.random()

    def mixed(name: str) -> float:
        low, high = getattr(easy, name), getattr(hard, name)
        return float(low + (high - low) * share)

    counts = {name: round(mixed(name)) for name in ("blots", "dropouts", "repeats", "streaks", "shifts")}
    shares = {name: mixed(name) for name in ("skew", "fade", "grain", "specks")}
    thresholds = chance.choice((easy.thresholds, hard.thresholds))
    return replace(hard, copies=chance.choice((0, 1, 1, 2)), thresholds=thresholds, **counts, **shares)


def _found_again(page: Grey) -> npt.NDArray[np.float64] | None:
    """Where the sheet's points lie on a page, by its black squares."""
    high, wide = page.shape
    scale = wide / WIDE
    side = max(3, round(11 * scale))
    dark = cv2.morphologyEx((page < 110).astype(np.uint8), cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    count, _, stats, middles = cv2.connectedComponentsWithStats(dark)
    squares = [
        middles[at]
        for at in range(1, count)
        if 100 < stats[at, 4] / scale**2 < 700 and 0.6 < stats[at, 2] / stats[at, 3] < 1.7
    ]
    pairs = []
    for mark in _MARKS:
        guess = np.array((mark[0] * scale, mark[1] * high / HIGH))
        near = min(squares, key=lambda square: float(np.hypot(*(square - guess))), default=None)
        if near is not None and np.hypot(*(near - guess)) < 45 * scale:
            pairs.append((mark, near))
    if len(pairs) < 6:
        return None
    drawn, seen = (np.array(side, np.float32) for side in zip(*pairs, strict=True))
    lies, kept = cv2.findHomography(drawn, seen, cv2.RANSAC, 5.0)
    return lies if lies is not None and kept.sum() >= 6 else None


def _photographed(sheet: Image.Image, chance: random.Random) -> tuple[Grey, npt.NDArray[np.float64]]:
    """The sheet as a photograph shows it, and how its points lie there."""
    share = 190 / raster.DOTS_ACROSS
    small = sheet.resize((round(WIDE * share), round(HIGH * share)), Image.Resampling.LANCZOS)
    before = chance.getstate()
    corners = photo.page_corners(small, chance)
    chance.setstate(before)
    page = np.asarray(photo.photo(small, chance).convert("L"))
    drawn = np.array([[0, 0], [WIDE, 0], [WIDE, HIGH], [0, HIGH]], np.float32)
    return page, cv2.getPerspectiveTransform(drawn, np.array(corners, np.float32))


def _cut(page: Grey, lies: npt.NDArray[np.float64], line: Line, chance: random.Random) -> list[cutting.Cut]:
    """What the reader cuts from the page where it takes the line to be, some tenths of a point off."""
    x, y = chance.gauss(0, 0.5) * DOT, chance.gauss(0, 0.5) * DOT
    left, top, right, bottom = line.box
    edges = left + x, top + y, right + x, bottom + y
    corners = np.array([[edges[side] for side in (0, 1, 2, 1, 2, 3, 0, 3)]], np.float32).reshape(1, 4, 2)
    seen = cv2.perspectiveTransform(corners, lies)[0]
    return cutting.cut(page, seen, Box(*(edge / DOT for edge in line.box)))


def _face(chance: random.Random) -> Path:
    (faces,) = chance.choices((SANS, SERIF, HAIRLINE, MONO), (0.36, 0.22, 0.18, 0.24))
    return _path(chance.choice(faces))


@cache
def _path(name: str) -> Path:
    """A face's file. Raises FileNotFoundError where the system lacks it."""
    for folder in FONTS:
        for path in sorted(folder.rglob("*")):
            if path.name.replace(" ", "") == name:
                return path
    raise FileNotFoundError(f"the face {name} is not installed; docs/line-reader.md names the packages")


@cache
def _letters(face: Path) -> frozenset[int]:
    return frozenset(TTFont(face).getBestCmap())


@cache
def _font(face: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(face, size, layout_engine=ImageFont.Layout.BASIC)
