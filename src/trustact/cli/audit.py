"""`trustact audit`: verify the ledger from its public files alone; with the office, replay every decision."""

from pathlib import Path

import click
import msgspec

from trustact.cli.inputs import read_bytes
from trustact.ledger.errors import VerificationError
from trustact.ledger.note import parse_vkey


@click.command(
    epilog="Example: trustact audit ./office/public   or   trustact audit https://records.example.gov/trustact"
)
@click.argument("path_or_url")
@click.option("--key", help="The ledger's public key as you know it; without, the one published beside it.")
@click.option(
    "--older", metavar="FILE", help="A checkpoint kept from an earlier audit: the ledger must continue it."
)
@click.option(
    "--office", "folder", type=click.Path(path_type=Path), help="Also replay every decision of this office."
)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def audit(path_or_url: str, key: str | None, older: str | None, folder: Path | None, *, as_json: bool) -> int:
    """Verify the ledger at PATH_OR_URL; say in one line what was changed and where."""
    from trustact.audit.public import audit_public
    from trustact.audit.source import source_of

    kept = read_bytes(older) if older else None
    try:
        verified = audit_public(source_of(path_or_url), parse_vkey(key) if key else None, kept)
        replayed = _replay(folder) if folder else None
    except VerificationError as wrong:
        click.echo(
            msgspec.json.encode({"verified": False, "reason": str(wrong)})
            if as_json
            else f"NOT VERIFIED: {wrong}"
        )
        return 1
    if as_json:
        click.echo(
            msgspec.json.encode({"verified": True, **msgspec.to_builtins(verified), "replayed": replayed})
        )
        return 0
    click.echo("\n".join(verified.lines()))
    if replayed is not None:
        click.echo(f"every decision replayed to the same bytes: {replayed}")
    return 0


def _replay(folder: Path) -> int:
    from trustact.cli.opened import existing

    office = existing(folder)
    from trustact.casework.replay import replay

    return replay(office)
