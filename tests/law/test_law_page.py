"""A law as one HTML page: all of it, nothing from elsewhere, every link on the page with its end, no barrier."""

import datetime as dt
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.desk.browsing import DESKTOP, PHONE, chromium, page_of, violations
from tests.law.small import law_of, pack, rule
from trustact.desk.law_page import law_page
from trustact.law.loading import law_ids, load_law
from trustact.law.sheet import DRAFT

DAY = dt.date(2025, 6, 1)
PAGES = {law_id: law_page(load_law(law_id), DAY) for law_id in law_ids()}


class Read(HTMLParser):
    """The text of a page, its ids, the links within it, and whatever it would load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said, self.ids, self.links, self.loads = "", list[str](), set[str](), set[str]()
        self.feed(page)
        self.text = " ".join(self.said.split())

    def handle_data(self, data: str) -> None:
        """Collect the words."""
        self.said += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect ids, links and addresses."""
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href" and (value or "").startswith("#"):
                self.links.add((value or "")[1:])
            elif name in ("src", "srcset", "data", "action") or (name == "href" and tag != "a"):
                self.loads.add(f"{tag} {value}")


def spaced(*texts: str) -> list[str]:
    """Texts as a page says them."""
    return [" ".join(text.split()) for text in texts]


@pytest.mark.parametrize("law_id", PAGES)
def test_the_whole_law_stands_on_its_page(law_id: str) -> None:
    law, page = load_law(law_id), Read(PAGES[law_id])
    top, data = law.layers[0], law.data
    words = [law.digest, data.name, data.citation, DRAFT, *data.open_questions]
    words += [each for rule in top.rules for each in (rule.id, rule.says, rule.cite, rule.note)]
    words += [version.gap[1:] for each in data.provisions for version in each.versions]
    words += [each for duty in data.duties for each in (duty.says, duty.cite, duty.note)]
    words += [each.says for each in data.definitions] + [each.says for each in data.standing_bars]
    words += [each for source in data.sources.values() for each in (source.title, source.at)]
    positions = {name for name in law.book.facts if name.startswith("position.")}
    words += sorted(positions & {fact for fact in positions for r in top.rules if fact in str(r.when)})
    missing = [text for text in spaced(*words) if text not in page.text.replace(DRAFT.capitalize(), DRAFT)]
    assert missing == []


@pytest.mark.parametrize("law_id", PAGES)
def test_a_page_stands_alone(law_id: str) -> None:
    page = Read(PAGES[law_id])
    assert page.loads == set()
    assert "url(" not in PAGES[law_id]
    assert page.links <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_what_stands_in_a_pack_is_text_and_never_markup() -> None:
    law = law_of(pack("small", rule("bar", says="<script>alert(1)</script> & more")))
    page = law_page(law, DAY)
    assert "<script>" not in page
    assert "<script>alert(1)</script> & more" in Read(page).text


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def test_a_page_has_no_barrier_and_fits_every_width(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "law.html"
    path.write_text(PAGES["us-ma-boston"], encoding="utf-8")
    page = page_of(browser, path.as_uri(), None)
    for width in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []
