"""Stations and channels: when each last delivered, and which have been silent for longer than expected."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trustact.casework.silence import silence as silence_of
from trustact.desk.opened import office

GROUPS = {"station": "Stations", "channel": "Channels", "gateway": "Gateways"}


@require_safe
def silence(request: HttpRequest) -> HttpResponse:
    """Every station, channel and gateway."""
    lines = silence_of(office())
    groups = [(title, [line for line in lines if line.source == source]) for source, title in GROUPS.items()]
    context = {
        "groups": [group for group in groups if group[1]],
        "longer": sum(line.longer for line in lines),
    }
    return render(request, "desk/silence.html", context)
