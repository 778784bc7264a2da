"""The error pages: in the frame of the desk, one clear line each, and nothing of what lies behind."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from trustact.desk.problems import Problem


class NothingHere(Http404):
    """A page that does not exist, with a line that says so to the reader."""


def page(request: HttpRequest, status: int, title: str, line: str) -> HttpResponse:
    """An error page with its one line; a problem where the API was asked."""
    if request.path.startswith("/api/"):
        return Problem(status, title.lower().replace(" ", "-"), line).answer()
    return render(request, "desk/error.html", {"title": title, "line": line}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request makes no sense to the desk."""
    return page(
        request,
        400,
        "Not understood",
        "The desk could not make sense of this request. Go back and try again.",
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: this person may not do that."""
    return page(request, 403, "Not allowed", "Your role does not allow this. Ask a supervisor.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form that was open too long, or that another site sent."""
    return page(
        request, 403, "Form out of date", "This form is out of date. Go back, load the page again and repeat."
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing has this address."""
    line = str(exception) if isinstance(exception, NothingHere) else "There is no page at this address."
    return page(request, 404, "Not found", f"{line[:1].upper()}{line[1:].rstrip('.')}.")


def failed(request: HttpRequest) -> HttpResponse:
    """500: the desk failed. What went wrong is in the log of the program, not on the page."""
    line = "The desk could not do that. Nothing was half done: a step is recorded whole or not at all. Try again."
    return page(request, 500, "The desk failed", line)
