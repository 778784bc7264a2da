"""Report: the report a law asks for is made from the record, filed in the ledger, and published with it.

What is filed is never changed. Where the record has changed since, the next filing of a period is a supplement.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping

import msgspec
from django.db import transaction

from trustact.casework import Refused
from trustact.casework.filings import KIND, Filing, filings, report_form
from trustact.casework.making import Making, made_of, make, making_now
from trustact.casework.publish import publish
from trustact.files import write_whole
from trustact.publish.figures import Figures
from trustact.publish.measuring import MeasureError
from trustact.publish.report_form import Period, ReportError
from trustact.publish.supplement import Filed, Supplement
from trustact.publish.typesetting import TypesettingError
from trustact.records.append import append, lock_ledger
from trustact.records.office import Office

_TABLES = ("figures.csv", "requests.csv")


def report(office: Office, law_id: str, period_name: str, by: str) -> dict[str, bytes]:
    """Make and file the report of a period; returns its files by name, which are published beside the ledger.

    Where the period was reported already a supplement is filed; where nothing differs from the last filing, that
    filing is returned and nothing is filed. Raises Refused for a law that is not the office's, a period that is
    none, or a report that cannot be made.
    """
    if law_id != office.settings.law:
        raise Refused(f"this office works under {office.settings.law}, so it files no report for {law_id}")
    before = _last(office, law_id, period_name)
    try:
        period = report_form(office).period_named(period_name)
        made = making_now(office, _supplement(office, before))
        files = make(office, made, period.name)
    except (ReportError, MeasureError, TypesettingError) as wrong:
        raise Refused(str(wrong)) from None
    digests = _digests(files)
    if before and all(before.digests.get(name) == digests.get(name) for name in _TABLES):
        return {name: (office.public / before.folder / name).read_bytes() for name in before.digests}
    _file(office, law_id, period, before, made, files, by)
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
    made: Making,
    files: dict[str, bytes],
    by: str,
) -> None:
    """Write the files and then their entry, which commits to them; a crash between leaves files nothing names."""
    number = before.supplement + 1 if before else 0
    opening = {
        "files": _digests(files),
        "law": law_id,
        "period": period.name,
        "supplement": number,
        "time_zone": office.settings.time_zone,
    }
    with transaction.atomic():
        lock_ledger()
        if _last(office, law_id, period.name) != before:
            raise Refused(f"a report of {period.name} was filed this very moment: look at it, then try again")
        refs = (before.happened.entry,) if before else ()
        entry = append(
            office, KIND, {"made": made.text, "period": period.name}, actor=by, opening=opening, refs=refs
        )
        filed = next(filing for filing in filings(office) if filing.happened.entry == entry)
        for name, data in files.items():
            write_whole(office.public / filed.folder / name, data)


def restore_reports(office: Office) -> list[str]:
    """Write again what a filed report lacks in public, as after a damage; returns the reports that lacked something.

    A report is made again from the record, and written only where it is what was filed.
    """
    restored = []
    for filing in filings(office):
        folder = office.public / filing.folder
        here = {name: (folder / name).read_bytes() for name in filing.digests if (folder / name).is_file()}
        if _digests(here) != filing.digests and "made" in filing.happened.particulars:
            files = make(office, made_of(filing.happened.particulars["made"]), filing.period)
            if _digests(files) == filing.digests:
                for name, data in files.items():
                    write_whole(folder / name, data)
                restored.append(f"{filing.law} {filing.name}")
    return restored


def _digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


def _supplement(office: Office, before: Filing | None) -> Supplement | None:
    return Supplement(before.supplement + 1, _filed(office, before)) if before else None


def _filed(office: Office, before: Filing) -> Filed:
    stated = msgspec.json.decode((office.public / before.folder / "report.json").read_bytes())
    on: dt.date = before.happened.at.astimezone(office.zone).date()
    return Filed(on, before.happened.entry, msgspec.convert(stated["figures"], Figures))
