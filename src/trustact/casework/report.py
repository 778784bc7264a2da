"""Report: the report a law asks for is made from the record, filed in the ledger, and published with it."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction

from trustact.audit.public import INDEX, Opened
from trustact.audit.public import FiledReport as PublishedReport
from trustact.casework import Refused
from trustact.casework.decide import law_of
from trustact.casework.department import department_of
from trustact.casework.events import Happening, opened
from trustact.casework.publish import publish
from trustact.casework.rows import rows_of
from trustact.files import write_whole
from trustact.ledger.note import encode_base64
from trustact.publish.annual_report import build_report
from trustact.publish.measure import read_measures
from trustact.publish.measuring import MeasureError
from trustact.publish.report import LedgerHead
from trustact.publish.report_form import Period, ReportError, ReportForm, read_report_form
from trustact.publish.typesetting import TypesettingError
from trustact.records.append import append
from trustact.records.models import Event
from trustact.records.office import Office
from trustact.records.publication import checkpoint
from trustact.shelves import shelf, shelved


class FiledReport(msgspec.Struct, frozen=True):
    """A report that was filed: its law and period, the folder of its files, their names and sizes in bytes."""

    law: str
    period: str
    filed_at: dt.datetime
    entry: int
    files: dict[str, int]
    figures: dict[str, Any]


def report(office: Office, law_id: str, period_name: str, by: str) -> dict[str, bytes]:
    """Make and file the report of a period; returns its files by name, which are published beside the ledger.

    Raises Refused for a law that is not the office's, a period that is none, or a report that cannot be made.
    """
    if law_id != office.settings.law:
        raise Refused(f"this office works under {office.settings.law}, so it files no report for {law_id}")
    form = _form(office)
    try:
        period = form.period_named(period_name)
        files = _build(office, form, period)
    except (ReportError, MeasureError, TypesettingError) as wrong:
        raise Refused(str(wrong)) from None
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    opening = {"files": digests, "law": law_id, "period": period.name}
    with transaction.atomic():
        append(office, "report-filed", {"period": period.name}, actor=by, opening=opening)
    folder = _folder(law_id, period.name)
    for name, data in files.items():
        write_whole(office.public / folder / name, data)
    _write_index(office)
    publish(office)
    return files


def reports(office: Office) -> list[FiledReport]:
    """The reports filed, newest first; a period filed twice shows its last filing."""
    found = []
    for filing in _filings(office):
        told = filing.opening or {}
        folder = office.public / _folder(told["law"], told["period"])
        files = {name: (folder / name).stat().st_size for name in told["files"]}
        figures = msgspec.json.decode((folder / "report.json").read_bytes())
        found.append(FiledReport(told["law"], told["period"], filing.at, filing.entry, files, figures))
    return sorted(found, key=lambda filed: filed.filed_at, reverse=True)


def report_file(office: Office, law_id: str, period: str, name: str) -> bytes:
    """One file of a filed report. Raises Refused when there is none."""
    for filed in reports(office):
        if (filed.law, filed.period) == (law_id, period) and name in filed.files:
            return (office.public / _folder(law_id, period) / name).read_bytes()
    raise Refused(f"there is no file {name} of a report {law_id} {period}")


def _folder(law_id: str, period: str) -> Path:
    return Path("reports") / law_id / period


def _form(office: Office) -> ReportForm:
    path = shelved("laws", office.folder / "laws", office.settings.law, "report.yaml")
    if not path.is_file():
        raise Refused(f"the law {office.settings.law} asks for no report on its shelf (no report.yaml)")
    return read_report_form(path)


def _build(office: Office, form: ReportForm, period: Period) -> dict[str, bytes]:
    head = checkpoint(office)
    return build_report(
        form,
        read_measures(shelf("measures", office.folder), form.measures()),
        rows_of(office, period),
        period=period,
        dated=office.clock().astimezone(office.zone).date(),
        department=department_of(office),
        head=LedgerHead(head.origin, head.size, encode_base64(head.root), ""),
        pack_digest=law_of(office).digest,
    )


def _filings(office: Office) -> Iterator[Happening]:
    """The last filing of each report."""
    last: dict[tuple[str, str], Happening] = {}
    for event in Event.objects.filter(kind="report-filed").select_related("row", "sealed"):
        filing = opened(office, event)
        told = filing.opening or {}
        last[told["law"], told["period"]] = filing
    return iter(last.values())


def _write_index(office: Office) -> None:
    index = [_published(office, filing) for filing in _filings(office)]
    write_whole(office.public / INDEX, msgspec.json.format(msgspec.json.encode(index), indent=1))


def _published(office: Office, filing: Happening) -> PublishedReport:
    told = filing.opening or {}
    period = _form(office).period_named(told["period"])
    receipts = Event.objects.filter(kind="document-received", row__lt=filing.entry).select_related(
        "row", "sealed"
    )
    openings = (opened(office, event) for event in receipts)
    return PublishedReport(
        law=told["law"],
        period=told["period"],
        first=period.first,
        last=period.last,
        folder=_folder(told["law"], told["period"]).as_posix(),
        time_zone=office.settings.time_zone,
        filing=_open(filing),
        receipts=[_open(h) for h in openings if _touches(period, h, office)],
    )


def _touches(period: Period, receipt: Happening, office: Office) -> bool:
    """Whether a document was received or logged in the period."""
    received = dt.date.fromisoformat((receipt.opening or {})["received_on"])
    days = (received, receipt.at.astimezone(office.zone).date())
    return any(period.first <= day <= period.last for day in days)


def _open(happening: Happening) -> Opened:
    return Opened(happening.entry, happening.opening or {}, happening.opening_salt)
