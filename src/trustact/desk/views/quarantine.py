"""Quarantine: what could not be opened, why, and the original for those who may look at it."""

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from trustact.casework import CaseNotFound
from trustact.casework.quarantine import quarantine as in_quarantine
from trustact.casework.quarantine import take_out
from trustact.desk.opened import office
from trustact.desk.signin import may_take_out
from trustact.desk.steps import by_post, only
from trustact.desk.views.errors import NothingHere


@require_safe
def quarantine(request: HttpRequest) -> HttpResponse:
    """Every document nobody could open."""
    return render(request, "desk/quarantine.html", {"lines": in_quarantine(office())})


@by_post
@only(may_take_out)
def original(request: HttpRequest, number: str) -> HttpResponse:
    """The original as it arrived, for a supervisor who says it is understood what that can mean."""
    if request.POST.get("understood") != "on":
        return redirect("case", number)
    try:
        data = take_out(office(), number, cast("User", request.user).username)
    except CaseNotFound as no:
        raise NothingHere(str(no)) from None
    headers = {
        "Content-Disposition": f'attachment; filename="{number}.original"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(data, content_type="application/octet-stream", headers=headers)
