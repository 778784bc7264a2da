"""Looks for bytes in files, as a process of its own: `python -I -B -m trustact.records.looking FILE... < needles > found`.

Needles come and go in hexadecimal, one a line. SQLite holds its database by locks that a process loses as soon as it
closes any handle of that file; then another process may delete the write-ahead log under it, and what it writes next is
lost. So nobody who has the database open may open its file (sqlite.org/howtocorrupt.html, section 2.2).
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

PIECE = 1 << 22
OVERLAP = 1024


def found_in(paths: Sequence[Path], needles: Sequence[bytes]) -> set[bytes]:
    """Which of these bytes lie in the files, those of them that are there; OSError where one cannot be read."""
    done = subprocess.run(  # noqa: S603 (this program itself)
        [sys.executable, "-I", "-B", "-m", "trustact.records.looking", *map(str, paths)],
        input="\n".join(needle.hex() for needle in needles),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise OSError(done.stderr.strip().rpartition("\n")[2] or f"the search ended with {done.returncode}")
    return set(map(bytes.fromhex, done.stdout.split()))


def among(needles: Sequence[bytes], pieces: Iterable[bytes]) -> set[bytes]:
    """Which of these bytes lie in a piece."""
    return {needle for piece in pieces for needle in needles if needle in piece}


def _overlapping(path: Path) -> Iterator[bytes]:
    """A file in pieces that overlap, so that nothing short is cut in two."""
    with path.open("rb") as file:
        before = b""
        while piece := file.read(PIECE):
            yield before + piece
            before = piece[-OVERLAP:]


def _main() -> None:
    needles = [bytes.fromhex(line) for line in sys.stdin]
    paths = [path for path in map(Path, sys.argv[1:]) if path.exists()]
    found = among(needles, (piece for path in paths for piece in _overlapping(path)))
    sys.stdout.write("\n".join(needle.hex() for needle in found))


if __name__ == "__main__":
    _main()
