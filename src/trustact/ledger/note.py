"""Signed notes: a text, an empty line, and signature lines (C2SP signed-note), signed with Ed25519.

Keys have the text forms of the Go note package, so other programs take them: a verifier key (vkey) is
`name+id+base64`, the secret signing key is `PRIVATE+KEY+name+id+base64`. The id is eight hexadecimal digits.
The first byte under the base64 says what the key signs: 1 a note as it stands, 4 a witness's cosignature
(`trustact.ledger.cosignature`), so that neither can be passed off as the other.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from trustact.ledger.errors import VerificationError

MAX_SIGNATURES = 100

_DASH = "— "
_SKEY_PREFIX = "PRIVATE+KEY+"
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class Signs(IntEnum):
    """What a key signs, by its byte in C2SP signed-note: whole notes, or cosignatures of checkpoints."""

    NOTES = 1
    COSIGNATURES = 4


@dataclass(frozen=True)
class Signature:
    """One signature line: who signed, with which key (an id of 4 bytes), and the signature's bytes."""

    name: str
    key_id: bytes
    value: bytes

    @property
    def line(self) -> str:
        """The line as it stands in a note, with its line break."""
        return f"{_DASH}{self.name} {encode_base64(self.key_id + self.value)}\n"


@dataclass(frozen=True)
class VerifierKey:
    """A named Ed25519 public key (32 bytes). ValueError for a bad name or length."""

    name: str
    public: bytes
    signs: Signs = Signs.NOTES

    def __post_init__(self) -> None:
        """Refuse what no key can be."""
        if not _is_name(self.name):
            raise ValueError(f"key name {self.name!r} is empty or has a space or a plus sign")
        if len(self.public) != 32:
            raise ValueError(f"an Ed25519 public key has 32 bytes, not {len(self.public)}")

    @property
    def key_id(self) -> bytes:
        """The 4 bytes by which signature lines name this key."""
        return sha256(self.name.encode() + b"\n" + bytes([self.signs]) + self.public).digest()[:4]

    @property
    def text(self) -> str:
        """The key's text form (vkey), to be published."""
        return f"{self.name}+{self.key_id.hex()}+{encode_base64(bytes([self.signs]) + self.public)}"

    def fits(self, signature: bytes, message: bytes) -> bool:
        """Whether the 64 bytes are this key's signature of the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class SigningKey:
    """A named Ed25519 secret key (a random seed of 32 bytes). ValueError for a bad name or length."""

    name: str
    seed: bytes = field(repr=False)
    signs: Signs = Signs.NOTES

    def __post_init__(self) -> None:
        """Refuse what no key can be."""
        if len(self.seed) != 32:
            raise ValueError(f"an Ed25519 seed has 32 bytes, not {len(self.seed)}")
        VerifierKey(self.name, bytes(32))

    @property
    def verifier(self) -> VerifierKey:
        """The public key that belongs to it."""
        return VerifierKey(self.name, self._secret.public_key().public_bytes_raw(), self.signs)

    @property
    def text(self) -> str:
        """The key's text form (skey), to be kept secret."""
        secret = encode_base64(bytes([self.signs]) + self.seed)
        return f"{_SKEY_PREFIX}{self.name}+{self.verifier.key_id.hex()}+{secret}"

    def sign(self, text: str) -> Signature:
        """The signature line's parts for a note text, which ends in a newline. ValueError for a witness's key."""
        if self.signs is not Signs.NOTES:
            raise ValueError(f"the key of {self.name} signs no notes, only cosignatures")
        return Signature(self.name, self.verifier.key_id, self.raw(text.encode()))

    def raw(self, message: bytes) -> bytes:
        """The 64 bytes of this key's signature of a message."""
        return self._secret.sign(message)

    @property
    def _secret(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def parse_vkey(text: str) -> VerifierKey:
    """The verifier key of its text form, of either kind; ValueError unless it is whole, with the right id."""
    key = VerifierKey(*_key_parts(text))
    if key.text != text:
        raise ValueError(f"the id in the verifier key of {key.name} does not belong to it")
    return key


def parse_skey(text: str) -> SigningKey:
    """The signing key of its text form, of either kind; ValueError unless it is whole, with the right id."""
    if not text.startswith(_SKEY_PREFIX):
        raise ValueError(f"a signing key begins with {_SKEY_PREFIX}")
    key = SigningKey(*_key_parts(text.removeprefix(_SKEY_PREFIX)))
    if key.text != text:
        raise ValueError(f"the id in the signing key of {key.name} does not belong to it")
    return key


def _key_parts(text: str) -> tuple[str, bytes, Signs]:
    try:
        name, _, encoded = text.split("+", 2)
        kind_and_key = decode_base64(encoded)
    except ValueError:
        raise ValueError("the text of a key is name+id+base64, in one line") from None
    if not kind_and_key or kind_and_key[0] not in tuple(Signs):
        raise ValueError(f"the key of {name} is not an Ed25519 key")
    return name, kind_and_key[1:], Signs(kind_and_key[0])


def write_note(text: str, signatures: Iterable[Signature]) -> bytes:
    """The bytes of a signed note."""
    return (text + "\n" + "".join(signature.line for signature in signatures)).encode()


def open_note(note: bytes, keys: Sequence[VerifierKey]) -> tuple[str, tuple[Signature, ...]]:
    """The text and all signature lines of a note that at least one of the keys signed.

    Lines by other keys (witnesses, later signature types) are kept unchecked, as the specification asks.
    VerificationError for a malformed note, a signature that fails, or none by these keys.
    """
    text, signatures = _split(note)
    known = {(key.name, key.key_id): key for key in keys if key.signs is Signs.NOTES}
    signed = False
    for signature in signatures:
        key = known.get((signature.name, signature.key_id))
        if key is None:
            continue
        if not key.fits(signature.value, text.encode()):
            raise VerificationError(f"the signature of {key.name} does not fit the text")
        signed = True
    if not signed:
        raise VerificationError("the note is not signed with a key that was given")
    return text, signatures


def read_signatures(lines: bytes) -> tuple[Signature, ...]:
    """Signature lines that stand alone, unchecked; VerificationError for anything else."""
    return _split(b"nothing is signed here\n\n" + lines)[1]


def _split(note: bytes) -> tuple[str, tuple[Signature, ...]]:
    try:
        whole = note.decode()
    except UnicodeDecodeError:
        raise VerificationError("the note is not UTF-8") from None
    if _CONTROL.search(whole):
        raise VerificationError("the note has a control character")
    head, _, tail = whole.rpartition("\n\n")
    if not head or not tail.endswith("\n"):
        raise VerificationError("the note has no signature lines after an empty line")
    lines = tail.removesuffix("\n").split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise VerificationError(f"the note has more than {MAX_SIGNATURES} signature lines")
    return head + "\n", tuple(_signature(line) for line in lines)


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    try:
        value = decode_base64(encoded)
    except ValueError:
        value = b""
    if not line.startswith(_DASH) or not _is_name(name) or len(value) < 5:
        raise VerificationError("the note has a malformed signature line")
    return Signature(name, value[:4], value[4:])


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(char.isspace() or char < " " for char in name)


def encode_base64(data: bytes) -> str:
    """Standard base64 (RFC 4648 section 4)."""
    return b64encode(data).decode()


def decode_base64(text: str) -> bytes:
    """The bytes of standard base64; ValueError unless it is the one exact form of them."""
    data = b64decode(text.encode(), validate=True)
    if encode_base64(data) != text:
        raise ValueError("base64 with stray bits")
    return data


def parse_decimal(text: str) -> int:
    """A number as notes write it: ASCII digits, no leading zero; ValueError otherwise."""
    if not re.fullmatch(r"0|[1-9][0-9]{0,18}", text):
        raise ValueError("not a decimal number")
    return int(text)
