"""Checkpoints: what is signed, and what is refused."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustact.ledger import VerificationError
from trustact.ledger.checkpoint import Checkpoint, open_checkpoint, sign
from trustact.ledger.note import Signature, SigningKey, write_note

KEY = SigningKey("records.example.org/ledger", bytes(range(32)))
KEYS = [KEY.verifier]
HEAD = Checkpoint(KEY.name, 300, bytes(range(32)))
TEXT = "records.example.org/ledger\n300\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"


def test_a_worked_checkpoint() -> None:
    signed = sign(HEAD, KEY)
    assert HEAD.text == TEXT
    assert signed.note == write_note(TEXT, [KEY.sign(TEXT)])
    assert open_checkpoint(signed.note, KEYS) == signed


@given(
    st.integers(0, 2**60),
    st.binary(min_size=32, max_size=32),
    st.lists(st.text(st.characters(exclude_categories=["C"]), min_size=1)),
)
def test_a_checkpoint_reads_back_as_it_was_signed(size: int, root: bytes, extensions: list[str]) -> None:
    signed = sign(Checkpoint(KEY.name, size, root, tuple(extensions)), KEY)
    assert open_checkpoint(signed.note, KEYS) == signed


def test_a_witness_line_is_kept(witness_line: Signature) -> None:
    signed = sign(HEAD, KEY)
    for lines in ((*signed.signatures, witness_line), (witness_line, *signed.signatures)):
        witnessed = replace(signed, signatures=lines)
        assert open_checkpoint(witnessed.note, KEYS) == witnessed


def test_a_new_key_of_the_log_may_sign_beside_the_old_one() -> None:
    new = SigningKey(KEY.name, bytes(32))
    both = sign(sign(HEAD, KEY), new)
    for keys in ([KEY.verifier], [new.verifier], [KEY.verifier, new.verifier]):
        assert open_checkpoint(both.note, keys) == both


def test_a_key_of_another_log_does_not_count() -> None:
    """Two logs are trusted, and one of them signs in the other's name."""
    other = SigningKey("other.example.org", bytes(32))
    note = write_note(TEXT, [other.sign(TEXT)])
    with pytest.raises(VerificationError, match="not signed with a key that was given"):
        open_checkpoint(note, [KEY.verifier, other.verifier])
    with pytest.raises(VerificationError, match=r"origin is not one of the logs .*: other\.example\.org"):
        open_checkpoint(note, [other.verifier])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (TEXT.replace("300", "0300"), "size or the root"),
        (TEXT.replace("300", "-1"), "size or the root"),
        (TEXT.replace("300", "٣٠٠"), "size or the root"),
        (TEXT.replace("300", "9" * 5000), "size or the root"),
        (TEXT.replace("Hh8=", "Hh9="), "size or the root"),
        (TEXT.replace("AAEC", "AAEC\t"), "control character"),
        (TEXT.replace("AAECAwQF", "AAEC"), "not 32 bytes"),
        (TEXT.replace("300\n", ""), "three lines"),
        (TEXT + "\nextension\n", "three lines"),
    ],
)
def test_a_malformed_checkpoint_is_refused_even_when_signed(text: str, says: str) -> None:
    with pytest.raises(VerificationError, match=says):
        open_checkpoint(write_note(text, [KEY.sign(text)]), KEYS)


@pytest.mark.parametrize(
    "unreadable",
    [
        replace(HEAD, origin="other.example.org"),
        replace(HEAD, size=-1),
        replace(HEAD, root=b"short"),
        replace(HEAD, extensions=("",)),
        replace(HEAD, extensions=("two\nlines",)),
        replace(HEAD, extensions=("a\x00b",)),
        replace(HEAD, extensions=("\ud800",)),
    ],
)
def test_what_readers_would_refuse_is_not_signed(unreadable: Checkpoint) -> None:
    with pytest.raises(ValueError, match=r"."):
        sign(unreadable, KEY)
