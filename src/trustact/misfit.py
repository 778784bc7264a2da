"""Why plain data is not the typed record it should be: where, and what is wrong, in plain words.

msgspec alone decides whether data fits; this only finds the first place that does not, and names what would.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import inspect

from trustact.failures import Where, nearest

Misfit = tuple[Where, str]

_PLAIN: dict[type, tuple[type, str]] = {
    inspect.StrType: (str, "a text"),
    inspect.BoolType: (bool, "true or false"),
    inspect.IntType: (int, "a whole number"),
}
_SHAPED_AS: dict[type, tuple[type, ...]] = {
    str: (inspect.EnumType, inspect.LiteralType, inspect.StrType, inspect.DateType),
    dict: (inspect.StructType, inspect.DictType),
    list: (inspect.ListType, inspect.VarTupleType),
    bool: (inspect.BoolType,),
    int: (inspect.IntType,),
    type(None): (inspect.NoneType,),
}


def first_misfit(data: Any, kind: Any) -> Misfit | None:
    """Where data first fails to be of that kind, and why, in the order in which it is written; None if it fits."""
    return next(_misfits(data, inspect.type_info(kind), (), "this"), None)


def _misfits(data: Any, kind: inspect.Type, at: Where, name: str) -> Iterator[Misfit]:
    match kind:
        case inspect.UnionType(types=types):
            yield from _misfits(data, _alternative(data, types), at, name)
        case inspect.StructType():
            yield from _in_struct(data, kind, at, name)
        case inspect.DictType(value_type=inner):
            yield from _in_dict(data, inner, at, name)
        case inspect.ListType(item_type=inner) | inspect.VarTupleType(item_type=inner):
            yield from _in_list(data, inner, at, name)
        case _:
            wrong = _wrong_scalar(data, kind)
            if wrong:
                yield at, f"`{name}` {wrong}"


def _alternative(data: Any, types: Sequence[inspect.Type]) -> inspect.Type:
    """Of the kinds a value may be of the one that has its shape, else the first that is not nothing."""
    shaped = [kind for kind in types if isinstance(kind, _SHAPED_AS[type(data)])]
    return next(iter(shaped), None) or next(kind for kind in types if not isinstance(kind, inspect.NoneType))


def _wrong_scalar(data: Any, kind: inspect.Type) -> str:
    match kind:
        case inspect.EnumType(cls=enum):
            return _wrong_word(data, [str(word.value) for word in enum])
        case inspect.LiteralType(values=values):
            return _wrong_word(data, [str(value) for value in values])
        case inspect.DateType() if not _is_date(data):
            return f"needs a day such as 2025-06-01; here stands {_shown(data)}"
        case _ if type(kind) in _PLAIN and type(data) is not _PLAIN[type(kind)][0]:
            return f"needs {_PLAIN[type(kind)][1]}; here stands {_shown(data)}"
        case inspect.StrType(pattern=str(pattern)) if not re.search(pattern, data):
            return f"cannot be {_shown(data)}; it is written as {pattern}"
    return ""


def _in_struct(data: Any, kind: inspect.StructType, at: Where, name: str) -> Iterator[Misfit]:
    if not isinstance(data, dict):
        yield at, f"`{name}` needs keys and values; here stands {_shown(data)}"
        return
    known = {field.encode_name: field for field in kind.fields}
    for key, value in data.items():
        if key in known:
            yield from _misfits(value, known[key].type, (*at, key), key)
        elif kind.forbid_unknown_fields:
            others = [other for other in known if other not in data]
            hint = nearest(str(key), others) or f"; the keys here are {', '.join(known)}"
            yield (*at, key), f"unknown key '{key}'{hint}"
    for key, field in known.items():
        if field.required and key not in data:
            yield at, f"the key '{key}' is missing here"


def _in_dict(data: Any, inner: inspect.Type, at: Where, name: str) -> Iterator[Misfit]:
    if not isinstance(data, dict):
        yield at, f"`{name}` needs keys and values; here stands {_shown(data)}"
        return
    for key, value in data.items():
        yield from _misfits(value, inner, (*at, key), key)


def _in_list(data: Any, inner: inspect.Type, at: Where, name: str) -> Iterator[Misfit]:
    if not isinstance(data, list):
        yield at, f"`{name}` needs a list, in square brackets or a line each; here stands {_shown(data)}"
        return
    for index, value in enumerate(data):
        yield from _misfits(value, inner, (*at, index), name)


def _wrong_word(data: Any, words: Sequence[str]) -> str:
    if isinstance(data, str) and data in words:
        return ""
    hint = nearest(data, words) if isinstance(data, str) else ""
    return f"cannot be {_shown(data)}{hint or '; it is one of ' + ', '.join(words)}"


def _is_date(data: Any) -> bool:
    try:
        return len(data) == len("2025-06-01") and bool(dt.date.fromisoformat(data))
    except (TypeError, ValueError):
        return False


def _shown(data: Any) -> str:
    match data:
        case None:
            return "nothing"
        case bool():
            return str(data).lower()
        case str():
            return f"'{data}'"
        case dict():
            return "a record of keys"
        case list():
            return "a list"
    return f"the number {data}"
