"""`trustact publish`: bring the public files of a ledger up to date, and have its checkpoint cosigned."""

from pathlib import Path

import click
import msgspec


@click.command(epilog="Example: trustact publish --office ./office   (hourly, from cron or a systemd timer)")
@click.option(
    "--office", "folder", required=True, type=click.Path(path_type=Path), help="The office's folder."
)
@click.option(
    "--anew",
    is_flag=True,
    help="Write every file again, where some in the folder were damaged, the checkpoint among them.",
)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def publish(folder: Path, *, anew: bool, as_json: bool) -> int:
    """Publish the ledger as it stands; exit code 1 where too few witnesses cosigned."""
    from trustact.cli.opened import existing

    office = existing(folder)
    from trustact.casework.publish import publish as bring_up_to_date
    from trustact.casework.report import restore_reports

    for name in restore_reports(office):
        click.echo(f"report {name}: written again as it was filed", err=True)
    done = bring_up_to_date(office, anew=anew)
    if as_json:
        click.echo(msgspec.json.encode(done))
    else:
        click.echo(f"{done.origin}: {done.size} entries in {office.public}")
        click.echo(f"cosigned by: {', '.join(done.cosigned) or 'no witness'}")
    for witness in done.silent:
        alarm = "SPLIT VIEW? " if witness.split else ""
        click.echo(f"trustact: {alarm}witness {witness.name} did not cosign: {witness.reason}", err=True)
    return 0 if done.enough and not any(witness.split for witness in done.silent) else 1
