"""A request over HTTP that is given so many seconds in all: a timeout of a socket is one of each read alone."""

import http.client
import io
import socket
import urllib.request
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Any, cast
from urllib.response import addinfourl


class Deadline:
    """A moment so many seconds from now, for everything that is done until then."""

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds

    def left(self) -> float:
        """The seconds that are left. Raises TimeoutError where there are none."""
        left = self._end - monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def answer_to(request: urllib.request.Request, deadline: Deadline) -> addinfourl:
    """The answer, which is to be read before the deadline too. Raises what `urlopen` does, or TimeoutError."""
    opener = urllib.request.build_opener(_InTime(deadline))
    answer: addinfourl = opener.open(request, timeout=deadline.left())
    return answer


class _InTime(urllib.request.HTTPSHandler, urllib.request.HTTPHandler):
    def __init__(self, deadline: Deadline) -> None:
        super().__init__()
        self._deadline = deadline

    def do_open(self, http_class: Any, req: urllib.request.Request, **given: Any) -> http.client.HTTPResponse:
        return super().do_open(partial(_connection, http_class, self._deadline), req, **given)


def _connection(
    kind: Callable[..., http.client.HTTPConnection], deadline: Deadline, host: str, **given: Any
) -> http.client.HTTPConnection:
    made = kind(host, **{**given, "timeout": deadline.left()})
    made.response_class = cast("type[http.client.HTTPResponse]", partial(_Response, deadline))
    return made


class _Response(http.client.HTTPResponse):
    """An answer of which every read, of its status and headers too, has the time that is left."""

    def __init__(self, deadline: Deadline, sock: socket.socket, *given: Any, **named: Any) -> None:
        super().__init__(sock, *given, **named)
        self.fp = io.BufferedReader(_Timely(self.fp.detach(), sock, deadline))


class _Timely(io.RawIOBase):
    def __init__(self, raw: io.RawIOBase, sock: socket.socket, deadline: Deadline) -> None:
        self._raw, self._sock, self._deadline = raw, sock, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        try:
            self._sock.settimeout(self._deadline.left())
            return self._raw.readinto(buffer)
        except OSError:
            self._raw.close()  # urllib leaves an answer open where reading the body of a redirection fails
            raise

    def close(self) -> None:
        self._raw.close()
        super().close()
