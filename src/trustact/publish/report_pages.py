"""What the pages of an annual report say: every text of the template `annual_report.typ`, in words."""

from typing import Any

from trustact.publish.figures import Figure, Part
from trustact.publish.measure import Unit
from trustact.publish.report import Report
from trustact.publish.rows import RequestRow
from trustact.publish.wording import (
    FINDING_LABELS,
    HELD_LABELS,
    REASON_LABELS,
    RELEASE_LABELS,
    TRANSFER_LABELS,
    dollars,
    filled,
    form_label,
    long_date,
    short_date,
)

_UNITS: dict[Unit, tuple[str, str]] = {
    "request": ("request", "requests"),
    "individual": ("individual", "individuals"),
    "cents": ("U.S. dollars", "U.S. dollars"),
}


def pages(report: Report) -> dict[str, Any]:
    """The data of the template: texts ready to print."""
    form, figures = report.form, report.figures
    return {
        "department": report.department,
        "short_title": form.short_title,
        "period": report.period.name,
        "period_says": form.period.says,
        "heading": report.heading,
        "dated": long_date(report.dated),
        "addresses": _addresses(report),
        "letter": [*_begins(report), *(filled(p, _placeholders(report)) for p in form.letter)],
        "from": form.from_,
        "items_heading": form.items_heading,
        "items": [_figure(figure) for figure in figures.items],
        "lines": [_figure(figure) for figure in figures.lines],
        "beside": [_figure(figure) for figure in figures.beside],
        "listed": _amount(figures.listed, "request"),
        "by_district": _parts(figures.by_district, "request"),
        "by_month": _parts(figures.by_month, "request"),
        "by_channel": _parts(figures.by_channel, "request"),
        "requests": None if report.rows is None else [_request(report, row) for row in report.rows],
        "counting": _counting(report),
        "standing": form.evidence_note,
        "ledger": report.head,
        "facts": _facts(report),
    }


def _begins(report: Report) -> tuple[str, ...]:
    return report.supplement.paragraphs(report.figures) if report.supplement else ()


def _placeholders(report: Report) -> dict[str, str]:
    period = report.period
    return {"period": period.name, "first": long_date(period.first), "last": long_date(period.last)}


def _addresses(report: Report) -> list[tuple[str, str]]:
    form, period = report.form, report.period
    due = form.due_on(period)
    lines = [
        ("To", f"{form.to.title}, {form.to.body}"),
        ("From", f"{form.from_.title}, {form.from_.body}"),
        ("Under", form.cite),
        ("Period", f"{long_date(period.first)} through {long_date(period.last)}"),
    ]
    return [*lines, ("Due", long_date(due))] if due else lines


def _figure(figure: Figure) -> dict[str, Any]:
    one, many = _UNITS[figure.unit]
    return {
        "number": figure.number,
        "says": figure.says,
        "amount": _amount(figure.amount, figure.unit),
        "unit": one if figure.amount == 1 else many,
        "breakdown": figure.breakdown,
        "note": figure.note,
        "parts": _parts(figure.parts, figure.unit),
    }


def _parts(parts: tuple[Part, ...], unit: Unit) -> list[dict[str, str]]:
    return [{"label": part.label, "amount": _amount(part.amount, unit)} for part in parts]


def _amount(amount: int | None, unit: Unit) -> str:
    if amount is None:
        return "withheld"
    return dollars(amount) if unit == "cents" else f"{amount:,}"


def _counting(report: Report) -> tuple[str, ...]:
    below = report.form.suppress_below
    if below is None:
        return report.form.counting
    withheld = f"Counts from 1 to {below - 1} are withheld, and so is a count from which one could be found."
    return (*report.form.counting, withheld)


def _request(report: Report, row: RequestRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "received": short_date(row.received_on),
        "late": f"entered late, on {short_date(row.logged_on)}" if row.late else "",
        "district": row.station,
        "channel": report.department.channel(row.channel),
        "form": form_label(row.form),
        "copy": f"copy of {row.of}" if row.of else "",
        "reasons": [REASON_LABELS[reason] for reason in row.reasons],
        "finding": FINDING_LABELS[row.hold_finding],
        "done": _done(report, row),
        "release": RELEASE_LABELS[row.release],
    }


def _done(report: Report, row: RequestRow) -> list[str]:
    done = {
        "open": "Open on the date of this report",
        "not-acted-upon": report.form.not_acted_upon,
        "held": "Held past eligibility for release",
        "not-in-custody": "Person not in custody",
    }[row.outcome]
    held = [f"Reason for holding: {HELD_LABELS[row.held_reason]}"] if row.held_past_eligibility else []
    handed = [] if row.transferred_to == "none" else [TRANSFER_LABELS[row.transferred_to]]
    withdrawn = ["Withdrawn by the sender"] if row.cancelled else []
    return [done, *held, *handed, *withdrawn]


def _facts(report: Report) -> list[tuple[str, str]]:
    head = report.head
    return [
        *([("Published at", head.address)] if head.address else []),
        ("Ledger (origin)", head.origin),
        ("Entries (tree size)", str(head.size)),
        ("Root hash", head.root),
        ("Law applied (pack digest)", report.pack_digest),
    ]
