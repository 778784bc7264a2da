"""Dates as federal forms print them, written down as ISO 8601."""

import re
from datetime import date

from rapidfuzz.distance import Levenshtein

from trustact.intake.grammar import Value, one_line

_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTHS = {name[:3]: number for number, name in enumerate(_NAMES, start=1)}
_NUMERIC = re.compile(r"(?<!\w)(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})(?!\w)")
_ISO = re.compile(r"(?<!\w)(\d{4})\s*-\s*(\d{1,2})\s*-\s*(\d{1,2})(?!\w)")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?\s*[,.]?\s*(\d{4})")
_DAY_FIRST = re.compile(r"(?<![\w.\-/])(\d{1,2})(?:st|nd|rd|th)?[\s\-]*([A-Za-z]{3,9})[\s\-.,]*(\d{4})")
_SHORT_YEAR = re.compile(r"[/.\-]\s*\d{2}$")
_SEVENS = re.compile(r"(\d\d)[/7](\d\d)[/7](\d{4})")
"""A date whose slashes may have been read as sevens: no other date is as long."""
_LOOK_ALIKE = str.maketrans("OoIl|SB", "0011158")


def day(text: str) -> Value | None:
    """A date. Numbers are month, day, year as in the United States.

    A year of two digits leaves it doubtful, and a mark beside it, which may have been a figure.
    """
    written = one_line(text)
    if match := _SEVENS.fullmatch(written):
        written = "/".join(match.groups())
    plainly = _dated(written)
    found = plainly or (
        _dated(written.translate(_LOOK_ALIKE)) if sum(map(str.isdigit, written)) >= 4 else None
    )
    if found is None:
        return None
    iso, sure = found
    marked = not (written[0].isalnum() and written[-1].isalnum())
    short = not _ISO.search(written) and bool(_SHORT_YEAR.search(written))
    return Value(iso, iso, sure and plainly is not None, short or marked)


def _dated(written: str) -> tuple[str, bool] | None:
    """The ISO date, and whether the text is that date alone, with four digits of year, and could be no other."""
    if match := _ISO.search(written):
        return _iso(match[1], match[2], match[3], len(match[0]) == len(written))
    if match := _NUMERIC.search(written):
        month, day, year = match.groups()
        whole = len(match[0]) == len(written) and len(year) == 4
        return _iso(year, month, day, whole) or _iso(year, day, month, False)
    for pattern, order in ((_MONTH_FIRST, (3, 1, 2)), (_DAY_FIRST, (3, 2, 1))):
        if match := pattern.search(written):
            year, name, day = (match[group] for group in order)
            month = _month(name)
            if month:
                return _iso(year, str(month), day, len(match[0]) == len(written))
    return None


def _month(name: str) -> int | None:
    """The month of that name, whole or shortened; one written out may be bent by a letter, as June into lune."""
    near = [
        number
        for number, known in enumerate(_NAMES, start=1)
        if len(name) > 3 and Levenshtein.distance(name.casefold(), known, score_cutoff=1) <= 1
    ]
    return near[0] if len(near) == 1 else _MONTHS.get(name[:3].casefold())


def _iso(year: str, month: str, day: str, sure: bool) -> tuple[str, bool] | None:
    number = int(year) if len(year) == 4 else 2000 + int(year) if int(year) < 30 else 1900 + int(year)
    if not 1900 <= number <= 2100:
        return None
    try:
        return date(number, int(month), int(day)).isoformat(), sure
    except ValueError:
        return None
