"""The parts the forms are put together from: plain words, places filled in, signatures."""

import random
from typing import Literal

from trustact.specimens.page import Para, Reads, Say, Scrawl, Value


def words(
    text: str,
    *,
    bold: bool = False,
    size: float = 1.0,
    align: Literal["left", "center", "right"] = "left",
    after: float = 3,
) -> Para:
    """A paragraph of nothing but words."""
    return Para((Say(text, bold=bold),), size=size, align=align, after=after)


def written(name: str, field: str, text: str, *, width: float = 0, lines: int = 1) -> Value:
    """A filled place whose reading is its own text, lines joined by a space."""
    return Value(name, text, ((field, " ".join(text.split())),), width, lines)


def captioned(name: str, text: str = "", reads: Reads = ()) -> Value:
    """A place above a caption that has its own rule: the text centred, as many lines as it has."""
    return Value(name, text, reads, lines=text.count("\n") + 1, ruled=False, centred=True)


def scrawl(seed: int) -> Scrawl:
    """An invented signature: two or three pen strokes that name nobody."""
    rng = random.Random(seed)
    strokes = []
    start = rng.uniform(0.02, 0.08)
    for _ in range(rng.choice((2, 3))):
        steps = rng.randint(7, 12)
        reach = rng.uniform(0.2, 0.34)
        strokes.append(
            tuple(
                (round(start + reach * i / steps + rng.uniform(-0.03, 0.03), 3), round(_height(rng, i), 3))
                for i in range(steps + 1)
            ),
        )
        start += reach * rng.uniform(0.75, 0.95)
    return Scrawl(tuple(strokes))


def _height(rng: random.Random, step: int) -> float:
    """Up and down by turns, high at the first letter: the rhythm of handwriting."""
    swing = 0.5 if step < 2 else 0.22
    return 0.55 + (swing if step % 2 else -swing) * rng.uniform(0.4, 1.0)
