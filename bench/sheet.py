"""A sheet of the report: a heading, rows with ratios, the targets they are held to, and the whole as Markdown."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Sheet(NamedTuple):
    """A table with its heading and a note under it."""

    heading: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    note: str = ""

    def markdown(self) -> str:
        """The sheet as Markdown."""
        lines = [f"## {self.heading}", "", _line(self.columns), _line("---" for _ in self.columns)]
        return "\n".join([*lines, *map(_line, self.rows), *(["", self.note] if self.note else []), ""])


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def target(wanted: str, measured: str, *, holds: bool) -> tuple[str, str, str]:
    """The row of a target: what is wanted, what was measured, whether it holds."""
    return wanted, measured, "holds" if holds else "**missed**"


def times(ratio: float) -> str:
    """A ratio for reading: three figures."""
    return f"{ratio:.3g}x" if ratio < 1000 else f"{ratio:,.0f}x"


def micro(seconds: float) -> str:
    """Seconds as microseconds for reading."""
    return f"{seconds * 1e6:,.3g} us" if seconds < 1e-3 else f"{seconds * 1e3:,.3g} ms"
