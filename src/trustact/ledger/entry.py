"""Ledger entries: what is public about one event, and commitments to the rest.

An entry is the canonical JSON (RFC 8785) of one object. Every key is always there, so that an entry has
exactly one form in bytes; a ledger leaf is the hash of those bytes.

    {"at":"2025-06-01T06:14:00.000000Z","case":null,"kind":"document-received",
     "public":"9f…","refs":[],"sealed":"04…","v":1}                         (in one line, without blanks)

    at      moment of the event, UTC, always with six decimals and Z
    case    16 random bytes in lower-case hexadecimal that link the entries of one case, or null
    kind    what happened, in kebab-case, at most 64 characters
    public  commitment to the coarse facts that a report will open (date, district, kind of form), or null
    refs    indexes of earlier entries that this one answers or corrects, ascending
    sealed  commitment to everything else, or null
    v       1, the version of this format

No name stands in an entry. A commitment is lower-case hexadecimal SHA-256 over a fixed prefix, a random
32-byte salt and the canonical JSON of what is committed to: it is opened by showing salt and value, and once
the salt is destroyed it says nothing, while every proof over the entry still stands.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import TypeAlias

import msgspec

from trustact.ledger.errors import VerificationError

VERSION = 1
MAX_ENTRY_BYTES = 0xFFFF
SALT_BYTES = 32
MAX_INTEGER = 2**53  # the greatest that JSON's readers agree on (RFC 8785, I-JSON)

# Where a value stands in another: the place around it, and its index or its key in that, or None for a key itself.
_Place: TypeAlias = "tuple[()] | tuple[_Place, int | str | None]"

_read_moments = msgspec.json.Decoder(list[datetime]).decode
_write_json = msgspec.json.Encoder().encode
_COMMITMENT_PREFIX = b"trustact commitment v1\n"
_KEYS = {"at", "case", "kind", "public", "refs", "sealed", "v"}
_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
_KIND = re.compile(r"(?=.{1,64}\Z)[a-z][a-z0-9]*(-[a-z0-9]+)*")
_COMMITMENT = re.compile(r"[0-9a-f]{64}")
_CASE = re.compile(r"[0-9a-f]{32}")
WRITTEN = re.compile(
    rb'\{"at":"(.{26})Z","case":(?:null|"(.{32})"),"kind":"([^"]{1,64})","public":(?:null|"(.{64})"),'
    rb'"refs":\[(0|[1-9][0-9]{0,14}|)\],"sealed":(?:null|"(.{64})"),"v":1\}',
    re.DOTALL,
)
"""The form of nearly every entry, as it is written, once `moments_in`, `are_hexadecimal` and `kind_in` hold of its parts."""
_MOMENT = b"0000-00-00T00:00:00.000000"
_DIGITS = bytes.maketrans(b"123456789", b"000000000")
_HEXADECIMAL = b"0123456789abcdef"


def canonical(value: object) -> bytes:
    """The canonical JSON of a value (RFC 8785) made of str, int, bool, None, list or tuple, and dict.

    ValueError, naming the place, for a float, an int beyond 2**53 either way, a key that is not a string, or
    text that is not valid Unicode.
    """
    return _write_json(_ordered(value, ()))


def _ordered(value: object, place: _Place) -> object:
    """The same value with every object's keys in the order of RFC 8785 section 3.2.3: by UTF-16 code unit."""
    match value:
        case str():
            return _text(value, place)
        case None | bool():
            return value
        case int() if abs(value) <= MAX_INTEGER:
            return value
        case dict():
            keys = [_text(key, (place, None)) for key in value]
            keys.sort(key=None if all(map(str.isascii, keys)) else _utf16)
            return {key: _ordered(value[key], (place, key)) for key in keys}
        case list() | tuple():
            return [_ordered(item, (place, position)) for position, item in enumerate(value)]
    what = "an integer beyond 2**53" if isinstance(value, int) else f"a {type(value).__name__}"
    raise ValueError(f"{_told(place)} is {what}, which canonical JSON cannot hold here")


def _text(text: object, place: _Place) -> str:
    if not isinstance(text, str):
        raise ValueError(f"{_told(place)} is a {type(text).__name__}, not a string")  # noqa: TRY004 - bad data
    if not text.isascii():
        try:
            _utf16(text)
        except UnicodeEncodeError:
            raise ValueError(f"{_told(place)} is not valid Unicode") from None
    return text


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-be")


def _told(place: _Place) -> str:
    if not place:
        return "value"
    around, step = _told(place[0]), place[1]
    if step is None:
        return f"a key of {around}"
    return f"{around}[{step}]" if isinstance(step, int) else f"{around}.{step}"


def commitment(salt: bytes, value: object) -> str:
    """The commitment to a value under a random salt of 32 bytes: 64 hexadecimal digits."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return sha256(_COMMITMENT_PREFIX + salt + canonical(value)).hexdigest()


def opens(committed: str, salt: bytes, value: object) -> bool:
    """Whether salt and value are what the commitment was made of."""
    return commitment(salt, value) == committed


@dataclass(frozen=True)
class Entry:
    """One ledger entry, as the module describes it. ValueError for a field that breaks the format."""

    at: datetime
    kind: str
    public: str | None
    sealed: str | None
    case: str | None = None
    refs: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what the format does not allow."""
        if self.at.utcoffset() is None:
            raise ValueError("at has no time zone")
        if not _matches(_KIND, self.kind):
            raise ValueError("kind is not kebab-case of at most 64 characters")
        for name, value in (("public", self.public), ("sealed", self.sealed)):
            if value is not None and not _matches(_COMMITMENT, value):
                raise ValueError(f"{name} is not a commitment of 64 hexadecimal digits")
        if self.case is not None and not _matches(_CASE, self.case):
            raise ValueError("case is not 32 hexadecimal digits")
        if any(type(ref) is not int or not 0 <= ref <= MAX_INTEGER for ref in self.refs):
            raise ValueError("refs holds something that is not an entry index")
        if list(self.refs) != sorted(set(self.refs)):
            raise ValueError("refs are not in ascending order, each once")

    def encode(self) -> bytes:
        """The entry's bytes; ValueError over 65,535 of them, which no entry bundle could carry."""
        at = self.at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
        case, public, sealed = (
            f'"{text}"' if text else "null" for text in (self.case, self.public, self.sealed)
        )
        refs = ",".join(map(str, self.refs))
        # What stands here needs no escape, and the keys are in their order: this is `canonical` of them.
        data = (
            f'{{"at":"{at}Z","case":{case},"kind":"{self.kind}","public":{public},'
            f'"refs":[{refs}],"sealed":{sealed},"v":{VERSION}}}'
        ).encode()
        if len(data) > MAX_ENTRY_BYTES:
            raise ValueError(f"the entry has {len(data)} bytes, {MAX_ENTRY_BYTES} is the most")
        return data


def parse_entry(data: bytes) -> Entry:
    """The entry in these bytes; VerificationError unless they are exactly what `Entry.encode` writes."""
    try:
        entry = _entry_from(json.loads(data))
        exact = entry.encode() == data
    except (ValueError, RecursionError) as error:
        raise VerificationError(f"this is not a ledger entry: {error}") from None
    if not exact:
        raise VerificationError("the entry is not in canonical form")
    return entry


def glance(data: bytes) -> tuple[datetime, str, int]:
    """Moment, kind and last reference (-1 for none) of an entry; VerificationError as `parse_entry`, whose verdict it has."""
    found = WRITTEN.fullmatch(data)
    if found:
        at, case, kind, public, ref, sealed = found.groups(b"")
        moments, known = moments_in((at,)), kind_in(kind)
        if moments and known and are_hexadecimal(case, public, sealed):
            return moments[0].replace(tzinfo=UTC), known, int(ref or -1)
    entry = parse_entry(data)
    return entry.at, entry.kind, entry.refs[-1] if entry.refs else -1


def moments_in(written: Sequence[bytes]) -> list[datetime]:
    """The moments in these bytes, in UTC without saying so; none at all where one is not in its one form."""
    if b"".join(written).translate(_DIGITS) != _MOMENT * len(written):
        return []
    try:
        return _read_moments(b'["%b"]' % b'","'.join(written))
    except msgspec.ValidationError:  # no such day or hour
        return []


def are_hexadecimal(*written: bytes) -> bool:
    """Whether all of these bytes are hexadecimal digits in lower case."""
    return not b"".join(written).translate(None, _HEXADECIMAL)


@lru_cache(256)
def kind_in(written: bytes) -> str:
    """The kind in these bytes; empty where it is none."""
    kind = written.decode("ascii", errors="replace")
    return kind if _matches(_KIND, kind) else ""


def _entry_from(fields: object) -> Entry:
    if not isinstance(fields, dict) or fields.keys() != _KEYS:
        raise ValueError(f"it is not an object with the keys {', '.join(sorted(_KEYS))} and no others")
    if fields["v"] != VERSION:
        raise ValueError(f"its version is not {VERSION}")
    if not _matches(_AT, fields["at"]):
        raise ValueError("at is not a moment like 2025-06-01T06:14:00.000000Z")
    if not isinstance(fields["refs"], list):
        raise ValueError("refs is not a list")  # noqa: TRY004 - bad data
    return Entry(
        at=datetime.fromisoformat(fields["at"]),
        kind=fields["kind"],
        public=fields["public"],
        sealed=fields["sealed"],
        case=fields["case"],
        refs=tuple(fields["refs"]),
    )


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None
