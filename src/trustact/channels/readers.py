"""The reading processes: started, watched, started again when they end, and stopped."""

import os
import signal
import subprocess
import sys
from time import monotonic

from trustact.channels.attend import Say
from trustact.records.office import Office

_BRIEF = 10.0
_LONGEST_PAUSE = 30.0
_PATIENCE = 5.0


class Reader:
    """One reading process by its name. It is never given up: one that ends at once is started later and later."""

    def __init__(self, office: Office, name: str) -> None:
        self.name = name
        self._folder = str(office.folder)
        self._process: subprocess.Popen[bytes] | None = None
        self._begun = 0.0
        self._again = 0.0
        self._pause = 0.5

    def watch(self, say: Say) -> None:
        """Start the process where it does not run and its pause is over."""
        now = monotonic()
        if self._process is not None and self._process.poll() is not None:
            self._ended(now, say)
        if self._process is None and now >= self._again:
            self._begun = now
            self._process = self._started()

    def _ended(self, now: float, say: Say) -> None:
        if self._process is None:
            return
        say(f"{self.name}: the reading process {_ending(self._process.returncode)}; it is started again")
        if self._process.stdin:
            self._process.stdin.close()
        self._process = None
        brief = now - self._begun < _BRIEF
        self._pause = min(_LONGEST_PAUSE, self._pause * 2) if brief else 0.5
        self._again = now + self._pause

    def _started(self) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "trustact.records.settings"}
        return subprocess.Popen(  # noqa: S603 - this program's own module
            [sys.executable, "-m", "trustact.channels.reader", self._folder, self.name],
            stdin=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )

    def stop(self) -> None:
        """Ask the process to end, and end it where it does not; its document waits for the next reader."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()


def _ending(code: int) -> str:
    if code == -signal.SIGALRM:
        return "took too long over a document"
    return f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
