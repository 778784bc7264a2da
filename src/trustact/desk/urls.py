"""The addresses of the desk. No name and no secret ever stands in one."""

from django.urls import path, register_converter

from trustact.desk.views import (
    api,
    case,
    errors,
    laws,
    ledger,
    paperless,
    quarantine,
    queue,
    receipts,
    receive,
    reports,
    retention,
    sign_in,
    silence,
    why,
)


class CaseNumber:
    """A case number in an address, as in 2025-00012."""

    regex = r"\d{4}-\d{5,9}"

    def to_python(self, value: str) -> str:
        """The number as text."""
        return value

    def to_url(self, value: str) -> str:
        """The number as text."""
        return value


class Entries:
    """Entries of the ledger in an address, as in 12,13."""

    regex = r"\d{1,15}(,\d{1,15})*"

    def to_python(self, value: str) -> list[int]:
        """The numbers."""
        return [int(each) for each in value.split(",")]

    def to_url(self, value: list[int] | int) -> str:
        """The numbers with commas."""
        return ",".join(map(str, [value] if isinstance(value, int) else value))


register_converter(CaseNumber, "case")
register_converter(Entries, "entries")

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("still-here/", sign_in.still_here, name="still-here"),
    path("receive/", receive.receive, name="receive"),
    path("receive/note/", paperless.note, name="note"),
    path("quarantine/", quarantine.quarantine, name="quarantine"),
    path("stations/", silence.silence, name="silence"),
    path("receipts/<entries:entries>/", receipts.receipts, name="receipts"),
    path("receipts/<int:entry>.pdf", receipts.paper, name="receipt-paper"),
    path("receipts/<int:entry>.tlog-proof", receipts.proof, name="receipt-proof"),
    path("cases/<case:number>/", case.show, name="case"),
    path("cases/<case:number>/why/", why.show, name="why"),
    path("cases/<case:number>/read/", case.read_now, name="read"),
    path("cases/<case:number>/page/<int:page>.png", case.page, name="page"),
    path("cases/<case:number>/describe/", paperless.describe_document, name="describe"),
    path("cases/<case:number>/original/", quarantine.original, name="original"),
    path("cases/<case:number>/facts/", case.confirm_facts, name="confirm"),
    path("cases/<case:number>/outcome/", case.record_outcome, name="outcome"),
    path("cases/<case:number>/outcome/agree/", case.agree_to_outcome, name="agree"),
    path("cases/<case:number>/set-aside/", case.set_case_aside, name="set-aside"),
    path("cases/<case:number>/holds/place/", case.place_hold, name="hold-case"),
    path("cases/<case:number>/holds/<int:entry>/lift/", case.lift_hold, name="lift-on-case"),
    path("cases/<case:number>/letter/draft/", case.draft_letter, name="draft-letter"),
    path("cases/<case:number>/letter/approve/", case.approve_letter, name="approve-letter"),
    path("cases/<case:number>/letter.pdf", case.letter, name="letter"),
    path("api/documents", api.documents, name="api-documents"),
    path("api/receipts/<int:entry>", api.receipt, name="api-receipt"),
    path("api/openapi.json", api.openapi, name="api-openapi"),
    path("retention/", retention.retention, name="retention"),
    path("retention/propose/", retention.propose, name="propose-shredding"),
    path("retention/<int:entry>/confirm/", retention.confirm, name="confirm-shredding"),
    path("retention/holds/place/", retention.place_hold, name="hold"),
    path("retention/holds/<int:entry>/lift/", retention.lift_hold, name="lift"),
    path("retention/erase/", retention.erase, name="erase"),
    path("reports/", reports.filed, name="reports"),
    path("reports/<slug:law>/<slug:period>/", reports.report, name="report"),
    path("reports/<slug:law>/<slug:period>/<path:name>", reports.file, name="report-file"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("laws/", laws.shelf, name="laws"),
    path("laws/<slug:law>/", laws.law, name="law"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.failed
