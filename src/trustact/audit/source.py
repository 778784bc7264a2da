"""Where public files are read from: a folder, or an address on the web."""

import errno
import http.client
import os
import stat
import urllib.error
import urllib.request
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import quote

from trustact.failures import BadInput, OutsideFailed

Fetch = Callable[[str], bytes]

_SECONDS = 30
_NO_FILE = (errno.ELOOP, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG)
_MOST_BYTES = 64_000_000
_AT_ONCE = os.O_NOFOLLOW | os.O_NONBLOCK


def source_of(path_or_url: str) -> Fetch:
    """Gives the bytes of a public file by its path; FileNotFoundError where there is none.

    Raises BadInput for a folder that does not exist or an address that is not http(s).
    """
    if path_or_url.startswith(("http://", "https://")):
        return lambda path: _from_web(path_or_url.rstrip("/") + "/" + quote(path))
    folder = Path(path_or_url)
    if "://" in path_or_url or not folder.is_dir():
        raise BadInput(f"{path_or_url}: neither a folder of public files nor an address on the web")
    return _Folder(folder).file


def steady(fetch: Fetch, path: str) -> Fetch:
    """The same files, but one of them for ever as it was the first time: what is looked up by it belongs to it."""
    first = cache(lambda: fetch(path))
    return lambda wanted: first() if wanted == path else fetch(wanted)


def page_at(url: str) -> bytes:
    """The bytes at an address of the web. Raises OutsideFailed where there are none."""
    try:
        return _from_web(url)
    except FileNotFoundError:
        raise OutsideFailed(f"{url}: there is nothing at this address") from None


class _Folder:
    """A folder of public files, out of which no path and no link leads.

    Where each folder inside it lies is looked up once: a ledger of a million entries has eight thousand files in ten.
    """

    def __init__(self, folder: Path) -> None:
        self._top = folder.resolve()
        self._places: dict[str, Path | None] = {}

    def file(self, path: str) -> bytes:
        """The bytes of a file. FileNotFoundError where there is none inside, OutsideFailed for what is no plain file."""
        around, _, name = path.rpartition("/")
        if around not in self._places:
            self._places[around] = self._inside(around)
        place = self._places[around]
        if place is None or "\0" in name:
            raise FileNotFoundError(path)
        try:
            return _read(f"{place}/{name}")
        except OSError as wrong:
            if wrong.errno == errno.ELOOP and (target := self._inside(path)):
                return _read(str(target))
            if wrong.errno in _NO_FILE:
                raise FileNotFoundError(path) from None
            raise

    def _inside(self, path: str) -> Path | None:
        try:
            place = (self._top / path).resolve(strict=True)
        except (OSError, ValueError, RuntimeError):  # not there, or links that go round
            return None
        return place if place.is_relative_to(self._top) else None


def _read(file: str) -> bytes:
    """The bytes of a plain file, of any other nothing is waited for; OSError with ELOOP for a link."""
    try:
        with open(file, "rb", opener=lambda path, flags: os.open(path, flags | _AT_ONCE)) as opened:
            state = os.fstat(opened.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise _no_file(file)
            _demand_bounded(state.st_size, file)
            return opened.read()
    except OSError as wrong:
        if wrong.errno == errno.ENXIO:  # a socket
            raise _no_file(file) from None
        raise


def _no_file(file: str) -> OutsideFailed:
    return OutsideFailed(f"{file}: a pipe, a device or the like, where a public file should be")


def _demand_bounded(size: int, place: str) -> None:
    if size > _MOST_BYTES:
        raise OutsideFailed(f"{place}: larger than any public file of a ledger")


def _from_web(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url, timeout=_SECONDS) as answer:  # noqa: S310 (http and https alone come here)
            data: bytes = answer.read(_MOST_BYTES + 1)
            length = answer.headers.get("Content-Length", "")
    except urllib.error.HTTPError as wrong:
        wrong.close()
        if wrong.code == 404:
            raise FileNotFoundError(url) from None
        raise OutsideFailed(f"{url}: the server answers {wrong.code}") from None
    except (OSError, http.client.HTTPException, ValueError) as wrong:  # ValueError: no address at all
        raise OutsideFailed(f"{url}: {str(getattr(wrong, 'reason', wrong)).strip()}") from None
    _demand_bounded(len(data), url)
    if length.isdecimal() and len(data) < int(length):
        raise OutsideFailed(f"{url}: the answer ended after {len(data)} of {length} bytes")
    return data
