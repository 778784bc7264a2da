"""How the office's channels are: each one well or not, since when, in one line."""

import datetime as dt
from collections.abc import Collection

import msgspec

from trustact.records.models import ChannelState
from trustact.records.office import Office


class ChannelLine(msgspec.Struct, frozen=True):
    """A configured channel: well or not, since when, in one line, and when it was last looked at."""

    name: str
    well: bool
    says: str
    since: dt.datetime
    looked_at: dt.datetime


def record_state(office: Office, name: str, *, well: bool, says: str = "") -> bool:
    """Keep how a channel is now; true where that is news."""
    now = office.clock()
    before = ChannelState.objects.filter(name=name).first()
    news = before is None or (before.well, before.says) != (well, says)
    since = now if before is None or news else before.since
    ChannelState.objects.update_or_create(
        name=name, defaults={"well": well, "says": says, "since": since, "looked_at": now}
    )
    return news


def forget_all_but(names: Collection[str]) -> None:
    """Forget how channels were that are no longer configured."""
    ChannelState.objects.exclude(name__in=list(names)).delete()


def channel_states() -> list[ChannelLine]:
    """Every configured channel that was looked at, by name."""
    return [
        ChannelLine(state.name, state.well, state.says, state.since, state.looked_at)
        for state in ChannelState.objects.order_by("name")
    ]
