"""Bodies: a stranger's is not read, whatever it holds; anybody's is refused by its length before it is read."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import Client

from trustact.desk.bodies import MOST_HEARD_OUT
from trustact.records.office import Office

PIECE = 1 << 16
FORM = "multipart/form-data; boundary=frontier"


class Line(io.RawIOBase):
    """What a sender has still to send; it counts what is taken of it, and how much at once."""

    def __init__(self, length: int) -> None:
        self.left, self.taken, self.largest = length, 0, 0

    def read(self, size: int = -1) -> bytes:
        piece = min(self.left, size if size >= 0 else self.left)
        self.left, self.taken, self.largest = self.left - piece, self.taken + piece, max(self.largest, piece)
        return bytes(piece)


def posted(path: str, length: int, cookies: str = "", content: str = FORM) -> tuple[int, str, str, Line]:
    """The status, the address sent on to, the page, and what was read of the body, of the desk as a server calls it."""
    line = Line(length)
    told: dict[str, Any] = {}
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": line,
        "wsgi.errors": io.StringIO(),
        "CONTENT_TYPE": content,
        "CONTENT_LENGTH": str(length),
        "HTTP_COOKIE": cookies,
        "REMOTE_ADDR": "127.0.0.1",
    }

    def start(status: str, headers: list[tuple[str, str]], _wrong: Any = None) -> Callable[[bytes], object]:
        told.update(status=int(status[:3]), **{name: value for name, value in headers if name == "Location"})
        return lambda _: None

    page = b"".join(get_wsgi_application()(environ, start))
    return told["status"], told.get("Location", ""), page.decode(), line


def cookies_of(client: Client) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


@pytest.mark.parametrize("content", [FORM, "application/octet-stream", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize("path", ["/receive/", "/cases/2025-00001/facts/", "/sign-in/", "/api/documents"])
def test_of_a_stranger_nothing_is_read(desk: Office, path: str, content: str) -> None:
    token = Client()
    token.get("/sign-in/")  # the cookie that every page asks for, which a stranger can have
    status, location, page, line = posted(path, 300_000_000, cookies_of(token), content)
    assert line.taken == 0
    assert status == {"/sign-in/": 413, "/api/documents": 401}.get(path, 302)
    assert location.startswith("/sign-in/") == (status == 302)
    assert len(page) < PIECE


@pytest.mark.parametrize("path", ["/receive/", "/api/documents"])
def test_who_sends_little_is_heard_out_and_nothing_of_it_kept(desk: Office, path: str) -> None:
    """A browser that is answered while it sends shows a broken connection, not the page to sign in on."""
    status, _, _, line = posted(path, MOST_HEARD_OUT)
    assert (status, line.left) == (401 if path.startswith("/api") else 302, 0)
    assert line.largest <= PIECE


@pytest.mark.parametrize(
    ("content", "says"),
    [(FORM, "over 100 MB together. Go back and hand them in one by one"), ("text/plain", "enter less")],
)
def test_more_than_the_desk_takes_is_said_and_not_read(
    desk: Office, sergeant: Client, content: str, says: str
) -> None:
    status, _, page, line = posted("/receive/", 300_000_000, cookies_of(sergeant), content)
    assert (status, line.taken) == (413, 0)
    assert says in page
