"""A specimen described as data: `specimen.yaml` beside a form's `form.yaml`, or one of the look-alikes kept here.

Blocks stand under one another; the words in them are marked up as `markup` says. A specimen needs no Python.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

import msgspec

from trustact.failures import nearest
from trustact.shelves import Document, parse_document, read_document, shelf
from trustact.specimens import filling, matter
from trustact.specimens.markup import MARK
from trustact.specimens.page import PrintId

Where = tuple[str | int, ...]

LOOK_ALIKE = "other"
"""The form of a page that is none of the shelf."""


class Box(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One box of a row: a printed label and what it holds; `share` divides the row's width."""

    label: str = ""
    holds: str = ""
    share: int = 100
    caption: Literal["above", "inline", "below"] = "inline"
    border: Literal["print", "none"] = "print"


class Block(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of: a paragraph of `text`, a `check` (tick box and sentence), a `row`, a `bar`, a `gap`, a shared `part`.

    `only` names the prints that have it. `size` is in per cent of the print's own, lengths are points.
    """

    text: str | None = None
    check: str | None = None
    row: tuple[Box, ...] | None = None
    bar: str | None = None
    gap: int | None = None
    part: str | None = None
    only: str = "ABCD"
    size: int = 100
    align: Literal["left", "center", "right"] = "left"
    indent: int | None = None
    mark: str = ""
    hang: int = 10
    after: int | None = None
    height: int = 18


class Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The blocks of a page, the three parts of its foot, and a type of its own where it has one."""

    blocks: tuple[Block, ...]
    foot: tuple[str, str, str] = ("", "", "")
    font: str = ""


class Template(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A specimen: whose type and rules it has, the edition each print stands for, its own words, its pages.

    `layout` says where the layout comes from: `ours` where no print was to hand, `partial` where the order of the
    labels is known, `text` where a blank was.
    """

    looks: Literal["detainer", "warrant", "court"]
    layout: Literal["ours", "partial", "text"]
    pages: tuple[Page, ...]
    form: str = ""
    editions: dict[PrintId, str] = {}
    words: dict[str, str] = {}


@cache
def templates() -> Mapping[str, Template]:
    """Every specimen there is: the shelf's by their form's id, then the look-alikes. Raises `ShelfError`."""
    found = {path.parent.name: _template(read_document(path), path.parent.name) for path in sorted(shelf("forms").glob("*/specimen.yaml"))}  # fmt: skip
    for path in sorted(_own("lookalikes").glob("*.yaml")):
        found[path.stem] = _template(read_document(path), LOOK_ALIKE)
    return found


@cache
def parts() -> Mapping[str, tuple[Block, ...]]:
    """The parts several forms share, by name."""
    document = read_document(_own("parts.yaml"))
    found = document.typed(dict[str, tuple[Block, ...]])
    for name, blocks in found.items():
        _check_blocks(document, (name,), blocks, {})
    return found


def template_of(text: str, name: str) -> Template:
    """A template from its text. Raises `ShelfError` for an unknown key, value or part."""
    return _template(parse_document(text, name), name)


def _template(document: Document, form: str) -> Template:
    template = document.typed(Template)
    for number, page in enumerate(template.pages):
        _check_blocks(document, ("pages", number, "blocks"), page.blocks, parts())
    return msgspec.structs.replace(template, form=form)


def _check_blocks(
    document: Document, where: Where, blocks: tuple[Block, ...], known: Mapping[str, object]
) -> None:
    for number, block in enumerate(blocks):
        kinds = [kind for kind in ("text", "check", "row", "bar", "gap", "part") if getattr(block, kind) is not None]  # fmt: skip
        if len(kinds) != 1:
            raise document.error((*where, number), f"a block is one of text, check, row, bar, gap or part, not {kinds or 'none'}")  # fmt: skip
        if block.part is not None and block.part not in known:
            raise document.error((*where, number), f"no part '{block.part}'{nearest(block.part, known)}")
        if block.check is not None and not block.check.startswith("["):
            raise document.error((*where, number, "check"), "a check begins with its tick box: [name] and then the words")  # fmt: skip
        for text in _texts(block):
            for name in _unknown(text):
                raise document.error((*where, number), f"'{name}' is not a value{nearest(name, _names())}")


def _texts(block: Block) -> Iterator[str]:
    yield from (text for text in (block.text, block.check) if text)
    yield from (box.holds for box in block.row or ())


def _unknown(text: str) -> Iterator[str]:
    """Names in lower case that no matter fills in."""
    for mark in MARK.finditer(text):
        name = (mark["value"] or mark["tick"] or "").partition(";")[0].partition("=")[0].strip()
        if name[:1].islower() and name not in _names():
            yield name


@cache
def _names() -> frozenset[str]:
    case = matter.invent(0, date(2025, 1, 1))
    return frozenset((*filling.values(case, "A"), *filling.ticks(case)))


def _own(name: str) -> Path:
    return Path(str(resources.files("trustact.specimens").joinpath(name)))
