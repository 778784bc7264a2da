"""The program `trustact`: its commands, each loaded only when it is called, and its exit codes.

0 done · 1 the answer is bad news · 2 bad input · 3 something outside failed.
"""

import importlib
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from trustact.failures import Failure

COMMANDS = {
    "demo": "trustact.cli.demo:demo",
    "decide": "trustact.cli.decide:decide",
    "law": "trustact.cli.law:law",
    "read": "trustact.cli.documents:read",
    "receive": "trustact.cli.documents:receive",
    "intake": "trustact.cli.intake:intake",
    "report": "trustact.cli.report:report",
    "bulk": "trustact.cli.bulk:bulk",
    "publish": "trustact.cli.publish:publish",
    "audit": "trustact.cli.audit:audit",
    "witness": "trustact.cli.witness:witness",
    "office": "trustact.cli.office:office",
    "serve": "trustact.cli.serve:serve",
}


class LazyCommands(click.Group):
    """A group whose commands live in modules of their own, imported when one is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click calls it)
        """The names, in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command


@click.command(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="trustact")
def trustact() -> None:
    """Take in civil immigration detainer requests, decide by law as data, keep a record anyone can verify.

    Start with: trustact demo
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and exit with its code; a failure is one line on standard error."""
    try:
        code = trustact.main(args=arguments, prog_name="trustact", standalone_mode=False)
    except click.exceptions.Abort:
        fail("stopped", 3)
    except click.exceptions.NoArgsIsHelpError as wrong:
        click.echo(wrong.format_message())
        sys.exit(0)
    except click.UsageError as wrong:
        where = wrong.ctx.command_path if wrong.ctx else "trustact"
        fail(f"{wrong.format_message().rstrip('.')} (see {where} --help)", 2)
    except click.ClickException as wrong:
        fail(wrong.format_message(), 2)
    except Failure as wrong:
        fail(str(wrong), wrong.code)
    except OSError as wrong:
        fail(f"{wrong.filename}: {wrong.strerror}" if wrong.filename else str(wrong), 3)
    except Exception as wrong:
        if not _is_of_the_database(wrong):
            raise
        line = str(wrong).strip().partition("\n")[0]
        fail(f"the record's database failed, nothing more was taken in: {line}", 3)
    sys.exit(code if isinstance(code, int) else 0)


def _is_of_the_database(wrong: Exception) -> bool:
    """Whether a database failed (a full disk, a server gone); most commands never load one."""
    database = sys.modules.get("django.db")
    return database is not None and isinstance(wrong, database.DatabaseError)


def fail(line: str, code: int) -> NoReturn:
    """Say in one line what is wrong and exit with that code."""
    click.echo(f"trustact: {line}", err=True)
    sys.exit(code)
