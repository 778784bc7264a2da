"""The annual report: a PDF fit to be filed, and the same figures and rows as JSON, CSV and a Data Package."""

import datetime as dt
from collections.abc import Iterable, Mapping

from trustact.publish.department import Department
from trustact.publish.figures import figures
from trustact.publish.measure import Measure
from trustact.publish.open_data import datapackage, figures_csv, report_json, requests_csv
from trustact.publish.report import LedgerHead, Report
from trustact.publish.report_form import Period, ReportForm
from trustact.publish.report_pages import pages
from trustact.publish.rows import RequestRow, check_rows, in_order
from trustact.publish.supplement import Supplement
from trustact.publish.suppression import withhold
from trustact.publish.typesetting import compile_pdf


def build_report(
    form: ReportForm,
    measures: Mapping[str, Measure],
    rows: Iterable[RequestRow],
    *,
    period: Period,
    dated: dt.date,
    department: Department,
    head: LedgerHead,
    pack_digest: str,
    supplement: Supplement | None = None,
) -> dict[str, bytes]:
    """The files of a report by name: report.pdf, report.json, requests.csv, figures.csv and datapackage.json.

    The rows are those of the period, in any order; `dated` is the day the report bears. Where the form
    withholds small counts no request is listed, and there is no requests.csv. `supplement` where one was filed
    before. Raises ReportError for a row or
    item that cannot stand, MeasureError for a measure that cannot be used, TypesettingError for a letter no
    font has.
    """
    listed = in_order(rows)
    check_rows(listed, period)
    stated = withhold(figures(form, measures, listed, period, department), form.suppress_below)
    shown = listed if form.suppress_below is None else None
    report = Report(form, period, dated, department, head, pack_digest, stated, shown, supplement)
    files = {
        "report.pdf": compile_pdf("annual_report", pages(report), title=report.title, lang="en", date=dated),
        "report.json": report_json(report),
        "figures.csv": figures_csv(stated),
    }
    if shown is not None:
        files["requests.csv"] = requests_csv(shown)
    return {**files, "datapackage.json": datapackage(report, files)}
