"""Problem details (RFC 9457): how the API says no, in one clear line for people and one type for machines."""

from http import HTTPStatus
from typing import Any

import msgspec
from django.http import HttpResponse

TYPES = "urn:trustact:problem:"


class Problem(Exception):
    """A request the API does not carry out: its status, the name of its kind, and the line that says why.

    `headers` go with the answer, such as Retry-After in seconds.
    """

    def __init__(self, status: int, kind: str, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.status = status
        self.kind = kind
        self.detail = detail
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def answer(self) -> HttpResponse:
        """The problem as application/problem+json."""
        body: dict[str, Any] = {
            "type": TYPES + self.kind,
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        return HttpResponse(
            msgspec.json.encode(body),
            content_type="application/problem+json",
            status=self.status,
            headers=self.headers,
        )
