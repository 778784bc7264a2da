"""The page of a case, and the steps a person takes on it: facts, outcome, letter."""

from collections.abc import Callable, Mapping
from typing import Any, NoReturn, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from trustact.casework import CaseNotFound, Refused
from trustact.casework.act import act
from trustact.casework.confirm import asked_facts, confirm
from trustact.casework.decide import law_of
from trustact.casework.dossier import Dossier
from trustact.casework.dossier_of import dossier
from trustact.casework.read import page_image
from trustact.casework.reply import approve, draft, letter_pdf
from trustact.desk.answer_sheet import findings
from trustact.desk.fact_sheet import ContradictionError, answers, sheet
from trustact.desk.forms import OutcomeForm
from trustact.desk.opened import office
from trustact.desk.signin import roles_of
from trustact.desk.views.errors import NothingHere


@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """The page of a case."""
    return _page(request, number)


@require_safe
def page(request: HttpRequest, number: str, page: int) -> HttpResponse:
    """A page of the document as a picture."""
    try:
        return HttpResponse(page_image(office(), number, page), content_type="image/png")
    except Refused as no:
        _nothing_here(no)


@require_POST
def confirm_facts(request: HttpRequest, number: str) -> HttpResponse:
    """Attest the facts; the law is applied to them at once."""
    person = _person(request)
    file = _dossier(number)
    try:
        facts = answers(asked_facts(office(), number), file, roles_of(person), request.POST.dict())
        confirm(office(), number, facts, person.username)
    except (ContradictionError, Refused) as no:
        return _page(request, number, facts_sent=request.POST.dict(), facts_error=str(no), status=422)
    messages.success(request, "The facts are attested and the law in force was applied to them.")
    return redirect("case", number)


@require_POST
def record_outcome(request: HttpRequest, number: str) -> HttpResponse:
    """Record what was done; where it contradicts a finding, the case goes to a supervisor."""
    person = _person(request)
    _dossier(number)
    form = OutcomeForm(person.username, request.POST)
    if not form.is_valid():
        return _page(request, number, outcome=form, status=422)
    try:
        against = act(office(), number, form.disposition(), person.username)
    except Refused as no:
        form.add_error(None, str(no))
        return _page(request, number, outcome=form, status=422)
    if against:
        messages.warning(request, "Recorded. It contradicts a finding: the case is now with a supervisor.")
    else:
        messages.success(request, "What was done is recorded.")
    return redirect("case", number)


@require_POST
def draft_letter(request: HttpRequest, number: str) -> HttpResponse:
    """Draft the reply letter."""
    return _step(request, number, draft, "The reply letter is drafted. Read it, then approve it.")


@require_POST
def approve_letter(request: HttpRequest, number: str) -> HttpResponse:
    """Approve the letter last drafted."""
    return _step(request, number, approve, "The reply letter is approved.")


@require_safe
def letter(request: HttpRequest, number: str) -> HttpResponse:
    """The letter last drafted, as PDF."""
    try:
        pdf = letter_pdf(office(), number)
    except Refused as no:
        _nothing_here(no)
    headers = {"Content-Disposition": f'inline; filename="letter-{number}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _step(request: HttpRequest, number: str, verb: Callable[..., object], done: str) -> HttpResponse:
    try:
        verb(office(), number, _person(request).username)
    except CaseNotFound as no:
        _nothing_here(no)
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, done)
    return redirect("case", number)


def _page(
    request: HttpRequest,
    number: str,
    *,
    facts_sent: Mapping[str, str] | None = None,
    facts_error: str = "",
    outcome: OutcomeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    file = _dossier(number)
    person = _person(request)
    asked = asked_facts(office(), number)
    decision = file.decisions[-1] if file.decisions else None
    context: dict[str, Any] = {
        "file": file,
        "first": file.receipts[0],
        "name": next((r.value for r in file.readings if r.field == "subject.name" and r.value), ""),
        "pages": [
            {"number": n, "size": size, "marks": [r for r in enumerate(file.readings) if r[1].page == n]}
            for n, size in enumerate(file.pages, start=1)
        ],
        "to_check": sum(reading.status == "ask" for reading in file.readings),
        "groups": sheet(asked, file, roles_of(person), facts_sent),
        "facts_error": facts_error,
        "decision": decision,
        "findings": findings(decision, asked) if decision else [],
        "unsigned": [pack.data for pack in law_of(office()).layers if not pack.data.signed_by_counsel],
        "outcome": outcome or OutcomeForm(person.username),
        "letter": file.letters[-1] if file.letters else None,
    }
    return render(request, "desk/case.html", context, status=status)


def _dossier(number: str) -> Dossier:
    try:
        return dossier(office(), number)
    except CaseNotFound as no:
        _nothing_here(no)


def _nothing_here(no: Refused) -> NoReturn:
    raise NothingHere(str(no)) from None


def _person(request: HttpRequest) -> User:
    """The person signed in: every page of a case asks for one, see LoginRequiredMiddleware."""
    return cast("User", request.user)
