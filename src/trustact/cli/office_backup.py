"""`trustact office backup` and `trustact office restore`."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from trustact.cli.inputs import checkpoint_at, office_option, person_option, read_bytes
from trustact.cli.office_keys import passphrase

if TYPE_CHECKING:
    from trustact.records.key_export import Keys

_EVERY_TABLE = "trustact.desk.settings"


@click.command(
    epilog="Example: trustact office backup --office ./office --out /backups/office-2026-03-01.tar"
)
@office_option
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to make."
)
@person_option
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def backup(folder: Path, out: Path, by: str, *, as_json: bool) -> None:
    """Back an office up into one file while it is worked in. Its keys are not in it: see trustact office keys export."""
    os.environ["DJANGO_SETTINGS_MODULE"] = _EVERY_TABLE
    from trustact.cli.opened import existing

    opened = existing(folder)
    from trustact.casework.backup import backup as casework

    made = casework(opened, out, by)
    click.echo(
        msgspec.json.encode({**msgspec.to_builtins(made), "out": str(out)})
        if as_json
        else f"{out}: {made.ledger}, {made.entries} entries or more, {len(made.files)} files; no keys"
    )


@click.command(
    epilog="Example: trustact office restore /backups/office-2026-03-01.tar --to ./office --keys /media/safe/office.keys"
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--to", "folder", required=True, type=click.Path(path_type=Path, file_okay=False), help="A new folder."
)
@click.option(
    "--keys",
    "keys_file",
    required=True,
    metavar="FILE",
    help="The keys, as trustact office keys export wrote them.",
)
@click.option(
    "--older",
    multiple=True,
    metavar="FILE_OR_URL",
    help="A checkpoint kept, or a witness's: the backup must have it.",
)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def restore(file: Path, folder: Path, keys_file: str, older: tuple[str, ...], *, as_json: bool) -> int:
    """Restore the backup FILE into a new folder (and TRUSTACT_DATABASE_URL, which must hold no office), and audit it."""
    notes = {f"the checkpoint from {place}": checkpoint_at(place) for place in older}
    keys = _keys(keys_file)
    os.environ["DJANGO_SETTINGS_MODULE"] = _EVERY_TABLE
    os.environ["TRUSTACT_OFFICE"] = str(folder)
    import django

    django.setup()
    from trustact.casework.backup import restore as casework
    from trustact.casework.backup import verify
    from trustact.casework.clock import now
    from trustact.ledger.errors import VerificationError

    office = casework(file, folder, keys, now)
    try:
        done = verify(office, notes)
    except VerificationError as wrong:
        click.echo(
            msgspec.json.encode({"verified": False, "reason": str(wrong)})
            if as_json
            else f"restored in {folder}, but NOT VERIFIED: {wrong}\n"
            "take nothing in there: look for a newer backup, or ask who kept that checkpoint"
        )
        return 1
    if as_json:
        click.echo(msgspec.json.encode({"verified": True, **msgspec.to_builtins(done)}))
        return 0
    click.echo(f"restored in {folder} and VERIFIED: {done.ledger}, {done.entries} entries")
    click.echo(f"every decision replayed to the same bytes: {done.replayed}")
    click.echo("".join(f"note: {note}\n" for note in done.notes), nl=False)
    if not older:
        click.echo(
            "note: what was entered after this backup is not in it; --older with a kept checkpoint would tell"
        )
    return 0


def _keys(file: str) -> "Keys":
    from trustact.records.key_export import import_keys

    data = read_bytes(file)
    return import_keys(data, passphrase())[1]
