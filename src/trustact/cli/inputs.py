"""What the commands are given: files and JSON objects."""

import getpass
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
    """The JSON object of a file or of standard input. Raises BadInput when it is none."""
    data = read_bytes(path)
    try:
        found = msgspec.json.decode(data)
    except msgspec.DecodeError as wrong:
        raise BadInput(f"{path}: not readable as JSON: {wrong}") from None
    if not isinstance(found, dict):
        raise BadInput(f'{path}: facts are a JSON object such as {{"request.form": "i-247a"}}')
    return found


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
