"""The ledger as it stands, and how anyone verifies it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trustact.desk.opened import office
from trustact.ledger.merkle import root_at
from trustact.ledger.note import encode_base64
from trustact.records.append import node, size
from trustact.records.models import LedgerCheckpoint


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """Size and root of the tree now, the checkpoint signed last, the public key, and the command that verifies."""
    entries = size()
    signed = LedgerCheckpoint.objects.order_by("-size").first()
    return render(
        request,
        "desk/ledger.html",
        {
            "size": entries,
            "root": encode_base64(root_at(entries, node)) if entries else "",
            "signed": signed,
            "note": bytes(signed.note).decode() if signed else "",
            "since": entries - signed.size if signed else entries,
            "key": office().settings.ledger,
            "public": office().public,
        },
    )
