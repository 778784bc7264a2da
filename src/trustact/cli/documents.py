"""`trustact read` and `trustact receive`: documents looked at, and documents taken in."""

from pathlib import Path
from typing import Any

import click
import msgspec

from trustact.cli.inputs import read_bytes
from trustact.failures import BadInput
from trustact.law.period import moment
from trustact.records.office import Office


@click.command(epilog="Example: trustact read fax.tif --json")
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def read(file: str, *, as_json: bool) -> None:
    """Recognise and read the document FILE. It proposes and records nothing."""
    from trustact.intake.document import read_document
    from trustact.intake.form import read_forms
    from trustact.intake.opener import OpenError
    from trustact.shelves import shelf

    data = read_bytes(file)
    try:
        found = read_document(data, forms=read_forms(shelf("forms")))
    except OpenError as wrong:
        raise BadInput(f"{file}: {wrong}") from None
    if as_json:
        click.echo(msgspec.json.encode(found))
        return
    click.echo(f"{found.pages} pages; form {found.form or 'not known'} ({found.form_confidence:.0%})")
    for reading in found.readings:
        mark = " " if reading.status == "accepted" else "?"
        click.echo(
            f"{mark} {reading.field:28} {reading.value}  (page {reading.page}, {reading.confidence:.0%})"
        )
    for remark in found.remarks:
        click.echo(f"note: {remark}")


@click.command(epilog="Example: trustact receive fax.tif --office ./office --station D-4 --channel fax")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--office", "folder", required=True, type=click.Path(path_type=Path), help="The office's folder."
)
@click.option("--station", required=True, help="Where it arrived, such as D-4.")
@click.option("--channel", required=True, help="How it arrived, such as fax.")
@click.option("--received-at", metavar="T", help="When it arrived, ISO 8601 with offset; now without.")
@click.option("--no-read", is_flag=True, help="Take in only; read later at the desk.")
@click.option("--json", "as_json", is_flag=True, help="For machines, a line a document.")
def receive(
    files: tuple[str, ...],
    folder: Path,
    station: str,
    channel: str,
    received_at: str | None,
    *,
    no_read: bool,
    as_json: bool,
) -> int:
    """Take documents in: each sealed, hashed and in the ledger before anything reads it.

    A file that cannot be taken is told, and the others are taken all the same.
    """
    from trustact.cli.opened import existing_or_new, person

    office = existing_or_new(folder)
    from trustact.casework.receive import receive as take_in

    at = moment(received_at, office.settings.time_zone) if received_at else None
    arrival: dict[str, Any] = {"station": station, "channel": channel, "received_at": at, "by": person()}
    taken: list[tuple[str, str]] = []
    wrong = 0
    for file in files:
        try:
            receipt = take_in(office, read_bytes(file), filename=Path(file).name, **arrival)
        except BadInput as refused:
            wrong += 1
            line = str(refused).removeprefix(f"{file}: ")
            click.echo(f"trustact: {file}: not received: {line}", err=True)
            continue
        click.echo(msgspec.json.encode(receipt) if as_json else _told(file, receipt))
        if not (no_read or receipt.again):
            taken.append((file, receipt.number))
    return 2 if wrong + _unread(office, taken) else 0


def _unread(office: Office, taken: list[tuple[str, str]]) -> int:
    """Read what was taken, now that all of it is in the ledger; how many could not be read is told, and returned."""
    from trustact.casework.dossier_of import dossier
    from trustact.casework.read import read as read_case

    unread = 0
    for file, number in taken:
        if read_case(office, number, "trustact") is None:
            unread += 1
            reason = dossier(office, number).reading_error
            click.echo(f"trustact: {file}: kept as {number}, but not readable: {reason}", err=True)
    return unread


def _told(file: str, receipt: Any) -> str:
    again = ", the same bytes as before" if receipt.again else ""
    return f"{file}: received as {receipt.number}, ledger entry {receipt.entry}, sha256 {receipt.sha256[:16]}…{again}"
