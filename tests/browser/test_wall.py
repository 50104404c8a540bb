"""The wall: figures for the far end of a room, no standing still unnoticed, no growing."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.test_every_page import serious

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
DIGITS = """
() => Array.from(document.querySelectorAll('.wall-figure:not(.wall-figure--word)')).map(node => {
  const context = document.createElement('canvas').getContext('2d');
  const style = getComputedStyle(node);
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  return context.measureText('0').actualBoundingBoxAscent / window.innerHeight;
})
"""
CUT = """
() => Array.from(document.querySelectorAll('.wall-tile, .wall-count, .wall__head')).filter(node =>
  node.scrollHeight > node.clientHeight + 2 || node.scrollWidth > node.clientWidth + 2
).map(node => node.className)
"""
CLIPPED = """
() => Array.from(document.querySelectorAll('.wall-region .wall-count')).filter(node => {
  const end = node.closest('.wall-region').getBoundingClientRect().bottom;
  return node.getBoundingClientRect().bottom > end;
}).map(node => node.textContent)
"""
ROWS = """
() => Array.from(document.querySelectorAll('.wall-list > li')).filter(row => {
  const end = row.closest('.wall-list').getBoundingClientRect().bottom;
  const isShown = row.checkVisibility({visibilityProperty: true});
  const isOver = row.getBoundingClientRect().bottom > end + 2;
  return isShown && (isOver || row.scrollHeight > row.clientHeight + 2);
}).map(row => row.textContent)
"""
COUNTED = """
() => Array.from(document.querySelectorAll('.wall-list[data-total]')).map(list => {
  const rows = Array.from(list.children);
  const shown = rows.filter(row => row.checkVisibility({visibilityProperty: true})).length;
  const line = list.parentNode.querySelector('.wall-more').textContent;
  return [shown + Number((line.match(/[0-9]+/) || [0])[0]), Number(list.dataset.total)];
})
"""
"""Shown rows and what the line says beside: all that there are."""
DRAWN = "() => document.getElementById('wall-drawn').dataset.drawn"
MANY = 60
STEPS = "window.dash_stores[0].getState().history.past.length"
TICKS = f"""
() => {{
  for (let tick = 1; tick <= {MANY}; tick += 1) {{
    window.dash_clientside.set_props('wall-poll', {{n_intervals: -tick}});
  }}
  return {STEPS};
}}
"""
LEAST_SHARE = 0.04
"""Of the screen's height: the smallest figure that one acts on."""
REFRESHES = 100
WARM_UP = 150
LOOKS = 5
"""What runs between collecting and looking moves the heap by up to a megabyte: the least counts."""
MOST_GROWTH = 0.10
REFRESH = """
([number, isWhole]) => new Promise((done, failed) => {
  const until = Date.now() + 15000;
  if (isWhole) { window.dash_clientside.set_props('wall-shown', {data: null}); }
  window.dash_clientside.set_props('wall-version', {data: `zeitraffer-${number}`});
  const look = () => {
    if (document.getElementById('wall-drawn').dataset.drawn === `zeitraffer-${number}`) { done(); }
    else if (Date.now() > until) { failed(new Error('no redraw')); }
    else { setTimeout(look, 2); }
  };
  look();
})
"""

"""Whole: the page forgets which regions it shows, and all are drawn anew."""
SEEN = """
() => Array.from(document.querySelectorAll('.wall-region__body, .wall__note')).map(node => {
  const copy = node.cloneNode(true);  // ages, countdowns and the rain go on by themselves
  copy.querySelectorAll('time, .rain-loop__label').forEach(part => part.remove());
  return node.id + ': ' + copy.textContent;
})
"""


def wall(visit, **options):
    seen = visit(**options)
    page = seen.sign_in("crisis", "/lage/wand")
    page.wait_for_selector(".wall-count", timeout=20_000)
    return seen, page


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (3840, 2160)])
def test_figures_are_big_enough_for_a_room_and_nothing_scrolls_or_is_cut(visit, width, height):
    seen, page = wall(visit, width=width, height=height)
    rows = page.locator(".wall-region--alarms .wall-list[data-total] > li")
    expect(rows).not_to_have_count(0, timeout=60_000)
    shares = page.evaluate(DIGITS)
    assert len(shares) >= 2
    assert min(shares) >= LEAST_SHARE
    assert page.evaluate("document.documentElement.scrollHeight") <= height
    assert page.evaluate(CUT) == []
    assert page.evaluate(CLIPPED) == []
    assert page.evaluate(ROWS) == []
    assert all(said == total for said, total in page.evaluate(COUNTED))
    assert serious(page) == []
    assert page.locator("h1").count() == 1
    assert seen.errors == []
    assert seen.outside == []


def test_on_a_phone_the_wall_is_a_list_that_fits(visit):
    _, page = wall(visit, width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert serious(page) == []


def test_a_redraw_that_fails_is_told_on_the_page_itself(visit):
    _, page = wall(visit)
    page.route("**/_dash-update-component*", lambda route: route.abort())
    expect(page.locator("#shell-stale")).to_contain_text("Anzeige steht seit", timeout=90_000)
    page.unroute("**/_dash-update-component*")
    expect(page.locator("#shell-stale")).to_be_hidden(timeout=40_000)


def test_ticks_of_a_wall_are_not_kept_as_steps_to_undo(visit):
    _, page = wall(visit)
    assert page.evaluate(TICKS) >= MANY, "Dash keeps its steps elsewhere: docs/decisions/0075"
    page.wait_for_function(f"() => {STEPS} < {MANY / 2}", timeout=15_000)


def test_a_wall_that_drew_only_what_changed_shows_what_a_whole_drawing_shows(visit):
    _, page = wall(visit)
    page.route("**/api/v1/status", lambda route: route.abort())  # no version but ours
    page.wait_for_timeout(4500)
    for number in range(20):
        page.evaluate(REFRESH, [number, False])
        page.wait_for_timeout(500)
    pairs = []
    for number in range(20, 30, 2):  # a run may come between the two
        page.evaluate(REFRESH, [number, False])
        parts = page.evaluate(SEEN)
        page.evaluate(REFRESH, [number + 1, True])
        pairs.append((parts, page.evaluate(SEEN)))
    assert len(pairs[0][0]) == 8
    assert any(parts == whole for parts, whole in pairs), pairs[-1]


def test_a_silent_server_is_told_and_the_picture_stays(visit):
    _, page = wall(visit)
    before = page.locator("#wall-headline").inner_text()
    page.route("**/api/v1/status", lambda route: route.abort())
    expect(page.locator("#shell-stale")).to_contain_text("veraltet", timeout=20_000)
    assert page.locator("#wall-headline").inner_text() == before


def test_redraws_slower_than_the_poll_still_arrive(visit):
    _, page = wall(visit)

    def late(route):
        time.sleep(3)  # longer than the poll: what is tested is the waiting
        route.continue_()

    page.route("**/_dash-update-component*", late)
    first = page.evaluate(DRAWN)
    page.wait_for_function(
        "before => document.getElementById('wall-drawn').dataset.drawn !== before",
        arg=first,
        timeout=90_000,
    )


def test_a_tab_that_comes_to_the_front_asks_at_once(visit):
    _, page = wall(visit)
    page.evaluate(
        "['wall-poll', 'shell-poll'].forEach(name =>"
        " window.dash_clientside.set_props(name, {interval: 600000}))"
    )
    page.wait_for_timeout(6000)  # what was under way has come
    with page.expect_request("**/api/v1/status", timeout=5000):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_sound_and_flashing_are_off_until_somebody_wants_them(visit):
    _, page = wall(visit)
    button = page.get_by_role("button", name="Blinken: aus")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(page.get_by_role("button", name="Blinken: an")).to_have_attribute("aria-pressed", "true")


def test_many_refreshes_do_not_grow_the_heap(visit):
    """The same answer again and again: what grows then is no alarm that came meanwhile."""
    _, page = wall(visit, width=1920, height=1080)
    session = page.context.new_cdp_session(page)

    def heap():
        page.wait_for_function(f"() => {STEPS} === 0", timeout=30_000)
        return min(used() for _ in range(LOOKS))

    def used():
        session.send("HeapProfiler.collectGarbage")
        return session.send("Runtime.getHeapUsage")["usedSize"]

    page.route("**/api/v1/status", lambda route: route.abort())  # no version but ours
    page.wait_for_timeout(4500)
    with page.expect_response(lambda answer: '"zeitraffer-0"' in answer.text()) as recorded:
        page.evaluate(REFRESH, [0, True])
    drawn = recorded.value.text()

    def again(route):
        asked = re.search("zeitraffer-[0-9]+", route.request.post_data or "")
        if asked is None:
            route.continue_()
        else:
            body = drawn.replace("zeitraffer-0", asked.group())
            route.fulfill(body=body, content_type="application/json")

    page.route("**/_dash-update-component*", again)
    for number in range(1, WARM_UP):
        page.evaluate(REFRESH, [number, True])
    before = heap()
    for number in range(WARM_UP, WARM_UP + REFRESHES):
        page.evaluate(REFRESH, [number, True])
    after = heap()
    assert after <= before * (1 + MOST_GROWTH)
