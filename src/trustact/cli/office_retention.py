"""`trustact office retention` and `trustact office hold`: what has been kept long enough, and what must stay."""

from pathlib import Path

import click
import msgspec

from trustact.cli.inputs import office_option, person_option
from trustact.failures import BadInput

_json = click.option("--json", "as_json", is_flag=True, help="For machines.")


@click.group()
def retention() -> None:
    """Shred what has been kept as long as its schedule says: one person proposes, another confirms."""


@retention.command(epilog="Example: trustact office retention due --office ./office")
@office_option
@_json
def due(folder: Path, *, as_json: bool) -> None:
    """List the cases whose time is over, under which rule, and what keeps some all the same. Changes nothing."""
    from trustact.cli.opened import existing

    opened = existing(folder)
    from trustact.casework import retention as casework
    from trustact.casework.schedule import rules_of
    from trustact.casework.shred import not_erased, proposals

    found, waiting = casework.due(opened), proposals(opened)
    if as_json:
        plain = [{**msgspec.to_builtins(each), "goes": each.goes} for each in found]
        click.echo(msgspec.json.encode({"due": plain, "proposals": waiting, "not_erased": not_erased()}))
        return
    for each in found:
        click.echo(
            f"{each.number}  since {each.since}  {'goes' if each.goes else 'stays: ' + '; '.join(each.kept_by)}"
        )
    for rule in rules_of(opened):
        click.echo(f"{rule.id}: {rule.says} ({rule.cite}; {rule.evidence})")
    for proposal in waiting:
        click.echo(f"proposed by {proposal.by} in entry {proposal.entry}: {', '.join(proposal.cases)}")
    if (entry := not_erased()) is not None:
        click.echo(f"the shredding of entry {entry} was interrupted: run trustact office retention erase")
    if not found:
        click.echo("no case has been kept as long as the schedule says")


@retention.command(
    epilog="Example: trustact office retention propose --office ./office --by 'Sgt. R. Okafor'"
)
@office_option
@person_option
@click.option(
    "--approval", default="", help="The written approval the schedule asks for: whose paper, of which day."
)
def propose(folder: Path, by: str, approval: str) -> None:
    """Propose to shred what is due. Nothing goes before another person confirms it."""
    from trustact.cli.opened import existing

    opened = existing(folder)
    from trustact.casework import shred

    proposal = shred.propose(opened, by, approval)
    click.echo(f"{len(proposal.cases)} cases proposed in entry {proposal.entry}: {', '.join(proposal.cases)}")
    click.echo(
        f"another person confirms with: trustact office retention confirm {proposal.entry} --office {folder}"
    )


@retention.command(
    epilog="Example: trustact office retention confirm 412 --office ./office --by 'Lt. T. Nguyễn'"
)
@click.argument("entry", type=click.IntRange(0))
@office_option
@person_option
@_json
def confirm(entry: int, folder: Path, by: str, *, as_json: bool) -> int:
    """Shred what the proposal of ENTRY names and is due still, and erase its bytes from the database's files."""
    from trustact.cli.opened import existing

    opened = existing(folder)
    from trustact.casework import shred

    done = shred.confirm(opened, entry, by)
    if as_json:
        click.echo(msgspec.json.encode(done))
        return 1 if done.found or done.copies_stayed else 0
    for number in done.shredded:
        click.echo(f"{number}  shredded")
    for number, reasons in done.stayed.items():
        click.echo(f"{number}  stays: {'; '.join(reasons)}")
    click.echo(_told(done.found))
    if done.copies or done.copies_stayed:
        click.echo(f"copies in watched folders: {done.copies} erased, {done.copies_stayed} could not be")
    click.echo(
        "backups made before hold it still: destroy them, or the retired key they need (docs/retention.md)"
    )
    return 1 if done.found or done.copies_stayed else 0


@retention.command(epilog="Example: trustact office retention erase --office ./office")
@office_option
@person_option
def erase(folder: Path, by: str) -> None:
    """Write the database's files anew without what was shredded, where that was interrupted."""
    from trustact.cli.opened import existing

    opened = existing(folder)
    from trustact.casework import shred

    shred.erase(opened, by)
    click.echo("the database's files were written anew")


def _told(found: int | None) -> str:
    if found is None:
        return "the database's files were written anew; this database user may not look into them"
    if found:
        return f"NOT ERASED: {found} pieces still lie in the database's files; run: trustact office retention erase"
    return "the database's files were written anew and hold none of it"


@click.group()
def hold() -> None:
    """Legal holds: while one stands, nothing it covers is shredded."""


@hold.command(
    epilog="Example: trustact office hold place --office ./office --case 2025-00007 --reason 'Subpoena of 3 May'"
)
@office_option
@person_option
@click.option("--case", "number", help="The case it covers.")
@click.option("--every-case", is_flag=True, help="It covers every case.")
@click.option("--reason", required=True, help="Why.")
def place(folder: Path, by: str, number: str | None, reason: str, *, every_case: bool) -> None:
    """Place a legal hold."""
    if bool(number) == every_case:
        raise BadInput("name the case with --case, or say --every-case")
    from trustact.cli.opened import existing

    opened = existing(folder)
    from trustact.casework import hold as casework

    placed = casework.place(opened, number or "", reason, by)
    click.echo(
        f"legal hold of entry {placed.entry} on {placed.number or 'every case'}, placed by {placed.by}"
    )


@hold.command(epilog="Example: trustact office hold lift 417 --office ./office --reason 'Case settled'")
@click.argument("entry", type=click.IntRange(0))
@office_option
@person_option
@click.option("--reason", required=True, help="Why.")
def lift(entry: int, folder: Path, by: str, reason: str) -> None:
    """Lift the legal hold that ENTRY placed."""
    from trustact.cli.opened import existing

    opened = existing(folder)
    from trustact.casework import hold as casework

    casework.lift(opened, entry, reason, by)
    click.echo(f"legal hold of entry {entry} lifted by {by}")


@hold.command("list", epilog="Example: trustact office hold list --office ./office")
@office_option
@_json
def list_holds(folder: Path, *, as_json: bool) -> None:
    """List the legal holds that stand."""
    from trustact.cli.opened import existing

    opened = existing(folder)
    from trustact.casework.hold import standing

    holds = standing(opened)
    if as_json:
        click.echo(msgspec.json.encode(holds))
        return
    for each in holds:
        click.echo(
            f"entry {each.entry}: {each.number or 'every case'}, by {each.by}, {each.placed_at:%Y-%m-%d}: {each.reason}"
        )
    if not holds:
        click.echo("no legal hold stands")
