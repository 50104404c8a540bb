"""CAP 1.2: identity, updates and cancels, what concerns the region, hostile archives."""

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from data import alerts
from services.ingestion.dwd_cap import archive, mapping, source
from services.ingestion.dwd_cap.parser import parse_alert
from services.sources.errors import SourceFormatError
from tests.support.visits import entry, visit

SENT = datetime(2023, 6, 22, 21, 40, tzinfo=UTC)
ZIP = "cap-radar/Z_CAP_C_EDZW_LATEST_PVW_STATUS_PREMIUMDWD_COMMUNEUNION_MUL.zip"


def cap(identifier="a", minutes=0, kind="Alert", references=(), cell="807137068", status="Actual"):
    sent = SENT + timedelta(minutes=minutes)
    refers = " ".join(
        f"s,{name},{(SENT + timedelta(minutes=m)).isoformat()}" for name, m in references
    )
    expires = (SENT + timedelta(hours=6)).isoformat()
    return (
        '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">'
        f"<identifier>{identifier}</identifier><sender>s</sender><sent>{sent.isoformat()}</sent>"
        f"<status>{status}</status><msgType>{kind}</msgType><scope>Public</scope>"
        f"<references>{refers}</references><info><language>de-DE</language><event>STURM</event>"
        f"<severity>Moderate</severity><expires>{expires}</expires><headline>H {identifier}"
        f"</headline><area><areaDesc>Mayen</areaDesc><geocode><valueName>WARNCELLID</valueName>"
        f"<value>{cell}</value></geocode></area></info></alert>"
    ).encode()


def packed(*bodies):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as found:
        for number, body in enumerate(bodies):
            found.writestr(f"{number}.xml", body)
    return out.getvalue()


@pytest.fixture
def take(sessions, region):
    def run(*bodies, warncells=("807137",)):
        options = {"warncells": list(warncells)}
        harvest = mapping.collect(
            visit(entry("dwd-cap", options), region, {"": packed(*bodies)}, SENT)
        )
        with sessions() as session, session.begin():
            harvest.store(session)
        return harvest

    return run


@pytest.fixture
def holding(sessions):
    def run(minutes):
        with sessions() as session:
            found = alerts.holding_at(session, SENT + timedelta(minutes=minutes))
        return [(row.identifier, row.sent_at) for row in found]

    return run


def at(minutes):
    return SENT + timedelta(minutes=minutes)


def test_real_messages_are_read_with_all_their_cells(shared_data):
    body = (shared_data / ZIP).read_bytes()
    found = [parse_alert(message) for _, message in archive.messages(body)]
    assert sorted(alert.infos[0].event for alert in found) == [
        "STARKREGEN",
        "STARKREGEN",
        "WINDBÖEN",
    ]
    cells = [
        sum(name == "WARNCELLID" for area in alert.infos[0].areas for name, _ in area.geocodes)
        for alert in found
    ]
    assert sorted(cells) == [3, 45, 168]
    assert {alert.msg_type for alert in found} == {"Alert", "Update"}
    assert all(alert.references for alert in found if alert.msg_type == "Update")


def test_real_messages_of_elsewhere_are_not_kept_unless_all_are_wanted(
    sessions, region, shared_data
):
    body = (shared_data / ZIP).read_bytes()
    for cells, kept in ((["807137"], 0), ([], 3)):
        source_entry = entry("dwd-cap", {"warncells": cells})
        harvest = mapping.collect(visit(source_entry, region, {"": body}, SENT))
        with sessions() as session, session.begin():
            assert harvest.store(session) == kept


def test_an_update_takes_the_place_of_what_it_refers_to(take, holding):
    take(cap("a"), cap("b", 10, "Update", [("a", 0)]))
    assert holding(5) == [("a", at(0))]
    assert holding(15) == [("b", at(10))]
    assert holding(400) == []


def test_a_cancel_ends_what_it_refers_to_in_any_order_of_arrival(take, holding):
    take(cap("a"))
    take(cap("c", 20, "Cancel", [("a", 0)], cell="999999999"))
    assert holding(10) == [("a", at(0))]
    assert holding(30) == []


def test_an_identifier_that_comes_again_is_another_message(take, holding):
    take(cap("same"))
    take(cap("same", 30))
    assert holding(40) == [("same", at(30)), ("same", at(0))]
    take(cap("same", 50, "Update", [("same", 0), ("same", 30)]))
    assert holding(60) == [("same", at(50))]


def test_a_service_that_uses_one_identifier_for_ever_is_heard_each_time(take, holding):
    take(cap("rlp"))
    take(cap("rlp", 30, "Update", [("rlp", 0)]))
    take(cap("rlp", 60, "Update", [("rlp", 30)]))
    assert [holding(minutes) for minutes in (10, 40, 70)] == [
        [("rlp", at(0))], [("rlp", at(30))], [("rlp", at(60))],
    ]  # fmt: skip
    take(cap("rlp", 90, "Cancel", [("rlp", 60)]))
    assert holding(80) == [("rlp", at(60))]
    assert holding(100) == []
    take(cap("rlp", 120))
    assert holding(130) == [("rlp", at(120))]


def test_the_same_message_twice_is_stored_once(take, sessions):
    take(cap("a"), cap("a"))
    take(cap("a"))
    with sessions() as session:
        assert len(alerts.holding_at(session, at(5))) == 1


@pytest.mark.parametrize("status", ["Test", "Exercise", "Draft"])
def test_a_drill_is_no_warning(take, holding, status):
    take(cap("a", status=status))
    assert holding(5) == []


def test_one_broken_message_does_not_spoil_the_others(take, holding):
    found = take(cap("a"), b"<alert", cap("b", 1))
    assert len(found.notes) == 1
    assert [name for name, _ in holding(5)] == ["b", "a"]


def test_when_all_are_broken_the_visit_fails(take):
    with pytest.raises(SourceFormatError):
        take(b"<alert", b"<html/>")


def test_entities_are_refused():
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;">]>'
        b"<a>&y;</a>"
    )
    with pytest.raises(SourceFormatError, match="Entitäten"):
        parse_alert(bomb)


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_MESSAGE", 10_000)
    monkeypatch.setattr(archive, "LARGEST_TOTAL", 15_000)
    monkeypatch.setattr(archive, "MOST_MESSAGES", 3)
    assert len(list(archive.messages(packed(b"a" * 10_000)))) == 1
    for bodies in ([b"a" * 10_001], [b"a" * 9_000] * 2, [b"a"] * 4):
        with pytest.raises(SourceFormatError):
            list(archive.messages(packed(*bodies)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<sender>s</sender>", b"<sender></sender>"),
        (b"+00:00</sent>", b"</sent>"),
        (b"Actual", b"Echt"),
        (b"<references></references>", b"<references>a,b</references>"),
    ],
)
def test_what_names_a_message_must_be_there(old, new):
    assert old in cap()
    with pytest.raises(SourceFormatError):
        parse_alert(cap().replace(old, new))


def test_the_options_name_cells_by_digits():
    with pytest.raises(ValueError, match="warncells"):
        source.Options.model_validate({"warncells": ["Mayen"]})
