"""The three shelves of data (laws, forms, measures) and the strict YAML they are written in.

Strict means: no duplicate keys, no guessed types (only `true`, `false`, `null` and whole numbers are not
text), no anchors or tags. Every value remembers its line, so that a mistake is told with file and line.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from trustact.failures import BadInput, Where

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a PyYAML built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_PACKAGE = Path(__file__).parent
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")

T = TypeVar("T")


class ShelfError(BadInput):
    """A mistake in a shelf file: which file, which line, what is wrong, and the nearest right name."""


def shelf(name: str, own: Path | None = None) -> Path:
    """Folder of a shelf (`laws`, `forms` or `measures`): the agency's own, the bundled one, or the checkout's.

    Raises ShelfError where none of them exists.
    """
    places = [own / name] if own else []
    places += [_PACKAGE / "shelf" / name, _PACKAGE.parents[1] / name]
    for place in places:
        if place.is_dir():
            return place
    raise ShelfError(f"the shelf '{name}' is not installed: looked in {', '.join(map(str, places))}")


def shelved(name: str, own: Path | None, *parts: str) -> Path:
    """A file of a shelf: the agency's own where it lies in the folder `own`, else the bundled one."""
    kept = own.joinpath(*parts) if own else None
    return kept if kept and kept.exists() else shelf(name).joinpath(*parts)


@dataclass
class Document:
    """A strict YAML file: its plain data, and the line each value stands on."""

    name: str
    data: Any
    lines: dict[Where, int] = field(default_factory=dict)

    def error(self, path: Where, message: str) -> ShelfError:
        """A ShelfError that points at the value under `path`, or at the nearest value above it."""
        while path and path not in self.lines:
            path = path[:-1]
        return ShelfError(f"{self.name}:{self.lines.get(path, 1)}: {message}")

    def typed(self, kind: type[T]) -> T:
        """The data as the typed record `kind`; raises ShelfError for an unknown, missing or mistyped value."""
        try:
            return msgspec.convert(self.data, kind, strict=True)
        except msgspec.ValidationError as wrong:
            from trustact.misfit import first_misfit

            where, message = first_misfit(self.data, kind) or ((), str(wrong))
            raise self.error(where, message) from None


def read_document(path: Path) -> Document:
    """A shelf file, read strictly. Raises ShelfError when it is missing, not UTF-8 or not strict YAML."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ShelfError(f"{path}: no such file") from None
    except UnicodeDecodeError as wrong:
        raise ShelfError(f"{path}: not UTF-8 at byte {wrong.start}") from None
    return parse_document(text, f"{path.parent.name}/{path.name}")


def parse_document(text: str, name: str) -> Document:
    """Strict YAML text as a Document; `name` is how errors call it."""
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        raise ShelfError(f"{name}:{line}: not readable as YAML: {wrong.problem}") from None
    if root is None:
        raise ShelfError(f"{name}:1: the file is empty")
    document = Document(name, None)
    document.data = _plain(root, document, ())
    return document


def _plain(node: Any, document: Document, path: Where) -> Any:
    document.lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, document, (*path, i)) for i, child in enumerate(node.value)]
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = key_node.value
        document.lines[(*path, key)] = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise document.error(path, "a key must be a word")
        if key in result:
            raise document.error((*path, key), f"the key '{key}' stands here twice")
        result[key] = _plain(value_node, document, (*path, key))
        document.lines[(*path, key)] = key_node.start_mark.line + 1
    return result


def _scalar(node: Any) -> str | int | bool | None:
    value: str = node.value
    if node.style in ("'", '"', "|", ">"):
        return value
    if value in ("true", "false"):
        return value == "true"
    if value in ("null", "~", ""):
        return None
    return int(value) if _INTEGER.fullmatch(value) else value
