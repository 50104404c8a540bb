"""The night of the Ahr on the Nette: what a person in front of the wall sees, minute by minute.

After the timeline of 14 July 2021 (a forecast that is lowered before the larger wave, a value that
arrives forty minutes late, a gauge that is lost while it rises). The scenario `ahr-an-der-nette`
moves it here; the times below are those of its readings.
"""

import re
import time
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from bench.product import running_product
from tests.browser.conftest import Visit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.xdist_group("browser-night"),
    pytest.mark.timeout(480),  # the night is watched while it is set up
]
SPEED = 150
BEGIN_MIN = 30
"""From 15:30 on: the product has started before the pause in the rain is over."""
LOOK_S = 0.4
LOOK = """
() => ({
  now: new Date(window.cockpit.now()).toISOString(),
  clock: document.querySelector('.wall__clock').innerText,
  alarms: document.querySelector('#wall-alarms').innerText,
  quiet: document.querySelector('#wall-quiet').innerText,
  tiles: Array.from(document.querySelectorAll('.wall-tile')).map(tile => ({
    name: tile.querySelector('.wall-tile__name').innerText,
    age: tile.querySelector('.wall-tile__age').innerText,
    at: (tile.querySelector('.wall-tile__age time') || {}).dateTime || '',
    state: tile.querySelector('.wall-tile__state').innerText,
  })),
})
"""
"""What stands on the wall at one moment, with the event time of that moment."""
AGE = re.compile(r"vor (?:(\d+)\s*Std\.)?\s*(?:(\d+)\s*Min\.)?|gerade eben")
TICK_MIN = 4.0
"""Event minutes that a written age may lag: it is written each second, 2.5 of them."""
RUN_MIN = 60.0
"""Event minutes (24 s) until a reading that was received stands there: run, poll, drawing."""
PAUSE_ENDS = "18:00"
LOWERED = re.compile(
    r"(Alarm|Warnung|Voralarm) bleibt; seit (16|17|18):\d\d.Uhr zeigen die Daten weniger"
)
LOST = "Messausfall bei steigendem Pegel: Hammesmühle"
PATIENCE_S = 240.0


@pytest.fixture(scope="module")
def night():
    settings = {
        "COCKPIT_SCENARIO": "ahr-an-der-nette",
        "COCKPIT_SCENARIO_SPEED": str(SPEED),
        "COCKPIT_SCENARIO_SKIP_MIN": str(BEGIN_MIN),
        "COCKPIT_FLOOD_MEMBERS": "100",
    }
    with running_product(**settings) as running:
        yield running


@pytest.fixture(scope="module")
def seen(browser, night):
    """Watch the wall until the gauge is lost, and keep what stood there at each look."""
    made = Visit(browser, night.url, width=1920, height=1080)
    page = made.sign_in("crisis", "/lage/wand")
    page.wait_for_function("document.querySelector('.wall__clock').innerText.includes(':')")
    looks, until = [], time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        look = page.evaluate(LOOK)
        looks.append(look)
        if LOST in look["alarms"]:
            break
        time.sleep(LOOK_S)
    yield made, looks
    made.context.close()


def test_every_tile_says_at_every_look_how_old_its_value_is(seen):
    _, looks = seen
    tiles = [tile for look in looks for tile in look["tiles"]]
    assert len(tiles) > 50
    aged = re.compile(r"vor \d+|gerade eben|ohne Messwert")
    assert [tile for tile in tiles if not aged.search(tile["age"])] == []


def readings_of(made, gauge):
    """Return (taken at, received at) of what the API has of a gauge since noon."""
    path = f"/api/v1/gauges/{gauge}/observations?limit=500&start=2021-07-14T10:00:00Z"
    found = made.page.request.get(made.base + path).json()
    return [
        (
            datetime.fromisoformat(item["phenomenon_time"]),
            datetime.fromisoformat(item["result_time"]),
        )
        for item in found["observations"]
        if item.get("result_time")
    ]


def minutes_of(age):
    found = AGE.search(age)
    assert found is not None, age
    return int(found[1] or 0) * 60 + int(found[2] or 0)


def test_each_age_is_that_of_a_reading_that_had_arrived_and_of_no_older_one(seen):
    made, looks = seen
    listed = made.page.request.get(f"{made.base}/api/v1/gauges").json()["gauges"]
    by_name = {item["name"]: item["gauge_id"] for item in listed}
    known = {}
    checked = 0
    for look in looks:
        now = datetime.fromisoformat(look["now"])
        for tile in look["tiles"]:
            name = tile["age"].splitlines()[0].rstrip("…")
            gauge = next((key for full, key in by_name.items() if full.startswith(name)), None)
            if gauge is None or not tile["at"]:
                continue  # rain alone, or no reading at all
            if gauge not in known:
                known[gauge] = readings_of(made, gauge)
            at = datetime.fromisoformat(tile["at"])
            written = minutes_of(tile["age"].splitlines()[1])
            assert abs((now - at).total_seconds() / 60 - written) <= TICK_MIN, (look["now"], tile)
            received = [heard for taken, heard in known[gauge] if taken == at]
            assert received, (look["now"], tile)
            assert min(received) <= now + timedelta(minutes=TICK_MIN), (look["now"], tile)
            settled = now - timedelta(minutes=RUN_MIN)
            newest = max((taken for taken, heard in known[gauge] if heard <= settled), default=at)
            assert at >= newest, (look["now"], tile)
            checked += 1
    assert checked > 50
    assert len(known) > 1


def test_the_higher_state_stays_visible_when_the_data_show_less(seen):
    _, looks = seen
    first = next(look["clock"] for look in looks if look["tiles"])
    assert first < PAUSE_ENDS, f"too slow a start to see the pause in the rain: {first}"
    kept = [tile for look in looks for tile in look["tiles"] if LOWERED.search(tile["state"])]
    assert kept, {tile["state"] for look in looks for tile in look["tiles"]}


def test_the_lost_gauge_raises_an_alarm_of_its_own_and_is_named_with_its_last_value(seen):
    _, looks = seen
    last = looks[-1]
    assert LOST in last["alarms"], last["clock"]
    assert "Hammesmühle" in last["quiet"]
    assert re.search(r"\d,\d\d\s*m, vor \d+", last["quiet"])


def test_the_journal_reproduces_what_was_known_at_a_quarter_to_nine(seen):
    made, _ = seen
    page = made.open("/lage/tagebuch?wissensstand=14.07.2021%2020%3A45")
    known = page.locator("#journal-known")
    expect(known).to_contain_text("Hammesmühle", timeout=20_000)
    row = known.get_by_role("row").filter(has_text="Hammesmühle").first
    told = re.search(r"(\d\d):(\d\d)", row.inner_text())
    # the value of 20:15 arrived at 20:56 only: at 20:45 nobody had it
    assert told is not None, row.inner_text()
    assert (int(told[1]), int(told[2])) < (20, 14), row.inner_text()
    assert made.errors == []
