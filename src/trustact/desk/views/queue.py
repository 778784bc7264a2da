"""The queue: every case, newest first, with what it wants next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trustact.casework.board import queue as queue_of
from trustact.casework.silence import silence
from trustact.desk.opened import office
from trustact.desk.wording import STAGE_LABELS


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """A page of the cases of a stage and a station, or of all; the counts are always of all."""
    asked = request.GET.get("stage", "")
    stage, station = asked if asked in STAGE_LABELS else "", request.GET.get("station", "")
    page = request.GET.get("page", "1")
    found = queue_of(office(), stage=asked, station=station, page=int(page) if page.isdecimal() else 1)
    return render(
        request,
        "desk/queue.html",
        {
            "queue": found,
            "silent": sum(line.longer for line in silence(office())),
            "quarantined": found.by_stage.get("quarantined", 0),
            "stages": [(name, label, found.by_stage.get(name, 0)) for name, label in STAGE_LABELS.items()],
            "stage": stage,
            "station": station,
        },
    )
