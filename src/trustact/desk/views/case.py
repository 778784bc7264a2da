"""The page of a case, and the steps a person takes on it: facts, outcome, letter."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import zip_longest
from typing import Any, NoReturn, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from trustact.casework import CaseNotFound, Refused, hold
from trustact.casework.act import Acted, act, agree
from trustact.casework.confirm import asked_facts, confirm
from trustact.casework.decide import law_of
from trustact.casework.dossier import Dossier
from trustact.casework.dossier_of import dossier
from trustact.casework.persons import same
from trustact.casework.read import page_image, read
from trustact.casework.reply import approve, draft, letter_pdf
from trustact.casework.set_aside import set_aside
from trustact.desk.answer_sheet import findings
from trustact.desk.fact_sheet import ContradictionError, answers, groups
from trustact.desk.forms import OutcomeForm
from trustact.desk.note_form import DescriptionForm
from trustact.desk.opened import office
from trustact.desk.reading_sheet import ReadingError, readings, seen
from trustact.desk.signin import may_agree, may_hold, may_lift, may_take_out, roles_of
from trustact.desk.steps import by_post, only
from trustact.desk.views.errors import NothingHere

UNREAD = ("received", "quarantined")


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


@by_post
def confirm_facts(request: HttpRequest, number: str) -> HttpResponse:
    """Attest the facts; the law is applied to them at once."""
    person = _person(request)
    file = _dossier(number)
    sent = request.POST.dict()
    try:
        facts = answers(asked_facts(office(), number), file, roles_of(person), sent)
        confirm(office(), number, facts, person.username, seen(file, sent))
    except (ContradictionError, ReadingError, Refused) as no:
        return _page(request, number, sent=sent, error=str(no), status=422)
    messages.success(request, "The facts are attested and the law in force was applied to them.")
    return redirect("case", number)


@by_post
def read_now(request: HttpRequest, number: str) -> HttpResponse:
    """Read the document now; what cannot be opened stays in sight with the reason."""
    if _dossier(number).stage not in UNREAD:
        return redirect("case", number)
    if read(office(), number, _person(request).username) is None:
        messages.warning(request, "The document could not be opened. It is kept as it arrived.")
    else:
        messages.success(request, "The document is read. Look at the page and confirm the facts.")
    return redirect("case", number)


@by_post
def record_outcome(request: HttpRequest, number: str) -> HttpResponse:
    """Record what was done; where it contradicts a finding, the case goes to a supervisor."""
    person = _person(request)
    _dossier(number)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, number, outcome=form, status=422)
    try:
        acted = act(office(), number, form.disposition(), person.username)
    except Refused as no:
        form.add_error(None, str(no))
        return _page(request, number, outcome=form, status=422)
    _say(request, acted)
    return redirect("case", number)


@by_post
@only(may_agree)
def agree_to_outcome(request: HttpRequest, number: str) -> HttpResponse:
    """Agree, as the second person, to what was done on a court's warrant."""
    try:
        acted = agree(office(), number, int(request.POST.get("entry", "-1")), _person(request).username)
    except CaseNotFound as no:
        _nothing_here(no)
    except ValueError:
        raise BadRequest from None
    except Refused as no:
        messages.error(request, str(no))
    else:
        _say(request, acted)
    return redirect("case", number)


def _say(request: HttpRequest, acted: Acted) -> None:
    if acted.waits:
        messages.warning(request, "Recorded. It counts once a second person has signed in and agreed to it.")
    elif acted.contradicts:
        messages.warning(request, "Recorded. It contradicts a finding: the case is now with a supervisor.")
    else:
        messages.success(request, "What was done is recorded.")


@by_post
def set_case_aside(request: HttpRequest, number: str) -> HttpResponse:
    """Set aside a document that is no request, with the reason."""
    reason, by = request.POST.get("reason", ""), _person(request).username
    step = partial(set_aside, office(), number, reason, by)
    return _step(request, number, step, "The case is set aside.")


@by_post
@only(may_hold)
def place_hold(request: HttpRequest, number: str) -> HttpResponse:
    """Place a legal hold on the case, with the reason."""
    step = partial(hold.place, office(), number, request.POST.get("reason", ""), _person(request).username)
    return _step(request, number, step, "A legal hold stands on this case. Nothing of it is shredded.")


@by_post
@only(may_lift)
def lift_hold(request: HttpRequest, number: str, entry: int) -> HttpResponse:
    """Lift a legal hold that covers the case, with the reason."""
    step = partial(hold.lift, office(), entry, request.POST.get("reason", ""), _person(request).username)
    return _step(request, number, step, "The legal hold is lifted.")


@by_post
def draft_letter(request: HttpRequest, number: str) -> HttpResponse:
    """Draft the reply letter."""
    step = partial(draft, office(), number, _person(request).username)
    return _step(request, number, step, "The reply letter is drafted. Read it, then approve it.")


@by_post
def approve_letter(request: HttpRequest, number: str) -> HttpResponse:
    """Approve the letter last drafted."""
    step = partial(approve, office(), number, _person(request).username)
    return _step(request, number, step, "The reply letter is approved.")


@require_safe
def letter(request: HttpRequest, number: str) -> HttpResponse:
    """The letter last drafted, as PDF."""
    try:
        pdf = letter_pdf(office(), number)
    except Refused as no:
        _nothing_here(no)
    headers = {"Content-Disposition": f'inline; filename="letter-{number}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _step(request: HttpRequest, number: str, step: Callable[[], object], done: str) -> HttpResponse:
    try:
        step()
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
    sent: Mapping[str, str] | None = None,
    error: str = "",
    outcome: OutcomeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    file = _dossier(number)
    person = _person(request)
    asked = asked_facts(office(), number)
    lines = readings(file, sent or {})
    decision = file.decisions[-1] if file.decisions else None
    context: dict[str, Any] = {
        "file": file,
        "first": file.receipts[0],
        "name": _subject(file),
        "pages": [
            {
                "number": n,
                "size": size,
                "title": title,
                "readings": [sheet for sheet in lines if sheet.line.page == n and sheet.line.found],
            }
            for n, (size, title) in enumerate(zip_longest(file.pages, file.page_titles), start=1)
            if size
        ],
        "readings": lines,
        "to_check": sum(sheet.asks for sheet in lines),
        "groups": groups(asked, file, roles_of(person), sent),
        "error": error,
        "unopened": file.stage == "quarantined",
        "description": DescriptionForm(asked),
        "may_take_out": may_take_out(person),
        "decision": decision,
        "earlier": [each.entry for each in file.decisions[:-1]],
        "findings": findings(decision, asked) if decision else [],
        "silent": [f for f in decision.findings if f.finding == "not-regulated"] if decision else [],
        "unsigned": [pack.data for pack in law_of(office()).layers if not pack.data.signed_by_counsel],
        "outcome": outcome or OutcomeForm(),
        "may_agree": may_agree(person)
        and file.waiting is not None
        and not same(file.waiting.by, person.username),
        "holds": [each for each in hold.standing(office()) if each.covers(number)],
        "may_hold": may_hold(person),
        "may_lift": may_lift(person),
        "letter": file.letters[-1] if file.letters else None,
    }
    return render(request, "desk/case.html", context, status=status)


def _subject(file: Dossier) -> str:
    """The subject's name as attested, or else as read."""
    read = next((line.value for line in file.readings if line.field == "subject.name"), "")
    return str(file.attested_readings.get("subject.name") or read or "")


def _dossier(number: str) -> Dossier:
    try:
        return dossier(office(), number)
    except CaseNotFound as no:
        _nothing_here(no)


def _nothing_here(no: Refused) -> NoReturn:
    raise NothingHere(str(no)) from None


def _person(request: HttpRequest) -> User:
    """The person signed in: every page of a case asks for one, see SignInFirst."""
    return cast("User", request.user)
