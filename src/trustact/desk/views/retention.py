"""Retention: what the schedule lets go, proposed by one person and confirmed by another; and legal holds."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from trustact.casework import Refused, hold, shred
from trustact.casework.persons import same
from trustact.casework.retention import Due, due
from trustact.casework.schedule import rules_of
from trustact.desk.hold_form import HoldForm
from trustact.desk.opened import office
from trustact.desk.signin import may_hold, may_lift, may_shred
from trustact.desk.steps import by_post, only
from trustact.failures import OutsideFailed


@require_safe
@only(may_shred)
def retention(request: HttpRequest) -> HttpResponse:
    """The cases whose time is over, what keeps some all the same, and the proposals that wait. Changes nothing."""
    return _page(request, HoldForm())


def _page(request: HttpRequest, hold_form: HoldForm, status: int = 200) -> HttpResponse:
    found, refused = _due()
    now = {each.number: each for each in found}
    waiting = shred.proposals(office())
    proposed = {number for each in waiting for number in each.cases}
    free = [each for each in found if each.goes and each.number not in proposed]
    context = {
        "due": found,
        "refused": refused,
        "rules": rules_of(office()),
        "waiting": [
            {
                "proposal": each,
                "lines": [(number, rule, now.get(number)) for number, rule in each.cases.items()],
                "goes": any(number in now and now[number].goes for number in each.cases),
                "mine": same(each.by, _person(request).username),
            }
            for each in waiting
        ],
        "free": free,
        "approval": sorted({each.approval for each in free if each.approval}),
        "holds": hold.standing(office()),
        "hold_form": hold_form,
        "may_lift": may_lift(_person(request)),
        "not_erased": shred.not_erased(),
    }
    return render(request, "desk/retention.html", context, status=status)


@by_post
@only(may_shred)
def propose(request: HttpRequest) -> HttpResponse:
    """Propose to shred what is due and nothing keeps. Nothing goes before another person confirms it."""
    try:
        made = shred.propose(office(), _person(request).username, request.POST.get("approval", ""))
    except Refused as no:
        messages.error(request, str(no))
    else:
        says = f"{len(made.cases)} proposed in ledger entry {made.entry}. Another person must confirm it."
        messages.success(request, says)
    return redirect("retention")


@by_post
@only(may_shred)
def confirm(request: HttpRequest, entry: int) -> HttpResponse:
    """Shred what an entry proposed, as another person than the one who proposed it."""
    try:
        done = shred.confirm(office(), entry, _person(request).username)
    except (Refused, OutsideFailed) as no:
        messages.error(request, str(no))
    else:
        _say(request, done)
    return redirect("retention")


@by_post
@only(may_hold)
def place_hold(request: HttpRequest) -> HttpResponse:
    """Place a legal hold on a case or on every case, with the reason."""
    form = HoldForm(request.POST)
    if form.is_valid():
        said, by = form.cleaned_data, _person(request).username
        try:
            placed = hold.place(office(), said["number"], said["reason"], by)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            covers = f"case {placed.number}" if placed.number else "every case"
            messages.success(request, f"A legal hold stands on {covers}, ledger entry {placed.entry}.")
            return redirect("retention")
    return _page(request, form, status=422)


@by_post
@only(may_lift)
def lift_hold(request: HttpRequest, entry: int) -> HttpResponse:
    """Lift a legal hold, with the reason."""
    try:
        hold.lift(office(), entry, request.POST.get("reason", ""), _person(request).username)
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, f"The legal hold of entry {entry} is lifted.")
    return redirect("retention")


@by_post
@only(may_shred)
def erase(request: HttpRequest) -> HttpResponse:
    """Write the database's files anew, where that was interrupted after a shredding."""
    try:
        shred.erase(office(), _person(request).username)
    except OutsideFailed as no:
        messages.error(request, str(no))
    else:
        messages.success(request, "The database's files were written anew.")
    return redirect("retention")


def _say(request: HttpRequest, done: shred.Shredding) -> None:
    gone = f"Shredded: {', '.join(done.shredded) or 'nothing'}. Ledger entry {done.entry} says so."
    messages.success(request, f"{gone} Backups made before hold it still.")
    for number, reasons in done.stayed.items():
        messages.warning(request, f"{number} stays: {'; '.join(reasons)}.")
    if done.found is None:
        messages.warning(
            request, "The database's files were written anew; this database user may not look into them."
        )
    if done.found:
        messages.error(request, f"{done.found} pieces still lie in the database's files: erase them again.")
    if done.copies_stayed:
        messages.error(request, f"{done.copies_stayed} copies in watched folders could not be erased.")


def _due() -> tuple[list[Due], str]:
    """What is due, or why nothing ever is."""
    try:
        return due(office()), ""
    except Refused as no:
        return [], str(no)


def _person(request: HttpRequest) -> User:
    """The person signed in: these pages ask for one, see SignInFirst."""
    return cast("User", request.user)
