"""The opener's parsers under a fuzzer: whatever the bytes, the answer is pages that hold together or one clear line.

uv run --group fuzz python fuzz/opener.py [FOLDER] [libFuzzer options]
"""

import math
import resource
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["trustact.intake", "email", "html", "PIL"]):
    from trustact.intake.opening import answer

import msgspec

from trustact.intake.confinement import Limits
from trustact.intake.exchange import Drawn, Refused, Task
from trustact.intake.page import Opened, Page, grey_bytes

ROOT = Path(__file__).parents[1]
LIMITS = Limits(pages=2, pixels=1_000_000, drawn_pixels=100_000)
OPTIONS = ["-max_len=20000", "-timeout=25", "-rss_limit_mb=0", "-print_final_stats=1"]


def check(data: bytes) -> None:
    """One document opened, and the first page of it drawn for the desk. Raises AssertionError."""
    written = msgspec.msgpack.encode(answer(data, Task(LIMITS)))
    answered = msgspec.msgpack.decode(written, type=Opened | Refused)
    if isinstance(answered, Refused):
        one_line(answered)
        return
    assert answered.page_count >= len(answered.pages) > 0
    assert not any("\n" in remark for remark in answered.remarks)
    for number, page in enumerate(answered.pages, start=1):
        whole(page, number)
    drawn = answer(data, Task(LIMITS, page=1, dpi=40))
    assert isinstance(drawn, Drawn), drawn


def one_line(refused: Refused) -> None:
    """Why not, in a line that a person can read."""
    assert refused.reason.isprintable(), refused.reason
    assert len(refused.reason) < 250, refused.reason


def whole(page: Page, number: int) -> None:
    """A page that holds together: its number, its size, its picture, the places of its words."""
    assert page.number == number
    assert page.width > 0 < page.height
    assert grey_bytes(page.raster)
    assert all(math.isfinite(edge) for word in page.words for edge in word.box)


def seed(folder: Path) -> None:
    """Fill an empty folder with the tests' own documents, one of each kind."""
    sys.path.insert(0, str(ROOT))
    from tests.intake.hostile import SEEDS

    folder.mkdir(parents=True, exist_ok=True)
    for name, made in SEEDS.items():
        (folder / name.replace(" ", "-").replace("/", "-")).write_bytes(made())


def main() -> None:
    """Seed the folder where it is empty, then fuzz within four thousand million bytes of memory."""
    resource.setrlimit(resource.RLIMIT_AS, (4_000_000_000, 4_000_000_000))
    folder = Path(next((word for word in sys.argv[1:] if not word.startswith("-")), ROOT / "fuzz" / "corpus"))
    if not folder.is_dir() or not any(folder.iterdir()):
        seed(folder)
    given = [word for word in sys.argv[1:] if word.startswith("-")]
    atheris.Setup([sys.argv[0], *OPTIONS, *given, str(folder)], check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
