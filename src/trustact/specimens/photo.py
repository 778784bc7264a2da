"""A page photographed with a phone: seen aslant on a desk, lit from one side, a shadow across it."""

import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Point = tuple[float, float]

DESK = (92, 74, 58)
"""The colour behind the page."""


def photo(page: Image.Image, rng: random.Random) -> Image.Image:
    """The photograph, in colour, somewhat larger than the page."""
    width, height = _scene(page)
    corners = page_corners(page, rng)
    coefficients = _perspective(corners, page.width, page.height)
    seen = page.transform(
        (width, height), Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC
    )
    mask = Image.new("L", (width, height), 0)
    ImageDraw.Draw(mask).polygon(corners, fill=255)
    paper = _warm(ImageChops.multiply(seen, _light(width, height, rng)))
    desk = Image.new("RGB", (width, height), DESK)
    # The rim is left out: there the page's edge is mixed with nothing.
    scene = Image.composite(paper, desk, mask.filter(ImageFilter.MinFilter(5)))
    return scene.filter(ImageFilter.GaussianBlur(rng.uniform(0.4, 0.9)))


def _warm(grey: Image.Image) -> Image.Image:
    """Indoor light: a little less green, less blue still."""
    green, blue = (grey.point([round(v * share) for v in range(256)]) for share in (0.985, 0.94))
    return Image.merge("RGB", (grey, green, blue))


def _scene(page: Image.Image) -> tuple[int, int]:
    """How wide and high the photograph of a page is."""
    return round(page.width * 1.16), round(page.height * 1.12)


def page_corners(page: Image.Image, rng: random.Random) -> list[Point]:
    """Where the page's corners come to lie on its photograph: top left, top right, bottom right, bottom left.

    They are the first that is drawn from the chance a photograph is made with.
    """
    width, height = _scene(page)
    left, top = (width - page.width) / 2, (height - page.height) / 2
    straight = ((left, top), (width - left, top), (width - left, height - top), (left, height - top))
    return [(x + rng.uniform(-0.75, 0.75) * left, y + rng.uniform(-0.7, 0.7) * top) for x, y in straight]


def _light(width: int, height: int, rng: random.Random) -> Image.Image:
    """Brightness over the scene: a slope of light, and the soft edge of the photographer's shadow."""
    slope = Image.linear_gradient("L").rotate(rng.choice((0, 90, 180, 270))).resize((width, height))
    light = slope.point([round(178 + v * 0.29) for v in range(256)])
    shade = Image.new("L", (width // 8, height // 8), 255)
    reach = [
        (-10.0, height / 8 * rng.uniform(0.3, 0.6)),
        (width / 8 * rng.uniform(0.35, 0.8), height / 8 + 10),
    ]
    ImageDraw.Draw(shade).polygon([reach[0], reach[1], (-10.0, height / 8 + 10)], fill=rng.randint(150, 185))
    soft = shade.filter(ImageFilter.GaussianBlur(14)).resize((width, height), Image.Resampling.BICUBIC)
    return ImageChops.multiply(light, soft)


def _perspective(corners: list[Point], width: int, height: int) -> tuple[float, ...]:
    """The eight coefficients that carry the picture's corners back to the page's."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(corners, ((0, 0), (width, 0), (width, height), (0, height)), strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    return _solve(rows)


def _solve(rows: list[list[float]]) -> tuple[float, ...]:
    """Gauss and Jordan, with the largest pivot, on rows that end in their right-hand side."""
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = [value / rows[column][column] for value in rows[column]]
        rows[column] = head
        for row in range(size):
            if row != column:
                factor = rows[row][column]
                rows[row] = [value - factor * above for value, above in zip(rows[row], head, strict=True)]
    return tuple(row[size] for row in rows)
