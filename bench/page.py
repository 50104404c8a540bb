"""Bench `page`: the water page in Chromium with a cold cache: bytes and first picture."""

import statistics
import time
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
DRAWN = ('[data-map][data-ready="true"] canvas', "#water-index-walk svg")
"""The map has its first picture and the Laufzeitdiagramm is in the document."""


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
            "transfer_kb": max(size for size, _, _ in visits),
            "first_plot_s": statistics.median(seconds for _, seconds, _ in visits),
            "slowest_plot_s": max(seconds for _, seconds, _ in visits),
            "external_requests": sum(outside for _, _, outside in visits),
        },
        targets={
            "transfer_kb": {"max": 2000.0},
            "first_plot_s": {"max": 2.5},
            "external_requests": {"max": 0.0},
        },
    )


def _visit(browser: Browser, url: str) -> tuple[float, float, int]:
    """Visit a page afresh; returns kilobytes, seconds to the picture, requests to outside."""
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
    for selector in DRAWN:
        page.wait_for_selector(selector, state="attached", timeout=TIMEOUT_MS)
    seconds = time.perf_counter() - began
    page.wait_for_timeout(500)
    context.close()
    return sum(sizes) / KILO, seconds, len(outside)
