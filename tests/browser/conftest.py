"""One real product and one browser for all journeys; each test has a fresh context."""

import os
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import sync_playwright

from bench.product import answers, running_product
from services.people.model import ROLE_WORDS

CHROMIUM = Path("/usr/bin/chromium")
ARTEFACTS = Path(os.environ.get("COCKPIT_TEST_ARTEFACTS", "test-artifacts"))
QUIET = {"COCKPIT_FLOOD_MEMBERS": "100", "COCKPIT_SCENARIO_SPEED": "8"}
OUR_SCHEMES = ("data:", "blob:")


@pytest.fixture(scope="package")
def product():
    """Few members and a slow replay: its cycles would slow down all other tests."""
    with running_product(**QUIET) as running:
        until = time.monotonic() + 30
        while time.monotonic() < until and not answers(running.port, "/healthz/freshness"):
            time.sleep(0.2)
        time.sleep(4.0)
        yield running


@pytest.fixture(scope="package")
def night():
    """The night in which a gauge is lost while it rises, for all journeys through the room."""
    settings = {"COCKPIT_SCENARIO": "hammesmuehle-ausfall", "COCKPIT_FLOOD_MEMBERS": "100"}
    with running_product(**settings) as running:
        yield running


@pytest.fixture(scope="package")
def office():
    """For journeys that change what all others see: thresholds, recipients."""
    with running_product(**QUIET) as running:
        yield running


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as play:
        path = str(CHROMIUM) if CHROMIUM.exists() else None
        launched = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        launched.close()


class Visit:
    """A page with everything that it said and asked for on the way."""

    def __init__(self, browser, base, *, width=1440, height=900, scheme="light"):
        self.base = base
        self.context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="de-DE",
            timezone_id="Europe/Berlin",
            color_scheme=scheme,
        )
        self.page = self.context.new_page()
        self.errors: list[str] = []
        self.outside: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._asked)

    def open(self, path, wait_for="main h1"):
        self.page.goto(self.base + path)
        self.page.wait_for_selector(wait_for, timeout=20_000)
        self.page.wait_for_load_state("networkidle")
        return self.page

    def sign_in(self, role, path="/"):
        """Sign in as a role of the demonstration and come back to a page."""
        page = self.open(f"/anmelden?weiter={quote(path, safe='')}")
        page.get_by_role("button", name=f"Als {ROLE_WORDS[role]}", exact=True).click()
        page.wait_for_url(self.base + path)
        page.wait_for_selector("main h1", timeout=20_000)
        page.wait_for_load_state("networkidle")
        return page

    def _heard(self, message):
        if message.type == "error":
            self.errors.append(message.text)

    def _asked(self, request):
        if not request.url.startswith((self.base, *OUR_SCHEMES)):
            self.outside.append(request.url)


@pytest.fixture
def visit(browser, product, request):
    opened = []

    def start(**options):
        opened.append(Visit(browser, product.url, **options))
        return opened[-1]

    yield start
    for each in opened:
        if getattr(request.node, "failed", False):
            ARTEFACTS.mkdir(exist_ok=True)
            each.page.screenshot(path=ARTEFACTS / f"{request.node.name}.png", full_page=True)
        each.context.close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    outcome = yield
    report = outcome.get_result()
    if report.when == "call":
        item.failed = report.failed
