"""A witness that answers nonsense holds no publication up; it is named, with the reason."""

import pytest

from tests.audit.blunt_server import answering
from trustact.ledger.checkpoint import Checkpoint, sign
from trustact.ledger.note import SigningKey, Signs
from trustact.ledger.policy import Witness
from trustact.witness.asking import NoCosignature, ask

HEAD = sign(
    Checkpoint("records.example.org/ledger", 3, bytes(32)),
    SigningKey("records.example.org/ledger", bytes(32)),
)
WITNESS = SigningKey("clerk.example.org/w", bytes(32), Signs.COSIGNATURES).verifier
BROKEN = {
    "refuses and is cut short": b"HTTP/1.1 409 Conflict\r\nTransfer-Encoding: chunked\r\n\r\n100\r\n3",
    "accepts and is cut short": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100\r\n3",
    "no HTTP": b"hello\r\n\r\n",
    "nothing": b"",
}


def asked(address: str) -> str:
    with pytest.raises(NoCosignature) as told:
        ask(Witness("clerk", WITNESS, address), HEAD, None, lambda _old, _new: ())
    return str(told.value)


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
def test_an_answer_that_is_none(answer: bytes) -> None:
    with answering(answer) as address:
        assert asked(address).startswith(f"no answer from {address}: ")


@pytest.mark.parametrize("address", ["http://[bad", "http://" + "ä" * 80 + ".org"])
def test_an_address_that_is_none(address: str) -> None:
    assert asked(address).startswith(f"no answer from {address}: ")
