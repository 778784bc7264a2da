"""The reports filed: their figures, and the files anyone may download."""

import mimetypes

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trustact.casework import Refused
from trustact.casework import filings as casework
from trustact.desk.opened import office
from trustact.desk.views.errors import NothingHere

FILES = {
    "report.pdf": "The report, as filed",
    "report.json": "Everything in it, for machines",
    "figures.csv": "The figures, as a table",
    "requests.csv": "Every request, as a table",
    "datapackage.json": "What each file and column means",
}


@require_safe
def filed(request: HttpRequest) -> HttpResponse:
    """The reports filed, newest first."""
    return render(request, "desk/reports.html", {"reports": casework.reports(office())})


@require_safe
def report(request: HttpRequest, law: str, period: str) -> HttpResponse:
    """One report: its figures with every zero, and its files."""
    for each in casework.reports(office()):
        if (each.law, each.period) == (law, period):
            context = {
                "report": each,
                "stated": each.figures,
                "items": each.figures["figures"][
                    "items"
                ],  # which in a template is the method of the dictionary
                "files": [(name, FILES[name], each.files[name]) for name in FILES if name in each.files],
            }
            return render(request, "desk/report.html", context)
    raise NothingHere(f"No report {period} under {law} has been filed.")


@require_safe
def file(request: HttpRequest, law: str, period: str, name: str) -> HttpResponse:
    """One file of a report."""
    try:
        data = casework.report_file(office(), law, period, name)
    except Refused as no:
        raise NothingHere(str(no)) from None
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    headers = {"Content-Disposition": f'inline; filename="{law}-{period}-{name}"'}
    return HttpResponse(data, content_type=kind, headers=headers)
