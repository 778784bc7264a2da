"""SIGKILL at random moments under eight writers and a publisher, on both databases: nothing acknowledged is lost.

The short version; `python -m bench.kills --kills 2000` is the whole one.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from bench.cluster import available

from tests.needs import missing

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_nothing_acknowledged_is_lost(database: str) -> None:
    if database == "postgresql" and not available():
        missing("no PostgreSQL programs (initdb, pg_ctl) with which to make a server to be killed")
    done = subprocess.run(
        [sys.executable, "-m", "bench.kills", "--database", database, "--kills", "8"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    counted = json.loads(done.stdout)
    assert counted["kills"] == 8
    assert counted["entries"] >= counted["acknowledged"] > 8
    assert database == "sqlite" or counted["whole servers killed"] == 1
