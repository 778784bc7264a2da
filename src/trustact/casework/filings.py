"""What has been filed: each report and supplement, its files, and the index by which anyone audits them."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from trustact.audit.public import INDEX, Opened
from trustact.audit.public import FiledReport as PublishedReport
from trustact.casework import Refused
from trustact.casework.events import Happening, opened
from trustact.casework.remains import Receipt, receipts
from trustact.files import write_whole
from trustact.publish.report_form import Period, ReportForm, read_report_form
from trustact.records.models import Event
from trustact.records.office import Office
from trustact.shelves import shelved

KIND = "report-filed"


class Filing(msgspec.Struct, frozen=True):
    """A report as filed; `supplement` numbers those that follow the first of a period, which is 0."""

    law: str
    period: str
    supplement: int
    happened: Happening

    @property
    def name(self) -> str:
        """How the filing is called among its law's: its period, and which supplement it is."""
        return f"{self.period}-supplement-{self.supplement}" if self.supplement else self.period

    @property
    def folder(self) -> Path:
        """Where its files lie in the public folder."""
        return Path("reports") / self.law / self.name

    @property
    def digests(self) -> dict[str, str]:
        """The sha256 of each of its files, as the ledger has them."""
        found: dict[str, str] = (self.happened.opening or {})["files"]
        return found


class FiledReport(msgspec.Struct, frozen=True):
    """A filing to be shown: its law and name, the folder of its files, their names and sizes in bytes."""

    law: str
    period: str
    filed_at: dt.datetime
    entry: int
    files: dict[str, int]
    figures: dict[str, Any]


def report_form(office: Office) -> ReportForm:
    """The report the office's law asks for. Raises Refused where it asks for none."""
    path = shelved("laws", office.folder / "laws", office.settings.law, "report.yaml")
    if not path.is_file():
        raise Refused(f"the law {office.settings.law} asks for no report on its shelf (no report.yaml)")
    return read_report_form(path)


def filings(office: Office) -> list[Filing]:
    """Every filing, oldest first. Release 0.1.0 filed a period anew over its own files; of those the last stands."""
    found: dict[tuple[str, str, int], Filing] = {}
    for event in Event.objects.filter(kind=KIND).select_related("row", "sealed").order_by("row"):
        filing = opened(office, event)
        told = filing.opening or {}
        place = told["law"], told["period"], told.get("supplement", 0)
        found[place] = Filing(*place, filing)
    return sorted(found.values(), key=lambda filing: filing.happened.entry)


def reports(office: Office) -> list[FiledReport]:
    """The reports and supplements filed, newest first."""
    return [_shown(office, filing) for filing in reversed(filings(office))]


def _shown(office: Office, filing: Filing) -> FiledReport:
    folder = office.public / filing.folder
    files = {name: (folder / name).stat().st_size for name in filing.digests}
    figures = msgspec.json.decode((folder / "report.json").read_bytes())
    happened = filing.happened
    return FiledReport(filing.law, filing.name, happened.at, happened.entry, files, figures)


def report_file(office: Office, law_id: str, period: str, name: str) -> bytes:
    """One file of a filed report. Raises Refused when there is none."""
    for filing in filings(office):
        if (filing.law, filing.name) == (law_id, period) and name in filing.digests:
            return (office.public / filing.folder / name).read_bytes()
    raise Refused(f"there is no file {name} of a report {law_id} {period}")


def write_index(office: Office) -> None:
    """Publish what each filing rests on: the opened commitments of its files, and of every receipt it covers."""
    filed = filings(office)
    if not filed:
        return
    form, every = report_form(office), list(receipts(office))
    index = [_published(office, form, filing, every) for filing in filed]
    write_whole(office.public / INDEX, msgspec.json.format(msgspec.json.encode(index), indent=1))


def _published(office: Office, form: ReportForm, filing: Filing, every: list[Receipt]) -> PublishedReport:
    period, happened = form.period_named(filing.period), filing.happened
    opening = happened.opening or {}
    return PublishedReport(
        law=filing.law,
        period=filing.name,
        first=period.first,
        last=period.last,
        folder=filing.folder.as_posix(),
        time_zone=opening.get("time_zone", office.settings.time_zone),
        filing=Opened(happened.entry, opening, happened.opening_salt),
        receipts=[
            each.opened for each in every if each.opened.entry < happened.entry and _touches(period, each)
        ],
    )


def _touches(period: Period, receipt: Receipt) -> bool:
    return any(period.first <= day <= period.last for day in receipt.days)


def filed_periods(office: Office) -> Iterator[tuple[Period, int]]:
    """Each filing's period, and the ledger entry by which it was filed."""
    form = report_form(office)
    return ((form.period_named(filing.period), filing.happened.entry) for filing in filings(office))
