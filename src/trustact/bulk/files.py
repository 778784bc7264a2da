"""The files bulk reads and writes: Parquet and CSV, told by their endings; a result appears whole or not at all."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from trustact.failures import BadInput

ENDINGS = (".parquet", ".csv")
LONGEST_HEADING = 1 << 20  # characters

Progress = Callable[[int, int | None], None]
"""Told now and then how many rows are decided, and of how many; None where that is not known beforehand."""


def check_files(source: Path, out: Path) -> None:
    """Refuses files that cannot be read or written: BadInput says which and why."""
    for path in (source, out):
        if path.suffix not in ENDINGS:
            raise BadInput(f"{path}: the name must end in {' or '.join(ENDINGS)}")
        if path.is_dir():
            raise BadInput(f"{path}: this is a folder; name a file in it")
    if not source.is_file():
        raise BadInput(f"{source}: there is no such file")
    if not out.parent.is_dir():
        raise BadInput(f"{out}: there is no folder {out.parent}")
    if out.exists() and out.samefile(source):
        raise BadInput(f"{out}: the results cannot take the place of the cases")
    if source.suffix == ".csv":
        _check_heading(source)


def _check_heading(source: Path) -> None:
    """Refuses a CSV file that names a column twice, which readers rename in silence, or is parted by something else."""
    with source.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        try:
            names = next(csv.reader([lines.readline(LONGEST_HEADING)]), [])
        except csv.Error as wrong:
            raise BadInput(f"{source}: not readable: {wrong}") from None
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise BadInput(f"{source}: two columns are called '{twice[0]}'")
    if len(names) == 1 and {";", "\t"} & set(names[0]):
        raise BadInput(f"{source}: the columns must be parted by commas")


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A place beside a file to write its new content, which takes its name when all is written."""
    part = out.with_name(f".{out.stem}.part{out.suffix}")
    try:
        yield part
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
