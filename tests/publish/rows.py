"""Hypothesis strategies for the rows of a report."""

import datetime as dt
from typing import get_args

from hypothesis import strategies as st

from tests.publish.cases import BOSTON, row
from trustact.publish.rows import FormClass, HeldReason, Outcome, Reason, Recipient, Release, RequestRow
from trustact.terms import Verdict

_YEAR = st.dates(dt.date(2025, 1, 1), dt.date(2025, 12, 31))


@st.composite
def request_rows(draw: st.DrawFn, number: int) -> RequestRow:
    """Any row that can stand in the report of 2025 under this number."""
    held = draw(st.booleans())
    copy_of = draw(st.none() | st.just("2024-0003"))
    received = draw(_YEAR)
    return row(
        number,
        received_on=received,
        logged_on=received + dt.timedelta(days=draw(st.integers(0, 40))),
        station=draw(st.sampled_from([*BOSTON.stations, "elsewhere"])),
        channel=draw(st.sampled_from([*BOSTON.channels, "pigeon"])),
        form=draw(st.sampled_from(["i-247a", "i-247g", "i-247n", "i-200", "letter", None])),
        form_class=draw(st.sampled_from(get_args(FormClass))),
        reasons=tuple(draw(st.lists(st.sampled_from(get_args(Reason)), unique=True))),
        subject=draw(st.integers(0, 2)),
        late=draw(st.booleans()),
        distinct=copy_of is None,
        of=copy_of,
        cancelled=draw(st.booleans()),
        hold_finding=draw(st.sampled_from([*Verdict, None])),
        outcome=draw(st.sampled_from(get_args(Outcome))),
        release=draw(st.sampled_from(get_args(Release))),
        held_past_eligibility=held,
        held_reason=draw(st.sampled_from(get_args(HeldReason))) if held else "",
        transferred_to=draw(st.sampled_from(get_args(Recipient))),
        reimbursement_cents=draw(st.sampled_from([0, 0, 1, 120450])),
    )


# Six rows are enough for every way rows can meet: copies, shared subjects, two stations, two months.
tables = st.integers(0, 6).flatmap(lambda size: st.tuples(*map(request_rows, range(1, size + 1)))).map(list)
