"""`trustact office token`: tokens with which gateways hand documents in by the API."""

from pathlib import Path

import click

_office = click.option(
    "--office", "folder", required=True, type=click.Path(path_type=Path), help="The office's folder."
)


@click.group()
def token() -> None:
    """Let gateways hand documents in, each through one channel."""


@token.command(epilog="Example: trustact office token new --office ./office --name fax-gateway --channel fax")
@_office
@click.option("--name", required=True, help="The gateway's name, such as fax-gateway.")
@click.option("--channel", required=True, help="The channel its receipts bear, such as fax.")
def new(folder: Path, name: str, channel: str) -> None:
    """Print a fresh token, once; the office keeps its hash alone."""
    from trustact.cli.opened import existing, person

    office = existing(folder)
    from trustact.casework.tokens import make_token

    click.echo(make_token(office, name, channel, person()))


@token.command(epilog="Example: trustact office token end --office ./office --name fax-gateway")
@_office
@click.option("--name", required=True, help="The gateway's name.")
def end(folder: Path, name: str) -> None:
    """End a gateway's token; what it handed in stays."""
    from trustact.cli.opened import existing, person

    office = existing(folder)
    from trustact.casework.tokens import end_token

    end_token(office, name, person())
    click.echo(f"the token of {name} counts no more")


@token.command("list", epilog="Example: trustact office token list --office ./office")
@_office
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def listed(folder: Path, *, as_json: bool) -> None:
    """List the gateways, their channels, and when each last handed something in."""
    import msgspec

    from trustact.cli.opened import existing

    office = existing(folder)
    from trustact.casework.tokens import gateways

    found = gateways()
    if as_json:
        click.echo(msgspec.json.encode(found))
        return
    for each in found:
        at = each.delivered_at.astimezone(office.zone) if each.delivered_at else None
        last = f"last delivered {at:%Y-%m-%d %H:%M}" if at else "never delivered"
        click.echo(f"{each.name:24} {each.channel:14} {'ended' if each.ended_at else last}")
