"""Cases of the yardstick: every cell of its fact space, and random ones from a seed."""

import datetime as dt
import random
from itertools import product
from typing import Any

from bench.policy.rules import DOMAINS, MAY_BE_UNKNOWN

Case = dict[str, Any]
"""A fact and its value, None where it is unknown; `received` is the day as a number, 20140820."""


def every_cell() -> list[Case]:
    """All 46,656 combinations of values, unknown among them, with an era; eras alternate between their end days."""
    names = (*DOMAINS, "received")
    spaces = [(*values, None) if name in MAY_BE_UNKNOWN else values for name, values in DOMAINS.items()]
    days = ((20000101, 20140819), (20140820, 20191217), (20191218, 20251231))
    cells = product(product(*spaces), days)
    return [dict(zip(names, (*values, ends[i % 2]), strict=True)) for i, (values, ends) in enumerate(cells)]


def random_cases(count: int, seed: int, unknown: float = 0.2) -> list[Case]:
    """Cases drawn evenly: days of 2008 to 2025, a three-valued fact unknown with that probability."""
    draw = random.Random(seed)
    first, days = dt.date(2008, 1, 1), (dt.date(2026, 1, 1) - dt.date(2008, 1, 1)).days
    cases: list[Case] = []
    for _ in range(count):
        case: Case = {
            name: None if name in MAY_BE_UNKNOWN and draw.random() < unknown else draw.choice(values)
            for name, values in DOMAINS.items()
        }
        day = first + dt.timedelta(days=draw.randrange(days))
        case["received"] = day.year * 10000 + day.month * 100 + day.day
        cases.append(case)
    return cases


def date_of(number: int) -> dt.date:
    """The date that a day's number means."""
    return dt.date(number // 10000, number // 100 % 100, number % 100)
