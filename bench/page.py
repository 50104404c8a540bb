"""Bench `page`: the water page in Chromium with a cold cache: bytes and first picture."""

import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench.product import running_product
from bench.report import Measured

CHROMIUM = Path("/usr/bin/chromium")
PAGE = "/gewaesser"
REPEATS = 3
SETTLE_S = 4.0
TIMEOUT_MS = 30_000
KILO = 1000.0
FIRST_PLOT = "#water-index-walk svg"
"""The Laufzeitdiagramm: drawn before the map, which needs the deck.gl bundle and WebGL."""
MAP = '[data-map][data-ready="true"] canvas'


def measure() -> Measured:
    """Measure three cold visits; the median time and the largest transfer count."""
    with running_product() as product, sync_playwright() as play:
        time.sleep(SETTLE_S)
        browser = play.chromium.launch(
            executable_path=str(CHROMIUM) if CHROMIUM.exists() else None, args=["--no-sandbox"]
        )
        visits = [_visit(browser, product.url + PAGE) for _ in range(REPEATS)]
        browser.close()
    return Measured(
        figures={
            "transfer_kb": max(visit.kilobytes for visit in visits),
            "first_plot_s": statistics.median(visit.first_plot_s for visit in visits),
            "slowest_plot_s": max(visit.first_plot_s for visit in visits),
            "map_s": statistics.median(visit.map_s for visit in visits),
            "external_requests": sum(visit.outside for visit in visits),
        },
        targets={
            "transfer_kb": {"max": 2000.0},
            "first_plot_s": {"max": 2.5},
            "external_requests": {"max": 0.0},
        },
    )


@dataclass(frozen=True, slots=True)
class Visited:
    """What a cold visit cost."""

    kilobytes: float
    first_plot_s: float
    map_s: float
    outside: int


def _visit(browser: Browser, url: str) -> Visited:
    """Visit a page with an empty cache."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="de-DE")
    page = context.new_page()
    sizes: list[float] = []
    outside: list[str] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")

    def count(event: dict[str, Any]) -> None:
        sizes.append(float(event["encodedDataLength"]))

    def watch(event: dict[str, Any]) -> None:
        address = str(event["request"]["url"])
        if not address.startswith(("http://127.0.0.1", "data:", "blob:")):
            outside.append(address)

    session.on("Network.loadingFinished", count)
    session.on("Network.requestWillBeSent", watch)
    began = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(FIRST_PLOT, state="attached", timeout=TIMEOUT_MS)
    first_plot_s = time.perf_counter() - began
    page.wait_for_selector(MAP, state="attached", timeout=TIMEOUT_MS)
    map_s = time.perf_counter() - began
    page.wait_for_timeout(500)
    context.close()
    return Visited(sum(sizes) / KILO, first_plot_s, map_s, len(outside))
