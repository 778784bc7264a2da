"""Opens the office a command works in, and names the person at the keyboard."""

import getpass
from pathlib import Path

import click

from trustact.casework.clock import now
from trustact.records.connection import connect
from trustact.records.office import Office, agency_of, make_office, open_office

DEFAULT_LAW = "us-ma-boston"


def existing(folder: Path) -> Office:
    """The office in a folder, connected to its database. Raises OfficeError when there is none."""
    office = open_office(folder, clock=now)
    connect(office)
    return office


def existing_or_new(folder: Path) -> Office:
    """The office in a folder; a new one, said aloud, where the folder is missing or empty."""
    if (folder / "office.yaml").exists():
        return existing(folder)
    agency = agency_of(DEFAULT_LAW)
    office = make_office(folder, agency, clock=now)
    click.echo(
        f"new office in {folder}: {agency.agency}, law {agency.law}; change office.yaml to yours", err=True
    )
    connect(office)
    return office


def person() -> str:
    """The name under which this person signed in to the computer."""
    return getpass.getuser()
