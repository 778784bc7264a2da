"""`python -m bench reading`: specimens read as documents arrive and laid beside the truth; tables, kept under `results/`.

Seeds below 2000 are for tuning; those from 100000 on are held back: their errors are counted, never shown. A run
that was stopped goes on where it was, as long as reader, specimens and shelf are the same.
"""

import argparse
import datetime as dt
import multiprocessing
import os
import platform
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import islice
from pathlib import Path

import msgspec

from bench.reading_score import HELD_BACK, sheets
from bench.reading_trial import LEVELS, PACKETS, Outcome, Trial, digest, run, trials
from trustact.intake import ocr
from trustact.specimens import templates

RESULTS = Path(__file__).parent / "results"
FORMS = [*templates(), *PACKETS]
TUNING = 2000
"""Seeds below this one are for tuning."""
QUICK_SECONDS = 180


def main(words: Sequence[str]) -> None:
    asked = _asked(words)
    wanted = list(trials(asked.seeds, asked.forms, asked.levels, once=asked.once))
    kept = RESULTS / f"reading-{asked.seeds[0]}-{asked.seeds[-1]}.jsonl"
    known = _known(kept)
    begun = time.monotonic()
    left = [trial for trial in wanted if trial not in known]
    seconds = asked.seconds or (QUICK_SECONDS if asked.quick else float("inf"))
    with kept.open("a", encoding="utf-8") as file:
        for count, outcome in enumerate(_run(left, asked.processes, begun + seconds), 1):
            known[outcome.trial] = outcome
            file.write(msgspec.json.encode(outcome).decode() + "\n")
            file.flush()
            print(f"\r{count} of {len(left)} read", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    outcomes = [known[trial] for trial in wanted if trial in known]
    report = _report(outcomes, len(wanted), asked.processes)
    print(report)
    asked.out.write_text(report, encoding="utf-8")


def _run(left: Sequence[Trial], processes: int, until: float) -> Iterator[Outcome]:
    """The outcomes as they come; none is begun after `until`."""
    waiting = iter(left)
    # Spawned, not forked: an OCR engine does not survive a fork.
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        going: set[Future[Outcome]] = {pool.submit(run, trial) for trial in islice(waiting, processes + 1)}
        while going:
            done, going = wait(going, return_when=FIRST_COMPLETED)
            for each in done:
                yield each.result()
            if time.monotonic() < until:
                going |= {pool.submit(run, trial) for trial in islice(waiting, len(done))}


def _known(kept: Path) -> dict[Trial, Outcome]:
    """The outcomes of an earlier run of the same code; those of another are thrown away."""
    same = digest()
    lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
    if not lines or lines[0] != same:
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(same + "\n", encoding="utf-8")
        return {}
    outcomes = [msgspec.json.decode(line, type=Outcome) for line in lines[1:]]
    return {outcome.trial: outcome for outcome in outcomes}


def _asked(words: Sequence[str]) -> argparse.Namespace:
    today = dt.datetime.now(dt.UTC).date()  # noqa: TID251  # a result is named by its day
    parser = argparse.ArgumentParser(prog="python -m bench reading", description=__doc__)
    parser.add_argument("--seeds", type=_seeds, default=range(2), metavar="A..B", help="first and last seed, 0..1 without")  # fmt: skip
    parser.add_argument("--forms", nargs="+", choices=FORMS, default=FORMS, metavar="FORM", help=", ".join(FORMS))  # fmt: skip
    parser.add_argument("--levels", nargs="+", choices=LEVELS, default=list(LEVELS), metavar="LEVEL", help=", ".join(LEVELS))  # fmt: skip
    parser.add_argument("--once", action="store_true", help="every form at one level a person: more persons")
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)), help="the cores there are, without")  # fmt: skip
    parser.add_argument("--quick", action="store_true", help=f"begin nothing after {QUICK_SECONDS} seconds")
    parser.add_argument("--seconds", type=int, default=0, help="begin nothing after so many")
    parser.add_argument("--out", type=Path, default=RESULTS / f"reading-{today}.md", help="where the report is kept")  # fmt: skip
    return parser.parse_args(words)


def _seeds(text: str) -> range:
    """`A..B`, both ends in; all for tuning, or all held back."""
    first, _, last = text.partition("..")
    seeds = range(int(first), int(last or first) + 1)
    if not seeds or not (seeds[-1] < TUNING or seeds[0] >= HELD_BACK):
        raise argparse.ArgumentTypeError(f"seeds run upwards, within 0..{TUNING - 1} or from {HELD_BACK} on")
    return seeds


def _report(outcomes: Sequence[Outcome], wanted: int, processes: int) -> str:
    seeds = sorted({outcome.trial.seed for outcome in outcomes})
    engines = ", ".join(f"{name} {version}" for name, version in ocr.readers().items())
    first = [
        f"# The reader beside the truth{'' if len(outcomes) == wanted else f' ({len(outcomes)} of {wanted} documents)'}",
        "",
        f"{platform.machine()}, {processes} processes on {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, {engines}; seeds {seeds[0]} to {seeds[-1]}, {'held back' if seeds[0] >= HELD_BACK else 'for tuning'}; code {digest()}",
        "",
        "Specimens have invented people and layouts of our own where no print of a form is to hand; they are not the real world's faxes.",
        "A field is wrong if a letter or digit differs (case, spaces, punctuation and accents aside); lost accents are counted apart.",
        "",
    ]
    return "\n".join([*first, *(sheet.markdown() for sheet in sheets(outcomes))])


if __name__ == "__main__":
    main(sys.argv[1:])
