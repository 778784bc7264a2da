"""Invented rows, departments and checkpoints for the tests of the publish room."""

import datetime as dt
import hashlib
import io
import random
import tempfile

from page import validate_pdf
from pypdf import PdfReader

from trustact.publish.annual_report import build_report
from trustact.publish.department import Department
from trustact.publish.measure import Measure, read_measures
from trustact.publish.report import LedgerHead
from trustact.publish.report_form import ReportForm, read_report_form
from trustact.publish.rows import RequestRow
from trustact.shelves import shelf
from trustact.terms import Verdict

BOSTON = Department(
    name="Boston Police Department",
    office="Office of the Police Commissioner",
    address=("1 Schroeder Plaza", "Boston, Massachusetts 02120"),
    stations={
        "A-1": "District A-1, Downtown",
        "A-7": "District A-7, East Boston",
        "B-2": "District B-2, Roxbury",
        "B-3": "District B-3, Mattapan",
        "C-6": "District C-6, South Boston",
        "C-11": "District C-11, Dorchester",
        "D-4": "District D-4, South End",
        "D-14": "District D-14, Brighton",
        "E-5": "District E-5, West Roxbury",
        "E-13": "District E-13, Jamaica Plain",
        "E-18": "District E-18, Hyde Park",
        "HQ": "Headquarters",
    },
    channels={
        "fax": "Fax to a station",
        "central-fax": "Central fax line",
        "email": "E-mail",
        "hand": "Delivered by hand",
        "phone": "Telephone call",
    },
)
HEAD = LedgerHead(
    origin="ledger.police.example/trust-act",
    size=412,
    root="Wn9mKJ0lqPZTSxZJmVxsz2IVbl7vI5bTvhkYHZSXbnk=",
    address="https://ledger.police.example/trust-act/",
)
DIGEST = "sha256:" + hashlib.sha256(b"a pack").hexdigest()
DATED = dt.date(2025, 12, 31)


def boston_form() -> ReportForm:
    return read_report_form(shelf("laws") / "us-ma-boston" / "report.yaml")


def boston_measures(form: ReportForm) -> dict[str, Measure]:
    return read_measures(shelf("measures"), form.measures())


def row(number: int, **changes: object) -> RequestRow:
    """A detainer request faxed to a district and not acted upon, changed as said."""
    values = {
        "number": f"2025-{number:04}",
        "received_on": dt.date(2025, 3, 14),
        "station": "D-4",
        "channel": "fax",
        "form": "i-247a",
        "form_class": "civil-detainer",
        "reasons": ("biometric",),
        "subject": number + 7_000_000,
        "entry": number * 6,
        "salt": hashlib.sha256(str(number).encode()).hexdigest(),
        "hold_finding": Verdict.PROHIBITED,
        "outcome": "not-acted-upon",
        "release": "bailed",
        **changes,
    }
    day = values["received_on"]
    opening = {"received_on": str(day), "station": values["station"], "channel": values["channel"]}
    return RequestRow(**{"logged_on": day, "opening": opening, **values})  # type: ignore[arg-type]


def many(count: int) -> list[RequestRow]:
    """A year of `count` requests, with a little of everything that can happen. The same rows each time."""
    dice = random.Random(count)
    special: list[dict[str, object]] = [
        {"channel": "central-fax", "distinct": False, "of": "2025-0001"},
        {"reasons": ("final-order", "biometric"), "release": "to-court"},
        {"form": "i-247g", "form_class": "notification-request", "reasons": ("not-stated",)},
        {
            "form": None,
            "form_class": "unreadable",
            "reasons": ("illegible",),
            "hold_finding": Verdict.UNDETERMINED,
        },
        {"outcome": "open", "release": "not-released", "hold_finding": None},
        {"form": "i-200", "form_class": "administrative-warrant", "reasons": ("removal-proceedings",)},
        {"cancelled": True, "reasons": ("statements", "biometric")},
        {"late": True, "logged_on": dt.date(2025, 12, 30), "release": "charges-dropped"},
        {"outcome": "not-in-custody", "hold_finding": Verdict.NOT_REGULATED, "release": "unknown"},
        {
            "outcome": "held",
            "hold_finding": Verdict.PERMITTED,
            "held_past_eligibility": True,
            "held_reason": "judicial-criminal-warrant",
            "transferred_to": "other-agency",
            "release": "otherwise",
        },
    ]
    rows = []
    for number in range(1, count + 1):
        day = dt.date(2025, 1, 1) + dt.timedelta(days=min(360, (number * 360) // max(count, 1)))
        changes = special[number % 14] if number > 1 and number % 14 < len(special) else {}
        place = {"received_on": day, "station": dice.choice(list(BOSTON.stations))}
        rows.append(row(number, **{**place, "release": dice.choice(["bailed", "to-court"]), **changes}))
    return rows


def report_files(
    rows: list[RequestRow], form: ReportForm | None = None, head: LedgerHead = HEAD
) -> dict[str, bytes]:
    """The files of Boston's report for 2025 over these rows."""
    form = form or boston_form()
    return build_report(
        form,
        boston_measures(form),
        rows,
        period=form.period_named("2025"),
        dated=DATED,
        department=BOSTON,
        head=head,
        pack_digest=DIGEST,
    )


def words(pdf: bytes) -> str:
    """The PDF's text, runs of white space as one space."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def flaws_ua1(pdf: bytes) -> list[str]:
    """What breaks PDF/UA-1 in a PDF, as the validator says it."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        return [str(failure) for failure in validate_pdf(file.name, profile="ua1").failures]
