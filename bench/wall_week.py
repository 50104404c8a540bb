"""Bench `wall_week`: a week of refreshes of one wall, time-lapsed, and what its heap grows by.

A week has 60,480 refreshes of ten seconds. Here the next begins as soon as the one before is drawn;
the demonstration runs meanwhile, so that what is drawn changes. Every sixth draws all regions anew,
as a run a minute does; the others only what has changed. Rows are refreshes.
"""

import sys
import time
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright

from bench.product import running_product
from bench.report import Measured
from components import urls

CHROMIUM = Path("/usr/bin/chromium")
WEEK = 60_480
WARM_UP = 500
"""Refreshes after which caches of the browser are filled."""
AT_ONCE = 100
DRAW_ALL_EVERY = 6
"""A run comes each minute; the page is then told to forget which regions it shows."""
LOOK_EVERY = 5_000
"""Refreshes between two looks at the heap: growth in the middle shows, not only at the end."""
LOOKS = 5
MEGA = 1e6
MOST_PERCENT = 10.0
TIMEOUT_MS = 120_000
SETTINGS = {"COCKPIT_FLOOD_MEMBERS": "100", "COCKPIT_SCENARIO_SPEED": "20"}
REFRESH = """
async ([first, count, every]) => {
  for (let number = first; number < first + count; number += 1) {
    const wanted = `woche-${number}`;
    if (number % every === 0) {
      window.dash_clientside.set_props('wall-shown', {data: null});
    }
    window.dash_clientside.set_props('wall-version', {data: wanted});
    const until = Date.now() + 20000;
    while (document.getElementById('wall-drawn').dataset.drawn !== wanted) {
      if (Date.now() > until) { throw new Error(`no redraw: ${wanted}`); }
      await new Promise(done => setTimeout(done, 1));
    }
  }
}
"""


def measure(rows: int = WEEK) -> Measured:
    """Refresh a wall so many times and compare its heap with that after the first ones."""
    with running_product(**SETTINGS) as product, sync_playwright() as play:
        path = str(CHROMIUM) if CHROMIUM.exists() else None
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1920, "height": 1080}, locale="de-DE")
        page.set_default_timeout(TIMEOUT_MS)
        page.goto(f"{product.url}{urls.sign_in_url(urls.WALL)}")
        page.get_by_role("button", name="Als Krisenstab", exact=True).click()
        page.wait_for_selector(".wall-count")
        page.route(f"**{urls.STATUS}", lambda route: route.abort())  # no version but ours
        session = page.context.new_cdp_session(page)
        _refresh(page, 0, WARM_UP)
        before, began = _heap_mb(session), time.perf_counter()
        heaps, nodes = [], 0.0
        for done in range(0, rows, LOOK_EVERY):
            _refresh(page, WARM_UP + done, min(LOOK_EVERY, rows - done))
            heaps.append(_heap_mb(session))
            nodes = float(session.send("Memory.getDOMCounters")["nodes"])
            _tell(min(done + LOOK_EVERY, rows), heaps[-1], nodes, time.perf_counter() - began)
        took, after = time.perf_counter() - began, heaps[-1]
        browser.close()
    growth = (after / before - 1.0) * 100.0
    return Measured(
        figures={
            "refreshes": float(rows),
            "drawn_whole": float(rows // DRAW_ALL_EVERY),
            "heap_before_mb": before,
            "heap_after_mb": after,
            "heap_most_mb": max(heaps),
            "growth_percent": growth,
            "dom_nodes": nodes,
            "ms_per_refresh": took / rows * 1000.0,
        },
        targets={"growth_percent": {"max": MOST_PERCENT}, "refreshes": {"min": float(WEEK)}},
    )


def _refresh(page: Page, first: int, count: int) -> None:
    for start in range(first, first + count, AT_ONCE):
        page.evaluate(REFRESH, [start, min(AT_ONCE, first + count - start), DRAW_ALL_EVERY])


def _tell(done: int, heap: float, nodes: float, seconds: float) -> None:
    line = f"{done} refreshes, {heap:.1f} MB, {nodes:.0f} nodes, {seconds:.0f} s"
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def _heap_mb(session: CDPSession) -> float:
    """Return the least of some looks: what runs in between moves it by up to a megabyte."""
    return min(_used(session) for _ in range(LOOKS)) / MEGA


def _used(session: CDPSession) -> float:
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"])
