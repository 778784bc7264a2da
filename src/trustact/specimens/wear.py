"""What copying, scanning and the telephone line do to a page. All chance comes from the seed."""

import random

import msgspec
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from trustact.specimens import raster

LINE_DOTS = 1728
"""Dots in a fax line."""


class Wear(msgspec.Struct, frozen=True):
    """How badly a page fares. Angles in degrees, shares of 1, counts a page, lines an inch.

    `copies` is how often at most the page was photocopied before it was faxed. A grey darker than the threshold prints
    black: a low one thins the ink, a high one thickens it; one of the ranges is drawn for each page.
    """

    lines_per_inch: int
    copies: int
    skew: float
    fade: float
    grain: float
    thresholds: tuple[tuple[int, int], ...]
    blur: float
    specks: float
    blots: int
    dropouts: int
    repeats: int
    streaks: int
    shifts: int


FAX: dict[str, Wear] = {
    "fine": Wear(raster.FINE, 0, 0.8, 0.10, 0.16, ((135, 175),), 0.5, 2.5e-4, 4, 0, 0, 0, 0),
    "standard": Wear(98, 0, 1.0, 0.15, 0.20, ((130, 180),), 0.5, 5e-4, 6, 2, 1, 1, 0),
    "bad": Wear(98, 2, 2.0, 0.30, 0.34, ((128, 148), (165, 212)), 0.6, 2e-3, 24, 10, 6, 4, 3),
}
"""The three faxes: fine on a good line, standard resolution, and a bad machine on a bad line."""


def fax(page: Image.Image, wear: Wear, header: str, rng: random.Random) -> Image.Image:
    """The page as it comes out of the far machine: 1728 dots wide, 1 bit, its header line on top."""
    for _ in range(rng.randint(0, wear.copies)):
        page = _copied(page, rng)
    paper = _faded(_skewed(page, wear.skew, rng), wear.fade, rng)
    paper = paper.resize((LINE_DOTS, round(11 * wear.lines_per_inch)), Image.Resampling.BOX)
    paper = _grained(paper.filter(ImageFilter.GaussianBlur(wear.blur)), wear.grain, rng)
    cut = rng.uniform(*rng.choice(wear.thresholds))
    bits = paper.point([0 if grey < cut else 255 for grey in range(256)])
    _speckle(bits, wear, rng)
    _write_header(bits, header, wear.lines_per_inch)
    return _transmitted(bits, wear, rng).convert("1", dither=Image.Dither.NONE)


def scan(page: Image.Image, rng: random.Random) -> Image.Image:
    """The page off an office scanner: a little crooked, greyish paper, a few specks."""
    paper = _grained(
        _faded(_skewed(page, 0.5, rng), 0.06, rng).filter(ImageFilter.GaussianBlur(0.6)), 0.05, rng
    )
    paper = paper.point([round(14 + grey * 0.92) for grey in range(256)])
    pen = ImageDraw.Draw(paper)
    for _ in range(40):
        x, y = rng.randrange(paper.width), rng.randrange(paper.height)
        pen.ellipse((x, y, x + rng.randint(1, 3), y + rng.randint(1, 3)), fill=rng.randint(60, 150))
    return paper


def _copied(page: Image.Image, rng: random.Random) -> Image.Image:
    """A photocopy: a little larger or smaller, softer, harder in contrast, dust of the glass, a dark edge where the lid lay."""
    scale = rng.uniform(0.985, 1.01)
    size = (round(page.width * scale), round(page.height * scale))
    copy = Image.new("L", page.size, 255)
    copy.paste(
        page.resize(size, Image.Resampling.BICUBIC),
        ((page.width - size[0]) // 2, (page.height - size[1]) // 2),
    )
    copy = copy.rotate(rng.uniform(-0.4, 0.4), Image.Resampling.BILINEAR, fillcolor=255)
    darker = rng.uniform(-18, 18)
    copy = copy.filter(ImageFilter.GaussianBlur(rng.uniform(0.4, 0.7)))
    copy = copy.point([max(0, min(255, round((grey - 128) * 1.5 + 128 - darker))) for grey in range(256)])
    pen = ImageDraw.Draw(copy)
    for _ in range(rng.randint(5, 25)):
        x, y = rng.randrange(copy.width), rng.randrange(copy.height)
        pen.ellipse((x, y, x + rng.randint(1, 3), y + rng.randint(1, 3)), fill=rng.randint(40, 140))
    edge = rng.randint(0, 8)
    pen.rectangle((copy.width - edge, 0, copy.width, copy.height), fill=60)
    return copy


def _skewed(page: Image.Image, most: float, rng: random.Random) -> Image.Image:
    """Turned and moved as by a sheet feeder, never quite straight."""
    angle = rng.choice((-1, 1)) * rng.uniform(0.25, 1) * most
    shift = (rng.randint(-12, 12), rng.randint(-10, 10))
    return page.rotate(angle, Image.Resampling.BILINEAR, translate=shift, fillcolor=255)


def _faded(page: Image.Image, most: float, rng: random.Random) -> Image.Image:
    """Unevenly paler, as from worn toner: a coarse cloud laid over the page lets the paper through."""
    cloud = Image.frombytes("L", (6, 8), rng.randbytes(48)).resize(page.size, Image.Resampling.BICUBIC)
    return Image.composite(
        Image.new("L", page.size, 255), page, cloud.point([round(v * most) for v in range(256)])
    )


def _grained(page: Image.Image, strength: float, rng: random.Random) -> Image.Image:
    """Sensor noise on every dot, both ways."""
    noise = Image.frombytes("L", page.size, rng.randbytes(page.width * page.height))
    return ImageChops.add(
        page, noise.point([round(v * strength) for v in range(256)]), offset=-round(127 * strength)
    )


def _speckle(page: Image.Image, wear: Wear, rng: random.Random) -> None:
    """Dust: single dots in black and white, and a few larger blots."""
    pen = ImageDraw.Draw(page)
    for _ in range(round(wear.specks * page.width * page.height)):
        x, y = rng.randrange(page.width), rng.randrange(page.height)
        pen.rectangle((x, y, x + rng.choice((0, 0, 1)), y), fill=rng.choice((0, 0, 255)))
    for _ in range(wear.blots):
        x, y = rng.randrange(page.width), rng.randrange(page.height)
        pen.ellipse((x, y, x + rng.randint(2, 7), y + rng.randint(1, 5)), fill=0)


def _write_header(page: Image.Image, header: str, lines_per_inch: int) -> None:
    """The sending machine's own line, in its own coarse letters, over whatever was there."""
    font = ImageFont.load_default_imagefont()
    _, _, width, height = font.getbbox(header)
    text = Image.new("L", (round(width), round(height)), 255)
    ImageDraw.Draw(text).text((0, 0), header, fill=0, font=font)
    text = text.resize(
        (text.width * 2, text.height * (2 if lines_per_inch == raster.FINE else 1)), Image.Resampling.NEAREST
    )
    strip = Image.new("L", (page.width, text.height + 8), 255)
    strip.paste(text, (40, 4))
    page.paste(strip, (0, 0))


def _transmitted(page: Image.Image, wear: Wear, rng: random.Random) -> Image.Image:
    """Faults of the line and the machines: bands shifted, lines lost or repeated, streaks down the page."""
    for _ in range(wear.shifts):
        top, tall = rng.randrange(page.height), rng.randint(6, 40)
        band = page.crop((0, top, page.width, min(top + tall, page.height)))
        page.paste(255, (0, top, page.width, min(top + tall, page.height)))
        page.paste(band, (rng.randint(-14, 14), top))
    for _ in range(wear.dropouts):
        top = rng.randrange(page.height)
        page.paste(255, (0, top, page.width, min(top + rng.randint(1, 2), page.height)))
    for _ in range(wear.repeats):
        top = rng.randrange(page.height - 4)
        line = page.crop((0, top, page.width, top + 1))
        for below in range(1, rng.randint(2, 4)):
            page.paste(line, (0, top + below))
    pen = ImageDraw.Draw(page)
    for _ in range(wear.streaks):
        x, top = rng.randrange(page.width), rng.randrange(page.height // 2)
        bottom = rng.randint(top, page.height)
        pen.line((x, top, x, bottom), fill=rng.choice((0, 0, 255)), width=rng.choice((1, 1, 2)))
    return page
