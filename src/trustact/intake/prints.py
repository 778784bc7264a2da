"""A print of a form: one edition as typeset, with the place of every printed word and of every value.

A page that is registered to a print (see `registering`) is read by place; any other page by its words (see `places`).
A print is a file in the form's folder, `prints/<name>.json`, learnt once from a blank of the form (see
`learning`).
"""

from pathlib import Path

import msgspec

from trustact.intake.page import Box, Word
from trustact.shelves import ShelfError


class Spot(msgspec.Struct, frozen=True):
    """Where a value or a tick box stands on a print, and the printed words it is known by."""

    field: str
    box: Box
    label: str
    label_box: Box


class Print(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One print: its form and name, the size of its first page in points, its title, words, places and tick boxes."""

    form: str
    name: str
    width: float
    height: float
    title: Box
    places: tuple[Spot, ...]
    ticks: tuple[Spot, ...]
    words: tuple[Word, ...]


def read_prints(folder: Path) -> tuple[Print, ...]:
    """The prints in a form's folder. Raises ShelfError where a file is wrong."""
    prints = []
    for path in sorted(folder.glob("prints/*.json")):
        try:
            prints.append(msgspec.json.decode(path.read_bytes(), type=Print))
        except msgspec.DecodeError as wrong:
            raise ShelfError(f"{path}: {wrong}") from None
    return tuple(prints)
