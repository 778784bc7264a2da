"""Receipts: the page after something was received, the receipt on paper, and its proof as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trustact.casework.receipts import ReceiptNotFound, proof_of, receipt_on_paper, receiving
from trustact.desk.opened import office
from trustact.desk.views.errors import NothingHere

MOST = 100


@require_safe
def receipts(request: HttpRequest, entries: list[int]) -> HttpResponse:
    """The receipts of these ledger entries."""
    try:
        found = [receiving(office(), entry) for entry in entries[:MOST]]
    except ReceiptNotFound as no:
        raise NothingHere(str(no)) from None
    return render(request, "desk/receipts.html", {"receipts": found})


@require_safe
def paper(request: HttpRequest, entry: int) -> HttpResponse:
    """A receipt as a PDF to print."""
    try:
        return _file(receipt_on_paper(office(), entry), "application/pdf", f"receipt-{entry}.pdf", "inline")
    except ReceiptNotFound as no:
        raise NothingHere(str(no)) from None


@require_safe
def proof(request: HttpRequest, entry: int) -> HttpResponse:
    """The proof of a receipt, as C2SP tlog-proof."""
    try:
        data = proof_of(office(), entry).encode()
    except ReceiptNotFound as no:
        raise NothingHere(str(no)) from None
    return _file(data, "text/plain; charset=utf-8", f"receipt-{entry}.tlog-proof", "attachment")


def _file(data: bytes, kind: str, name: str, how: str) -> HttpResponse:
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'{how}; filename="{name}"'})
