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

    def wait(self, stop: Event) -> None:
        """Until the next look is due, or `stop` is set; called after a look that did not fail. Never raises."""
        ...

    def close(self) -> None:
        """Let go of whatever it holds; it may be called from another thread while a look or a wait goes on."""
        ...


def attend(office: Office, channel: Channel, stop: Event, say: Say) -> None:
    """Look at a channel until told to stop."""
    failures = 0
    told = ""
    while not stop.is_set():
        looked, failed = _look(channel)
        if looked.taken:
            say(f"{channel.name}: {looked.taken} received")
        if looked.left != told and not stop.is_set():
            say(f"{channel.name}: {looked.left or 'works again'}")
            told = looked.left
        _keep(office, channel.name, looked.left)
        failures = failures + 1 if failed else 0
        if failed:
            stop.wait(min(LONGEST_PAUSE, channel.every * 2 ** min(failures, 10)))
        else:
            channel.wait(stop)
    connection.close()


def _look(channel: Channel) -> tuple[Look, bool]:
    """What a look did or what is wrong, and whether it failed."""
    try:
        return channel.look(), False
    except (OutsideFailed, BadInput) as wrong:
        says = str(wrong)
    except Error as wrong:
        connection.close()  # a database that was started again wants a new one
        says = f"the record cannot be written ({_first_line(wrong)}): nothing is let go of until it can"
    except OSError as wrong:
        says = f"{wrong.filename or 'the channel'}: {wrong.strerror or wrong}; trying again"
    except Exception as wrong:  # noqa: BLE001 - a fault in one channel must not end its attendance
        says = f"the look failed ({type(wrong).__name__}); trying again"
    return Look(left=says), True


def _keep(office: Office, name: str, wrong: str) -> None:
    """Keep the channel's state for the desk; where the record itself fails, the line said must do."""
    try:
        record_state(office, name, well=not wrong, says=wrong)
    except Error:
        connection.close()


def _first_line(wrong: Exception) -> str:
    return str(wrong).strip().partition("\n")[0]
