"""Callbacks: every id exists, none is doubled, and each page's content follows its services."""

import importlib
import json

import pytest

from tests.support import trees


def page(name):
    return importlib.import_module(f"pages.{name}")


def known_ids(app):
    return {each for each in trees.ids(app.validation_layout) if not each.startswith("{")}


def named_ids(client):
    found = set()
    for entry in client.get("/_dash-dependencies").get_json():
        for part in [*entry["inputs"], *entry["state"]]:
            found.add(part["id"])
        for output in entry["output"].strip(".").split("..."):
            found.add(output.split("@")[0].rsplit(".", 1)[0])
    return {each for each in found if not each.startswith("{")}


def test_each_id_that_a_callback_names_exists(app, client):
    own = {each for each in named_ids(client) if not each.startswith("_pages")}
    assert own
    assert own - known_ids(app) == set()


def test_dash_still_calls_its_location_as_the_shell_expects(app):
    from components.shell import ids

    assert ids.PAGES_LOCATION in trees.ids(app.validation_layout)


def test_no_output_is_written_by_two_callbacks(client):
    outputs = [entry["output"] for entry in client.get("/_dash-dependencies").get_json()]
    single = [part for output in outputs for part in output.strip(".").split("...")]
    assert len(single) == len(set(single))


def route(client, path, search=""):
    """Ask Dash's own routing callback for a page, as a browser does."""
    body = {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [
            {"id": "_pages_content", "property": "children"},
            {"id": "_pages_store", "property": "data"},
        ],
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": path},
            {"id": "_pages_location", "property": "search", "value": search},
        ],
        "state": [{"id": "_pages_location", "property": "pathname", "value": path}],
        "changedPropIds": ["_pages_location.pathname"],
    }
    answer = client.post("/_dash-update-component", json=body)
    assert answer.status_code == 200
    return answer.get_json()["response"]


def test_the_path_decides_which_gauge_is_shown_not_a_query_key_of_the_same_name(client):
    answer = route(client, "/gewaesser/pegel/iot-nitz", "?gauge_id=iot-bermel")
    stored = json.dumps(answer["_pages_content"])
    assert '"data": "iot-nitz"' in stored
    assert "iot-bermel" not in stored


@pytest.mark.parametrize(
    ("name", "known", "asked"),
    [("gauge", "iot-nitz", ("48h", [], None)), ("village", "plaidt", (None,))],
)
def test_of_what_does_not_exist_no_chart_controls_or_forms_are_shown(app, name, known, asked):
    module = page(f"water.{name}")
    [parts] = [
        part
        for part in trees.components(module.layout(page_path=f"/gewaesser/x/{known}"))
        if getattr(part, "id", None) == f"water-{name}-parts"
    ]
    words = trees.text(parts)
    assert "Per E-Mail benachrichtigen lassen" in words
    show = getattr(module, f"show_{name}")
    assert show(known, *asked)[-1] is False
    head, *_, is_hidden = show("gibt-es-nicht", *asked)
    assert "nicht gefunden" in head
    assert is_hidden is True


def test_an_unknown_address_leads_to_the_german_page_with_ways_back(client):
    answer = json.dumps(route(client, "/gibt/es/nicht"), ensure_ascii=False)
    assert "Diese Seite gibt es nicht" in answer
    assert "/gewaesser" in answer


def compared():
    """Render the comparison of waves: of several, of none, of gauges that can't have any."""
    compare = page("water.compare")
    for gauge in ("iot-nitz", "iot-thuer", "26900400", "gibt-es-nicht"):
        for alignment in ("beginn", "scheitel"):
            ticked = ["2021071413", "2021070212", "2021060506", "1999010100"]
            shown = compare.show_comparison(gauge, ticked, alignment, {}, None)
            yield f"/gewaesser/vergleich?pegel={gauge}", list(shown[:3])


def contents(found):
    """Render the content of every page as its callbacks do."""
    yield "/", page("home.index").show_overview(None)
    water = page("water.index")
    yield (
        "/gewaesser",
        [
            *water.show_situation(["ja"], None)[:4],
            water.show_walk("nette", [], None)[0],
            water.show_selection({"kind": "village", "id": "plaidt"}, None),
            water.show_runs(None, None),
        ],
    )
    for gauge in ("iot-nitz", "iot-hammesmuehle", "iot-thuer", "26900400", "gibt-es-nicht"):
        layers = ["ereignisse", "normal", "frueher", "wirkungen"]
        shown = page("water.gauge").show_gauge(gauge, "48h", layers, None)
        yield f"/gewaesser/pegel/{gauge}", shown[:4]
    for place in ("plaidt", "bendorf-sayn", "isenburg", "gibt-es-nicht"):
        yield f"/gewaesser/ort/{place}", page("water.village").show_village(place, None)[:3]
    for run in ("run-done", "run-now", "gibt-es-nicht"):
        yield f"/gewaesser/lauf/{run}", page("water.run").show_run(run, None, None, None)[:3]
    impacts = page("water.impacts")
    for kind in ("alle", "school", "gibt-es-nicht"):
        yield "/gewaesser/wirkungen", list(impacts.show_impacts(kind, None)[:3])
    objects = page("water.objects")
    for kind in ("alle", "school", "gibt-es-nicht"):
        yield "/gewaesser/objekte", list(objects.show_objects(kind, None, None)[:3])
    yield from compared()
    settlement = page("settlement.index")
    yield (
        "/siedlung",
        [
            *settlement.show_period("2016-2020")[:4],
            settlement.show_table("2016-2020", {})[0],
        ],
    )
    yield "/siedlung/gemeinde", page("settlement.municipality").show_municipality("07137003")
    yield "/siedlung/gemeinde", page("settlement.municipality").show_municipality("1")
    mobility = page("mobility.index")
    yield "/daten/quellen", list(page("data_space.sources").show_sources("", None))
    devices, device = page("data_space.devices"), page("data_space.device")
    yield "/daten/geraete", list(devices.show_devices("alle", {}, None, None)[:5])
    for dev_eui in ("70b3d57ed0000001", "70b3d57ed0000004", "gibt-es-nicht"):
        yield f"/daten/geraet/{dev_eui}", list(device.show_device(dev_eui, "", None, None))
    yield "/daten/geraet", list(device.show_device("70b3d57ed0000001", "etikett", None, None))
    yield "/mobilitaet", [*mobility.show_supply("x")[:4], mobility.show_table({})[0]]


@pytest.mark.parametrize("situation", ["flood", "calm", "silent", "empty"])
def test_every_page_keeps_the_house_rules_in_every_situation(app, found, situation):
    from components.shell.registered import title_of

    found.situation.name = situation
    for path, tree in contents(found):
        words = trees.text(tree)
        assert "None" not in words, path
        assert "nan" not in words.casefold().split(), path
        assert "--" not in words, path
        for table in trees.of_type(tree, "Table"):
            assert trees.of_type(table, "Caption"), path
            assert all(head.scope in {"col", "row"} for head in trees.of_type(table, "Th")), path
        for image in trees.of_type(tree, "Img"):
            assert image.alt is not None, path
        for button in trees.of_type(tree, "Button"):
            assert trees.text(button) or getattr(button, "aria-label", ""), path
        every = [each for each in trees.ids(tree) if not each.startswith("{")]
        assert len(every) == len(set(every)), path
        for link in trees.links(tree):
            target = link.split("?")[0]
            is_page = title_of(target).count(" – ") >= 1
            assert link.startswith(("/api/", "https://")) or is_page, (path, link)


@pytest.mark.parametrize("name", ["home.index", "water.index"])
def test_a_store_that_does_not_answer_becomes_a_sentence(app, found, name):
    found.situation.is_down = True
    module = page(name)
    content = (
        module.show_overview(None) if name == "home.index" else module.show_situation([], None)
    )
    assert "Die Datenbank antwortet nicht" in trees.text(list(content[:3]))
    assert "Lage unbekannt" in trees.text(list(content[:1]))


def test_silence_is_never_shown_as_calm(app, found):
    found.situation.name = "silent"
    tree = page("water.index").show_situation([], None)
    words = trees.text([*tree[:4], page("water.index").show_walk("nette", [], None)[0]])
    words += trees.text(list(page("home.index").show_overview(None)))
    assert "Ruhig" not in words
    for all_clear in ("zu erwarten", "kein Hochwasser", "nicht gefährdet", "kein Anstieg"):
        assert all_clear not in words
    assert "0 Orte mit Vorwarnung" not in words
    assert "Keine Daten ist keine Entwarnung" in words


def test_before_the_first_run_the_overview_says_so(app, found):
    found.situation.name = "empty"
    words = trees.text(list(page("home.index").show_overview(None)))
    assert "Noch keine Berechnung" in words
    assert "Stumme Pegel" in words


def test_the_shell_shows_the_simulation_with_both_times(app, found):
    words = trees.text(app.layout())
    assert "Simulierte Messwerte – Nachstellung „Juli 2021“" in words
    assert "Ereigniszeit 14.07.2021 17:52 Uhr" in words
    assert "Zeitraffer 20×" in words
    found.situation.name = "calm"
    assert "Simulierte" not in trees.text(app.layout())
