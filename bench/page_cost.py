"""`python -m bench.page_cost [--pages N]`: what reading a page costs, beside one pass of the fastest engine over it.

Each document is drawn beforehand; one fresh process then reads them one after another, as a reader of the queue does. The
pass is Tesseract's over the page as it came. Memory is that process's peak.
"""

import argparse
import multiprocessing
import resource
import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

from bench.reading_trial import LEVELS, trials
from bench.sheet import Sheet, target, times
from trustact.intake import ocr
from trustact.intake.document import read_document
from trustact.intake.form import read_forms
from trustact.intake.opener import open_document
from trustact.shelves import shelf
from trustact.specimens import one

FORMS = ("i-247a", "i-200", "i-205", "ao-442", "i-247g")
TWICE, MEMORY = 2.0, 600
"""At most so many times one pass; at most so many MiB."""


class Cost(NamedTuple):
    """One document of one page: seconds to read it and for one pass, and the peak so far in MiB."""

    level: str
    print_id: str
    read: float
    one_pass: float
    peak: int


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.page_cost", description=__doc__)
    parser.add_argument("--pages", type=int, default=60, metavar="N")
    pages = parser.parse_args().pages
    drawn = [
        (trial.level, trial.print_id, one(trial.form, trial.seed, trial.print_id, trial.level).data)  # type: ignore[arg-type]
        for trial in trials(range(300, 300 + pages // len(FORMS) // len(LEVELS) + 1), FORMS, LEVELS)
    ][:pages]
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as reader:
        costs = reader.submit(costs_of, drawn).result()
    for sheet in sheets(costs):
        print(sheet.markdown())


def costs_of(drawn: Sequence[tuple[str, str, bytes]]) -> list[Cost]:
    """What each document costs; the first is read once before, for what is loaded once a process."""
    forms = read_forms(shelf("forms"))
    read_document(drawn[0][2], forms=forms)
    costs = []
    for level, print_id, data in drawn:
        begun = time.perf_counter()
        read_document(data, forms=forms)
        read = time.perf_counter() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        raster = open_document(data).pages[0].raster
        begun = time.perf_counter()
        ocr.read_page(raster)
        costs.append(Cost(level, print_id, read, time.perf_counter() - begun, peak))
    return costs


def sheets(costs: Sequence[Cost]) -> list[Sheet]:
    """The table by level, and the two targets, for prints on the shelf."""
    known = [cost for cost in costs if cost.print_id != "D"]
    groups = [(level, [cost for cost in known if cost.level == level]) for level in LEVELS]
    groups += [("known prints", known), ("print D", [cost for cost in costs if cost.print_id == "D"])]
    rows = [_row(name, group) for name, group in groups if group]
    ratio = sum(cost.read for cost in known) / sum(cost.one_pass for cost in known)
    peak = max(cost.peak for cost in costs)
    return [
        Sheet(
            "What a page costs",
            (
                "",
                "pages",
                "s a page (median)",
                "one pass",
                "ratio",
                "slowest page",
                "peak MiB",
            ),
            rows,
        ),
        Sheet(
            "Targets",
            ("target", "measured", ""),
            [
                target(
                    "a page in at most 2x one pass of the fastest engine", times(ratio), holds=ratio <= TWICE
                ),
                target("600 MiB a process", f"{peak} MiB", holds=peak <= MEMORY),
            ],
        ),
    ]


def _row(name: str, group: Sequence[Cost]) -> tuple[str, ...]:
    return (
        name,
        str(len(group)),
        f"{statistics.median(cost.read for cost in group):.2f}",
        f"{statistics.median(cost.one_pass for cost in group):.2f}",
        times(sum(cost.read for cost in group) / sum(cost.one_pass for cost in group)),
        f"{max(cost.read for cost in group):.2f}",
        str(max(cost.peak for cost in group)),
    )


if __name__ == "__main__":
    main()
