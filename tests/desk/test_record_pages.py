"""The pages of reports, laws and the ledger."""

import datetime as dt

from django.test import Client

from tests.conftest import Clock
from tests.desk.conftest import attest, take
from trustact.casework.report import report
from trustact.law.loading import load_law
from trustact.records.office import Office


def test_the_ledger_page_tells_size_root_and_how_to_verify(desk: Office, sergeant: Client) -> None:
    assert "No checkpoint has been signed yet" in sergeant.get("/ledger/").content.decode()
    take(desk)
    page = sergeant.get("/ledger/").content.decode()
    assert desk.settings.ledger.split("+")[0] in page
    assert f"trustact audit {desk.public}" in page


def test_a_report_is_shown_with_every_zero_and_its_files(
    desk: Office, clock: Clock, sergeant: Client
) -> None:
    assert "No report has been filed" in sergeant.get("/reports/").content.decode()
    attest(sergeant, take(desk))
    clock.now = dt.datetime(2025, 12, 31, 10, tzinfo=desk.zone)
    files = report(desk, "us-ma-boston", "2025", "Sgt. R. Okafor")
    assert 'href="/reports/us-ma-boston/2025/"' in sergeant.get("/reports/").content.decode()
    page = sergeant.get("/reports/us-ma-boston/2025/").content.decode()
    assert "Headquarters" in page
    assert "$0.00" in page
    assert "August 2025" in page
    for name, data in files.items():
        assert sergeant.get(f"/reports/us-ma-boston/2025/{name}").content == data
    assert sergeant.get("/reports/us-ma-boston/2025/../../../keys/desk.key").status_code == 404


def test_every_law_of_the_shelf_is_a_page(sergeant: Client) -> None:
    listed = sergeant.get("/laws/").content.decode()
    for law in ("us", "us-ma", "us-ma-boston"):
        assert f'href="/laws/{law}/"' in listed
        page = sergeant.get(f"/laws/{law}/").content.decode()
        assert all(rule.id in page for rule in load_law(law).layers[0].rules)
