"""What comes on the day of `bench.day`: small native PDFs mostly, some hostile bytes, some of it sent again."""

import io
import random

import msgspec
from PIL import Image
from pypdf import PdfReader, PdfWriter
from tests.channels.messages import message

from trustact.specimens.specimen import one

CHANNELS = ("folder", "mailbox", "smtp", "upload", "paperless")
_FORMS = ("i-247a", "i-247g", "i-200", "i-205")
_HOSTILE = 0.15
_AGAIN = 0.1


class Sending(msgspec.Struct, frozen=True):
    """One delivery: its channel, the bytes the vault must hold in the end, whether they are hostile."""

    channel: str
    data: bytes
    hostile: bool = False


def day_of(count: int, rng: random.Random) -> list[Sending]:
    """That many deliveries over the five channels, in a random order."""
    sendings: list[Sending] = []
    for number in range(count):
        channel = CHANNELS[number % len(CHANNELS)]
        earlier = [s for s in sendings if s.channel in ("folder", "upload")]
        if channel == "paperless":
            sendings.append(Sending(channel, f"call {number}: keep a person until we come".encode()))
        elif channel in ("folder", "upload") and earlier and rng.random() < _AGAIN:
            sendings.append(Sending(channel, rng.choice(earlier).data))
        else:
            hostile = rng.random() < _HOSTILE
            data = _hostile(number, rng) if hostile else one(rng.choice(_FORMS), number).data
            if channel in ("mailbox", "smtp"):
                data = message(
                    f"<{number}@gateway.example>", *([data] * (500 if hostile and number % 7 == 0 else 1))
                )
            sendings.append(Sending(channel, data, hostile))
    rng.shuffle(sendings)
    return sendings


def _hostile(number: int, rng: random.Random) -> bytes:
    """Bytes that cannot be read, each kind in its turn."""
    own = f"{number}".encode()
    kinds = [
        b"%PDF-1.7\n" + rng.randbytes(2000) + own,
        one("i-247a", number).data[:9000],
        b"PK\x03\x04 macro" + own,
        b"II*\0" + rng.randbytes(300) + own,
        _locked(number),
        _bomb(number),
        rng.randbytes(5000),
    ]
    return rng.choice(kinds)


def _locked(number: int) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(one("i-247a", number).data)))
    writer.encrypt("secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _bomb(number: int) -> bytes:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000 + number)).save(out, "PNG")
    return out.getvalue()
