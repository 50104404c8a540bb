"""The pages on devices: who delivers, what a gateway's failure costs, what may be entered."""

import importlib
from dataclasses import replace

import pytest
from dash._callback_context import context_value
from dash._utils import AttributeDict

from components.urls import sign_in_url
from pages.data_space import _device_view as view
from pages.data_space import _devices_ids as ids
from pages.data_space._devices_entry import catch_up_id
from services.people.identity import acting
from services.people.model import PUBLIC, Role
from tests.support import sample_devices, trees
from tests.support.sample_devices import NITZ, THUER
from tests.support.sample_people import identity_of


@pytest.fixture
def page(app, found):
    return importlib.import_module("pages.data_space.devices")


@pytest.fixture
def device(app, found):
    return importlib.import_module("pages.data_space.device")


def shown(page, chosen="alle", request=None):
    parts = page.show_devices(chosen, request or {}, None, None)
    return parts[0], *[trees.text(part) for part in parts[1:5]], parts[5]


def clicked(what):
    context_value.set(AttributeDict(triggered_inputs=[{"prop_id": what, "value": 1}]))


def test_one_message_counts_and_names_those_that_do_not_deliver(page):
    headline, lead, table, body, unknown, _ = shown(page)
    assert headline == (
        "1 von 4 Geräten liefern; stumm: Bermel; überfällig: Falkley; nie gehört: Thür"
    )
    assert "2 Pegel hängen an einem einzigen Gateway" in lead
    assert "seit 15 Min. fällig (alle 15 Min., gelernt)" in table.replace("\xa0", " ")
    assert "ausreichend: −112 dBm, SNR −3,5 dB, SF9, 1 Gateway" in table.replace("\xa0", " ")
    assert "Nitz, Bermel" in body
    assert "keinen Pegel" in body
    assert "Rathaus und gw-2: dazu Falkley" in body
    assert "dragino-ldds75: distance 1234 mm" in unknown
    assert "kein Decoder liest sie" in unknown


def test_the_state_filter_narrows_the_table_and_stands_in_the_address(page):
    _, _, table, _, _, query = shown(page, "nie")
    assert "Thür" in table
    assert "Falkley" not in table
    assert query == "?zustand=nie"
    assert shown(page, "%00")[5] == ""


def test_without_devices_gateways_or_store_the_page_says_so(page, found):
    empty = replace(
        sample_devices.view(), devices=(), gateways=(), pairs=(), completeness=(), unknown=()
    )
    found.devices.found = empty
    headline, lead, _, body, unknown, _ = shown(page)
    assert headline == "Kein Gerät ist in Betrieb"
    assert "sensors.csv" in lead
    assert "welches Gateway sie hörte" in body
    assert "Kein unbekanntes Gerät sendet" in unknown
    found.devices.is_down = True
    assert "Die Datenbank antwortet nicht" in shown(page)[1]


def test_quarter_hours_are_told_in_words_beside_the_shade(page):
    body = shown(page)[3]
    for words in ("20 von 96, davon 3 gültig", "52 von 52", "nichts zu erwarten"):
        assert words in body


def test_a_device_shows_first_what_the_field_needs(device):
    headline, _, body, is_formless = device.show_device(NITZ, "", None, None)
    assert headline == "Gerät am Pegel Nitz liefert"
    assert not is_formless
    words = trees.text(body)
    order = [words.index(name) for name in ("letzter Wert", "zuletzt gehört", "Signal", "nächste")]
    assert order == sorted(order)
    assert order[-1] < words.index("DevEUI")
    assert "noch etwa 400 Tage" in words
    never = trees.text(device.show_device(THUER, "", None, None)[2])
    assert "noch kein Wert" in never
    assert "Noch kein Eintrag" in never


def test_a_device_that_does_not_exist_offers_no_form(device):
    headline, *_, is_formless = device.show_device("x", "", None, None)
    assert headline == "Gerät nicht gefunden"
    assert is_formless
    [form] = [
        part
        for part in trees.of_type(device.layout(), "Div")
        if getattr(part, "id", "") == ids.DEVICE_FORM
    ]
    assert form.hidden


def test_a_label_that_no_phone_can_open_says_so(found):
    detail = found.devices.device(NITZ)
    assert "COCKPIT_PUBLIC_URL" not in trees.text(view.label(detail))
    local = replace(detail, address="http://127.0.0.1:8050/daten/geraet/x")
    assert "COCKPIT_PUBLIC_URL" in trees.text(view.label(local))
    assert "Drucken" in trees.text(view.label(local))


def test_the_label_leads_to_the_page_and_shows_nothing_else(device):
    _, _, label, is_formless = device.show_device(NITZ, "etikett", None, None)
    assert is_formless
    address = f"https://cockpit.example.org/daten/geraet/{NITZ}"
    assert address in trees.text(label)
    assert "Wartungsbuch" not in trees.text(label)


def test_a_note_needs_a_right_and_is_kept_under_the_own_name(device, found):
    said, *_ = device.write(1, NITZ, "Notiz", "Deckel lose")
    assert "Anmeldung nötig" in trees.text(said)
    with acting(identity_of(Role.COUNCIL)):
        assert "darf das nicht" in trees.text(device.write(1, NITZ, "Notiz", "Deckel lose")[0])
    with acting(identity_of(Role.PLANNER)):
        device.write(1, NITZ, "Notiz", "Deckel lose")
    assert found.maintenance.written == [(NITZ, "Notiz", "Deckel lose", "Dienst planner")]


def test_commissioning_hands_over_the_fields_and_offers_to_catch_up(page, found, as_planner):
    clicked(f"{ids.ADD}.n_clicks")
    fields = ("a8404194a1875ff3", "iot-nitz", "dragino-ldds75", "4,2", "", "")
    said, _ = page.enter(1, [None], *fields)
    assert "31 frühere Meldungen" in trees.text(said)
    assert found.commissioning.added[0].place == "4,2"
    with acting(PUBLIC):
        refused, _ = page.enter(2, [None], *fields)
    assert "Anmeldung nötig" in trees.text(refused)
    assert len(found.commissioning.added) == 1


def test_only_who_may_curate_is_offered_to_enter_and_to_catch_up(page, device):
    for shown_page, path in (
        (page.layout(zustand="nie"), "/daten/geraete?zustand=nie"),
        (device.layout(page_path=f"/daten/geraet/{NITZ}"), f"/daten/geraet/{NITZ}"),
    ):
        assert sign_in_url(path) in trees.links(shown_page)
    assert str(catch_up_id(NITZ)) not in trees.ids(page.show_devices("alle", {}, None, None)[4])
    with acting(identity_of(Role.PLANNER)):
        assert str(catch_up_id(NITZ)) in trees.ids(page.show_devices("alle", {}, None, None)[4])
        assert "Wird als Dienst planner festgehalten." in trees.text(page.layout())
