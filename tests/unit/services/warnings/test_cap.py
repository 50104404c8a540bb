"""CAP messages keep the rules of CAP 1.2: elements in order, enumerations, times, references."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from defusedxml.ElementTree import fromstring

from services.flood.model import State
from services.warnings.cap import NAMESPACE, cap_message
from services.warnings.feed import atom_feed
from services.warnings.model import CapReference, VillageWarning, WarningSet

NOW = datetime(2021, 7, 14, 15, 52, 3, 400, tzinfo=UTC)
ALERT = (
    "identifier", "sender", "sent", "status", "msgType", "source", "scope", "restriction",
    "addresses", "code", "note", "references", "incidents", "info",
)  # fmt: skip
INFO = (
    "language", "category", "event", "responseType", "urgency", "severity", "certainty", "audience",
    "eventCode", "effective", "onset", "expires", "senderName", "headline", "description",
    "instruction", "web", "contact", "parameter", "resource", "area",
)  # fmt: skip
AREA = ("areaDesc", "polygon", "circle", "geocode", "altitude", "ceiling")
NEEDED = {"identifier", "sender", "sent", "status", "msgType", "scope"}
NEEDED_INFO = {"category", "event", "urgency", "severity", "certainty"}
ENUMERATIONS = {
    "status": {"Actual", "Exercise", "System", "Test", "Draft"},
    "msgType": {"Alert", "Update", "Cancel", "Ack", "Error"},
    "scope": {"Public", "Restricted", "Private"},
    "category": {"Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env",
                 "Transport", "Infra", "CBRNE", "Other"},
    "responseType": {"Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess",
                     "AllClear", "None"},
    "urgency": {"Immediate", "Expected", "Future", "Past", "Unknown"},
    "severity": {"Extreme", "Severe", "Moderate", "Minor", "Unknown"},
    "certainty": {"Observed", "Likely", "Possible", "Unlikely", "Unknown"},
}  # fmt: skip
TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}")


def warning(**changes) -> VillageWarning:
    made = VillageWarning(
        key=CapReference("regionalcockpit.myk", "myk.virneburg.nitzbach.alarm.20210714T1500", NOW),
        replaces=None,
        place_id="virneburg",
        river_id="nitzbach",
        name="Virneburg",
        river="Nitzbach",
        ags="07137109",
        lat=50.34,
        lon=7.08,
        state=State.ALARM,
        since=NOW,
        earliest=NOW + timedelta(minutes=20),
        likely=NOW + timedelta(minutes=50),
        latest=None,
        usable_p10_min=3.4,
        is_held=False,
        confidence="mittel",
        sentence="Alarm für <Virneburg> & Umgebung\x00.",
        run_id="run-1",
        run_at=NOW,
    )
    return replace(made, **changes)


def every(*warnings) -> WarningSet:
    return WarningSet(
        at=NOW,
        run_id="run-1",
        run_at=NOW,
        is_stale=False,
        is_simulated=True,
        operator="Kreis",
        official_name="HVZ",
        official_url="https://h",
        warnings=warnings,
    )


def read(found: VillageWarning):
    return fromstring(cap_message(every(found), found))


def names(element):
    return [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in element]


def text(element, name):
    return element.findtext(f".//{{{NAMESPACE}}}{name}")


@pytest.mark.parametrize("state", [State.VORALARM, State.WARNUNG, State.ALARM])
@pytest.mark.parametrize("missing", [{}, {"earliest": None, "likely": None}, {"is_held": True}])
def test_a_message_has_the_elements_of_cap_in_their_order(state, missing):
    root = read(warning(state=state, **missing))
    assert root.tag == f"{{{NAMESPACE}}}alert"
    info = root.find(f"{{{NAMESPACE}}}info")
    area = info.find(f"{{{NAMESPACE}}}area")
    for element, order in ((root, ALERT), (info, INFO), (area, AREA)):
        places = [order.index(name) for name in names(element)]
        assert places == sorted(places)
    assert set(names(root)) >= NEEDED
    assert set(names(info)) >= NEEDED_INFO
    for name, allowed in ENUMERATIONS.items():
        assert text(root, name) in allowed, name
    for name in ("identifier", "sender"):
        assert not re.search(r"[\s,<&]", text(root, name))


def test_times_are_whole_seconds_and_utc_is_never_written_as_z():
    root = read(warning())
    for name in ("sent", "effective", "onset", "expires"):
        assert TIME.fullmatch(text(root, name)), name
        assert text(root, name).endswith("-00:00")
    assert text(root, "expires") > text(root, "sent")


def test_it_is_always_a_draft_that_says_so_and_never_observed():
    root = read(warning())
    assert text(root, "status") == "Draft"
    assert "keine amtliche Warnung" in text(root, "note")
    assert "Simulation" in text(root, "note")
    assert text(root, "headline").startswith("ÜBUNG. ")
    assert "keine amtliche Warnung" in text(root, "instruction")
    assert text(root, "certainty") == "Likely"


def test_a_change_of_state_refers_to_the_message_before():
    before = CapReference("regionalcockpit.myk", "alt", NOW - timedelta(hours=1))
    root = read(warning(replaces=before))
    assert text(root, "msgType") == "Update"
    assert text(root, "references") == "regionalcockpit.myk,alt,2021-07-14T14:52:03-00:00"
    assert text(read(warning()), "references") is None
    assert text(read(warning()), "msgType") == "Alert"


@pytest.mark.parametrize(
    ("minutes", "urgency"), [(-5, "Immediate"), (30, "Expected"), (200, "Future")]
)
def test_urgency_follows_the_earliest_arrival(minutes, urgency):
    found = warning(earliest=NOW + timedelta(minutes=minutes))
    assert text(read(found), "urgency") == urgency


def test_the_feed_has_an_entry_with_a_lasting_id_for_each_warning():
    atom = fromstring(atom_feed(every(warning(), warning(place_id="x")), "http://h/api/v1"))
    space = "{http://www.w3.org/2005/Atom}"
    entries = atom.findall(f"{space}entry")
    assert len(entries) == 2
    assert entries[0].findtext(f"{space}id").startswith("urn:cap:regionalcockpit.myk:")
    assert atom.findtext(f"{space}updated").endswith("Z")
    assert all(entry.findtext(f"{space}updated") for entry in entries)
