"""A desk served on a port of this computer, and Chromium to look at it with."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from tests.needs import missing

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PHONE, DESKTOP, NARROWEST = 375, 1280, 320
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


class Quiet(WSGIRequestHandler):
    """A handler that writes no line for every request."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def served() -> Iterator[str]:
    """The address of the desk, answered by threads of this process."""
    with ThreadedWSGIServer(("127.0.0.1", 0), Quiet, allow_reuse_address=False) as server:
        server.set_app(get_wsgi_application())
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser. Skips, saying so, where there is no Chromium; with CI=true that is a failure."""
    if CHROMIUM is None:
        missing("no Chromium on PATH: bin/browser installs one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def page_of(browser: Browser, address: str, client: Client | None, *, scripts: bool = True) -> Page:
    """A page in which the person of `client` is signed in; console errors end the test."""
    context = browser.new_context(base_url=address, java_script_enabled=scripts)
    if client:
        session = client.cookies["trustact_session"].value
        context.add_cookies([{"name": "trustact_session", "value": session, "url": address}])
    return context.new_page()


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands, a line each."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url}: {each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]
