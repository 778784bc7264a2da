"""The vault: what is sealed opens only as it was sealed, and never once its key is gone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustact.records.vault import Envelope, KeyRing, VaultError

KEYS = {"vault-1": bytes(range(32))}
RING = KeyRing(KEYS)


@given(st.binary(max_size=500))
def test_what_is_sealed_opens(plaintext: bytes) -> None:
    assert RING.open("r1", "document", RING.seal("r1", "document", plaintext)) == plaintext


@given(st.binary(min_size=1, max_size=80), st.data())
def test_no_changed_bit_goes_unnoticed(plaintext: bytes, data: st.DataObject) -> None:
    envelope = RING.seal("r1", "document", plaintext)
    part = data.draw(st.sampled_from(["wrapped_key", "ciphertext"]))
    raw = bytearray(getattr(envelope, part))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    changed = Envelope(
        envelope.key_id,
        bytes(raw) if part == "wrapped_key" else envelope.wrapped_key,
        bytes(raw) if part == "ciphertext" else envelope.ciphertext,
    )
    with pytest.raises(VaultError, match="does not open"):
        RING.open("r1", "document", changed)


@pytest.mark.parametrize(("record", "field"), [("r2", "document"), ("r1", "letter")])
def test_a_value_moved_elsewhere_does_not_open(record: str, field: str) -> None:
    envelope = RING.seal("r1", "document", b"a request")
    with pytest.raises(VaultError, match="changed, moved or cut short"):
        RING.open(record, field, envelope)


def test_a_shredded_record_says_so() -> None:
    envelope = RING.seal("r1", "document", b"a request")
    with pytest.raises(VaultError, match="has been shredded"):
        RING.open("r1", "document", Envelope(envelope.key_id, b"", envelope.ciphertext))


def test_a_new_key_seals_and_the_old_one_still_opens() -> None:
    old = RING.seal("r1", "document", b"a request")
    both = KeyRing({**KEYS, "vault-2": bytes(reversed(range(32)))})
    new = both.seal("r1", "document", b"a request")
    assert (old.key_id, new.key_id) == ("vault-1", "vault-2")
    assert both.open("r1", "document", old) == both.open("r1", "document", new) == b"a request"
    assert both.blind_index("document", b"x") == RING.blind_index("document", b"x")
    with pytest.raises(VaultError, match="'vault-2' is not among"):
        RING.open("r1", "document", new)
