"""The address a request bears beside the stations of the department: of a station it has not, it is asked."""

import re
from collections.abc import Collection, Sequence

from trustact.intake.reading import Reading, asked

_CODE = re.compile(r"\b([A-Z])[ -]?(\d{1,2})\b")
"""A station's code of a letter and figures, whose hyphen a fax drops."""


def addressed(readings: Sequence[Reading], stations: Collection[str]) -> list[Reading]:
    """The readings, the address asked where it names a station by a code that is none of `stations`.

    Where the department's stations have no such codes (or none are known), nothing is said of them.
    """
    codes = {"".join(code.groups()) for station in stations if (code := _CODE.fullmatch(station))}
    return [
        asked(reading) if codes and reading.field == "request.to" and _others(reading, codes) else reading
        for reading in readings
    ]


def _others(reading: Reading, codes: Collection[str]) -> bool:
    return any("".join(code.groups()) not in codes for code in _CODE.finditer(str(reading.value)))
