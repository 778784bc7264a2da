"""`trustact audit`: verify the ledger from its public files alone; with the office, its whole record too."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from trustact.cli.inputs import checkpoint_at, read_bytes
from trustact.failures import BadInput
from trustact.ledger.errors import VerificationError
from trustact.ledger.note import VerifierKey, parse_vkey
from trustact.ledger.policy import Policy, parse_policy
from trustact.ledger.verify import CHECKPOINT

if TYPE_CHECKING:
    from trustact.audit.kept import Kept
    from trustact.audit.public import Audited
    from trustact.audit.source import Fetch
    from trustact.casework.check import Checked
    from trustact.ledger.receipt import DocumentProved


@click.command(
    epilog="Example: trustact audit ./office/public   or   trustact audit https://records.example.gov/trustact"
)
@click.argument("path_or_url", required=False)
@click.option("--key", help="The ledger's public key as you know it; without, the one published beside it.")
@click.option(
    "--policy",
    "policy_file",
    metavar="FILE",
    help="The witnesses you trust, and how many must have cosigned.",
)
@click.option(
    "--older",
    metavar="FILE_OR_URL",
    multiple=True,
    help="A checkpoint had from before or from elsewhere, as from a witness: the ledger must continue it.",
)
@click.option(
    "--kept",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where this audit keeps the last checkpoint.",
)
@click.option(
    "--receipt",
    "receipt_file",
    metavar="FILE",
    help="The proof of a receipt (.tlog-proof, or the text of its QR code): its document must be the one given.",
)
@click.option("--document", "document_file", metavar="FILE", help="The document that the receipt is of.")
@click.option("--forget", is_flag=True, help="Do not ask what an earlier audit kept; keep this one instead.")
@click.option(
    "--office", "folder", type=click.Path(path_type=Path), help="Also check the record of this office."
)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def audit(
    path_or_url: str | None,
    key: str | None,
    policy_file: str | None,
    older: tuple[str, ...],
    kept: Path | None,
    receipt_file: str | None,
    document_file: str | None,
    folder: Path | None,
    *,
    forget: bool,
    as_json: bool,
) -> int:
    """Verify the ledger at PATH_OR_URL; say in one line what was changed and where.

    With a receipt and its document, verify that they belong together: with --key even without the ledger's files.
    """
    from trustact.audit.public import audit_public, ledger_keys
    from trustact.audit.source import source_of, steady
    from trustact.cli.receipt_files import held

    known, policy = _key(key), _policy(policy_file)
    notes = {f"the checkpoint from {place}": checkpoint_at(place) for place in older}
    try:
        holds = held(receipt_file, document_file)
        if path_or_url is None:
            if holds is None or known is None:
                raise BadInput(
                    "name the folder or address of the ledger, or a receipt, its document and --key"
                )
            return _tell(None, holds.proved([known]), None, as_json=as_json)
        fetch, keeper = steady(source_of(path_or_url), CHECKPOINT), _keeper(kept)
        proved = holds.proved(ledger_keys(fetch, known, policy)) if holds else None
        if proved:
            notes[f"the checkpoint of the receipt {receipt_file}"] = proved.checkpoint.note
        before = {} if forget else keeper.older(fetch)
        verified = audit_public(fetch, known, {**notes, **before}, policy)
        checked = _check(folder, fetch, verified) if folder else None
    except VerificationError as wrong:
        click.echo(
            msgspec.json.encode({"verified": False, "reason": str(wrong)})
            if as_json
            else f"NOT VERIFIED: {wrong}"
        )
        return 1
    _keep(keeper, verified.checkpoint.encode())
    code = _tell(verified, proved, checked, as_json=as_json)
    if not before and not as_json:
        click.echo("note: no checkpoint of it was kept from an earlier audit; this one is kept for the next")
    return code


def _tell(
    verified: "Audited | None", proved: "DocumentProved | None", checked: "Checked | None", *, as_json: bool
) -> int:
    """What was verified: the public files, a receipt, the office's record, each where it was asked for."""
    from trustact.cli.receipt_files import tell, told

    if as_json:
        public = msgspec.to_builtins(verified) if verified else {}
        replayed = checked and checked.decisions
        found = {"verified": True, **public, "receipt": proved and told(proved)}
        click.echo(msgspec.json.encode({**found, "office": checked, "replayed": replayed}))
        return 0
    if verified:
        click.echo("\n".join(verified.lines()))
    if proved:
        tell(proved)
    if checked:
        click.echo("the office's record is what the ledger says of it, row by row")
        click.echo(f"every decision replayed to the same bytes: {checked.decisions}")
        click.echo(f"every report made again from the record: {checked.reports}")
        click.echo("".join(f"note: {note}\n" for note in checked.notes), nl=False)
    return 0


def _keeper(file: Path | None) -> "Kept":
    """Keeps in the file named, else in the person's own state folder (XDG Base Directory)."""
    from trustact.audit.kept import Kept

    if file:
        return Kept(file, is_folder=False)
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return Kept(state / "trustact" / "checkpoints", is_folder=True)


def _keep(keeper: "Kept", note: bytes) -> None:
    try:
        keeper.keep(note)
    except OSError as wrong:
        click.echo(
            f"trustact: the checkpoint could not be kept for the next audit: {wrong.strerror or wrong}",
            err=True,
        )


def _key(text: str | None) -> VerifierKey | None:
    try:
        return parse_vkey(text) if text else None
    except ValueError as wrong:
        raise BadInput(f"--key: {wrong}") from None


def _policy(file: str | None) -> Policy | None:
    try:
        return parse_policy(read_bytes(file).decode()) if file else None
    except ValueError as wrong:
        raise BadInput(f"{file}: {wrong}") from None


def _check(folder: Path, fetch: "Fetch", verified: "Audited") -> "Checked":
    from trustact.cli.opened import existing

    office = existing(folder)
    from trustact.casework.check import check

    return check(office, fetch, verified)
