"""`python -m bench [--quick] [--only PART...] [--out FILE]`: agreement first, then every measurement, kept in `results/`.

`python -m bench reading` measures the reader instead, and needs none of the law engine's peers.
"""

import argparse
import datetime as dt
import os
import platform
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

# One thread, set before any engine is imported.
os.environ |= dict.fromkeys(("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

from bench.sheet import Sheet

Part = Callable[[bool], tuple[list[Sheet], list[tuple[str, str, str]]]]
"""What a part of the bench measures, in a short run or not: its sheets, and how its targets stand."""

PACKAGES = ("trustact", "zen-engine", "regopy", "cedarpy", "common-expression-language", "openfisca-core", "duckdb", "polars", "pyarrow", "numpy", "z3-solver")  # fmt: skip


def main() -> None:
    if sys.argv[1:2] == ["reading"]:
        from bench import reading

        reading.main(sys.argv[2:])
    else:
        _law_engine()


def _law_engine() -> None:
    from bench import agreement, commands, files, latency, throughput

    parts: dict[str, Part] = {
        "agreement": lambda quick: (
            [agreement.yardstick(quick=quick), agreement.boston_by_hand(quick=quick)],
            [],
        ),
        "latency": lambda quick: latency.one_case(quick=quick),
        "throughput": _one_sheet(throughput.in_memory),
        "files": _one_sheet(files.file_to_file),
        "commands": _one_sheet(commands.started),
    }
    asked = _asked(list(parts))
    sheets, targets = list[Sheet](), list[tuple[str, str, str]]()
    for part in asked.only:
        more, held = parts[part](asked.quick)
        sheets += more
        targets += held
    report = _report(sheets, targets, quick=asked.quick)
    print(report)
    asked.out.parent.mkdir(exist_ok=True)
    asked.out.write_text(report, encoding="utf-8")


def _one_sheet(measure: Callable[..., tuple[Sheet, list[tuple[str, str, str]]]]) -> Part:
    def measured(quick: bool) -> tuple[list[Sheet], list[tuple[str, str, str]]]:
        sheet, targets = measure(quick=quick)
        return [sheet], targets

    return measured


def _asked(parts: list[str]) -> argparse.Namespace:
    today = dt.datetime.now(dt.UTC).date()  # noqa: TID251  # a result is named by its day
    kept = Path(__file__).parent / "results" / f"{today}.md"
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="fewer cells, rounds and rows: about a minute and a half"
    )
    parser.add_argument(
        "--only",
        nargs="+",
        choices=parts,
        default=parts,
        metavar="PART",
        help=f"only these: {', '.join(parts)}",
    )
    parser.add_argument("--out", type=Path, default=kept, help="where the report is kept")
    return parser.parse_args()


def _report(sheets: list[Sheet], targets: list[tuple[str, str, str]], *, quick: bool) -> str:
    first = [
        f"# The law engine beside its peers{' (short run)' if quick else ''}",
        "",
        f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, "
        + ", ".join(f"{name} {version(name)}" for name in PACKAGES),
        "",
        "Ratios of medians from one run, rounds alternating; they travel between computers, times do not.",
        "One author wrote every version of the policy; users of a peer are invited to better theirs.",
        "",
    ]
    summary = Sheet("Targets", ("target", "measured", ""), list(targets))
    return "\n".join([*first, *(sheet.markdown() for sheet in (summary, *sheets))])


if __name__ == "__main__":
    main()
