"""Signatures in ink that name nobody."""

import random

from trustact.specimens.page import Scrawl


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
