"""Receive: documents handed in at the desk, by file, by drop or by paste; the receipt comes before any reading."""

import hashlib
from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from trustact.casework import Refused
from trustact.casework import receive as casework
from trustact.desk.arrival_form import ArrivalForm
from trustact.desk.opened import office
from trustact.desk.recent import remember, remembered
from trustact.desk.views.paperless import note_of_text


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest) -> HttpResponse:
    """The form; once sent, each document is received and the page of their receipts follows."""
    if request.method != "POST":
        return _page(request, ArrivalForm(office(), last=remembered(request)))
    form = ArrivalForm(office(), request.POST)
    files = request.FILES.getlist("documents")
    text = request.POST.get("text", "").strip()
    if not files and not text:
        form.add_error(None, "Choose a file, drop one on the page, or paste a picture or text.")
    if not form.is_valid():
        return _page(request, form, status=422)
    remember(request, form.cleaned_data["station"], form.cleaned_data["channel"])
    taken, refused = _take(request, form, files)
    if text:
        taken.append(note_of_text(form, text, cast("User", request.user).username))
    if not taken:
        for line in refused:
            form.add_error(None, line)
        return _page(request, form, status=422)
    for line in refused:
        messages.error(request, f"not received: {line}")
    return redirect("receipts", taken)


def _take(
    request: HttpRequest, form: ArrivalForm, files: "list[UploadedFile[bytes]]"
) -> tuple[list[int], list[str]]:
    """The ledger entries of the files received, and a line for each that was refused."""
    by = cast("User", request.user).username
    taken: list[int] = []
    refused: list[str] = []
    for number, file in enumerate(files):
        arrival = {**form.arrival(), "filename": file.name or "", "by": by}
        data = file.read()
        delivery = f"desk|{by}|{form.cleaned_data['key']}|{number}|{hashlib.sha256(data).hexdigest()}"
        try:
            taken.append(casework.receive(office(), data, delivery=delivery, **arrival).entry)
        except Refused as no:
            refused.append(f"{file.name}: {no}")
    return taken, refused


def _page(request: HttpRequest, form: ArrivalForm, status: int = 200) -> HttpResponse:
    return render(request, "desk/receive.html", {"form": form}, status=status)
