"""The form on which documents are handed in at the desk: which, and where, how and when they arrived."""

import datetime as dt
import secrets
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from trustact.records.office import Office, OfficeSettings

OTHER = "other"


class LocalMoment(forms.CharField):
    """A moment as the browser's own field writes it, `2025-06-01T22:10`, in the office's time zone."""

    def __init__(self, office: Office, **options: Any) -> None:
        super().__init__(**options)
        self.office = office
        self.widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1", "class": "usa-input"})

    def clean(self, value: Any) -> dt.datetime | None:
        """The moment with its offset; None where it was left empty. Raises ValidationError for one that is none."""
        text = super().clean(value)
        if not text:
            return None
        try:
            read = dt.datetime.fromisoformat(text)
        except ValueError:
            raise ValidationError(f"{text} is no moment; write it as 2025-06-01T22:10") from None
        return read if read.tzinfo else read.replace(tzinfo=self.office.zone)


class ArrivalForm(forms.Form):
    """Where, how and when something arrived. `key` makes the same form sent twice one arrival."""

    station = forms.ChoiceField(label="Where it arrived")
    channel = forms.ChoiceField(label="How it arrived")
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, office: Office, data: Any = None, *, last: tuple[str, str] = ("", "")) -> None:
        super().__init__(
            data, initial={"key": secrets.token_urlsafe(16), "station": last[0], "channel": last[1]}
        )
        self.fields["received_at"] = LocalMoment(
            office,
            label="When it arrived",
            required=False,
            help_text=f"As the fax header or the mail says, in the time of {office.settings.time_zone}. Empty: just now.",
        )
        self._offer("station", stations(office.settings))
        self._offer("channel", channels(office.settings))

    def _offer(self, name: str, codes: dict[str, str]) -> None:
        field = cast("forms.ChoiceField", self.fields[name])
        field.choices = [("", "Choose"), *codes.items()]
        field.widget.attrs["class"] = "usa-select"

    def arrival(self) -> dict[str, Any]:
        """What the valid form says, as `receive` takes it."""
        return {name: self.cleaned_data[name] for name in ("station", "channel", "received_at")}


def stations(settings: OfficeSettings) -> dict[str, str]:
    """The office's stations by code, as a list to choose from; an office that names none has one."""
    named = {code: f"{code} · {name}" for code, name in settings.stations.items()}
    return named or {"HQ": settings.agency}


def channels(settings: OfficeSettings) -> dict[str, str]:
    """The office's channels by code, and another way, as a list to choose from."""
    return {**settings.channels, OTHER: settings.channels.get(OTHER, "Another way")}
