"""Names, comments and texts that want to be scripts stay text: map, wall, journal, lists, files."""

import csv
import io
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bench.product import running_product
from config import ROOT, Settings
from services.alarm_plan.desk import Change
from services.alarm_plan.model import Status
from services.impacts.draft import Draft as Impact
from services.journal.desk import Draft
from services.journal.model import Kind
from services.manual_readings.model import Draft as Reading
from services.notifications.recipient_form import Entered
from services.people.identity import acting
from services.people.model import Role
from services.thresholds.model import Proposal
from services.warnings.draft_model import AreaText
from tests.browser.conftest import Visit
from tests.support.sample_people import identity_of
from tests.support.sample_thresholds import NEW
from tests.support.sample_warnings import draft_text
from wiring import wire
from wiring_services import make_services

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
    pytest.mark.timeout(420),
]
PATIENCE_MS = 60_000
IMAGE = '<img src=x onerror="window.pwned=1">'
SCRIPT = '"><script>window.pwned=1</script>'
TEMPLATE = "{{constructor.constructor('window.pwned=1')()}}"
LINK = "[hier](javascript:window.pwned=1)"
TURNED = "\u202eumgedreht"
FORMULA = "=cmd|' /C calc'!A0"
HOSTILE = f"{IMAGE} {SCRIPT} {TEMPLATE} {LINK}"
TYPED = f"{HOSTILE} {TURNED}"
TEXTS = {
    "gauges.csv": "name",
    "places.csv": "name",
    "exposures.csv": "label",
    "rivers.csv": "name",
    "measures.csv": "what",
    "objects.csv": "name",
    "impacts.csv": "what",
    "contacts.csv": "role",
    "gauge_events.csv": "event",
}
"""Which column of which file of the region pack people read."""
PAGES = (
    "/", "/gewaesser", "/gewaesser/pegel/iot-nitz", "/gewaesser/ort/mayen", "/gewaesser/objekte",
    "/gewaesser/wirkungen", "/gewaesser/wirkungen/pflegen", "/daten/geraete", "/daten/pruefung",
    "/lage", "/lage/alarme",
    "/lage/wand", "/lage/tagebuch", "/lage/massnahmen", "/lage/uebergabe", "/lage/warnung",
    "/lage/ablesung", "/lage/ausser-betrieb", "/lage/entwarnung", "/lage/meldungen",
    "/verwaltung", "/verwaltung/empfaenger", "/verwaltung/schwellen",
)  # fmt: skip
INJECTED = """
() => Array.from(document.querySelectorAll(
  'img[src="x"], [onerror], [onload], a[href^="javascript:" i], main script, iframe, object, embed'
)).map(node => node.outerHTML.slice(0, 200))
"""

HOLD_THE_MAP = """
let made;
Object.defineProperty(window, 'createDeck', {
  configurable: true,
  get: () => made,
  set: plain => { made = options => (window.heldDeck = plain(options)); },
});
"""
MARKS = """
() => {
  const deck = window.heldDeck, view = deck.getViewports()[0];
  const box = document.querySelector('[data-map] canvas').getBoundingClientRect();
  return deck.layerManager.getLayers()
    .filter(layer => layer.props.pickable && Array.isArray(layer.props.data))
    .flatMap(layer => layer.props.data)
    .filter(row => row.position)
    .map(row => view.project(row.position))
    .map(at => [box.left + at[0], box.top + at[1]])
    .filter(at => at[1] > 0 && at[1] < window.innerHeight);
}
"""


def hostile_pack(folder: Path) -> Path:
    pack = folder / "pack"
    shutil.copytree(ROOT / "data" / "regions" / "myk", pack)
    for name, column in TEXTS.items():
        with (pack / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for number, row in enumerate(rows):
            row[column] = f"{row[column]} {(IMAGE, SCRIPT, TEMPLATE, LINK)[number % 4]}"
        with (pack / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    return pack


def type_everywhere(services):
    """Put the texts into every form of the room, as its people would."""
    first = identity_of(Role.ADMIN)
    with acting(first):
        journal, plan = services.journal, services.alarm_plan
        number = journal.desk.write(Draft(Kind.SITUATION, TYPED))
        journal.desk.correct(number, f"{TYPED} berichtigt", TYPED)
        journal.desk.write(Draft(Kind.DECISION, FORMULA))
        now = services.situation.clock.now()
        journal.desk.hand_over(journal.shifts.draft(now.replace(hour=0), TYPED))
        services.notes.write(TYPED, 6, is_public=True)
        plan.desk.start("nette", "voralarm", TYPED)
        step = plan.reading.board().stages[0].steps[0]
        change = Change(Status.IMPOSSIBLE, TYPED, FORMULA)
        plan.desk.change(step.step_id, step.version, change)
        areas = (AreaText(TYPED, point=(50.33, 7.22)),)
        services.warning_desk.save(
            draft_text(
                headline=HOSTILE[:150],
                description=TYPED,
                instruction=TYPED,
                areas=areas,
                onset_at=None,
            )
        )
        services.night.readings.enter(Reading("iot-nitz", "1,20 m", "", "gemeldet", TYPED))
        until = f"{now:%d.%m.%Y} 23:59"
        services.night.outages.plan("gauge", "27140205", until, TYPED)
        services.impact_desk.save(
            Impact("", "mayen:nette", "road", TYPED, "level:alarm", "", "", TYPED, TYPED)
        )
        services.recipients.save(Entered(IMAGE, "bereitschaft", "", note=TYPED))
        services.accounts.add("boese", TYPED, Role.COUNCIL)
        services.threshold_desk.propose(Proposal(("iot-nitz", "", ""), NEW, TYPED, TYPED, 0))
        for view in services.alarms.board().alarms[:2]:
            services.desk.comment(view.alarm_id, TYPED)


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    pack = hostile_pack(tmp_path_factory.mktemp("boese"))
    given = {"COCKPIT_REGION_DIR": str(pack), "COCKPIT_FLOOD_MEMBERS": "100"}
    with running_product(COCKPIT_SCENARIO="hammesmuehle-ausfall", **given) as running:
        settings = Settings(
            state_dir=Path(running.state_dir), region_dir=pack, offline=True, _env_file=None
        )
        wired = wire(settings)
        type_everywhere(make_services(wired))
        wired.engine.dispose()
        yield running


@pytest.fixture
def seen(browser, room):
    made = Visit(browser, room.url)
    made.dialogs = []
    made.page.on("dialog", lambda found: (made.dialogs.append(found.message), found.dismiss()))
    made.sign_in(Role.ADMIN, "/lage")
    yield made
    made.context.close()


def require_harmless(seen):
    assert seen.page.evaluate("typeof window.pwned") == "undefined"
    assert seen.page.evaluate(INJECTED) == []
    assert seen.dialogs == []
    assert seen.errors == []  # the policy of the page would speak of what it has stopped
    assert seen.outside == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_runs_or_builds_what_was_typed(seen, path):
    page = seen.open(path)
    expect(page.locator("main, .wall").first).to_contain_text("pwned", timeout=PATIENCE_MS)
    require_harmless(seen)
    assert "\u202e" not in page.content()


def test_the_words_beside_the_pointer_on_the_map_are_text(seen):
    seen.page.add_init_script(HOLD_THE_MAP)
    page = seen.open("/gewaesser", wait_for="[data-map][data-ready='true'] canvas")
    page.locator("[data-map] canvas").first.scroll_into_view_if_needed()
    tip = page.locator(".map__tip")
    marks = page.evaluate(MARKS)
    assert len(marks) > 10
    for x, y in marks:
        page.mouse.move(x, y, steps=3)
        page.wait_for_timeout(150)
        if tip.count() and "window.pwned=1" in (tip.first.text_content() or ""):
            break
    assert "window.pwned=1" in tip.first.text_content()
    tags = tip.first.evaluate("node => Array.from(node.children, child => child.tagName)")
    assert set(tags) <= {"BR"}  # what a line break becomes
    require_harmless(seen)


def test_the_printed_list_and_the_files_hold_text_only(seen):
    page = seen.open("/lage/notfallliste")
    expect(page.get_by_role("link", name="Als PDF zum Drucken")).to_be_visible(timeout=PATIENCE_MS)
    asked = seen.context.request
    listed = asked.get(f"{seen.base}/lage/notfallliste/notfallliste.html").text()
    assert "pwned" in listed
    shown = seen.context.new_page()
    shown.set_content(listed)
    assert shown.evaluate("typeof window.pwned") == "undefined"
    assert shown.evaluate(INJECTED) == []
    for path in ("/lage/notfallliste/notfallliste.pdf", "/lage/tagebuch/tagebuch.pdf",
                 "/lage/massnahmen/laufzettel.pdf"):  # fmt: skip
        assert asked.get(seen.base + path).body().startswith(b"%PDF")


@pytest.mark.parametrize(
    "path",
    [
        "/lage/tagebuch/tagebuch.csv",
        "/lage/massnahmen/massnahmen.csv",
        "/lage/tagebuch/wissensstand.csv",
    ],
)
def test_no_cell_of_a_file_is_a_formula(seen, path):
    text = seen.context.request.get(seen.base + path).text()
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert any("pwned" in cell for cell in cells)
    texts = [cell for cell in cells if not cell.replace(".", "", 1).lstrip("-").isdigit()]
    assert [cell for cell in texts if cell[:1] in set("=+-@\t\r")] == []
    assert not any("\u202e" in cell for cell in cells)
