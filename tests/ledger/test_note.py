"""Keys and signed notes, against the example that the Go note package documents."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustact.ledger import VerificationError
from trustact.ledger.note import (
    Signature,
    SigningKey,
    VerifierKey,
    open_note,
    parse_skey,
    parse_vkey,
    write_note,
)

SKEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6Ryy"
    "BwJnAM=\n"
)
OTHER = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc"
    "+QQ=\n"
)
NOTE = f"{TEXT}\n{LINE}".encode()

PETER = parse_vkey(VKEY)


def test_the_documented_example() -> None:
    key = parse_skey(SKEY)
    assert key.verifier == PETER
    assert write_note(TEXT, [key.sign(TEXT)]) == NOTE
    text, signatures = open_note(NOTE, [PETER])
    assert text == TEXT
    assert [signature.line for signature in signatures] == [LINE]


@given(st.binary(min_size=32, max_size=32), st.text(min_size=1))
def test_keys_read_back_as_they_were_written(seed: bytes, name: str) -> None:
    try:
        key = SigningKey(name, seed)
    except ValueError:
        return
    assert parse_skey(key.text) == key
    assert parse_vkey(key.verifier.text) == key.verifier
    note = write_note("text\n", [key.sign("text\n")])
    assert open_note(note, [key.verifier])[0] == "text\n"


def test_a_secret_key_does_not_print_its_seed() -> None:
    key = parse_skey(SKEY)
    assert repr(key) == "SigningKey(name='PeterNeumann', signs=<Signs.NOTES: 1>)"


@pytest.mark.parametrize("order", [LINE + OTHER, OTHER + LINE, LINE + LINE, OTHER * 99 + LINE])
def test_lines_by_other_keys_are_kept(order: str) -> None:
    note = f"{TEXT}\n{order}".encode()
    text, signatures = open_note(note, [PETER])
    assert write_note(text, signatures) == note


def test_the_same_name_with_another_key_does_not_count() -> None:
    other = VerifierKey(PETER.name, bytes(32))
    with pytest.raises(VerificationError, match="not signed with a key that was given"):
        open_note(NOTE, [other])
    assert open_note(NOTE, [other, PETER])[0] == TEXT


@pytest.mark.parametrize(
    ("note", "says"),
    [
        (b"", "no signature lines"),
        (TEXT.encode(), "no signature lines"),
        (TEXT.encode() + b"\n", "no signature lines"),
        (NOTE[:-1], "no signature lines"),
        (NOTE.replace(b"\n\n", b"\n"), "no signature lines"),
        (NOTE.replace(b"If", b"if"), "signature of PeterNeumann does not fit"),
        (NOTE.replace(b"If", b"\xff"), "not UTF-8"),
        (NOTE.replace(b"\n", b"\r\n"), "control character"),
        (NOTE.replace(b"If", b"\x00"), "control character"),
        (NOTE.replace("—".encode(), b"-"), "malformed signature line"),
        (NOTE.replace(b"AM=", b"AN="), "malformed signature line"),
        (NOTE.replace(b"AM=", b"AM"), "malformed signature line"),
        (NOTE.replace(b"Neumann x08", b"Neumann  x08"), "malformed signature line"),
        (NOTE.replace(b"Neumann x08", b"+ x08"), "malformed signature line"),
        (NOTE + "— x AAAA\n".encode(), "malformed signature line"),
        (NOTE + OTHER.encode() + b"more\n", "malformed signature line"),
        (NOTE + LINE.replace("ZJkuBS", "ZJkuBT").encode(), "does not fit"),
        (NOTE + OTHER.encode() * 100, "more than 100 signature lines"),
        (f"{TEXT}\n{OTHER}".encode(), "not signed with a key that was given"),
    ],
)
def test_a_note_that_does_not_hold_is_refused(note: bytes, says: str) -> None:
    with pytest.raises(VerificationError, match=says):
        open_note(note, [PETER])


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: parse_vkey(""), "name[+]id[+]base64"),
        (lambda: parse_vkey(VKEY + "\n"), "name[+]id[+]base64"),
        (lambda: parse_vkey(VKEY.replace("c74f", "c74e")), "does not belong to it"),
        (lambda: parse_vkey(VKEY.replace("Peter", "Petra")), "does not belong to it"),
        (lambda: parse_vkey("a+00000000+BgAA"), "not an Ed25519 key"),
        (lambda: parse_vkey("a+00000000+AQAA"), "32 bytes, not 2"),
        (lambda: parse_skey(VKEY), "begins with PRIVATE[+]KEY[+]"),
        (lambda: parse_skey(SKEY.replace("c74f", "c74e")), "does not belong to it"),
        (lambda: SigningKey("a", bytes(31)), "32 bytes, not 31"),
        (lambda: SigningKey("", bytes(32)), "empty or has a space"),
        (lambda: VerifierKey("Iman Osei", bytes(32)), "empty or has a space"),
        (lambda: VerifierKey("a+b", bytes(32)), "empty or has a space"),
    ],
)
def test_a_key_that_does_not_hold_is_refused(make: Callable[[], object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        make()


def test_a_signature_line_is_what_it_was_read_from() -> None:
    _, (signature,) = open_note(NOTE, [PETER])
    assert signature == Signature("PeterNeumann", bytes.fromhex("c74f20a3"), signature.value)
    with pytest.raises(VerificationError, match="does not fit"):
        open_note(write_note(TEXT, [replace(signature, value=signature.value[:-1])]), [PETER])
