"""The rules of CAP 1.2: what keeps them has no fault, each broken one is named."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.warnings.cap_rules import faults
from services.warnings.draft_model import DRAFT, UPDATE, AreaText, Draft
from services.warnings.draft_xml import draft_message
from services.warnings.model import DISCLAIMER, CapReference
from tests.support.fakes import site
from tests.support.sample_warnings import NOW, draft_text

BEFORE = CapReference("regionalcockpit.myk", "myk.1", NOW - timedelta(hours=1))
KEY = CapReference("regionalcockpit.myk", "myk.2", NOW)
SQUARE = ((50.0, 7.0), (50.0, 7.1), (50.1, 7.1), (50.0, 7.0))


def message(**changes) -> str:
    areas = (*draft_text().areas, AreaText("Aue", polygon=SQUARE))
    made = Draft(KEY, DRAFT, UPDATE, (BEFORE,), NOW + timedelta(hours=3), draft_text(areas=areas))
    return draft_message(Draft(**{**{n: getattr(made, n) for n in Draft.__slots__}, **changes}),
                         site()).decode()  # fmt: skip


def test_a_draft_keeps_all_rules_and_says_that_it_is_one():
    written = message()
    assert faults(written.encode()) == ()
    assert written.count(DISCLAIMER) == 2
    assert "<polygon>50.00000,7.00000 50.00000,7.10000" in written
    assert "<references>regionalcockpit.myk,myk.1,2026-03-10T11:00:00-00:00</references>" in written


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("<status>Draft</status>", "", "status fehlt"),
        ("<status>Draft</status>", "<status>Entwurf</status>", "keiner der erlaubten Werte"),
        ("<scope>Public</scope>", "<scope>Private</scope>", "addresses fehlt"),
        ("<scope>Public</scope>", "<scope>Restricted</scope>", "restriction fehlt"),
        ("myk.2</identifier>", "myk 2</identifier>", "identifier enthält"),
        ("myk.2</identifier>", "myk,2</identifier>", "identifier enthält"),
        ("myk.2</identifier>", "myk&amp;2</identifier>", "identifier enthält"),
        ("<sender>regionalcockpit.myk", "<sender>a&lt;b", "sender enthält"),
        ("12:00:00-00:00</sent>", "12:00:00Z</sent>", "keine Zeit mit Versatz"),
        ("12:00:00-00:00</sent>", "12:00:00</sent>", "keine Zeit mit Versatz"),
        ("12:00:00-00:00</sent>", "12:00:00.5-00:00</sent>", "keine Zeit mit Versatz"),
        ("2026-03-10T15", "2026-02-30T15", "keine Zeit mit Versatz"),
        ("15:00:00-00:00</expires>", "11:00:00-00:00</expires>", "expires liegt nicht nach sent"),
        ("12:50:00-00:00</onset>", "19:00:00-00:00</onset>", "expires liegt vor onset"),
        ("<msgType>Update</msgType>", "<msgType>Alert</msgType>", "bezieht sich auf keine andere"),
        ("regionalcockpit.myk,myk.1,", "myk.1,", "hat nicht die Form"),
        ("regionalcockpit.myk,myk.1,2026-03-10T11", "regionalcockpit.myk,myk.1,2026-03-10T13",
         "später als diese"),
        ("regionalcockpit.myk,myk.1,2026-03-10T11", "regionalcockpit.myk,myk.2,2026-03-10T12",
         "auf sich selbst"),
        ("<category>Met</category>", "", "category fehlt"),
        ("<event>Hochwasser</event>", "<event/>", "event ist leer"),
        ("<event>Hochwasser</event>", "<event>a</event><event>b</event>", "event kommt 2-mal"),
        ("<urgency>Expected", "<urgency>expected", "keiner der erlaubten Werte"),
        ("<language>de-DE", "<language>de_DE", "keine Sprache"),
        ("<source>Regionalcockpit</source>", "<quelle>x</quelle>", "gibt es dort nicht"),
        ("50.00000,7.00000</polygon>", "50.00000,7.20000</polygon>", "nicht geschlossen"),
        ("50.10000,7.10000 ", "", "mindestens 4"),
        ("50.10000,7.10000 ", "150.10000,7.10000 ", "kein „Breite,Länge“"),
        ("50.10000,7.10000 ", "50.1 7.1 ", "kein „Breite,Länge“"),
        ("7.22000 0</circle>", "7.22000 -1</circle>", "circle hat nicht die Form"),
        ("7.22000 0</circle>", "7.22000</circle>", "circle hat nicht die Form"),
        ("<valueName>AGS</valueName>", "", "geocode: valueName fehlt"),
        ("<areaDesc>Aue</areaDesc>", "", "areaDesc fehlt"),
        ("cap:1.2", "cap:1.1", "Wurzelelement"),
        ("</alert>", "", "kein lesbares XML"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_named(old, new, words):
    written = message()
    assert old in written
    assert words in "; ".join(faults(written.replace(old, new).encode()))


def test_an_update_or_cancel_must_say_what_it_changes():
    for kind in ("Update", "Cancel"):
        found = faults(message(msg_type=kind, refers_to=()).encode())
        assert any("references fehlt" in words for words in found)


def test_the_order_of_elements_counts():
    written = message()
    first, second = "<scope>Public</scope>", "<status>Draft</status>"
    swapped = written.replace(first, "@").replace(second, first).replace("@", second)
    assert "alert: die Reihenfolge der Elemente stimmt nicht" in faults(swapped.encode())


def test_entities_are_refused():
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><alert>&b;</alert>'
    assert "kein lesbares XML" in faults(bomb)[0]


@given(st.text(min_size=10, max_size=150), st.text(min_size=10, max_size=400))
def test_whatever_is_typed_the_message_stays_valid_or_says_what_is_empty(headline, words):
    text = draft_text(headline=headline, description=words)
    found = faults(message(text=text).encode())
    assert all("ist leer" in each for each in found)
