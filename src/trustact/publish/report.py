"""A report, complete, waiting only to be printed: its form, figures and rows, and what it rests on."""

import datetime as dt

import msgspec

from trustact.publish.department import Department
from trustact.publish.figures import Figures
from trustact.publish.report_form import Period, ReportForm
from trustact.publish.rows import RequestRow
from trustact.publish.supplement import Supplement


class LedgerHead(msgspec.Struct, frozen=True):
    """The checkpoint a report rests on: the log's origin, its size in entries, its root hash in base64.

    `address`: where the ledger is published, for whoever wants to audit it; empty where it has none.
    """

    origin: str
    size: int
    root: str
    address: str


class Report(msgspec.Struct, frozen=True):
    """A report of a period: `rows` is None where small counts are withheld, so that no request is listed."""

    form: ReportForm
    period: Period
    dated: dt.date
    department: Department
    head: LedgerHead
    pack_digest: str
    figures: Figures
    rows: tuple[RequestRow, ...] | None
    supplement: Supplement | None = None

    @property
    def title(self) -> str:
        """Title and period."""
        return f"{self.heading}, {self.form.period.says} {self.period.name}"

    @property
    def heading(self) -> str:
        """What the report calls itself."""
        return (
            f"{self.form.title}, supplement {self.supplement.number}" if self.supplement else self.form.title
        )
