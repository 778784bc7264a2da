"""Sign-in with a one-time code, a session that lasts while someone is there, and sign-out."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from trustact.desk.opened import office
from trustact.desk.signin import redeem
from trustact.desk.steps import by_post

WRONG_CODES = 5
WAIT_SECONDS = 5 * 60


@login_not_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page with the one field; after five wrong codes from one address it waits five minutes."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    if request.method != "POST":
        return _page(request, "")
    tries = f"wrong sign-in codes from {request.META.get('REMOTE_ADDR', '')}".replace(" ", "-")
    if cache.get(tries, 0) >= WRONG_CODES:
        return _page(request, "Too many wrong codes. Wait five minutes, then ask for a new one.", status=429)
    person = redeem(request.POST.get("code", ""), office().clock())
    if person is None:
        cache.add(tries, 0, WAIT_SECONDS)
        cache.incr(tries)
        return _page(request, "This code is wrong, used or expired. Ask for a new one.", status=403)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponseRedirect(_wanted(request))


@login_not_required
@by_post
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect(settings.LOGIN_URL)


@by_post
def still_here(request: HttpRequest) -> HttpResponse:
    """Let the session last anew: a person does something on a page, and asks for none."""
    return HttpResponse(status=204)


def _page(request: HttpRequest, error: str, status: int = 200) -> HttpResponse:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return render(request, "desk/sign_in.html", {"error": error, "next": wanted}, status=status)


def _wanted(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if own else "/"
