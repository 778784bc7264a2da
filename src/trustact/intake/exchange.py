"""What is said between the opener and its limited process: one task in, one answer out, as MessagePack."""

import msgspec

from trustact.intake.confinement import Limits


class Task(msgspec.Struct, frozen=True):
    """Open the whole document, or draw one `page` (from 1) as a PNG of `dpi` dots an inch."""

    limits: Limits
    page: int | None = None
    dpi: int = 110


class Drawn(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """One page as a PNG."""

    png: bytes


class Refused(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Why the document was not opened: one line, with what to do."""

    reason: str


class Refusal(Exception):
    """Raised inside the limited process; its words become a Refused."""
