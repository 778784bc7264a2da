"""`trustact intake`: the channels by which documents come in by themselves, and the reading of what came."""

import signal
import threading
from pathlib import Path

import click
import msgspec


@click.group()
def intake() -> None:
    """Take documents in from folders, mailboxes and fax gateways, and read them."""


@intake.command(epilog="Example: trustact intake run --office ./office")
@click.option(
    "--office",
    "folder",
    default="office",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The office's folder.",
)
def run(folder: Path) -> None:
    """Attend every channel of office.yaml and read what comes, until stopped."""
    from trustact.cli.opened import existing

    office = existing(folder)
    from trustact.channels.running import run as attend_all

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    attend_all(office, stop, click.echo)


@intake.command(epilog="Example: trustact intake status --office ./office --json")
@click.option(
    "--office",
    "folder",
    default="office",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The office's folder.",
)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def status(folder: Path, *, as_json: bool) -> int:
    """Say how each channel is and how many documents wait; exit code 1 where a channel is not well."""
    from trustact.cli.opened import existing

    office = existing(folder)
    from trustact.casework.channel_states import channel_states
    from trustact.casework.reading_queue import quarantined, waiting

    channels = channel_states()
    if as_json:
        found = {"waiting": waiting(), "quarantined": quarantined(), "channels": channels}
        click.echo(msgspec.json.encode(found))
    else:
        for channel in channels:
            since = channel.since.astimezone(office.zone)
            says = "well" if channel.well else channel.says
            click.echo(f"{channel.name:16} since {since:%Y-%m-%d %H:%M}  {says}")
        click.echo(f"{waiting()} waiting to be read, {quarantined()} in quarantine")
    return 0 if all(channel.well for channel in channels) else 1
