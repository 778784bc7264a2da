"""The ways a step can fail that a person can mend, each one clear line: what, where, and what to do."""

from collections.abc import Iterable

Where = tuple[str | int, ...]
"""The path to a value in plain data: keys and places in lists."""


class Failure(Exception):
    """What a command says in one line before it ends with the exit code `code`."""

    code = 1


class BadInput(Failure):
    """What was given cannot be taken."""

    code = 2


class OutsideFailed(Failure):
    """Something outside the program failed: a folder, a database, a port."""

    code = 3


def nearest(wrong: str, known: Iterable[str]) -> str:
    """The phrase `; did you mean 'x'?` for the name closest to a wrong one, or nothing."""
    import difflib

    close = difflib.get_close_matches(wrong, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""
