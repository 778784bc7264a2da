"""A folder of public files: what lies in it is read, and nothing leads out of it."""

from pathlib import Path

import pytest

from trustact.audit.source import Fetch, source_of


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
     "round", "x" * 300, "/etc/passwd"],
)  # fmt: skip
def test_nothing_else_is(fetch: Fetch, path: str) -> None:
    with pytest.raises(FileNotFoundError):
        fetch(path)
