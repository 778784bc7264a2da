"""`trustact witness`: keep an eye on a ledger from elsewhere, and cosign its checkpoints."""

import os
import secrets
from pathlib import Path

import click

from trustact.failures import BadInput

FOLDER = click.argument("folder", type=click.Path(path_type=Path))


@click.group()
def witness() -> None:
    """Watch a ledger from elsewhere: keep the last checkpoint seen, cosign only what continues it."""


@witness.command(epilog="Example: trustact witness new ./witness --name clerk.example.gov/witness")
@FOLDER
@click.option(
    "--name", required=True, help="The witness's name, as cosignatures bear it: an address or the like."
)
def new(folder: Path, name: str) -> None:
    """Make a new witness in FOLDER, and print its public key."""
    from trustact.witness.folder import make_witness

    click.echo(make_witness(folder, name, secrets.token_bytes(32)).key.text)


@witness.command(epilog="Example: trustact witness know ./witness 'boston-police.trustact/1f+9c+AX…'")
@FOLDER
@click.argument("key")
def know(folder: Path, key: str) -> None:
    """Let the witness in FOLDER know one more ledger, by its public KEY."""
    from trustact.witness.folder import know_ledger

    click.echo(f"knows {know_ledger(folder, key).name}")


@witness.command(epilog="Example: trustact witness show ./witness")
@FOLDER
def show(folder: Path) -> int:
    """What the witness in FOLDER saw last; exit code 1 where a checkpoint did not continue the one before."""
    from trustact.witness.folder import WitnessFolder

    opened = WitnessFolder(folder)
    click.echo(f"witness {opened.key.text}")
    for ledger in opened.ledgers:
        seen = opened.seen(ledger.name)
        said = f"{seen.size} entries, root {seen.root.hex()}" if seen else "nothing seen yet"
        click.echo(f"ledger {ledger.name}: {said}")
    for path in opened.suspects():
        click.echo(f"SPLIT VIEW? {path}: the second checkpoint was not shown to continue the first")
    return 1 if opened.suspects() else 0


@witness.command(epilog="Example: trustact witness serve ./witness --port 8400")
@FOLDER
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8400, show_default=True, type=click.IntRange(1, 65535))
def serve(folder: Path, host: str, port: int) -> None:
    """Answer add-checkpoint for the witness in FOLDER until stopped. Put TLS in front of it."""
    from granian import Granian
    from granian.constants import Interfaces

    from trustact.cli.serve import demand_free
    from trustact.witness.folder import WitnessFolder

    opened = WitnessFolder(folder)
    if not opened.ledgers:
        raise BadInput(f"{folder} knows no ledger yet: trustact witness know {folder} KEY")
    demand_free(host, port)
    os.environ["TRUSTACT_WITNESS"] = str(folder.resolve())
    click.echo(f"witness {opened.key.name}: http://{host}:{port}/  (stop with Ctrl-C)")
    Granian(
        "trustact.cli.witness_wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_enabled=False,
    ).serve()
