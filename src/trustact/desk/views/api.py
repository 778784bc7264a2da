"""The API for gateways: a document in, its receipt out, whatever becomes of the reading."""

import datetime as dt
import hashlib
import logging
from collections.abc import Callable
from functools import wraps
from importlib.resources import files
from typing import Any

import msgspec
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt

from trustact.casework import Refused
from trustact.casework.arrivals import Arrival, arrive
from trustact.casework.receipts import ReceiptNotFound, entry_text, proof_of, receiving
from trustact.casework.receive import MOST_BYTES
from trustact.casework.tokens import Gateway, note_delivery
from trustact.desk.gateways import gateway_calling
from trustact.desk.opened import office
from trustact.desk.problems import Problem

FORM_ROOM = 100_000
"""Bytes a request may have around its document."""

LONGEST_KEY = 200
JSON = "application/json"

_log = logging.getLogger("django.request")

View = Callable[..., HttpResponse]


def api(method: str) -> Callable[[View], View]:
    """A view of the API: one method, no session and no form of ours, and every failure a problem (RFC 9457)."""

    def dress(view: View) -> View:
        @csrf_exempt
        @login_not_required
        @wraps(view)
        def answer(request: HttpRequest, *given: object, **named: object) -> HttpResponse:
            if request.method != method:
                line = f"this address takes {method} alone"
                return Problem(405, "wrong-method", line, Allow=method).answer()
            try:
                return view(request, *given, **named)
            except Problem as no:
                return no.answer()
            except (BadRequest, MultiPartParserError, SuspiciousOperation):
                return Problem(400, "not-understood", "the body is not the form it says it is").answer()
            except Refused as no:
                return Problem(422, "refused", str(no)).answer()
            except Exception:  # noqa: BLE001 - what went wrong is never told to a stranger
                _log.exception("the API failed")
                line = "nothing was half done: send it again with the same Idempotency-Key"
                return Problem(500, "failed", line).answer()

        return answer

    return dress


@api("POST")
def documents(request: HttpRequest) -> HttpResponse:
    """Take a document in; 201 with its receipt, 200 with the same receipt for the same Idempotency-Key."""
    gateway = gateway_calling(request)
    key = _key(request)
    data, filename = _document(request)
    arrival = Arrival(
        data=data,
        station=_station(request),
        channel=_channel(request, gateway),
        delivery=f"api|{gateway.name}|{key}",
        filename=filename,
        said_at=_moment(request.POST.get("received_at", "")),
    )
    given = arrive(office(), arrival, by=gateway.actor)
    if given.sha256 != hashlib.sha256(data).hexdigest():
        raise Problem(422, "key-reused", "this Idempotency-Key came before with another document")
    note_delivery(office(), gateway)
    answer = _receipt(given.entry, status=200 if given.same_delivery else 201)
    answer["Location"] = f"/api/receipts/{given.entry}"
    return answer


@api("GET")
def receipt(request: HttpRequest, entry: int) -> HttpResponse:
    """The receipt of a ledger entry, for gateways of the channel it came through."""
    gateway = gateway_calling(request)
    try:
        found = receiving(office(), entry)
    except ReceiptNotFound as no:
        raise Problem(404, "no-receipt", str(no)) from None
    if found.channel != gateway.channel:
        raise Problem(404, "no-receipt", f"there is no receipt {entry}")
    return _receipt(entry)


@api("GET")
def openapi(request: HttpRequest) -> HttpResponse:
    """The API described for machines (OpenAPI 3.1)."""
    return HttpResponse(files("trustact.desk").joinpath("openapi.json").read_bytes(), content_type=JSON)


def _receipt(entry: int, status: int = 200) -> HttpResponse:
    found = receiving(office(), entry)
    body: dict[str, Any] = {
        "number": found.number,
        "received_at": found.received_at.isoformat(),
        "logged_at": found.logged_at.isoformat(),
        "station": found.station,
        "channel": found.channel,
        "bytes": found.size,
        "sha256": found.sha256,
        "late": found.late,
        "again": found.again,
        "ledger": {
            "key": office().settings.ledger,
            "index": entry,
            "entry": entry_text(entry),
            "proof": proof_of(office(), entry).encode().decode(),
        },
    }
    return HttpResponse(msgspec.json.encode(body), content_type=JSON, status=status)


def _key(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key", "").strip()
    if not 0 < len(key) <= LONGEST_KEY:
        line = "send an Idempotency-Key header with each document, such as the gateway's own job number"
        raise Problem(400, "no-key", line)
    return key


def _document(request: HttpRequest) -> tuple[bytes, str]:
    """The bytes and the name of the document, before which nothing of the body is looked at."""
    if request.content_type != "multipart/form-data":
        line = "send multipart/form-data with a file named document"
        raise Problem(415, "wrong-body", line, Accept_Post="multipart/form-data")
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdigit():
        raise Problem(411, "no-length", "send the length of the body with it (Content-Length)")
    if int(length) > MOST_BYTES + FORM_ROOM:
        raise Problem(413, "too-large", f"a document has at most {MOST_BYTES:,} bytes")
    sent = request.FILES.getlist("document")
    if len(sent) != 1:
        raise Problem(422, "no-document", f"send one file named document; {len(sent)} came")
    return sent[0].read(), sent[0].name or ""


def _station(request: HttpRequest) -> str:
    station = request.POST.get("station", "").strip()
    known = office().settings.stations
    if not station or (known and station not in known):
        raise Problem(422, "no-station", f"say in station where it arrived, one of {', '.join(known)}")
    return station


def _channel(request: HttpRequest, gateway: Gateway) -> str:
    if request.POST.get("channel", gateway.channel) != gateway.channel:
        raise Problem(422, "wrong-channel", f"this token is for the channel {gateway.channel} alone")
    return gateway.channel


def _moment(text: str) -> dt.datetime | None:
    if not text.strip():
        return None
    try:
        said = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        said = None
    if said is None or said.tzinfo is None:
        raise Problem(422, "no-moment", "write received_at with its offset, as in 2025-06-01T22:10:00-04:00")
    return said
