"""Canonical JSON, commitments, and the form of an entry."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustact.ledger import VerificationError
from trustact.ledger.entry import Entry, canonical, commitment, glance, opens, parse_entry

SALT = bytes(range(32))
AT = datetime(2025, 6, 1, 6, 14, 0, 250_000, tzinfo=UTC)
ENTRY = Entry(AT, "document-received", public="9f" * 32, sealed="04" * 32, case="ab" * 16, refs=(3, 17))
BYTES = (
    b'{"at":"2025-06-01T06:14:00.250000Z","case":"' + b"ab" * 16 + b'","kind":"document-received","public":"'
    + b"9f" * 32 + b'","refs":[3,17],"sealed":"' + b"04" * 32 + b'","v":1}'
)  # fmt: skip

texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=20,
)
hexes = st.binary(min_size=32, max_size=32).map(bytes.hex)
moments = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
entries = st.builds(
    Entry,
    at=moments,
    kind=st.from_regex(r"[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,9}){0,4}", fullmatch=True),
    public=st.none() | hexes,
    sealed=st.none() | hexes,
    case=st.none() | st.binary(min_size=16, max_size=16).map(bytes.hex),
    refs=st.sets(st.integers(0, 2**53)).map(lambda refs: tuple(sorted(refs))),
)


def test_keys_stand_in_the_order_of_rfc_8785() -> None:
    """The example of section 3.2.3, where code points and UTF-16 units sort differently."""
    names = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    order = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(canonical(names))) == order


def test_strings_are_escaped_as_rfc_8785_does() -> None:
    """The string of section 3.2.2, with its expected output."""
    value = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/"
    assert canonical(value) == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()


@given(values)
def test_canonical_json_says_the_same_value(value: object) -> None:
    data = canonical(value)
    assert json.loads(data) == value
    assert canonical(json.loads(data)) == data


@given(st.dictionaries(texts, st.none()))
def test_the_order_of_keys_does_not_matter(value: dict[str, None]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (1.0, "value is a float"),
        ({"a": [0, {"b": float("nan")}]}, r"value\.a\[1\]\.b is a float"),
        (2**53 + 1, "an integer beyond"),
        (-(2**53) - 1, "an integer beyond"),
        ({1: 2}, "a key of value is a int, not a string"),
        ("\ud800", "not valid Unicode"),
        ([b"bytes"], r"value\[0\] is a bytes"),
        (AT, "value is a datetime"),
    ],
)
def test_what_canonical_json_cannot_hold_is_refused(value: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        canonical(value)


@given(values, values)
def test_a_commitment_opens_only_with_its_own_salt_and_value(value: object, other: object) -> None:
    committed = commitment(SALT, value)
    assert opens(committed, SALT, value)
    assert not opens(committed, SALT[::-1], value)
    assert opens(committed, SALT, other) == (canonical(other) == canonical(value))


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_salt_has_32_bytes(length: int) -> None:
    with pytest.raises(ValueError, match=f"32 bytes, not {length}"):
        commitment(bytes(length), None)


def test_a_worked_entry() -> None:
    assert ENTRY.encode() == BYTES
    assert parse_entry(BYTES) == ENTRY


@given(entries)
def test_an_entry_reads_back_as_it_was_written(entry: Entry) -> None:
    assert parse_entry(entry.encode()) == entry


@given(entries)
def test_an_entry_is_the_canonical_json_of_its_fields(entry: Entry) -> None:
    assert entry.encode() == canonical(json.loads(entry.encode()))


def test_every_character_is_written_as_rfc_8785_does() -> None:
    """Section 3.2.2.2: quotation mark, backslash and what lies below the blank are escaped, nothing else is."""
    short = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
    for code in (*range(0xD800), *range(0xE000, 0x110000)):
        letter = chr(code)
        written = short.get(letter) or (f"\\u{code:04x}" if code < 0x20 else letter)
        assert canonical(letter) == f'"{written}"'.encode()


def test_one_moment_has_one_form() -> None:
    boston = AT.astimezone(timezone(timedelta(hours=-4)))
    assert replace(ENTRY, at=boston).encode() == BYTES


@given(entries, st.data())
def test_a_changed_entry_is_refused_or_is_another_entry(entry: Entry, data: st.DataObject) -> None:
    before = entry.encode()
    at = data.draw(st.integers(0, len(before)))
    after = before[:at] + data.draw(st.binary(max_size=3)) + before[at + data.draw(st.integers(0, 3)) :]
    try:
        read = parse_entry(after)
    except VerificationError:
        assert after != before
    else:
        assert read.encode() == after
        assert (read == entry) == (after == before)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b",", b", "),
        lambda data: data + b"\n",
        lambda data: data.replace(b".250000Z", b".250Z"),
        lambda data: data.replace(b".250000Z", b".250000+00:00"),
        lambda data: data.replace(b"06-01", b"06-31"),
        lambda data: data.replace(b'"v":1', b'"v":2'),
        lambda data: data.replace(b'"v":1', b'"v":true'),
        lambda data: data.replace(b'"v":1', b'"v":1.0'),
        lambda data: data.replace(b'"v":1', b'"v":1,"w":1'),
        lambda data: data.replace(b'"v":1', b'"v":1,"v":1'),
        lambda data: data.replace(b',"v":1', b""),
        lambda data: data.replace(b"[3,17]", b"[17,3]"),
        lambda data: data.replace(b"[3,17]", b"[3,3]"),
        lambda data: data.replace(b"[3,17]", b"[-3,17]"),
        lambda data: data.replace(b"[3,17]", b"[false,17]"),
        lambda data: data.replace(b"[3,17]", b'["3"]'),
        lambda data: data.replace(b"[3,17]", b"3"),
        lambda data: data.replace(b"[3,17]", b"[" * 9000),
        lambda data: data.replace(b"[3,17]", b"[" + b"9" * 5000 + b"]"),
        lambda data: data.replace(b"ab", b"AB"),
        lambda data: data.replace(b"9f", b"9F"),
        lambda data: data.replace(b"document-received", b"Document-received"),
        lambda data: data.replace(b"document-received", b"d" * 65),
        lambda data: data.replace(b"document", b"d\\u006fcument"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.decode().encode("utf-16"),
        lambda data: data[:-1] + b"\xff}",
        lambda data: data[:-1],
        lambda data: b"[" + data + b"]",
        lambda data: data[:0],
    ],
)
def test_what_is_no_entry_is_refused(change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(VerificationError, match="entry") as caught:
        parse_entry(change(BYTES))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: replace(ENTRY, at=datetime(2025, 6, 1)), "at has no time zone"),
        (lambda: replace(ENTRY, kind="Received"), "kind is not kebab-case"),
        (lambda: replace(ENTRY, public="9f"), "public is not a commitment"),
        (lambda: replace(ENTRY, sealed="x" * 64), "sealed is not a commitment"),
        (lambda: replace(ENTRY, case="Deniz Kaya"), "case is not 32 hexadecimal digits"),
        (lambda: replace(ENTRY, refs=(1, 0)), "ascending order"),
        (lambda: replace(ENTRY, refs=tuple(range(20_000))).encode(), "65535 is the most"),
    ],
)
def test_an_entry_that_breaks_the_form_cannot_be_made(make: Callable[[], object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        make()


def changed(data: bytes, at: int, byte: int) -> bytes:
    return data[:at] + bytes([byte]) + data[at + 1 :]


@given(st.integers(0, 400), st.integers(0, 255), st.sampled_from([(), (7,), (1, 7)]))
def test_a_glance_has_the_verdict_of_the_whole_reading(at: int, byte: int, refs: tuple[int, ...]) -> None:
    hexes = "0" * 64
    entry = Entry(datetime(2025, 6, 1, tzinfo=UTC), "document-received", hexes, None, "a" * 32, refs).encode()
    data = changed(entry, at % len(entry), byte)
    try:
        whole = parse_entry(data)
    except VerificationError as wrong:
        with pytest.raises(VerificationError, match=re.escape(str(wrong))):
            glance(data)
    else:
        assert glance(data) == (whole.at, whole.kind, whole.refs[-1] if whole.refs else -1)
