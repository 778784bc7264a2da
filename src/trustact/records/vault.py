"""The vault's envelope: AES-256-GCM with a data key of its own for each record, wrapped by a key-encryption key.

The key is wrapped as RFC 3394 says. The associated data bind a ciphertext to its record, field and version, so
that a value moved elsewhere does not open. A record whose wrapped key is gone is shredded: nothing opens it.
"""

import hashlib
import hmac
import os
from collections.abc import Mapping

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = 1


class VaultError(Exception):
    """A sealed record that does not open: wrong key, moved, changed or shredded."""


class Shredded(VaultError):
    """A record whose key was destroyed: nothing opens it, and nothing is wrong with that."""


class Envelope(msgspec.Struct, frozen=True):
    """A sealed value: which key-encryption key wrapped its data key, that wrapped key, and the ciphertext."""

    key_id: str
    wrapped_key: bytes
    ciphertext: bytes


class KeyRing:
    """The office's key-encryption keys by id; the newest seals, every one opens."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        for key_id, key in keys.items():
            if len(key) != KEY_BYTES:
                raise VaultError(f"the vault key '{key_id}' has {len(key)} bytes instead of {KEY_BYTES}")
        self._keys = dict(keys)
        self._newest = max(keys, key=_number)

    def seal(self, record: str, field: str, plaintext: bytes) -> Envelope:
        """The plaintext sealed under a fresh data key, bound to a record and field."""
        data_key, nonce = os.urandom(KEY_BYTES), os.urandom(NONCE_BYTES)
        ciphertext = nonce + AESGCM(data_key).encrypt(nonce, plaintext, _binding(record, field))
        return Envelope(self._newest, aes_key_wrap(self._keys[self._newest], data_key), ciphertext)

    def open(self, record: str, field: str, envelope: Envelope) -> bytes:
        """The plaintext of an envelope. Raises VaultError when it does not open."""
        if not envelope.wrapped_key:
            raise Shredded(f"the record {record} has been shredded")
        if envelope.key_id not in self._keys:
            raise VaultError(f"the vault key '{envelope.key_id}' is not among this office's keys")
        nonce, body = envelope.ciphertext[:NONCE_BYTES], envelope.ciphertext[NONCE_BYTES:]
        try:
            data_key = aes_key_unwrap(self._keys[envelope.key_id], envelope.wrapped_key)
            return AESGCM(data_key).decrypt(nonce, body, _binding(record, field))
        except (InvalidUnwrap, InvalidTag, ValueError):
            raise VaultError(
                f"the record {record} does not open: it was changed, moved or cut short"
            ) from None

    def blind_index(self, purpose: str, value: bytes) -> str:
        """A keyed fingerprint by which equal values are found again without being readable (HMAC-SHA-256)."""
        oldest = self._keys[min(self._keys, key=_number)]
        key = hmac.digest(oldest, b"trustact blind index " + purpose.encode(), hashlib.sha256)
        return hmac.new(key, value, hashlib.sha256).hexdigest()


def _number(key_id: str) -> int:
    return int(key_id.rpartition("-")[2])


def _binding(record: str, field: str) -> bytes:
    return f"trustact vault {FORMAT}|{record}|{field}".encode()
