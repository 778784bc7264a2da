"""A witness that answers nonsense holds no publication up; it is named, with the reason."""

import pytest

from tests.audit.blunt_server import answering
from trustact.ledger.checkpoint import Checkpoint, sign
from trustact.ledger.note import SigningKey, Signs
from trustact.ledger.policy import Witness
from trustact.witness.asking import SECONDS, NoCosignature, ask

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


_OK = b"HTTP/1.1 200 OK\r\n"
DRIPPING = {
    "its status": b"HTTP/1.1 200 " + b"O" * 400,
    "its headers": _OK + b"A: b\r\n" * 90,
    "its body": _OK + b"\r\n" + b"x" * 400,
    "its pieces": _OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 70 + b"0\r\n\r\n",
    "its refusal": b"HTTP/1.1 409 Conflict\r\nContent-Length: 400\r\n\r\n" + b"3" * 400,
    "its way elsewhere": b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 400\r\n\r\n" + b"x" * 400,
}


def asked(address: str, within: float = SECONDS) -> str:
    with pytest.raises(NoCosignature) as told:
        ask(Witness("clerk", WITNESS, address), HEAD, None, lambda _old, _new: (), within)
    return str(told.value)


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
def test_an_answer_that_is_none(answer: bytes) -> None:
    with answering(answer) as address:
        assert asked(address).startswith(f"no answer from {address}: ")


@pytest.mark.parametrize("address", ["http://[bad", "http://" + "ä" * 80 + ".org"])
def test_an_address_that_is_none(address: str) -> None:
    assert asked(address).startswith(f"no answer from {address}: ")


@pytest.mark.parametrize("answer", DRIPPING.values(), ids=DRIPPING)
def test_an_answer_that_drips_is_waited_for_so_long_in_all(answer: bytes) -> None:
    with answering(answer, dripping=0.004) as address:
        assert asked(address, 0.3) == f"no answer from {address}: not all of it came in time"


def test_asking_again_has_no_more_time() -> None:
    slowly = b"HTTP/1.1 409 Conflict\r\nContent-Length: 2\r\n\r\n3\n"
    with answering(slowly, dripping=0.01) as address:
        assert asked(address, 0.75).endswith("not all of it came in time")
