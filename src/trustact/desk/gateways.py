"""Who calls the API: a gateway by its bearer token (RFC 6750), within a number of calls a minute."""

from django.core.cache import cache
from django.http import HttpRequest

from trustact.casework.tokens import Gateway, gateway_of
from trustact.desk.problems import Problem

MINUTE = 60
CALLS_A_MINUTE = 240
WRONG_TOKENS_A_MINUTE = 20


def gateway_calling(request: HttpRequest) -> Gateway:
    """The gateway whose token came with the request.

    Raises Problem: 401 without one that counts, 429 for too many calls or too many wrong tokens from one address.
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    gateway = gateway_of(token.strip()) if scheme.lower() == "bearer" else None
    if gateway is None:
        address = request.META.get("REMOTE_ADDR", "")
        _count(f"wrong-tokens-{address}", WRONG_TOKENS_A_MINUTE, "too many calls without a token that counts")
        line = "show the gateway's token: Authorization: Bearer trustact_…"
        raise Problem(401, "no-token", line, WWW_Authenticate='Bearer realm="trustact"')
    _count(f"calls-{gateway.name}", CALLS_A_MINUTE, f"over {CALLS_A_MINUTE} calls a minute")
    return gateway


def _count(what: str, most: int, line: str) -> None:
    cache.add(what, 0, MINUTE)
    if cache.incr(what) > most:
        raise Problem(429, "too-many-calls", f"{line}: wait a minute", Retry_After=str(MINUTE))
