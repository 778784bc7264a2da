"""The desk in a real browser: fit for everyone, by keyboard, on a phone, without scripts, under its strict policy."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Clock
from tests.desk.browsing import DESKTOP, NARROWEST, PHONE, chromium, page_of, served, violations
from tests.desk.conftest import attest, take, take_and_read
from trustact.casework import hold
from trustact.casework.report import report
from trustact.records.office import Office

SHOWN = re.compile(r"\bis-shown\b")


@dataclass(frozen=True)
class Visit:
    """A served desk with a case to confirm, a decided one, one that is done, and a report; a supervisor looks."""

    browser: Browser
    address: str
    sergeant: Client
    to_confirm: str
    open: str
    done: str

    def page(self, *, signed_in: bool = True, scripts: bool = True) -> Page:
        return page_of(self.browser, self.address, self.sergeant if signed_in else None, scripts=scripts)


@pytest.fixture
def visit(desk: Office, sergeant: Client, clock: Clock, packet: bytes) -> Iterator[Visit]:
    done, undecided = take(desk, b"II*\0 one"), take(desk, b"II*\0 two")
    attest(sergeant, done)
    sergeant.post(f"/cases/{done}/outcome/", {"outcome": "held", "held_past_eligibility": "on",
                  "held_reason": "court-order", "release": "unknown", "transferred_to": "none"})  # fmt: skip
    sergeant.post(f"/cases/{done}/letter/draft/")
    attest(sergeant, undecided, custody__eligible_for_release="")
    to_confirm = take_and_read(desk, packet)
    hold.place(desk, to_confirm, "subpoena of 3 May, docket 25-cv-11873", "Counsel Reyes")
    clock.now = dt.datetime(2025, 12, 31, 10, tzinfo=desk.zone)
    report(desk, "us-ma-boston", "2025", "Sgt. R. Okafor")
    with served() as address, chromium() as browser:
        yield Visit(browser, address, sergeant, to_confirm, undecided, done)


def every_page(visit: Visit) -> list[str]:
    cases = [f"/cases/{number}/" for number in (visit.to_confirm, visit.open, visit.done)]
    reports = ["/reports/", "/reports/us-ma-boston/2025/"]
    received = ["/receive/", "/receive/note/", "/receipts/0,1/", "/quarantine/", "/stations/"]
    return [
        "/",
        "/?stage=received",
        *received,
        *cases,
        *reports,
        "/laws/",
        "/laws/us-ma/",
        "/ledger/",
        "/retention/",
        "/nowhere/",
    ]


def test_no_page_has_a_barrier_axe_can_find(visit: Visit) -> None:
    page = visit.page()
    found = []
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        for address in every_page(visit):
            page.goto(address)
            found += violations(page)
    assert not found, "\n".join(found)


def test_nor_has_the_sign_in_page_nor_any_error_or_opened_fold(visit: Visit) -> None:
    outside = visit.page(signed_in=False)
    outside.goto("/")
    found = violations(outside)
    outside.fill("#code", "wrong")
    outside.click("main button")
    found += violations(outside)
    inside = visit.page()
    for number in (visit.to_confirm, visit.done):
        inside.goto(f"/cases/{number}/")
        for fold in inside.locator("details").all():
            fold.evaluate("fold => fold.open = true")
        found += violations(inside)
    inside.goto(f"/cases/{visit.open}/")
    inside.click("text=Record what was done")
    found += violations(inside)
    assert not found, "\n".join(found)


def test_the_strict_policy_stops_nothing_the_pages_need(visit: Visit) -> None:
    page = visit.page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(f"{page.url}: {said.text}"))
    page.on("requestfailed", lambda request: complaints.append(f"{page.url}: {request.url} failed"))
    for address in every_page(visit)[:-1]:
        page.goto(address, wait_until="networkidle")
    assert not complaints


def test_no_page_scrolls_sideways_however_narrow(visit: Visit) -> None:
    page = visit.page()
    for width in (NARROWEST, PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": 900})
        for address in every_page(visit):
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
                f"{address} at {width}"
            )


def test_the_case_page_by_keyboard_alone(visit: Visit) -> None:
    page = visit.page()
    page.set_viewport_size({"width": DESKTOP, "height": 900})
    page.goto(f"/cases/{visit.to_confirm}/")
    page.keyboard.press("Tab")
    expect(page.locator(".usa-skipnav")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    place = page.locator("[data-mark] a").last
    for _ in range(200):
        page.keyboard.press("Tab")
        if place.evaluate("link => link === document.activeElement"):
            break
    mark = page.locator(f"#{page.locator('[data-mark]').last.get_attribute('data-mark')}")
    expect(mark).to_have_class(SHOWN)
    expect(mark).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(mark).not_to_have_class(SHOWN)


def test_a_missing_fact_is_answered_and_attested_by_keyboard(visit: Visit) -> None:
    page = visit.page()
    page.goto(f"/cases/{visit.open}/")
    page.locator("a[href='#fact-custody.eligible_for_release']").press("Enter")
    answer = page.locator("[name='custody.eligible_for_release']")
    expect(answer.first).to_be_attached()
    answer.last.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.locator("text=Attest these facts").press("Enter")
    expect(page.locator("[role=status]")).to_contain_text("The facts are attested")
    assert page.locator(".summary .verdict").inner_text() in {"Prohibited", "Not regulated by this law"}


def test_what_is_not_asked_without_a_warrant_steps_back(visit: Visit) -> None:
    page = visit.page()
    page.goto(f"/cases/{visit.to_confirm}/")
    signer = page.locator("[name='warrant.signed_by']")
    page.locator("label", has_text="No").and_(page.locator("[for^='id-warrant.presented']")).first.click()
    expect(signer).to_be_hidden()
    page.locator("label", has_text="Yes").and_(page.locator("[for^='id-warrant.presented']")).click()
    expect(signer).to_be_visible()


def test_a_document_dropped_or_pasted_stands_in_the_form(visit: Visit) -> None:
    page = visit.page()
    page.goto("/receive/")
    for event, carrier in (("drop", "dataTransfer"), ("paste", "clipboardData")):
        page.evaluate(
            """([event, carrier]) => {
                const files = new DataTransfer();
                files.items.add(new File(["picture"], event + ".png", {type: "image/png"}));
                const kind = event === "drop" ? DragEvent : ClipboardEvent;
                document.body.dispatchEvent(new kind(event, {[carrier]: files, bubbles: true, cancelable: true}));
            }""",
            [event, carrier],
        )
    expect(page.locator("#chosen li")).to_have_text(["drop.png (1 kB)", "paste.png (1 kB)"])
    page.select_option("[name=station]", "D-4")
    page.select_option("[name=channel]", "hand")
    page.click("main button")
    expect(page.locator("h1")).to_have_text("2 documents received")


def test_without_scripts_a_fax_is_received_read_and_confirmed(visit: Visit, plain: bytes) -> None:
    page = visit.page(scripts=False)
    page.goto("/receive/")
    page.set_input_files("#documents", {"name": "fax.pdf", "mimeType": "application/pdf", "buffer": plain})
    page.select_option("[name=station]", "D-4")
    page.select_option("[name=channel]", "fax")
    page.click("main button")
    expect(page.locator("h1")).to_have_text("Received")
    expect(page.locator("text=Receipt to print")).to_be_visible()
    page.click("text=Go on to case")
    page.click("text=Read it now")
    expect(page.locator("[role=status]")).to_contain_text("The document is read")
    page.click("text=Attest these facts")
    expect(page.locator("[role=status]")).to_contain_text("The facts are attested")


def test_without_scripts_everything_can_still_be_read_and_done(visit: Visit) -> None:
    page = visit.page(scripts=False)
    page.goto(f"/cases/{visit.to_confirm}/")
    page.locator("[data-mark] a").last.click()
    assert "#page-" in page.url
    page.locator("label", has_text="No").and_(page.locator("[for^='id-custody.in_custody']")).first.click()
    page.click("text=Attest these facts")
    expect(page.locator("[role=status]")).to_contain_text("The facts are attested")
