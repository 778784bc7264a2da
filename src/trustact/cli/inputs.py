"""What the commands are given: files and JSON objects."""

import getpass
import json
import sys
from pathlib import Path
from typing import Any

import click
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
    """The JSON object of a file or of standard input. Raises BadInput when it is none, or a key stands twice."""
    data, name = read_bytes(path), "standard input" if path == "-" else path
    try:
        found = msgspec.json.decode(data)
        json.loads(data, object_pairs_hook=lambda pairs: _once(name, pairs))
    except (msgspec.DecodeError, ValueError) as wrong:
        raise BadInput(f"{name}: not readable as JSON: {wrong}") from None
    except RecursionError:
        raise BadInput(f"{name}: not readable as JSON: nested too deeply") from None
    if not isinstance(found, dict):
        raise BadInput(f'{name}: facts are a JSON object such as {{"request.form": "i-247a"}}')
    return found


def _once(name: str, pairs: list[tuple[str, Any]]) -> None:
    """Refuse an object in which a key stands twice: of two values neither can be taken as the one meant."""
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            raise BadInput(f"{name}: the key '{key}' stands here twice; a fact has one value")
        seen.add(key)


def checkpoint_at(place: str) -> bytes:
    """A checkpoint in a file or at an address. Raises BadInput, and OutsideFailed where the address does not answer."""
    from trustact.audit.source import page_at

    return page_at(place) if place.startswith(("http://", "https://")) else read_bytes(place)


own_shelf = click.option(
    "--laws",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="An agency's own law shelf; what is not there comes from the bundled one.",
)
"""The option that names an agency's own law shelf."""

office_option = click.option(
    "--office", "folder", required=True, type=click.Path(path_type=Path), help="The office's folder."
)
"""The option that names the office."""
person_option = click.option(
    "--by",
    default=getpass.getuser,
    show_default="the name you signed in to the computer with",
    help="Who does this, as the ledger's record names them.",
)
"""The option that names who does it."""
