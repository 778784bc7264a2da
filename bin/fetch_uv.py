"""Fetches the pinned uv from the package index with the standard library alone; prints the program's path.

The wheel must have the SHA-256 pinned here, so it may come from any mirror and over any connection. The index is
the one of UV_DEFAULT_INDEX, UV_INDEX_URL or PIP_INDEX_URL, else the Python package index.
"""

import hashlib
import io
import os
import platform
import re
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

VERSION = "0.13.9"
WHEELS = {
    ("Linux", "x86_64"): (
        "uv-0.13.9-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    ),
    ("Linux", "aarch64"): (
        "uv-0.13.9-py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64.whl",
        "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe",
    ),
    ("Darwin", "x86_64"): (
        "uv-0.13.9-py3-none-macosx_10_12_x86_64.whl",
        "c16ed11e013557536b3e60065f1b912f6407bd6518e041b961e23ef9e6b4fbf5",
    ),
    ("Darwin", "arm64"): (
        "uv-0.13.9-py3-none-macosx_11_0_arm64.whl",
        "66c512266d633bef48384a1f53003f41f2a8e7b36fe6e7fbfd3e0fd52d96fa63",
    ),
}


def index_url() -> str:
    """The address of the package index, ending in a slash."""
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        if os.environ.get(name):
            return os.environ[name].rstrip("/") + "/"
    return "https://pypi.org/simple/"


def get(url: str) -> bytes:
    """The bytes at an address. A computer without certificates is no obstacle: the hash is what is trusted."""
    try:
        return urllib.request.urlopen(url, timeout=60).read()
    except urllib.error.URLError as wrong:
        if not isinstance(wrong.reason, ssl.SSLCertVerificationError):
            raise
    unverified = ssl._create_unverified_context()  # noqa: S323 (see above)
    return urllib.request.urlopen(url, timeout=60, context=unverified).read()


def fetch(folder: Path) -> Path:
    """The path of the program, fetched into the folder unless it lies there already."""
    program = folder / f"uv-{VERSION}"
    if program.exists():
        return program
    machine = (platform.system(), platform.machine())
    if machine not in WHEELS:
        sys.exit(f"trustact: install uv {VERSION} by hand: no build of it is pinned for {' '.join(machine)}")
    name, digest = WHEELS[machine]
    try:
        page = index_url() + "uv/"
        link = re.search(rf'href="([^"]*/{re.escape(name)})[#"]', get(page).decode())
        if not link:
            sys.exit(f"trustact: the package index at {page} does not have {name}")
        wheel = get(urllib.parse.urljoin(page, link[1]))
    except (urllib.error.URLError, TimeoutError) as wrong:
        sys.exit(f"trustact: uv cannot be fetched from {index_url()}: {wrong}; install it by hand")
    if hashlib.sha256(wheel).hexdigest() != digest:
        sys.exit(
            f"trustact: {name} from {index_url()} is not the build that is pinned; nothing was installed"
        )
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"uv-{VERSION}.part"
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        part.write_bytes(archive.read(f"uv-{VERSION}.data/scripts/uv"))
    part.chmod(0o755)
    part.replace(program)
    return program


if __name__ == "__main__":
    print(fetch(Path(sys.argv[1])).resolve())
