"""Parquet to Parquet: the law beside reading and writing the same files with no law at all, and memory as rows grow."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from bench.columns import random_frame
from bench.engines import duckdb_case
from bench.engines.trustact_desk import ASKED, LAW
from bench.rounds import Work, alternate
from bench.sheet import Sheet, target, times
from trustact.bulk.on_polars import decide_file
from trustact.bulk.plan import plan

LAWLESS = "read and write, no law"


def file_to_file(*, quick: bool) -> tuple[Sheet, list[tuple[str, str, str]]]:
    """The sheet, and how the targets stand."""
    rows = 1_000_000 if quick else 5_000_000
    with TemporaryDirectory() as kept:
        folder = Path(kept)
        _write(folder / "in.parquet", rows)
        decide_file(folder / "in.parquet", folder / "law.parquet", plan(LAW, ASKED), lambda *_: None)
        taken = alternate(_work(folder, rows), 5 if quick else 7)
        small, large = (_peak(folder, count) for count in (rows // 4, rows * 10 // 4))
    floor = taken[LAWLESS].each
    shown = [(name, times(took.each / floor), f"{1e-6 / took.each:.3g} M") for name, took in taken.items()]
    shown.append((f"memory of a process: {rows // 4:,} rows", f"{small / 1024:,.0f} MiB", ""))
    shown.append((f"memory of a process: {rows * 10 // 4:,} rows", f"{large / 1024:,.0f} MiB", ""))
    ratio = taken["trustact bulk"].each / floor
    targets = [
        target("Parquet to Parquet within 1.4x of no law", times(ratio), holds=ratio <= 1.4),
        target(
            "memory flat as rows grow tenfold",
            f"{times(large / small)} the memory",
            holds=large < 1.25 * small,
        ),
    ]
    note = "No law reads the same columns, lets them go, and writes the same results from memory; zstd in and out, one thread."
    return Sheet(
        f"{rows:,} cases, Parquet to Parquet", ("what", "x no law", "cases a second"), shown, note
    ), targets


def _write(path: Path, rows: int) -> None:
    """A file of cases in row groups of a quarter million, written a piece at a time."""
    pieces = [random_frame(250_000, seed) for seed in range(4)]
    whole = pl.concat([pieces[i % 4].lazy() for i in range(max(1, rows // 250_000))])
    whole.sink_parquet(path, compression="zstd", row_group_size=250_000)


def _work(folder: Path, rows: int) -> dict[str, Work]:
    source, opened = folder / "in.parquet", duckdb_case.connection()
    prepared, results = plan(LAW, ASKED), pl.read_parquet(folder / "law.parquet")

    def by_trustact() -> None:
        decide_file(source, folder / "out.parquet", prepared, lambda *_: None)

    def by_duckdb() -> None:
        query = duckdb_case.query(f"read_parquet('{source}')")
        opened.execute(
            f"COPY ({query}) TO '{folder / 'duck.parquet'}' (FORMAT parquet, COMPRESSION zstd)"
        ).fetchall()

    work: dict[str, Callable[[], None]] = {
        LAWLESS: lambda: _lawless(source, results, folder / "copy.parquet"),
        "trustact bulk": by_trustact,
        "DuckDB CASE": by_duckdb,
    }
    return {name: (run, rows) for name, run in work.items()}


def _lawless(source: Path, results: pl.DataFrame, out: Path) -> None:
    """Reads every column of the cases, and writes results that lie in memory."""
    pl.scan_parquet(source).map_batches(lambda batch: batch.head(0), streamable=True).collect(
        engine="streaming"
    )
    results.lazy().sink_parquet(out, compression="zstd")


def _peak(folder: Path, rows: int) -> int:
    """The most memory, in KiB, that a process of its own needed for a file of so many rows."""
    source = folder / f"{rows}.parquet"
    _write(source, rows)
    done = subprocess.run(
        [sys.executable, "-m", "bench.files", source, folder / "peak.parquet"],
        check=True,
        capture_output=True,
    )
    return int(done.stdout)


def _most_memory() -> int:
    """The most memory this process ever held, in KiB; `getrusage` would count what its parent held at the fork."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    decide_file(Path(sys.argv[1]), Path(sys.argv[2]), plan(LAW, ASKED), lambda *_: None)
    print(_most_memory())
