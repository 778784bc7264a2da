"""The commands: a cold `decide` beside a bare start of Python, `law check` of every law, loading them all."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bench.rounds import Work, alternate
from bench.sheet import Sheet, target, times
from trustact.law.cases import read_cases, run_cases
from trustact.law.check import check
from trustact.law.loading import law_ids, load_law

TRUSTACT = Path(sys.executable).with_name("trustact")
FACTS = b'{"request.form": "i-247a"}'


def started(*, quick: bool) -> tuple[Sheet, list[tuple[str, str, str]]]:
    """The sheet, and how the targets stand."""
    load_all()
    work: dict[str, Work] = {
        "bare Python": (_command([sys.executable, "-c", "pass"]), 1),
        "trustact --version": (_command([TRUSTACT, "--version"]), 1),
        "trustact decide us-ma-boston": (
            _command([TRUSTACT, "decide", "us-ma-boston", "--facts", "-", "--json"]),
            1,
        ),
        LOADED: (load_all, 1),
        CHECKED: (load_and_check, 1),
    }
    taken = alternate(work, 5 if quick else 9)
    taken |= alternate({"trustact law check, z3": (_command([TRUSTACT, "law", "check"]), 1)}, 1)
    bare = taken["bare Python"].each
    rows = [(name, f"{took.each:.3f} s", times(took.each / bare)) for name, took in taken.items()]
    over = taken["trustact decide us-ma-boston"].each - bare
    loaded, proved = taken[CHECKED].each, taken["trustact law check, z3"].each
    return Sheet("Commands", ("what", "median", "x bare Python"), rows), [
        target("load and check all nine laws without z3 under 0.5 s", f"{loaded:.2f} s", holds=loaded < 0.5),
        target("law check of all with z3 under 10 s", f"{proved:.1f} s", holds=proved < 10),
        target("cold decide within 0.25 s of a bare Python start", f"{over:.3f} s over", holds=over <= 0.25),
    ]


LOADED, CHECKED = "load nine laws", "load nine laws, run their worked examples and check them, no z3"


def load_all() -> None:
    """Every law, read and compiled."""
    for law_id in law_ids():
        load_law(law_id)


def _command(words: list[str | Path]) -> Callable[[], object]:
    return lambda: subprocess.run(words, input=FACTS, check=False, capture_output=True)


def load_and_check() -> None:
    """Every law, read, compiled, its worked examples run and its flaws looked for."""
    for law_id in law_ids():
        law = load_law(law_id)
        check(law, run_cases(law, read_cases(law_id)))
