"""The witness on the web (WSGI): `add-checkpoint` as C2SP tlog-witness says, and what it saw, for anyone to compare."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import Any

from trustact.ledger.errors import VerificationError
from trustact.ledger.witnessing import MAX_REQUEST_BYTES, NotCosigned
from trustact.witness.folder import WitnessFolder

_STATUS = {
    200: "200 OK",
    400: "400 Bad Request",
    403: "403 Forbidden",
    404: "404 Not Found",
    405: "405 Method Not Allowed",
    409: "409 Conflict",
    413: "413 Content Too Large",
    422: "422 Unprocessable Entity",
    500: "500 Internal Server Error",
}
_TEXT = "text/plain; charset=utf-8"

Start = Callable[[str, list[tuple[str, str]]], Any]
Answer = tuple[int, str, bytes]
"""Status, content type, body."""


class Application:
    """A witness's WSGI application over its folder; `clock` gives the moment, in UTC."""

    def __init__(self, witness: WitnessFolder, clock: Callable[[], dt.datetime]) -> None:
        self._witness = witness
        self._clock = clock

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answer one request."""
        status, kind, body = self._answer(environ)
        start(_STATUS[status], [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    def _answer(self, environ: dict[str, Any]) -> Answer:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "/")
        try:
            if path == "/add-checkpoint":
                return self._add(environ) if method == "POST" else _said(405, "this is for POST alone")
            if method not in ("GET", "HEAD"):
                return _said(405, "this is for GET alone")
            return self._shown(path)
        except VerificationError as wrong:
            return _said(500, f"this witness's own record cannot be used: {wrong}")

    def _add(self, environ: dict[str, Any]) -> Answer:
        try:
            length = int(environ.get("CONTENT_LENGTH") or 0)
        except ValueError:
            return _said(400, "the length of the request is not a number")
        if length > MAX_REQUEST_BYTES:
            return _said(413, f"a request has at most {MAX_REQUEST_BYTES} bytes")
        try:
            line = self._witness.add_checkpoint(environ["wsgi.input"].read(length), self._clock())
        except NotCosigned as why:
            if why.size is not None:
                return why.status, "text/x.tlog.size", f"{why.size}\n".encode()
            return _said(why.status, str(why))
        return 200, _TEXT, line.line.encode()

    def _shown(self, path: str) -> Answer:
        if path == "/":
            return 200, _TEXT, "\n".join(self._lines()).encode() + b"\n"
        for ledger in self._witness.ledgers:
            seen = self._witness.seen(ledger.name)
            if path == _path_of(ledger.name) and seen:
                return 200, _TEXT, seen.note
        return _said(404, "there is nothing here")

    def _lines(self) -> Iterator[str]:
        yield f"witness {self._witness.key.text}"
        for ledger in self._witness.ledgers:
            seen = self._witness.seen(ledger.name)
            said = f"{seen.size} entries, {_path_of(ledger.name)}" if seen else "nothing seen yet"
            yield f"ledger {ledger.name}: {said}"
        yield f"checkpoints that did not continue the one before: {len(self._witness.suspects())}"


def _path_of(origin: str) -> str:
    return f"/seen/{sha256(origin.encode()).hexdigest()[:32]}"


def _said(status: int, reason: str) -> Answer:
    return status, _TEXT, f"{reason}\n".encode()
