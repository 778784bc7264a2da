"""The page that says why: of every rule in force, why it applied to a case, and why each other one did not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from trustact.casework import CaseNotFound
from trustact.casework.why import why
from trustact.desk.opened import office
from trustact.desk.views.errors import NothingHere
from trustact.ledger.errors import VerificationError


@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """The traces of the latest decision; before there is one, the case."""
    try:
        found = why(office(), number)
    except (CaseNotFound, VerificationError) as none:
        raise NothingHere(str(none)) from None
    if found is None:
        return redirect("case", number)
    spoken = [trace for trace in found.traces if trace.rules]
    silent = [trace.finding for trace in found.traces if not trace.rules]
    return render(
        request, "desk/why.html", {"number": number, "why": found, "spoken": spoken, "silent": silent}
    )
