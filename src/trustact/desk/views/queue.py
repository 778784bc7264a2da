"""The queue: every case, newest first, with what it wants next."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trustact.casework.board import queue as queue_of
from trustact.casework.silence import silence
from trustact.desk.opened import office
from trustact.desk.wording import STAGE_LABELS


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The cases of a stage and a station, or of all; the counts are always of all."""
    lines = queue_of(office())
    counts: Counter[str] = Counter(line.stage for line in lines)
    stage, station = request.GET.get("stage", ""), request.GET.get("station", "")
    shown = [line for line in lines if stage in ("", line.stage) and station in ("", line.station)]
    return render(
        request,
        "desk/queue.html",
        {
            "lines": shown,
            "total": len(lines),
            "open": sum(bool(line.wants) for line in lines),
            "silent": sum(line.longer for line in silence(office())),
            "quarantined": counts["quarantined"],
            "stages": [(name, label, counts[name]) for name, label in STAGE_LABELS.items()],
            "stations": sorted({line.station for line in lines}),
            "stage": stage if stage in STAGE_LABELS else "",
            "station": station,
        },
    )
