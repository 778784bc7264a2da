"""The office's keys in one file sealed by a passphrase, to be kept apart from every backup of the record.

The file is JSON: PBKDF2-HMAC-SHA-256 (NIST SP 800-132) makes a key of the passphrase, AES-256-GCM seals the keys
under it, bound to the ledger's name.
"""

import base64
import os
from hashlib import pbkdf2_hmac

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from trustact.failures import BadInput

ITERATIONS = 1_000_000
SHORTEST = 12
_SALT_BYTES, _NONCE_BYTES, _KEY_BYTES = 16, 12, 32


class Exported(msgspec.Struct, frozen=True):
    """A file of keys: whose, how its passphrase becomes a key, and the keys sealed."""

    trustact_keys: int
    ledger: str
    iterations: int
    salt: str
    sealed: str


class Keys(msgspec.Struct, frozen=True):
    """Every key of an office: the ledger's signing key as text, the vault's by name in hexadecimal."""

    ledger: str
    vault: dict[str, str]
    retired: dict[str, str] = {}


def export_keys(keys: Keys, ledger: str, passphrase: str) -> bytes:
    """The file of an office's keys. Raises BadInput for a passphrase shorter than twelve characters."""
    if len(passphrase) < SHORTEST:
        raise BadInput(f"the passphrase has fewer than {SHORTEST} characters: take several words")
    salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
    key = _key(passphrase, salt, ITERATIONS)
    sealed = nonce + AESGCM(key).encrypt(nonce, msgspec.json.encode(keys), ledger.encode())
    exported = Exported(1, ledger, ITERATIONS, salt.hex(), base64.b64encode(sealed).decode())
    return msgspec.json.format(msgspec.json.encode(exported), indent=1) + b"\n"


def import_keys(data: bytes, passphrase: str) -> tuple[str, Keys]:
    """The ledger's name and its keys from such a file. Raises BadInput for another file or another passphrase."""
    try:
        exported = msgspec.json.decode(data, type=Exported)
        salt, sealed = bytes.fromhex(exported.salt), base64.b64decode(exported.sealed, validate=True)
    except (msgspec.DecodeError, ValueError):
        raise BadInput(
            "this is not a file of keys that trustact office keys export wrote, or it is cut short"
        ) from None
    if exported.trustact_keys != 1 or not ITERATIONS <= exported.iterations <= 100 * ITERATIONS:
        raise BadInput("this file of keys is of a later release of trustact: use that release")
    key = _key(passphrase, salt, exported.iterations)
    try:
        opened = AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], exported.ledger.encode())
    except (InvalidTag, ValueError):
        raise BadInput("the passphrase does not open this file of keys, or the file was changed") from None
    return exported.ledger, msgspec.json.decode(opened, type=Keys)


def _key(passphrase: str, salt: bytes, iterations: int) -> bytes:
    return pbkdf2_hmac("sha256", passphrase.encode(), salt, iterations, _KEY_BYTES)
