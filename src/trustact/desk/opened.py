"""The office this desk works for."""

from functools import cache
from pathlib import Path

from django.conf import settings

from trustact.casework.clock import now
from trustact.records.office import Office, open_office


def office() -> Office:
    """The office of the settings, opened once. Raises OfficeError when there is none."""
    return _opened(settings.OFFICE)


@cache
def _opened(folder: Path) -> Office:
    return open_office(folder, clock=now)
