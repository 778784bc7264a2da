"""A reading process: reads the waiting documents one after the other. Started by `readers` only.

python -m trustact.channels.reader OFFICE NAME, ending when its standard input ends
"""

import os
import signal
import sys
import threading
import time
from pathlib import Path

from trustact.casework.clock import now
from trustact.failures import BadInput, OutsideFailed
from trustact.records.connection import connect, only_reader
from trustact.records.office import open_office

LONGEST = 600
"""Seconds one document may take. The kernel then ends the process, and the try is counted."""

IDLE = 0.5
_LAST_WORDS = 5.0


def main() -> None:
    """Read until told to stop."""
    office = open_office(Path(sys.argv[1]), clock=now)
    os.nice(5)  # receipts and the desk come first
    connect(office)
    from trustact.casework.reading_queue import read_next

    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with only_reader(office, sys.argv[2]):
        threading.Thread(target=_until_orphaned, daemon=True).start()
        while True:
            signal.alarm(LONGEST)
            number = read_next(office, sys.argv[2])
            signal.alarm(0)
            if number is None:
                time.sleep(IDLE)


def _stop(*_: object) -> None:
    raise SystemExit(0)


def _until_orphaned() -> None:
    """When whoever started this process is gone, nobody would restart it: it ends too."""
    while os.read(0, 1):  # not by sys.stdin, whose lock a thread must not hold when the program ends
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_LAST_WORDS)
    os._exit(0)


if __name__ == "__main__":
    try:
        main()
    except (OutsideFailed, BadInput) as wrong:
        sys.exit(f"trustact: {wrong}")
