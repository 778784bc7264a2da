"""Report: the report a law asks for is made from the record, filed in the ledger, and published with it.

What is filed is never changed. Where the record has changed since, the next filing of a period is a supplement.
"""

import datetime as dt
import hashlib

import msgspec
from django.db import transaction

from trustact.casework import Refused
from trustact.casework.decide import law_of
from trustact.casework.department import department_of
from trustact.casework.filings import KIND, Filing, filings, report_form, write_index
from trustact.casework.publish import publish
from trustact.casework.rows import rows_of
from trustact.files import write_whole
from trustact.ledger.note import encode_base64
from trustact.publish.annual_report import build_report
from trustact.publish.figures import Figures
from trustact.publish.measure import read_measures
from trustact.publish.measuring import MeasureError
from trustact.publish.report import LedgerHead
from trustact.publish.report_form import Period, ReportError, ReportForm
from trustact.publish.supplement import Filed, Supplement
from trustact.publish.typesetting import TypesettingError
from trustact.records.append import append, lock_ledger
from trustact.records.office import Office
from trustact.records.publication import checkpoint
from trustact.shelves import shelf

_TABLES = ("figures.csv", "requests.csv")


def report(office: Office, law_id: str, period_name: str, by: str) -> dict[str, bytes]:
    """Make and file the report of a period; returns its files by name, which are published beside the ledger.

    Where the period was reported already a supplement is filed; where nothing differs from the last filing, that
    filing is returned and nothing is filed. Raises Refused for a law that is not the office's, a period that is
    none, or a report that cannot be made.
    """
    if law_id != office.settings.law:
        raise Refused(f"this office works under {office.settings.law}, so it files no report for {law_id}")
    form = report_form(office)
    before = _last(office, law_id, period_name)
    try:
        period = form.period_named(period_name)
        files = _build(office, form, period, before)
    except (ReportError, MeasureError, TypesettingError) as wrong:
        raise Refused(str(wrong)) from None
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    if before and all(before.digests.get(name) == digests.get(name) for name in _TABLES):
        return {name: (office.public / before.folder / name).read_bytes() for name in before.digests}
    _file(office, law_id, period, before, files, digests, by)
    write_index(office)
    publish(office)
    return files


def _last(office: Office, law_id: str, period: str) -> Filing | None:
    same = [filing for filing in filings(office) if (filing.law, filing.period) == (law_id, period)]
    return same[-1] if same else None


def _file(
    office: Office,
    law_id: str,
    period: Period,
    before: Filing | None,
    files: dict[str, bytes],
    digests: dict[str, str],
    by: str,
) -> None:
    """Write the files and then their entry, which commits to them; a crash between leaves files nothing names."""
    number = before.supplement + 1 if before else 0
    opening = {"files": digests, "law": law_id, "period": period.name, "supplement": number}
    with transaction.atomic():
        lock_ledger()
        if _last(office, law_id, period.name) != before:
            raise Refused(f"a report of {period.name} was filed this very moment: look at it, then try again")
        refs = (before.happened.entry,) if before else ()
        event = append(office, KIND, {"period": period.name}, actor=by, opening=opening, refs=refs)
        filed = next(filing for filing in filings(office) if filing.happened.entry == event.pk)
        for name, data in files.items():
            write_whole(office.public / filed.folder / name, data)


def _build(office: Office, form: ReportForm, period: Period, before: Filing | None) -> dict[str, bytes]:
    head = checkpoint(office)
    return build_report(
        form,
        read_measures(shelf("measures", office.folder), form.measures()),
        rows_of(office, period),
        period=period,
        dated=office.clock().astimezone(office.zone).date(),
        department=department_of(office),
        head=LedgerHead(head.origin, head.size, encode_base64(head.root), office.settings.public_address),
        pack_digest=law_of(office).digest,
        supplement=Supplement(before.supplement + 1, _filed(office, before)) if before else None,
    )


def _filed(office: Office, before: Filing) -> Filed:
    stated = msgspec.json.decode((office.public / before.folder / "report.json").read_bytes())
    on: dt.date = before.happened.at.astimezone(office.zone).date()
    return Filed(on, before.happened.entry, msgspec.convert(stated["figures"], Figures))
