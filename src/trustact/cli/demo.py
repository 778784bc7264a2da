"""`trustact demo`: the whole story, from faxes in to the annual report out, on invented people."""

import datetime as dt
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trustact.cli.progress import heading, step

if TYPE_CHECKING:
    from trustact.records.office import Office
    from trustact.specimens.specimen import Specimen

LAW = "us-ma-boston"
YEAR = 2025
SEED = 1630
OFFICER, LIEUTENANT = "Sgt. R. Okafor", "Lt. Nguyễn Thị Minh"
PORT = 8300


class StoryClock:
    """The clock of the training office while its year is told: it stands where the story is."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        """The moment of the story, in UTC."""
        return self.now.astimezone(dt.UTC)


@click.command(epilog="Example: trustact demo --no-serve --out ./my-demo")
@click.option("--no-serve", is_flag=True, help="Stop when the ledger is verified.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="The folder to make.")
@click.option(
    "--port", type=click.IntRange(1, 65535), help=f"Where to serve the desk; {PORT} or the next free one."
)
def demo(out: Path | None, port: int | None, *, no_serve: bool) -> int:
    """Take in specimen faxes and PDFs, decide under Boston's law, record, reply, report, verify, serve."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "trustact.desk.settings"
    folder = out or _unused("trustact-demo")
    click.echo(f"trustact demo in {folder}: everything here is invented, and every page says so")
    clock = StoryClock(dt.datetime(YEAR, 1, 2, 8, tzinfo=dt.UTC))
    heading(1, "An office: settings, keys, record, vault, ledger")
    office = _office(folder, clock)
    heading(2, "Specimen documents, with invented people")
    specimens = _specimens(folder)
    heading(3, "Each document: received, read, confirmed, decided, recorded, answered")
    for specimen in specimens:
        _tell(office, clock, specimen)
    heading(4, "The annual report to the City Clerk")
    _report(office, clock)
    heading(5, "The ledger, verified from its published files alone")
    _audit(office)
    if no_serve:
        click.echo(f"\nServe the desk with: trustact serve --office {folder}")
        return 0
    _serve(folder, port)
    return 0


def _unused(name: str) -> Path:
    number, folder = 1, Path(name)
    while folder.exists():
        number += 1
        folder = Path(f"{name}-{number}")
    return folder


def _office(folder: Path, clock: StoryClock) -> "Office":
    from trustact.records.connection import connect
    from trustact.records.office import agency_of, make_office

    with step(f"{folder}"):
        office = make_office(folder, agency_of(LAW), clock=clock, training=True)
        connect(office)
    return office


def _specimens(folder: Path) -> list["Specimen"]:
    from trustact.specimens.demo import demo_set

    with step(f"{folder / 'specimens'}"):
        specimens = demo_set(SEED, YEAR)
        (folder / "specimens").mkdir()
        for specimen in specimens:
            (folder / "specimens" / specimen.filename).write_bytes(specimen.data)
    for specimen in specimens:
        click.echo(f"    {specimen.filename:28} {specimen.note}")
    return specimens


def _tell(office: "Office", clock: StoryClock, specimen: "Specimen") -> None:
    from trustact.casework.receive import receive

    received = dt.datetime.fromisoformat(specimen.received_at)
    clock.now = received + dt.timedelta(minutes=2)
    receipt = receive(
        office,
        specimen.data,
        station=specimen.station,
        channel=specimen.channel,
        filename=specimen.filename,
        received_at=received,
        by=OFFICER,
    )
    click.echo(
        f"  {receipt.number}  {received:%d %b %H:%M}  {specimen.station:5} by {specimen.channel}, entry {receipt.entry}"
    )
    _read(office, clock, receipt.number)
    _decide(office, clock, receipt.number, specimen)


def _read(office: "Office", clock: StoryClock, number: str) -> None:
    from trustact.casework.read import read

    clock.now += dt.timedelta(minutes=1)
    with step("         read:"):
        found = read(office, number, "trustact")
        accepted = sum(reading.status == "accepted" for reading in found.readings) if found else 0
        asked = len(found.readings) - accepted if found else 0
        form = found.form if found and found.form else "no known form"
        click.echo(f"{form}, {accepted} readings accepted, {asked} for a person to look at ", nl=False)


def _decide(office: "Office", clock: StoryClock, number: str, specimen: "Specimen") -> None:
    from trustact.casework import act, confirm, reply, set_aside
    from trustact.casework.dossier_of import dossier
    from trustact.cli.story import SET_ASIDE, STORY

    if specimen.name in SET_ASIDE:
        set_aside.set_aside(office, number, SET_ASIDE[specimen.name], OFFICER)
        click.echo(f"           set aside: {SET_ASIDE[specimen.name]}")
        return
    chapter = STORY[specimen.name]
    clock.now += chapter.eligible_after
    proposed = {line.name: line.value for line in dossier(office, number).proposed}
    confirm.confirm(office, number, {**proposed, **chapter.facts}, OFFICER, specimen.truth)
    decision = dossier(office, number).decisions[-1]
    said = {finding.action.value: finding.finding.value for finding in decision.findings}
    click.echo(
        f"           law:  hold {said['hold']}, transfer {said['transfer']}, notify {said['notify_release']}"
    )
    if chapter.done:
        clock.now += dt.timedelta(minutes=30)
        acted = act.act(office, number, chapter.done, OFFICER)
        if acted.waits:
            act.agree(office, number, acted.entry, LIEUTENANT)
        reply.draft(office, number, OFFICER)
        click.echo(f"           done: {chapter.done.outcome}, reply drafted")


def _report(office: "Office", clock: StoryClock) -> None:
    from trustact.casework.report import report

    clock.now = dt.datetime(YEAR, 12, 31, 10, tzinfo=office.zone)
    with step("report of the year"):
        files = report(office, LAW, str(YEAR), OFFICER)
    folder = office.public / "reports" / LAW / str(YEAR)
    for name, data in files.items():
        click.echo(f"    {folder / name}  {len(data):,} bytes")


def _audit(office: "Office") -> None:
    from trustact.audit.public import audit_public
    from trustact.audit.source import source_of
    from trustact.casework.check import check

    fetch = source_of(str(office.public))
    verified = audit_public(fetch)
    checked = check(office, fetch, verified)
    for line in verified.lines():
        click.echo(f"  {line}")
    click.echo(f"  every decision replayed to the same bytes: {checked.decisions}")
    click.echo(f"  every report made again from the record: {checked.reports}")


def _serve(folder: Path, port: int | None) -> None:
    from trustact.casework.clock import now
    from trustact.cli.serve import serve_desk
    from trustact.desk.signin import VALID_FOR, issue_code, person_named
    from trustact.records.office import open_office

    chosen = port or _free_port()
    code = issue_code(person_named(OFFICER, "supervisor"), now(), VALID_FOR)
    heading(6, "The desk")
    click.echo(f"  open     http://127.0.0.1:{chosen}/")
    click.echo(f"  sign in  {code}   (once, within 15 minutes)")
    click.echo("  stop     Ctrl-C")
    serve_desk(open_office(folder, clock=now), "127.0.0.1", chosen)


def _free_port() -> int:
    for port in range(PORT, PORT + 50):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    return PORT
