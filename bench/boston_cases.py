"""Cases of the Boston law: random ones, and every cell of what each action asks, unknown among the values."""

import datetime as dt
import random
from collections.abc import Iterator
from functools import cache
from itertools import product
from zoneinfo import ZoneInfo

from trustact.facts import Value
from trustact.law.diagram import asks
from trustact.law.in_force import in_force
from trustact.law.loading import Law, load_law
from trustact.terms import Action

Facts = dict[str, Value]
DAYS = (20100601, 20150601, 20180601, 20250601)


@cache
def boston() -> Law:
    """The law as shipped."""
    return load_law("us-ma-boston")


@cache
def moment(day: int) -> dt.datetime:
    """Noon of a day in Boston."""
    return dt.datetime(day // 10000, day // 100 % 100, day % 100, 12, tzinfo=ZoneInfo("America/New_York"))


def asked(day: int, action: Action) -> list[str]:
    """The facts on which an action's finding or reasons can depend on a day."""
    return sorted(asks(in_force(boston(), moment(day)).reasons(action)))


def every_cell(day: int, action: Action) -> Iterator[Facts]:
    """Every combination of the values of these facts, unknown included; of the forms, one for each group."""
    names = asked(day, action)
    spaces = [(*_told_apart(name), None) for name in names]
    for values in product(*spaces):
        yield {name: value for name, value in zip(names, values, strict=True) if value is not None}


def cells(day: int, action: Action) -> int:
    """How many cells that is."""
    count = 1
    for name in asked(day, action):
        count *= len(_told_apart(name)) + 1
    return count


SAME = {"request.form": ("i-247a", "i-247g", "i-200", "letter"), "warrant.signed_by": ("state-judge", "clerk-of-court", "dhs-officer"), "offence.criminal_immigration": ("none", "1324", "1325", "1326b2"), "request.purpose": ("civil-immigration", "criminal-investigation", "other"), "request.agency": ("ice-ero", "ice-hsi", "other")}  # fmt: skip


def _told_apart(name: str) -> tuple[Value, ...]:
    return SAME.get(name, boston().book.domains[name])


def random_cases(count: int, seed: int, unknown: float = 0.25) -> list[tuple[Facts, int]]:
    """Cases over every fact of the law, each unknown with that probability, on the days of the four texts."""
    draw = random.Random(seed)
    book = boston().book
    names = sorted({name for day in DAYS for action in Action for name in asked(day, action)})
    return [
        (
            {name: draw.choice(book.domains[name]) for name in names if draw.random() >= unknown},
            draw.choice(DAYS),
        )
        for _ in range(count)
    ]
