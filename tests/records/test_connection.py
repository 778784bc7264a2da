"""Several processes that begin together find the tables made, whoever made them."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import BOSTON, Clock
from trustact.records.office import make_office

OPEN = "import sys, pathlib; from trustact.cli.opened import existing; existing(pathlib.Path(sys.argv[1]))"


def test_processes_that_begin_together_all_begin(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TRUSTACT_DATABASE_URL", raising=False)
    office = make_office(tmp_path / "office", BOSTON, clock=clock)
    command = [sys.executable, "-c", OPEN, str(office.folder)]
    begun = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    assert [each.communicate()[1] for each in begun] == [""] * 4
