"""Where and how the last arrival came that a person logged, offered again in their session."""

from django.http import HttpRequest

_KEY = "last arrival"


def remember(request: HttpRequest, station: str, channel: str) -> None:
    """Keep both for the next form of this session."""
    request.session[_KEY] = [station, channel]


def remembered(request: HttpRequest) -> tuple[str, str]:
    """Station and channel kept last; empty where none were."""
    station, channel = request.session.get(_KEY, ("", ""))
    return station, channel
