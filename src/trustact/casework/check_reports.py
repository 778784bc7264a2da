"""Makes every filed report again from the record, and compares it with what was filed, file by file."""

import hashlib
from typing import Any

import msgspec

from trustact.casework.events import SHREDDED
from trustact.casework.filings import Filing, filings
from trustact.casework.making import made_of, make, maker
from trustact.ledger.errors import VerificationError
from trustact.publish.measuring import MeasureError
from trustact.publish.report_form import ReportError
from trustact.publish.typesetting import TypesettingError
from trustact.records.models import Case
from trustact.records.office import Office
from trustact.records.vault import VaultError


class Remade(msgspec.Struct, frozen=True):
    """How many filed reports were made again, and what is worth knowing of the others."""

    reports: int
    notes: tuple[str, ...]


def check_reports(office: Office) -> Remade:
    """Make every filed report again. Raises VerificationError for the first that differs, and in which figure."""
    count, notes = 0, []
    for filing in filings(office):
        name = f"report {filing.law} {filing.name} of entry {filing.happened.entry}"
        if "made" not in filing.happened.particulars:
            notes.append(f"{name}: filed before what a report was made from was kept; not made again")
            continue
        count += 1
        note = _check(office, filing, name)
        if note:
            notes.append(f"{name}: {note}")
    return Remade(count, tuple(notes))


def _check(office: Office, filing: Filing, name: str) -> str:
    """Every file must be the same to the byte; where another release set it, its figures and rows must be.

    Returns what is worth knowing. Where a case was shredded since, only what remains of it can be compared.
    """
    made = made_of(filing.happened.particulars["made"])
    try:
        again = make(office, made, filing.period)
    except (ReportError, MeasureError, TypesettingError, VaultError, KeyError) as wrong:
        raise VerificationError(f"{name}: it cannot be made again from the record: {wrong}") from None
    differ = [file for file, digest in filing.digests.items() if _digest(again.get(file, b"")) != digest]
    if not differ:
        return ""
    if Case.objects.filter(stage=SHREDDED, events__lt=made.size).exists():
        return "cases were shredded since it was filed, and what remains of them does not give the same files"
    path = office.public / filing.folder / "report.json"
    data = path.read_bytes() if path.is_file() else b""
    if _digest(data) == filing.digests.get("report.json"):
        _compare(name, msgspec.json.decode(data), msgspec.json.decode(again["report.json"]))
    if made.maker == maker():
        raise VerificationError(
            f"{name}: {differ[0]}, made again from the record, is not the file that was filed"
        )
    return "its figures and rows are those of the record; its pages were set by another release"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _compare(name: str, filed: dict[str, Any], again: dict[str, Any]) -> None:
    for group in ("items", "lines", "beside"):
        for ours, theirs in zip(again["figures"][group], filed["figures"][group], strict=False):
            if ours["amount"] != theirs["amount"]:
                raise VerificationError(
                    f"{name}: it says {theirs['measure']} {theirs['amount']}, the record gives {ours['amount']}"
                )
    rows, shown = again["requests"] or [], filed["requests"] or []
    if len(rows) != len(shown):
        raise VerificationError(f"{name}: it lists {len(shown)} requests, the record gives {len(rows)}")
    for ours, theirs in zip(rows, shown, strict=True):
        for column in theirs:
            if ours.get(column) != theirs[column]:
                raise VerificationError(
                    f"{name}: request {theirs['number']} says {column} {theirs[column]}, "
                    f"the record gives {ours.get(column)}"
                )
