"""`trustact serve`: the desk and the public pages, on this computer or for the department's network."""

import os
import socket
from pathlib import Path

import click

from trustact.failures import OutsideFailed
from trustact.records.office import Office


@click.command(epilog="Example: trustact serve --office ./office --port 8300")
@click.option("--office", "folder", default="office", show_default=True, type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8300, show_default=True, type=click.IntRange(1, 65535))
def serve(folder: Path, host: str, port: int) -> None:
    """Serve the desk of an office until stopped."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "trustact.desk.settings"
    from trustact.cli.opened import existing

    office = existing(folder)
    click.echo(f"desk of {office.settings.agency}: http://{host}:{port}/  (stop with Ctrl-C)")
    click.echo(f"sign in with a code from: trustact office sign-in --office {folder} --name NAME")
    serve_desk(office, host, port)


def serve_desk(office: Office, host: str, port: int) -> None:
    """Serve until stopped. Raises OutsideFailed for a port in use, or a desk of this office that already runs."""
    from granian import Granian
    from granian.constants import Interfaces

    from trustact.records.connection import only_desk

    with only_desk(office):
        demand_free(host, port)
        Granian(
            "trustact.desk.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=4,
            log_enabled=False,
        ).serve()


def demand_free(host: str, port: int) -> None:
    """Raises OutsideFailed when the address cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as wrong:
            reason = wrong.strerror or str(wrong)
            raise OutsideFailed(
                f"cannot listen on {host}:{port}: {reason}; name another with --port"
            ) from None
