"""An office whose intake really runs: the program itself, its channels, its reading processes."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.channels.imap_server import ImapServer
from tests.conftest import BOSTON
from tests.needs import PATIENCE, missing
from trustact.casework.clock import now
from trustact.records.office import Office, make_office, open_office


def configured(office: Office, **intake: Any) -> Office:
    """The same office with these channels in its settings file."""
    path = office.folder / "office.yaml"
    kept = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("intake:")]
    path.write_text("\n".join([*kept, f"intake: {msgspec.json.encode(intake).decode()}", ""]), "utf-8")
    return open_office(office.folder, clock=office.clock)


@pytest.fixture
def live_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office on SQLite with the real clock, for programs that run beside the test."""
    from django.db import connections

    from trustact.records.connection import connect

    monkeypatch.delenv("TRUSTACT_DATABASE_URL", raising=False)
    made = make_office(tmp_path / "office", BOSTON, clock=now)
    connect(made)
    yield made
    connections.close_all()


class Intake:
    """`trustact intake run` as a process, which can be killed and started again."""

    def __init__(self, office: Office) -> None:
        self.folder = office.folder
        self.said: list[str] = []
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "trustact.cli", "intake", "run", "--office", str(self.folder)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "trustact.records.settings"},
        )

    def end(self, by: signal.Signals = signal.SIGTERM) -> str:
        """Everything it said, once it has ended."""
        if self._process is None:
            return ""
        self._process.send_signal(by)
        said, _ = self._process.communicate(timeout=PATIENCE)
        self._process = None
        return said


@pytest.fixture
def intake(live_office: Office) -> Iterator[Intake]:
    """The intake of the live office; not started yet."""
    running = Intake(live_office)
    yield running
    running.end(signal.SIGKILL)


@pytest.fixture(scope="session")
def imap() -> Iterator[ImapServer]:
    """A real IMAP server; skips, saying so, where Dovecot is not installed."""
    if shutil.which("dovecot") is None:
        missing("no Dovecot: apt-get install dovecot-imapd")
    server = ImapServer()
    yield server
    server.close()
