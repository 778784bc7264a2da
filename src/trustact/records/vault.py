"""The vault's envelope: AES-256-GCM with a data key of its own for each record, wrapped by a key-encryption key.

The key is wrapped as RFC 3394 says. The associated data bind a ciphertext to its record, field and version, so
that a value moved elsewhere does not open. A record whose wrapped key is gone is shredded: nothing opens it.
"""

import hashlib
import hmac
import os
import re
from collections.abc import Mapping

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = 1
INDEX = "index"
INDEXED_SINCE_FIRST = ("document", "same form", "subject")
"""The purposes of blind indexes in offices of release 0.1.0, which derived them from their first vault key."""

_VAULT_KEY = re.compile(r"vault-([1-9][0-9]{0,8})")
_INDEX_KEY = re.compile(r"index(-[a-z-]+)?")


class VaultError(Exception):
    """A sealed record that does not open: wrong key, moved, changed or shredded."""


class Shredded(VaultError):
    """A record whose key was destroyed: nothing opens it, and nothing is wrong with that."""


class UnknownKey(VaultError):
    """A record sealed under a key that is not at hand: withheld, or retired by a rotation since it was looked up."""


class Envelope(msgspec.Struct, frozen=True):
    """A sealed value: which key-encryption key wrapped its data key, that wrapped key, and the ciphertext."""

    key_id: str
    wrapped_key: bytes
    ciphertext: bytes


class KeyRing:
    """The office's vault keys by name: the newest `vault-<n>` seals, each opens, `index` makes blind indexes.

    Raises VaultError for a name that is none, a key of another length, or where no vault key is among them.
    """

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        for name, key in keys.items():
            if len(key) != KEY_BYTES:
                raise VaultError(f"the vault key '{name}' has {len(key)} bytes instead of {KEY_BYTES}")
            if not (_VAULT_KEY.fullmatch(name) or _INDEX_KEY.fullmatch(name)):
                raise VaultError(f"the vault key '{name}' is named neither vault-<number> nor index")
        self._keys = {name: key for name, key in keys.items() if _VAULT_KEY.fullmatch(name)}
        self._index = {name: key for name, key in keys.items() if _INDEX_KEY.fullmatch(name)}
        if not self._keys:
            raise VaultError("no vault key is among the keys given: vault-1 is the first")
        self.newest = max(self._keys, key=_number)
        """The name of the key that seals."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the keys that open, oldest first."""
        return tuple(sorted(self._keys, key=_number))

    def keys(self) -> dict[str, bytes]:
        """Every key by its name, as it is exported; the blind indexes' own are always among them."""
        return {**self._keys, **self.index_keys()}

    def seal(self, record: str, field: str, plaintext: bytes) -> Envelope:
        """The plaintext sealed under a fresh data key, bound to a record and field."""
        data_key, nonce = os.urandom(KEY_BYTES), os.urandom(NONCE_BYTES)
        ciphertext = nonce + AESGCM(data_key).encrypt(nonce, plaintext, _binding(record, field))
        return Envelope(self.newest, aes_key_wrap(self._keys[self.newest], data_key), ciphertext)

    def open(self, record: str, field: str, envelope: Envelope) -> bytes:
        """The plaintext of an envelope. Raises VaultError when it does not open."""
        nonce, body = envelope.ciphertext[:NONCE_BYTES], envelope.ciphertext[NONCE_BYTES:]
        try:
            return AESGCM(self._data_key(record, envelope)).decrypt(nonce, body, _binding(record, field))
        except (InvalidTag, ValueError):
            raise _unopened(record) from None

    def rewrap(self, record: str, envelope: Envelope) -> Envelope:
        """The same sealed value with its data key wrapped by the newest key. Raises VaultError as `open` does."""
        wrapped = aes_key_wrap(self._keys[self.newest], self._data_key(record, envelope))
        return Envelope(self.newest, wrapped, envelope.ciphertext)

    def _data_key(self, record: str, envelope: Envelope) -> bytes:
        if not envelope.wrapped_key:
            raise Shredded(f"the record {record} has been shredded")
        if envelope.key_id not in self._keys:
            raise UnknownKey(f"the vault key '{envelope.key_id}' is not among this office's keys")
        try:
            return aes_key_unwrap(self._keys[envelope.key_id], envelope.wrapped_key)
        except (InvalidUnwrap, ValueError):
            raise _unopened(record) from None

    def blind_index(self, purpose: str, value: bytes) -> str:
        """A keyed fingerprint by which equal values are found again without being readable (HMAC-SHA-256)."""
        return hmac.new(self._index_key(purpose), value, hashlib.sha256).hexdigest()

    def _index_key(self, purpose: str) -> bytes:
        if (name := _index_name(purpose)) in self._index:
            return self._index[name]
        if INDEX in self._index or purpose not in INDEXED_SINCE_FIRST:
            return _derived(self._index.get(INDEX) or _derived(self._oldest), purpose)
        return _derived(self._oldest, purpose)

    @property
    def _oldest(self) -> bytes:
        return self._keys[self.names[0]]

    def index_keys(self) -> dict[str, bytes]:
        """The keys of the blind indexes by name.

        An office of release 0.1.0 has none; hers are derived, so that what it indexed is still found after the
        first vault key is gone.
        """
        if INDEX in self._index:
            return dict(self._index)
        derived = {_index_name(purpose): self._index_key(purpose) for purpose in INDEXED_SINCE_FIRST}
        return {**derived, INDEX: _derived(self._oldest)}


def _index_name(purpose: str) -> str:
    return f"{INDEX}-{purpose.replace(' ', '-')}"


def _derived(key: bytes, purpose: str = "") -> bytes:
    return hmac.digest(key, b"trustact blind index " + purpose.encode(), hashlib.sha256)


def _unopened(record: str) -> VaultError:
    return VaultError(f"the record {record} does not open: it was changed, moved or cut short")


def _number(key_id: str) -> int:
    return int(key_id.rpartition("-")[2])


def _binding(record: str, field: str) -> bytes:
    return f"trustact vault {FORMAT}|{record}|{field}".encode()
