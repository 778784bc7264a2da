"""`trustact office`: open a new office, and give a person a one-time sign-in to its desk."""

from pathlib import Path

import click

from trustact.cli.office_backup import backup, restore
from trustact.cli.office_keys import keys, rotate_key
from trustact.cli.office_retention import hold, retention
from trustact.cli.office_token import token
from trustact.failures import BadInput
from trustact.law.loading import load_law


@click.group()
def office() -> None:
    """Open an office, let people and gateways in, and keep its keys."""


office.add_command(backup)
office.add_command(restore)
office.add_command(rotate_key)
office.add_command(keys)
office.add_command(retention)
office.add_command(hold)
office.add_command(token)


@office.command(
    epilog='Example: trustact office new ./office --agency "Boston Police Department" --law us-ma-boston'
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--agency", required=True, help="The agency's name, as letters and reports print it.")
@click.option("--law", required=True, help="The id of the law it works under.")
def new(folder: Path, agency: str, law: str) -> None:
    """Make a new office in FOLDER: settings, keys, record and an empty public ledger."""
    from trustact.casework.clock import now
    from trustact.records.connection import connect
    from trustact.records.office import Agency, make_office

    load_law(law)
    made = make_office(folder, Agency(agency=agency, law=law), clock=now)
    connect(made)
    click.echo(f"office of {agency} in {folder}; keep {folder}/keys apart from every backup of the record")


@office.command(
    "sign-in", epilog="Example: trustact office sign-in --office ./office --name 'Sgt. R. Okafor'"
)
@click.option(
    "--office", "folder", required=True, type=click.Path(path_type=Path), help="The office's folder."
)
@click.option("--name", required=True, help="Who signs in.")
@click.option(
    "--role", type=click.Choice(["officer", "supervisor", "counsel"]), default="officer", show_default=True
)
def sign_in(folder: Path, name: str, role: str) -> None:
    """Print a one-time code with which a person signs in to the desk within 15 minutes."""
    if not name.strip():
        raise BadInput("--name: say who signs in")
    from trustact.cli.opened import existing

    opened = existing(folder)
    from trustact.desk.signin import VALID_FOR, issue_code, person_named

    click.echo(issue_code(person_named(name.strip(), role), opened.clock(), VALID_FOR))
