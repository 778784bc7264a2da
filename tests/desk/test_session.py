"""A session lasts while someone is there: in a real browser, whose clock is put forward."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.desk.browsing import chromium, page_of, served, violations

NOTE = "/receive/note/"
NOTICE, TYPED = "#session", "textarea"


@pytest.fixture
def page(sergeant: Client) -> Iterator[Page]:
    """The page of a note, by a clock that only the test puts forward."""
    with served() as address, chromium() as browser:
        page = page_of(browser, address, sergeant)
        page.clock.install()
        page.goto(NOTE)
        yield page


def test_who_types_stays_signed_in_and_is_told_nothing(page: Page) -> None:
    for _ in range(3):
        page.clock.fast_forward("20:00")
        with page.expect_response("**/still-here/") as answer:
            page.locator(TYPED).first.press_sequentially("He was")
        assert answer.value.status == 204
    expect(page.locator(NOTICE)).to_be_hidden()
    expect(page.locator(TYPED).first).to_have_value("He was" * 3)


def test_who_does_nothing_is_told_before_the_end_and_can_stay(page: Page) -> None:
    page.clock.fast_forward("28:30")
    expect(page.locator(NOTICE)).to_contain_text("signed out within two minutes")
    assert not violations(page)
    with page.expect_response("**/still-here/"):
        page.locator(NOTICE).get_by_role("button").press("Enter")
    expect(page.locator(NOTICE)).to_be_hidden()


def test_at_the_end_the_page_gives_way_to_sign_in_and_sign_in_leads_back(page: Page) -> None:
    page.context.clear_cookies(name="trustact_session")
    page.clock.fast_forward("30:10")
    expect(page).to_have_url(re.compile(re.escape(f"/sign-in/?next={NOTE}")))


def test_one_page_that_is_used_keeps_the_others_open(page: Page) -> None:
    page.clock.fast_forward("28:30")
    expect(page.locator(NOTICE)).to_be_visible()
    page.context.new_page().goto(NOTE)
    expect(page.locator(NOTICE)).to_be_hidden()
