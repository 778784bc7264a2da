"""The witness: cosigns only what continues the last checkpoint it saw, on the wire as C2SP tlog-witness says."""

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from trustact.failures import BadInput
from trustact.ledger import consistency_proof, leaf_hash, root
from trustact.ledger.checkpoint import Checkpoint, open_checkpoint, sign
from trustact.ledger.cosignature import cosigned_at, with_signatures
from trustact.ledger.errors import VerificationError
from trustact.ledger.note import SigningKey, read_signatures
from trustact.ledger.witnessing import Request
from trustact.witness.application import Application
from trustact.witness.folder import WitnessFolder, know_ledger, make_witness

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
LOG = SigningKey("records.example.org/ledger", bytes(range(32)))
OTHER = SigningKey("other.example.org/ledger", bytes(range(1, 33)))
LEAVES = [leaf_hash(b"entry %d" % number) for number in range(20)]
FORKED = [*LEAVES[:4], leaf_hash(b"another"), *LEAVES[5:]]

Post = Callable[[bytes], tuple[int, str, bytes]]


def head(size: int, leaves: list[bytes] = LEAVES, key: SigningKey = LOG) -> Checkpoint:
    return sign(Checkpoint(key.name, size, root(leaves[:size])), key)


def offer(old: int, size: int, leaves: list[bytes] = LEAVES) -> Request:
    proof = consistency_proof(old, leaves[:size]) if 0 < old < size else []
    return Request(old, tuple(proof), head(size, leaves).note)


@pytest.fixture
def witness(tmp_path: Path) -> WitnessFolder:
    folder = tmp_path / "witness"
    make_witness(folder, "clerk.example.org/w", bytes(32))
    know_ledger(folder, LOG.verifier.text)
    return WitnessFolder(folder)


@pytest.fixture
def post(witness: WitnessFolder) -> Post:
    def _post(body: bytes) -> tuple[int, str, bytes]:
        return call(witness, "POST", "/add-checkpoint", body)

    return _post


def call(witness: WitnessFolder, method: str, path: str, body: bytes = b"") -> tuple[int, str, bytes]:
    """One request to the WSGI application: status, content type, body."""
    said: list[tuple[int, str]] = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    answer = Application(witness, lambda: NOON)(
        environ, lambda status, headers: said.append((int(status[:3]), dict(headers)["Content-Type"]))
    )
    return *said[0], b"".join(answer)


def test_it_cosigns_what_continues_and_keeps_it(witness: WitnessFolder, post: Post) -> None:
    for old, size in ((0, 3), (3, 3), (3, 4), (4, 17), (17, 20)):
        status, _, line = post(offer(old, size).encode())
        assert status == 200
        cosigned = with_signatures(head(size), read_signatures(line))
        assert cosigned_at(cosigned, witness.key) == NOON
        again = WitnessFolder(witness.folder)  # nothing is held in memory alone
        assert again.seen(LOG.name) == cosigned
    assert witness.suspects() == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"old 3\n\n", 404),
        (offer(3, 5).encode().replace(b"old 3", b"old 03"), 400),
        (offer(3, 5).encode().replace(b"old 3", b"new 3"), 400),
        (replace(offer(3, 5), old=6, proof=()).encode(), 400),
        (replace(offer(3, 5), proof=(bytes(32),) * 64).encode(), 400),
        (Request(0, (), head(5, key=OTHER).note).encode(), 404),
        (Request(3, (), head(5).note[:-6] + b"AAAA=\n").encode(), 403),
        (replace(offer(3, 5), proof=()).encode(), 422),
        (replace(offer(3, 5), proof=offer(3, 5).proof[::-1]).encode(), 422),
        (replace(offer(3, 3), proof=(bytes(32),)).encode(), 422),
        (b"x" * 70_000, 413),
    ],
)
def test_it_refuses_as_the_specification_says(
    post: Post, witness: WitnessFolder, body: bytes, status: int
) -> None:
    assert post(offer(0, 3).encode())[0] == 200
    assert post(body)[0] == status
    seen = witness.seen(LOG.name)
    assert seen is not None
    assert seen.size == 3


def test_another_old_size_is_told_the_one_it_has(post: Post) -> None:
    assert post(offer(3, 5).encode()) == (409, "text/x.tlog.size", b"0\n")
    assert post(offer(0, 5).encode())[0] == 200
    for request in (offer(0, 5), offer(4, 6), offer(0, 3), offer(3, 4)):
        assert post(request.encode()) == (409, "text/x.tlog.size", b"5\n")


@pytest.mark.parametrize(("size", "status"), [(5, 409), (9, 422)])
def test_a_split_view_is_refused_and_both_sides_of_it_kept(
    post: Post, witness: WitnessFolder, size: int, status: int
) -> None:
    assert post(offer(0, 5).encode())[0] == 200
    for _ in range(2):
        assert post(offer(5, size, FORKED).encode())[0] == status
    (kept,) = witness.suspects()
    first, second = kept.read_bytes().split(b"\n\n" + LOG.name.encode())[0], head(size, FORKED).note
    assert kept.read_bytes().endswith(second)
    assert first.startswith(head(5).text.rstrip("\n").encode())
    assert call(witness, "GET", "/")[2].endswith(b"did not continue the one before: 1\n")


def test_what_it_saw_is_there_for_anyone_to_compare(post: Post, witness: WitnessFolder) -> None:
    assert b"nothing seen yet" in call(witness, "GET", "/")[2]
    post(offer(0, 5).encode())
    line = call(witness, "GET", "/")[2].decode().splitlines()[1]
    assert line.startswith(f"ledger {LOG.name}: 5 entries, /seen/")
    status, _, note = call(witness, "GET", line.rpartition(" ")[2])
    assert status == 200
    assert open_checkpoint(note, [LOG.verifier]).size == 5
    assert call(witness, "GET", "/seen/0")[0] == 404
    assert call(witness, "DELETE", "/")[0] == call(witness, "GET", "/add-checkpoint")[0] == 405


def test_its_clock_may_step_back_but_its_word_does_not(witness: WitnessFolder) -> None:
    witness.add_checkpoint(offer(0, 5).encode(), NOON)
    witness.add_checkpoint(offer(5, 6).encode(), NOON - dt.timedelta(days=1))
    seen = witness.seen(LOG.name)
    assert seen is not None
    assert cosigned_at(seen, witness.key) == NOON


def test_a_record_of_its_own_that_was_changed_is_not_used(post: Post, witness: WitnessFolder) -> None:
    post(offer(0, 5).encode())
    (kept,) = (witness.folder / "seen").iterdir()
    kept.write_bytes(head(4).note)
    assert post(offer(4, 6).encode())[0] == 500
    with pytest.raises(VerificationError, match="not the checkpoint this witness kept"):
        witness.seen(LOG.name)


def test_a_folder_that_is_no_witness_is_refused(tmp_path: Path, witness: WitnessFolder) -> None:
    for folder, says in ((tmp_path / "none", "is not a witness's folder"),):
        with pytest.raises(BadInput, match=says):
            WitnessFolder(folder)
    with pytest.raises(BadInput, match="not empty"):
        make_witness(witness.folder, "a", bytes(32))
    with pytest.raises(BadInput, match="has a space"):
        make_witness(tmp_path / "new", "a name", bytes(32))
    with pytest.raises(BadInput, match="is a witness's"):
        know_ledger(witness.folder, witness.key.text)
    assert (witness.folder / "witness.key").stat().st_mode & 0o077 == 0
