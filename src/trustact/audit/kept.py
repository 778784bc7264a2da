"""What an auditor keeps: the last checkpoint that verified, by which the next audit notices a changed past."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from trustact.audit.source import Fetch
from trustact.files import write_whole


class Kept:
    """The checkpoints an auditor kept: in the file named, or by origin in a folder."""

    def __init__(self, place: Path, *, is_folder: bool) -> None:
        self._path: Callable[[str], Path] = (
            (lambda origin: place / f"{sha256(origin.encode()).hexdigest()[:32]}.checkpoint")
            if is_folder
            else (lambda _: place)
        )

    def older(self, fetch: Fetch) -> dict[str, bytes]:
        """The checkpoint kept of the ledger whose files are fetched, by the name of its file; none at first."""
        try:
            origin = fetch("checkpoint").partition(b"\n")[0].decode(errors="replace")
            path = self._path(origin)
            return {f"the checkpoint kept in {path}": path.read_bytes()}
        except FileNotFoundError:
            return {}

    def keep(self, note: bytes) -> None:
        """Keep a checkpoint that verified, in place of the one before."""
        write_whole(self._path(note.partition(b"\n")[0].decode()), note)
