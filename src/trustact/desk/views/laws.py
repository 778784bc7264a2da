"""The law shelf: which laws there are, and each as a page of provisions beside rules."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from trustact.casework.decide import law_of
from trustact.desk.opened import office
from trustact.desk.views.errors import NothingHere
from trustact.law.loading import law_ids, load_law
from trustact.law.sheet import NO_PERMISSION, law_sheet
from trustact.shelves import shelf as folder_of


@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    """Every law of the shelf; the office's own, with the laws it stands on, comes first."""
    folder = folder_of("laws", office().folder)
    own = [pack.id for pack in law_of(office()).layers]
    others = [law_id for law_id in law_ids(folder) if law_id not in own]
    packs = {law_id: load_law(law_id, folder).data for law_id in (*own, *others)}
    groups = [("This office's law", own), ("Other laws on the shelf", others)]
    shown = [(title, [packs[law_id] for law_id in ids]) for title, ids in groups if ids]
    return render(request, "desk/laws.html", {"groups": shown})


@require_safe
def law(request: HttpRequest, law: str) -> HttpResponse:
    """One law: its provisions beside its rules, its duties, its open questions and its sources."""
    folder = folder_of("laws", office().folder)
    if law not in law_ids(folder):
        raise NothingHere(f"There is no law {law} on the shelf.")
    day = office().clock().astimezone(office().zone).date()
    context = {
        "law": law_sheet(load_law(law, folder), day),
        "no_permission": NO_PERMISSION,
        "shelf": reverse("laws"),
    }
    return render(request, "desk/law.html", context)
