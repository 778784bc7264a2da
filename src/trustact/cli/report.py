"""`trustact report`: the report a law asks for."""

from pathlib import Path

import click
import msgspec


@click.command(
    epilog="Example: trustact report us-ma-boston --period 2025 --office ./office --out ./report-2025"
)
@click.argument("law")
@click.option("--period", required=True, help="The period, such as 2025.")
@click.option(
    "--office", "folder", required=True, type=click.Path(path_type=Path), help="The office's folder."
)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Where to put the files."
)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def report(law: str, period: str, folder: Path, out: Path, *, as_json: bool) -> None:
    """Make and file the report LAW asks for: PDF, JSON, CSV and data package."""
    from trustact.cli.opened import existing, person

    office = existing(folder)
    from trustact.casework.report import report as file_report

    out.mkdir(parents=True, exist_ok=True)
    files = file_report(office, law, period, person())
    for name, data in files.items():
        (out / name).write_bytes(data)
    paths = [str(out / name) for name in files]
    click.echo(
        msgspec.json.encode({"law": law, "period": period, "files": paths}) if as_json else "\n".join(paths)
    )
