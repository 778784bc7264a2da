"""`trustact bulk`: findings for millions of cases, each on its own date."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
import msgspec

from trustact.bulk.files import Progress, check_files, replacing
from trustact.bulk.plan import plan
from trustact.cli.inputs import own_shelf
from trustact.failures import BadInput, OutsideFailed, nearest
from trustact.law.loading import load_law
from trustact.terms import Action

EXTRAS = {"polars": "bulk", "duckdb": "bulk", "spark": "spark"}
PACKAGES = {"polars": "polars", "duckdb": "duckdb", "spark": "pyspark"}


@click.command(epilog="Example: trustact bulk cases.parquet --law us-ma-boston --out findings.parquet")
@click.argument("facts", type=click.Path(path_type=Path))
@click.option("--law", "law_id", required=True, metavar="LAW", help="The law, such as us-ma-boston.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Where to put the findings.")
@click.option(
    "--engine",
    type=click.Choice(["auto", *EXTRAS]),
    default="auto",
    help="What works it out; all say the same. Auto is the first of polars, duckdb, spark that is installed.",
)
@click.option("--action", "actions", multiple=True, metavar="A", help="Only this action; may be repeated.")
@own_shelf
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def bulk(
    facts: Path,
    law_id: str,
    out: Path,
    engine: str,
    actions: tuple[str, ...],
    laws: Path | None,
    *,
    as_json: bool,
) -> None:
    """Say what LAW lets the agency do in every case of FACTS, each on its own date.

    FACTS and the findings are Parquet or CSV. A row is a case; a column is named as its fact, and empty where it is
    not known; `at` is the date or moment; `id`, if there, is kept.
    """
    check_files(facts, out)
    for action in actions:
        if action not in list(Action):
            raise BadInput(f"there is no action '{action}'{nearest(action, Action)}")
    law = load_law(law_id, laws)
    name = next((n for n in EXTRAS if find_spec(PACKAGES[n])), "polars") if engine == "auto" else engine
    decide_file = _engine(name)
    with replacing(out) as part, _progress() as progress:
        given, rows = decide_file(facts, part, plan(law, actions or None), progress)
    said = {
        "law": law.id,
        "pack_digest": law.digest,
        "engine": name,
        "rows": rows,
        "unused": given.unused,
        "out": str(out),
    }
    click.echo(msgspec.json.encode(said) if as_json else _words(rows, given.unused, out))


def _engine(name: str) -> Callable[..., Any]:
    """The engine's way from file to file. Raises OutsideFailed where it is not installed."""
    try:
        decide_file: Callable[..., Any] = import_module(f"trustact.bulk.on_{name}").decide_file
    except ModuleNotFoundError as wrong:
        raise OutsideFailed(
            f"the engine {name} needs {wrong.name}, which is not installed: pip install 'trustact[{EXTRAS[name]}]'"
        ) from None
    return decide_file


@contextmanager
def _progress() -> Iterator[Progress]:
    """Shows on a terminal how many rows are done, and says nothing elsewhere."""
    shown = sys.stderr.isatty()

    def show(done: int, rows: int | None) -> None:
        if shown:
            share = f" of {rows:,}" if rows else ""
            click.echo(f"\r{done:,}{share} cases", nl=False, err=True)

    try:
        yield show
    finally:
        if shown:
            click.echo(err=True)


def _words(rows: int, unused: tuple[str, ...], out: Path) -> str:
    lines = [f"{rows:,} cases decided: {out}"]
    if unused:
        lines.append(f"Columns that are no facts and were not used: {', '.join(unused)}")
    return "\n".join(lines)
