"""`trustact office retention` and `trustact office hold`: what has been kept long enough, and what must stay."""

from pathlib import Path

import click
import msgspec

from trustact.cli.inputs import office_option, person_option
from trustact.failures import BadInput

_json = click.option("--json", "as_json", is_flag=True, help="For machines.")


@click.group()
def retention() -> None:
    """What has been kept as long as its schedule says. Two persons who sign in shred it, at the desk alone."""


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
        follows = "goes" if each.goes else f"stays: {'; '.join(each.kept_by)}"
        click.echo("; ".join((f"{each.number}  since {each.since}  {follows}", *each.lifted)))
    for rule in rules_of(opened):
        click.echo(f"{rule.id}: {rule.says} ({rule.cite}; {rule.evidence})")
    for proposal in waiting:
        click.echo(f"proposed by {proposal.by} in entry {proposal.entry}: {', '.join(proposal.cases)}")
    if any(each.goes for each in found):
        click.echo(
            "on the desk's page Retention one person proposes what goes, another signs in and confirms"
        )
    if (entry := not_erased()) is not None:
        click.echo(f"the shredding of entry {entry} was interrupted: run trustact office retention erase")
    if not found:
        click.echo("no case has been kept as long as the schedule says")


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
