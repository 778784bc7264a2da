"""What the commands are given: files, moments, an office's folder."""

import datetime as dt
import sys
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from trustact.failures import BadInput


def read_bytes(path: str) -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises BadInput when it is missing, empty or a folder."""
    if path == "-":
        return sys.stdin.buffer.read()
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError:
        raise BadInput(f"{path}: there is no such file") from None
    except IsADirectoryError:
        raise BadInput(f"{path}: this is a folder; name a file in it") from None
    except PermissionError:
        raise BadInput(f"{path}: this file may not be read by you") from None
    if not data:
        raise BadInput(f"{path}: the file is empty")
    return data


def read_object(path: str) -> dict[str, Any]:
    """The JSON object of a file or of standard input. Raises BadInput when it is none."""
    data = read_bytes(path)
    try:
        found = msgspec.json.decode(data)
    except msgspec.DecodeError as wrong:
        raise BadInput(f"{path}: not readable as JSON: {wrong}") from None
    if not isinstance(found, dict):
        raise BadInput(f'{path}: facts are a JSON object such as {{"request.form": "i-247a"}}')
    return found


def moment(text: str, zone: str) -> dt.datetime:
    """A moment in ISO 8601 with offset; a date alone is the start of that day in the zone. Raises BadInput."""
    try:
        if len(text) == len("2025-06-01"):
            return dt.datetime.combine(dt.date.fromisoformat(text), dt.time(), ZoneInfo(zone))
        found = dt.datetime.fromisoformat(text)
    except ValueError as wrong:
        raise BadInput(
            f"'{text}' is no moment: {wrong}; write 2025-06-01T02:14:00-04:00 or 2025-06-01"
        ) from None
    if found.tzinfo is None:
        raise BadInput(f"'{text}' needs its offset from UTC, as in {text}-04:00")
    return found
