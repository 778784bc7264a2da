"""Where public files are read from: a folder, or an address on the web."""

import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from trustact.failures import BadInput, OutsideFailed

Fetch = Callable[[str], bytes]

_SECONDS = 30
_MOST_BYTES = 64_000_000


def source_of(path_or_url: str) -> Fetch:
    """Gives the bytes of a public file by its path; FileNotFoundError where there is none.

    Raises BadInput for a folder that does not exist or an address that is not http(s).
    """
    if path_or_url.startswith(("http://", "https://")):
        return lambda path: _from_web(path_or_url.rstrip("/") + "/" + path)
    folder = Path(path_or_url)
    if "://" in path_or_url or not folder.is_dir():
        raise BadInput(f"{path_or_url}: neither a folder of public files nor an address on the web")
    return lambda path: _from_folder(folder, path)


def page_at(url: str) -> bytes:
    """The bytes at an address of the web. Raises OutsideFailed where there are none."""
    try:
        return _from_web(url)
    except FileNotFoundError:
        raise OutsideFailed(f"{url}: there is nothing at this address") from None


def _from_folder(folder: Path, path: str) -> bytes:
    file = (folder / path).resolve()
    if not file.is_relative_to(folder.resolve()):
        raise FileNotFoundError(path)
    return file.read_bytes()


def _from_web(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url, timeout=_SECONDS) as answer:  # noqa: S310 (http and https alone come here)
            data: bytes = answer.read(_MOST_BYTES + 1)
    except urllib.error.HTTPError as wrong:
        wrong.close()
        if wrong.code == 404:
            raise FileNotFoundError(url) from None
        raise OutsideFailed(f"{url}: the server answers {wrong.code}") from None
    except (urllib.error.URLError, OSError) as wrong:
        raise OutsideFailed(f"{url}: {getattr(wrong, 'reason', wrong)}") from None
    if len(data) > _MOST_BYTES:
        raise OutsideFailed(f"{url}: larger than any public file of a ledger")
    return data
