"""The report as open data: JSON, CSV, and a Data Package (v2) that describes and hashes every file.

Sources: RFC 4180 (CSV), Data Package 2.0 and Table Schema 2.0 (datapackage.org).
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from trustact.publish.columns import COLUMNS, Column, plain
from trustact.publish.figures import Figures, Part
from trustact.publish.report import Report
from trustact.publish.rows import RequestRow

_PROFILES = "https://datapackage.org/profiles/2.0"

HOW_TO_CHECK = (
    "Each request names the ledger entry of its receipt. That entry's 'public' is a commitment: the SHA-256, "
    "in hexadecimal, of the bytes 'trustact commitment v1' and a line feed, then the 32 bytes of 'salt', "
    "then 'opening' as canonical JSON (RFC 8785). Where it agrees, the day, district and channel given here "
    "are those entered on receipt. 'document' in an opening is itself a commitment, which the receipt of the "
    "document opens to whoever holds both. Pseudonyms by which individuals are counted are not published."
)

FIGURE_COLUMNS = (
    Column(
        "group", "string", "Group", "Where the report states it.", ("items", "lines", "beside", "tallies")
    ),
    Column(
        "item",
        "integer",
        "Item",
        "Number of the item in the law; empty outside the law's items.",
        required=False,
    ),
    Column("says", "string", "Statement", "What is counted."),
    Column(
        "measure",
        "string",
        "Measure",
        "Name of the measure that counts it; a tally counts every request listed.",
    ),
    Column("unit", "string", "Unit", "What the amount is a number of.", ("request", "individual", "cents")),
    Column("part", "string", "Part", "Code of the part of the breakdown; 'total' is the whole."),
    Column("label", "string", "Label", "The part in words.", required=False),
    Column("amount", "integer", "Amount", "How many; empty where a small count is withheld.", required=False),
)


def report_json(report: Report) -> bytes:
    """The report for machines: what it is, all figures, every request, and the checkpoint it rests on."""
    form = report.form
    return _json(
        {
            "report": form.report,
            "title": report.title,
            "law": form.law,
            "cite": form.cite,
            "evidence": form.evidence,
            "evidence_note": form.evidence_note,
            "from": form.from_,
            "to": form.to,
            "period": report.period,
            "due": form.due_on(report.period),
            "dated": report.dated,
            "counting": form.counting,
            **_supplement(report),
            "figures": report.figures,
            "requests": None if report.rows is None else [plain(row) for row in report.rows],
            "ledger": report.head,
            "pack_digest": report.pack_digest,
            "how_to_check": HOW_TO_CHECK,
        }
    )


def _supplement(report: Report) -> dict[str, Any]:
    """Which filed report this one supplements; nothing in a report that is the first of its period."""
    if report.supplement is None:
        return {}
    before = report.supplement.before
    said = {"number": report.supplement.number, "filed_on": before.on, "entry": before.entry}
    return {"supplement": {**said, "says": report.supplement.paragraphs(report.figures)}}


def requests_csv(rows: Sequence[RequestRow]) -> bytes:
    """The table of requests, one a row, with the columns of `columns.py`."""
    return _csv(COLUMNS, map(plain, rows))


def figures_csv(figures: Figures) -> bytes:
    """Every figure and every part of it, one a row, with the columns `FIGURE_COLUMNS`."""
    return _csv(FIGURE_COLUMNS, _figure_records(figures))


def _figure_records(figures: Figures) -> Iterable[dict[str, Any]]:
    for group in ("items", "lines", "beside"):
        for figure in getattr(figures, group):
            about = {"group": group, "item": figure.number, "says": figure.says, "measure": figure.measure}
            for part in (Part("total", "", figure.amount), *figure.parts):
                yield {**about, "unit": figure.unit, **_part_record(part)}
    tallies = {"District": figures.by_district, "Month": figures.by_month, "Channel": figures.by_channel}
    for says, parts in tallies.items():
        about = {"group": "tallies", "item": None, "says": says, "measure": "listed", "unit": "request"}
        for part in (Part("total", "", figures.listed), *parts):
            yield {**about, **_part_record(part)}


def _part_record(part: Part) -> dict[str, Any]:
    return {"part": part.code, "label": part.label, "amount": part.amount}


def _csv(columns: Sequence[Column], records: Iterable[Mapping[str, Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(column.name for column in columns)
    writer.writerows([_cell(record[column.name]) for column in columns] for record in records)
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return msgspec.json.encode(value, order="deterministic").decode()
    return "" if value is None else str(value)


def datapackage(report: Report, files: Mapping[str, bytes]) -> bytes:
    """The Data Package of a report: what each file is, its bytes and SHA-256, and what each column means."""
    form = report.form
    return _json(
        {
            "$schema": f"{_PROFILES}/datapackage.json",
            "name": f"{form.report}-{report.period.name}",
            "title": report.title,
            "description": f"{form.cite}. {form.evidence_note} {HOW_TO_CHECK}",
            "created": f"{report.dated}T00:00:00Z",
            "licenses": [form.license],
            "contributors": [{"title": report.department.name, "roles": ["publisher"]}],
            "resources": [_resource(path, data) for path, data in files.items()],
        }
    )


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def _resource(path: str, data: bytes) -> dict[str, Any]:
    name, _, suffix = path.rpartition(".")
    media = {"pdf": "application/pdf", "json": "application/json", "csv": "text/csv"}
    about = {
        "name": f"{name}-{suffix}" if suffix != "csv" else name,
        "path": path,
        "format": suffix,
        "mediatype": media[suffix],
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }
    return {**about, **_table(name)} if suffix == "csv" else about


def _table(name: str) -> dict[str, Any]:
    columns, keys = {
        "requests": (COLUMNS, {"primaryKey": ["number"]}),
        "figures": (FIGURE_COLUMNS, {"primaryKey": ["group", "says", "part"]}),
    }[name]
    schema = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_field(column) for column in columns],
        "missingValues": [""],
        **keys,
    }
    return {"type": "table", "encoding": "utf-8", "schema": schema}


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": column.required}
    if column.values:
        constraints["enum"] = list(column.values)
    field = {"name": column.name, "type": column.kind, "title": column.title, "description": column.says}
    return {**field, "constraints": constraints}
