"""Public files: what lies in a folder is read, nothing leads out of it, and a host that fails is one clear line."""

import os
import socket
from pathlib import Path

import pytest

from tests.audit.blunt_server import answering
from trustact.audit.source import Fetch, source_of
from trustact.failures import OutsideFailed


@pytest.fixture
def fetch(tmp_path: Path) -> Fetch:
    (tmp_path / "secret").write_bytes(b"outside")
    public = tmp_path / "public"
    (public / "tile" / "0").mkdir(parents=True)
    (public / "checkpoint").write_bytes(b"signed")
    (public / "tile" / "0" / "000").write_bytes(b"hashes")
    (public / "latest").symlink_to("checkpoint")
    (public / "tiles").symlink_to("tile")
    (public / "out").symlink_to(tmp_path / "secret")
    (public / "up").symlink_to(tmp_path)
    (public / "round").symlink_to("round")
    return source_of(str(public))


@pytest.mark.parametrize(
    ("path", "data"),
    [("checkpoint", b"signed"), ("tile/0/000", b"hashes"), ("latest", b"signed"), ("tiles/0/000", b"hashes")],
)
def test_what_lies_in_it_is_read(fetch: Fetch, path: str, data: bytes) -> None:
    assert fetch(path) == data


@pytest.mark.parametrize(
    "path",
    ["missing", "tile", "tile/1/000", "checkpoint/000", "", ".", "..", "../secret", "tile/../../secret", "out", "up/secret",
     "round", "x" * 300, "check\0point", "/etc/passwd"],
)  # fmt: skip
def test_nothing_else_is(fetch: Fetch, path: str) -> None:
    with pytest.raises(FileNotFoundError):
        fetch(path)


@pytest.mark.parametrize("name", ["pipe", "to-pipe", "socket", "huge", "to-huge"])
def test_what_is_no_file_of_a_ledger_is_one_line_and_waits_for_nothing(
    fetch: Fetch, tmp_path: Path, name: str
) -> None:
    public = tmp_path / "public"
    os.mkfifo(public / "pipe")
    (public / "to-pipe").symlink_to("pipe")
    (public / "huge").touch()
    os.truncate(public / "huge", 1 << 40)
    (public / "to-huge").symlink_to("huge")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(public / "socket"))
    with pytest.raises(OutsideFailed) as told:
        fetch(name)
    assert str(told.value).startswith(f"{public}/")
    assert "\n" not in str(told.value)


def test_a_device_is_no_file_of_a_ledger() -> None:
    with pytest.raises(OutsideFailed, match=r"^/dev/null"):
        source_of("/dev")("null")


BROKEN = {
    "no HTTP": b"hello\r\n\r\n",
    "cut short": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc",
    "cut short in a piece": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100\r\nabc",
    "elsewhere": b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n",
    "nothing": b"",
}


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
def test_a_host_that_fails_is_one_line(answer: bytes) -> None:
    with answering(answer) as address, pytest.raises(OutsideFailed) as told:
        source_of(address)("checkpoint")
    assert str(told.value).startswith(f"{address}/checkpoint: ")
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "address", ["http://[bad/a", "http://127.0.0.1:9/a b", "http://" + "ä" * 80 + ".org"]
)
def test_an_address_that_is_none_is_one_line(address: str) -> None:
    with pytest.raises(OutsideFailed):
        source_of(address)("checkpoint")
