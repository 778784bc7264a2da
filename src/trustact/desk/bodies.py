"""How many bytes a request may bring, looked at before any of them is read."""

import contextlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from trustact.desk.views.errors import page

MOST_OF_A_STRANGER = 10_000
"""A sign-in code and the address wanted are far shorter."""

MOST_HEARD_OUT = 20_000_000
"""Bytes that are still taken from the line, and dropped, where the answer is there before they are.

A browser or a gateway that is answered while it sends may see a broken connection instead of the answer. What is longer
is not waited for.
"""

_FILES = "multipart/form-data"
_PIECE = 1 << 16


class BodyLimits:
    """Middleware that refuses a body by its length, in one line. The API does so itself, once it knows who calls."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of what lies behind, the sender heard out."""
        answer = self._get_response(request)
        if _length(request) <= MOST_HEARD_OUT:
            _hear_out(request)
        return answer

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _given: Any, _named: Any
    ) -> HttpResponse | None:
        """A refusal, or None where the view may read the body."""
        if getattr(view, "csrf_exempt", False) or _length(request) <= _most(request):
            return None
        return page(request, 413, "Too much at once", _line(request))


def _length(request: HttpRequest) -> int:
    """The length of the body; of one that tells none no byte is read."""
    told = request.META.get("CONTENT_LENGTH") or ""
    return int(told) if told.isdigit() else 0


def _hear_out(request: HttpRequest) -> None:
    with contextlib.suppress(OSError):
        while request.read(_PIECE):
            pass


def _most(request: HttpRequest) -> int:
    most: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if not request.user.is_authenticated:
        most = MOST_OF_A_STRANGER
    elif request.content_type == _FILES:
        most = settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    return most


def _line(request: HttpRequest) -> str:
    if request.user.is_authenticated and request.content_type == _FILES:
        most = settings.FILE_UPLOAD_MAX_MEMORY_SIZE // 1_000_000
        return f"Nothing was received: these files are over {most} MB together. Go back and hand them in one by one."
    return "This form holds more than it can. Go back and enter less."
