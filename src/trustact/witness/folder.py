"""A witness's folder: its key, the ledgers it knows, the last checkpoint it saw of each, and what did not fit.

- `witness.key`: the secret key, readable by its owner alone; `witness.vkey`: the public one, to be told to everyone
- `ledgers.txt`: the public keys of the ledgers it knows, one a line
- `seen/`: the last checkpoint of each ledger, with this witness's own line
- `suspect/`: pairs of checkpoints of which the second was not shown to continue the first
"""

import datetime as dt
import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from trustact.failures import BadInput
from trustact.files import write_whole
from trustact.ledger.checkpoint import Checkpoint, open_checkpoint
from trustact.ledger.cosignature import cosign, cosigned_at, with_signatures
from trustact.ledger.errors import VerificationError
from trustact.ledger.note import Signature, SigningKey, Signs, VerifierKey, parse_skey, parse_vkey
from trustact.ledger.witnessing import NotCosigned, examine, parse_request

MOST_SUSPECTS = 1000


class WitnessFolder:
    """A witness's folder, opened. Raises BadInput where it is none, or holds something that cannot be read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self._key = parse_skey((folder / "witness.key").read_text(encoding="ascii").strip())
            self.ledgers = tuple(
                map(parse_vkey, (folder / "ledgers.txt").read_text(encoding="utf-8").split())
            )
        except FileNotFoundError as missing:
            raise BadInput(f"{folder} is not a witness's folder: it has no {missing.filename}") from None
        except (OSError, ValueError) as wrong:
            raise BadInput(f"{folder}: {wrong}") from None
        self._mutex = threading.Lock()

    @property
    def key(self) -> VerifierKey:
        """The witness's public key."""
        return self._key.verifier

    def add_checkpoint(self, body: bytes, now: dt.datetime) -> Signature:
        """Cosign the checkpoint of a request where it continues the last one seen, which it then replaces.

        It is on the disk before this returns. Raises NotCosigned.
        """
        request = parse_request(body)
        with self._alone():
            seen = self.seen(request.origin)
            try:
                offered = examine(request, self.ledgers, seen)
            except NotCosigned as why:
                if why.suspect and seen:
                    self._keep(seen, request.checkpoint)
                raise
            at = max(now, cosigned_at(seen, self.key) or now) if seen else now
            line = cosign(offered, self._key, at)
            write_whole(self._path(offered.origin), with_signatures(offered, (line,)).note)
            return line

    def seen(self, origin: str) -> Checkpoint | None:
        """The last checkpoint seen of a ledger. Raises VerificationError where its file was changed."""
        path = self._path(origin)
        if not path.exists():
            return None
        try:
            kept = open_checkpoint(path.read_bytes(), self.ledgers)
            if kept.origin == origin and cosigned_at(kept, self.key):
                return kept
        except VerificationError as wrong:
            raise VerificationError(f"{path}: {wrong}") from None
        raise VerificationError(f"{path}: not the checkpoint this witness kept")

    def suspects(self) -> list[Path]:
        """The files that each hold two checkpoints, of which the second was not shown to continue the first."""
        return sorted((self.folder / "suspect").glob("*.txt"))

    def _path(self, origin: str) -> Path:
        return self.folder / "seen" / f"{sha256(origin.encode()).hexdigest()[:32]}.checkpoint"

    def _keep(self, seen: Checkpoint, offered: bytes) -> None:
        name = sha256(seen.note + offered).hexdigest()[:32]
        if len(self.suspects()) < MOST_SUSPECTS:
            write_whole(self.folder / "suspect" / f"{name}.txt", seen.note + b"\n" + offered)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else, in this process or another, reads and replaces what was seen."""
        with self._mutex, (self.folder / "lock").open("a", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def make_witness(folder: Path, name: str, seed: bytes) -> WitnessFolder:
    """A new witness in a missing or empty folder; the seed is 32 random bytes. Raises BadInput."""
    try:
        key = SigningKey(name, seed, Signs.COSIGNATURES)
    except ValueError as wrong:
        raise BadInput(f"the name of a witness: {wrong}") from None
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise BadInput(f"{folder} is not empty: name another folder for the witness")
    handle = os.open(folder / "witness.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key.text + "\n")
    write_whole(folder / "witness.vkey", (key.verifier.text + "\n").encode())
    write_whole(folder / "ledgers.txt", b"")
    return WitnessFolder(folder)


def know_ledger(folder: Path, vkey: str) -> VerifierKey:
    """Let a witness know one more ledger, by its public key. Raises BadInput."""
    witness = WitnessFolder(folder)
    try:
        key = parse_vkey(vkey.strip())
    except ValueError as wrong:
        raise BadInput(f"the ledger's public key: {wrong}") from None
    if key.signs is not Signs.NOTES:
        raise BadInput(f"the key of {key.name} is a witness's, not a ledger's")
    known = {ledger.text: None for ledger in (*witness.ledgers, key)}
    write_whole(folder / "ledgers.txt", "".join(f"{text}\n" for text in known).encode())
    return key
