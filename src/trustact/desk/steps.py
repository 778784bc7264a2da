"""Steps: what a person does with a form, by POST alone; and where one goes on who had to sign in again for it."""

from collections.abc import Callable
from functools import wraps
from typing import cast
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

View = Callable[..., HttpResponseBase]


def by_post(view: View) -> View:
    """A view that answers POST alone, so that nobody is led to its address."""
    posted: View = require_POST(view)
    posted.is_step = True  # type: ignore[attr-defined]
    return posted


def only(may: Callable[[User], bool]) -> Callable[[View], View]:
    """A view for those signed in who may; of others PermissionDenied."""

    def for_those(view: View) -> View:
        @wraps(view)
        def allowed(request: HttpRequest, *given: object, **named: object) -> HttpResponseBase:
            if not may(cast("User", request.user)):
                raise PermissionDenied
            return view(request, *given, **named)

        return allowed

    return for_those


class SignInFirst(LoginRequiredMiddleware):
    """Sends who is not signed in to the sign-in page; from there back to the page wanted, or the one a form stood on."""

    def handle_no_permission(self, request: HttpRequest, view_func: View) -> HttpResponseRedirect:
        """The way to the sign-in page."""
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        return redirect_to_login(_page_of_the_form(request))


def _page_of_the_form(request: HttpRequest) -> str:
    """The page the form stood on as the browser names it, or else the nearest one above the step's address."""
    sent_from, host = request.headers.get("Referer", ""), {request.get_host()}
    own = url_has_allowed_host_and_scheme(sent_from, host, require_https=request.is_secure())
    path = urlsplit(sent_from).path if own else request.path
    while not _is_page(path):
        path = path.rstrip("/").rpartition("/")[0] + "/"
    return path


def _is_page(path: str) -> bool:
    try:
        return not getattr(resolve(path).func, "is_step", False)
    except Resolver404:
        return path == "/"
