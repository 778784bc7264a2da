"""`trustact office rotate-key` and `trustact office keys`: the keys of the vault and of the ledger."""

import os
import sys
from pathlib import Path

import click
import msgspec

from trustact.cli.inputs import office_option, person_option
from trustact.failures import BadInput

VARIABLE = "TRUSTACT_KEYS_PASSPHRASE"


@click.command("rotate-key", epilog="Example: trustact office rotate-key --office ./office")
@office_option
@person_option
@click.option(
    "--destroy-retired",
    is_flag=True,
    help="Then overwrite the retired keys: no backup made before opens any more.",
)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def rotate_key(folder: Path, by: str, *, destroy_retired: bool, as_json: bool) -> None:
    """Wrap every record's key by a new vault key, while the desk runs. Stopped midway, run it again."""
    from trustact.cli.opened import existing

    opened = existing(folder)
    from trustact.casework import rotate_key as casework

    done = casework.rotate_key(opened, by, _progress if sys.stderr.isatty() else None)
    destroyed = casework.destroy_retired(opened, by) if destroy_retired else ()
    if as_json:
        click.echo(msgspec.json.encode({**msgspec.to_builtins(done), "destroyed": destroyed}))
        return
    click.echo(
        f"{done.newest} seals now; {done.rewrapped:,} records rewrapped; retired: {', '.join(done.retired)}"
    )
    if destroyed:
        click.echo(f"destroyed: {', '.join(destroyed)}; no backup made under them opens any more")
    else:
        click.echo("export the keys anew; a retired key opens older backups until --destroy-retired")


def _progress(done: int, total: int) -> None:
    click.echo(f"\r{done:,} of {total:,} records", nl=done == total, err=True)


@click.group()
def keys() -> None:
    """Keep the office's keys apart from its record."""


@keys.command(epilog="Example: trustact office keys export --office ./office --out /media/safe/office.keys")
@office_option
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to make."
)
def export(folder: Path, out: Path) -> None:
    """Write every key to one file sealed by a passphrase (asked for, or in TRUSTACT_KEYS_PASSPHRASE)."""
    from trustact.casework.clock import now
    from trustact.records.key_export import export_keys
    from trustact.records.keys import write_secret
    from trustact.records.office import open_office

    opened = open_office(folder, clock=now)
    if out.exists():
        raise BadInput(f"{out} is there already: name another file")
    data = export_keys(opened.every_key(), opened.ledger_key.name, passphrase(confirm=True))
    write_secret(out, data.decode().rstrip("\n"))
    click.echo(
        f"{out}: the keys of {opened.ledger_key.name}; keep it and its passphrase apart from every backup"
    )


def passphrase(*, confirm: bool = False) -> str:
    """The passphrase of a file of keys, from the environment or the person at the keyboard."""
    given = os.environ.get(VARIABLE)
    if given is None and not sys.stdin.isatty():
        raise BadInput(f"no passphrase: set {VARIABLE}, or run this where it can be asked for")
    asked: str = (
        click.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm) if given is None else given
    )
    return asked
