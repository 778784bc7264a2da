"""Attends one channel: looks again and again, tells what changed, and waits longer while it fails.

Each channel has a thread of its own, so that one that hangs or fails stops no other.
"""

from collections.abc import Callable
from threading import Event
from typing import Protocol

import msgspec
from django.db import Error, connection

from trustact.casework.channel_states import record_state
from trustact.failures import BadInput, OutsideFailed
from trustact.records.office import Office

Say = Callable[[str], None]
"""Tells the technician one line."""

LONGEST_PAUSE = 60.0


class Look(msgspec.Struct, frozen=True):
    """What one look at a channel did: how many deliveries it took in, and what it had to leave, in one line."""

    taken: int = 0
    left: str = ""


class Channel(Protocol):
    """A way documents come in: its name, the seconds between two looks, and the look itself."""

    name: str
    every: float

    def look(self) -> Look:
        """Take in what has come. Raises OSError, OutsideFailed, BadInput or a database Error where it cannot."""
        ...

    def close(self) -> None:
        """Let go of whatever it holds; it may be called from another thread while a look goes on."""
        ...


def attend(office: Office, channel: Channel, stop: Event, say: Say) -> None:
    """Look at a channel until told to stop."""
    failures = 0
    told = ""
    while not stop.is_set():
        taken, wrong = _look(channel)
        if taken:
            say(f"{channel.name}: {taken} received")
        if wrong != told and not stop.is_set():
            say(f"{channel.name}: {wrong or 'works again'}")
            told = wrong
        _keep(office, channel.name, wrong)
        failures = failures + 1 if wrong else 0
        stop.wait(min(LONGEST_PAUSE, channel.every * 2 ** min(failures, 10)) if wrong else channel.every)
    connection.close()


def _look(channel: Channel) -> tuple[int, str]:
    """How many deliveries a look took in, and what is wrong, if anything is."""
    try:
        looked = channel.look()
    except (OutsideFailed, BadInput) as wrong:
        return 0, str(wrong)
    except Error as wrong:
        connection.close()  # a database that was started again wants a new one
        return 0, f"the record cannot be written ({_first_line(wrong)}): nothing is let go of until it can"
    except OSError as wrong:
        return 0, f"{wrong.filename or 'the channel'}: {wrong.strerror or wrong}; trying again"
    except Exception as wrong:  # noqa: BLE001 - a fault in one channel must not end its attendance
        return 0, f"the look failed ({type(wrong).__name__}); trying again"
    return looked.taken, looked.left


def _keep(office: Office, name: str, wrong: str) -> None:
    """Keep the channel's state for the desk; where the record itself fails, the line said must do."""
    try:
        record_state(office, name, well=not wrong, says=wrong)
    except Error:
        connection.close()


def _first_line(wrong: Exception) -> str:
    return str(wrong).strip().partition("\n")[0]
