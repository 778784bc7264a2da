"""Turns to write: who waits longest is woken first.

SQLite's own waiting asks again at longer and longer intervals, up to 100 ms, and loses to whoever writes without a pause:
with five writers one receipt in a hundred took a second. A lock of the kernel on a file beside the database wakes who
waits longest (bench/results/2026-11-28-receipt.md); it ends with its process, whatever that dies of. SQLite's own lock is
taken all the same: the turn decides who asks for it, not who may write.
"""

import fcntl
import os
from threading import Event, Lock, Thread

from django.db import OperationalError

from trustact.records.sqlite import PATIENCE


class Turn:
    """A turn to write, from when it is made until it is over. Raises OperationalError after `PATIENCE`.

    Where no file can be made or locked there are no turns, and who writes next is left to SQLite.
    """

    def __init__(self, path: str) -> None:
        self._file: int | None = None
        self._ending = Lock()
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._wait()
        except OSError:
            self.over()

    def _wait(self) -> None:
        """The kernel's waiting has no end of its own, so a thread waits, and may be left to it."""
        came, left = Event(), Event()
        waiting = Thread(target=self._locked, args=(came, left), daemon=True)
        in_time = False
        try:
            waiting.start()
            in_time = came.wait(PATIENCE)
        finally:  # of an interruption too: nobody would end the turn that comes later
            if not in_time:
                left.set()
                if came.is_set() or not waiting.is_alive():
                    self.over()
        if not in_time:
            raise OperationalError("database is locked: another process writes for too long")

    def _locked(self, came: Event, left: Event) -> None:
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_EX)
        came.set()
        if left.is_set():
            self.over()

    def over(self) -> None:
        """Let the next one write."""
        with self._ending:
            file, self._file = self._file, None
        if file is not None:
            os.close(file)
