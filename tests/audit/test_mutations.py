"""One random change at a time of a ledger and its vault: the audit tells each that changes meaning.

The short version; `python -m bench.mutations --count 20000` is the whole one.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_change_that_matters_is_told() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.mutations", "--count", "200", "--seed", "2"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    counted = json.loads(done.stdout)
    assert counted["changes"] == 200
    assert counted["told"] > 150
