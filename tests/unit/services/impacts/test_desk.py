"""Keeping the list: entries overlay the pack, every version stays, two people do not collide."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from data import audit, impact_versions
from data.region_pack.impact_rows import ImpactRow
from services.errors import NotStoredError
from services.flood.model import State
from services.gauge_context.marks import impact_marks
from services.impacts.desk import SHOWN, ImpactDesk
from services.impacts.draft import Draft
from services.impacts.errors import ImpactConflictError, ImpactRefusedError
from services.impacts.listing import ImpactListing
from services.impacts.model import Deed
from services.people.errors import NotAllowedError, NotSignedInError
from services.people.identity import acting
from services.people.model import PUBLIC, Role
from tests.support.at_once import pressed
from tests.support.sample_people import identity_of

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
CAMP = Draft(
    where="virneburg:nitzbach",
    kind="leisure",
    what="Campingplatz steht im Wasser",
    basis="gauge:iot-nitz",
    value="1,80",
    observed_on="14.07.2021",
    maintained_by="Gemeinde Virneburg",
    source="Einsatzbericht 2021",
)
OF_PACK = "mayen-schule"


@pytest.fixture
def desk(sessions, region, as_planner):
    return ImpactDesk(sessions, region, wall=lambda: NOW)


def listed(desk):
    return {
        held.row.impact_id: held for held in ImpactListing(desk.sessions, desk.region).current()
    }


def entered(desk):
    return next(held for held in listed(desk).values() if held.version)


def of_pack(desk, **changes):
    row = listed(desk)[OF_PACK].row
    values = {
        "impact_id": OF_PACK, "where": f"{row.place_id}:{row.river_id}", "kind": row.kind,
        "what": row.what, "basis": f"level:{row.level}", "maintained_by": "Stadt Mayen",
        "source": row.source, "observed_on": "14.07.2021", **changes,
    }  # fmt: skip
    return Draft(**values)


def test_what_is_entered_is_in_the_list_beside_the_pack(desk):
    before = listed(desk)
    assert desk.save(CAMP) == CAMP.what
    held = entered(desk)
    assert len(listed(desk)) == len(before) + 1
    assert isinstance(held.row, ImpactRow)
    assert (held.row.gauge_id, held.row.value, held.row.level) == ("iot-nitz", 1.8, None)
    assert held.row.observed_on.isoformat() == "2021-07-14"
    assert held.entered_at == NOW
    assert held.row.impact_id.startswith("virneburg-")


def test_a_mark_of_the_gauge_says_what_was_entered(desk):
    desk.save(CAMP)
    rows = [held.row for held in listed(desk).values()]
    marks = impact_marks(desk.region, "iot-nitz", rows)
    assert [mark.what for mark in marks if mark.value == 1.8] == [(CAMP.what,)]


def test_a_row_of_the_pack_is_changed_and_its_old_words_stay_in_the_history(desk):
    desk.save(of_pack(desk, basis="level:warnung", reason="Wasser kam früher"))
    held = listed(desk)[OF_PACK]
    assert held.row.level == "warnung"
    assert held.row.maintained_by == "Stadt Mayen"
    desk.save(replace(of_pack(desk, reason="doch nicht"), basis="level:alarm"), held.version)
    changes = desk.board().history
    assert [change.level for change in changes] == [State.ALARM, State.WARNUNG]
    assert {change.deed for change in changes} == {Deed.CHANGED}
    assert changes[0].where.startswith("Mayen")
    assert changes[0].where.endswith(" · Nette")


def test_a_change_needs_a_reason_and_a_new_entry_none(desk):
    with pytest.raises(ImpactRefusedError, match="Grund"):
        desk.save(of_pack(desk, basis="level:warnung"))
    desk.save(replace(CAMP, reason="ist neu"))
    [change] = desk.board().history
    assert (change.deed, change.reason) == (Deed.ADDED, "")
    assert (change.kind, change.maintained_by, change.source) == (
        "leisure", "Gemeinde Virneburg", "Einsatzbericht 2021",
    )  # fmt: skip


def test_an_entry_of_a_gauge_or_place_without_a_sensor_can_still_be_chosen(desk):
    desk.save(CAMP)
    still = replace(desk, region=replace(desk.region, sensors=()))
    board = still.board()
    assert not board.gauges["iot-nitz"].is_connected
    assert desk.board().gauges["iot-nitz"].is_connected
    assert {f"{held.row.place_id}:{held.row.river_id}" for held in board.held} <= set(board.places)
    held = entered(desk)
    still.save(
        replace(CAMP, impact_id=held.row.impact_id, source="neu", reason="neu"), held.version
    )


def test_a_long_source_of_the_pack_is_kept_when_its_entry_is_taken_off(desk):
    long = listed(desk)[OF_PACK].row.model_copy(update={"source": "Bericht " * 60})
    pack = replace(desk.region.pack, impacts=(long,))
    other = replace(desk, region=replace(desk.region, pack=pack))
    other.remove(OF_PACK, 0, "weg")
    assert other.board().history[0].source == long.source


def test_an_old_entry_that_the_rules_of_today_refuse_takes_nothing_away(desk):
    desk.save(CAMP)
    held = entered(desk)
    with desk.sessions.begin() as session:
        stored = impact_versions.newest(session, desk.region.region_id)[held.row.impact_id]
        impact_versions.add(session, desk.region.region_id, replace(stored, kind="kirche"))
    assert entered(desk).row.kind == "kirche"
    assert len(listed(desk)) == len(desk.region.pack.impacts) + 1


def test_of_many_changes_the_newest_are_shown_and_that_there_are_more(desk):
    desk.save(CAMP)
    held = entered(desk)
    with desk.sessions.begin() as session:
        stored = impact_versions.newest(session, desk.region.region_id)[held.row.impact_id]
        for number in range(SHOWN - 1):
            newer = replace(stored, deed="changed", reason=str(number))
            impact_versions.add(session, desk.region.region_id, newer)
    assert (len(desk.board().history), desk.board().is_cut) == (SHOWN, False)
    with desk.sessions.begin() as session:
        impact_versions.add(session, desk.region.region_id, newer)
    assert (len(desk.board().history), desk.board().is_cut) == (SHOWN, True)


def test_what_is_taken_off_is_gone_from_the_list_and_stays_in_the_history(desk):
    with pytest.raises(ImpactRefusedError, match="warum"):
        desk.remove(OF_PACK, 0, "  ")
    what = desk.remove(OF_PACK, 0, "Schule ist umgezogen")
    assert OF_PACK not in listed(desk)
    [change] = desk.board().history
    assert (change.deed, change.what, change.reason) == (
        Deed.REMOVED, what, "Schule ist umgezogen",
    )  # fmt: skip
    with pytest.raises(ImpactRefusedError, match="nicht mehr in der Liste"):
        desk.remove(OF_PACK, 0, "noch einmal")


def test_who_looked_at_an_older_version_changes_nothing(desk):
    desk.save(CAMP)
    held = entered(desk)
    newer = replace(CAMP, impact_id=held.row.impact_id, value="1,90", reason="neu vermessen")
    desk.save(newer, held.version)
    with pytest.raises(ImpactConflictError):
        desk.save(replace(newer, value="2,00"), held.version)
    with pytest.raises(ImpactConflictError):
        desk.remove(held.row.impact_id, held.version, "weg")
    assert entered(desk).row.value == 1.9


def test_the_same_twice_is_one_entry(desk):
    desk.save(CAMP)
    with pytest.raises(ImpactRefusedError, match="steht schon"):
        desk.save(replace(CAMP, what=CAMP.what.upper()))
    held = entered(desk)
    same = replace(CAMP, impact_id=held.row.impact_id, reason="nichts anders")
    with pytest.raises(ImpactRefusedError, match="steht schon"):
        desk.save(same, held.version)


def test_of_two_who_change_at_once_one_is_told(desk):
    people = [identity_of(Role.PLANNER, name=name) for name in ("Eins", "Zwei")]

    def press(person):
        desk.save(of_pack(desk, what=f"Wasser im Keller ({person.name})", reason="neu"))

    assert pressed(people, press) == ["", ImpactConflictError.user_message]
    assert len(desk.board().history) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"where": ""}, "Ort"),
        ({"where": "paris:seine"}, "Ort"),
        ({"where": "mayen:saynbach"}, "Ort"),
        ({"kind": ""}, "Art"),
        ({"kind": "kirche"}, "Art"),
        ({"what": " \u202e "}, "was geschieht"),
        ({"basis": ""}, "ab wann"),
        ({"basis": "level:hoch", "value": ""}, "ab wann"),
        ({"basis": "level:alarm"}, "Wasserstand gilt nur mit einem Pegel"),
        ({"basis": "gauge:gibt-es-nicht"}, "Pegel wählen"),
        ({"where": "trimbs:nette", "basis": "gauge:iot-thuer"}, "weder an diesem Gewässer"),
        ({"value": ""}, "ab welchem Stand in m"),
        ({"value": "hoch"}, "ab welchem Stand in m"),
        ({"value": "nan"}, "Text ist keine Zahl"),
        ({"value": "1,805"}, "Komma ist mehrdeutig"),
        ({"value": "3 m³/s"}, "ab welchem Stand in m"),
        ({"value": "180"}, "kann der Pegel Nitz nicht zeigen"),
        ({"value": "-1"}, "kann der Pegel Nitz nicht zeigen"),
        ({"observed_on": "gestern"}, "TT.MM.JJJJ"),
        ({"observed_on": "31.02.2021"}, "TT.MM.JJJJ"),
        ({"observed_on": "11.03.2026"}, "Zukunft"),
        ({"maintained_by": ""}, "wer den Eintrag pflegt"),
        ({"source": ""}, "woher"),
        ({"what": "@@=function"}, "Was geschieht: beginnt mit @@"),
        ({"source": "@@=function"}, "Quelle: beginnt mit @@"),
        ({"impact_id": "gibt-es-nicht"}, "nicht mehr in der Liste"),
    ],
)
def test_what_does_not_fit_is_refused_in_words_and_nothing_is_stored(desk, changes, words):
    with pytest.raises(ImpactRefusedError) as refused:
        desk.save(replace(CAMP, **changes))
    assert words in refused.value.user_message
    assert desk.board().history == ()


@pytest.mark.parametrize(("typed", "stored"), [("180 cm", 1.8), ("1.8", 1.8), ("1,80 m", 1.8)])
def test_a_level_is_read_with_its_unit(desk, typed, stored):
    desk.save(replace(CAMP, value=typed))
    assert entered(desk).row.value == pytest.approx(stored)


def test_without_the_right_nothing_is_read_or_written(desk):
    acts = (desk.board, lambda: desk.save(CAMP), lambda: desk.remove(OF_PACK, 0, "weg"))
    for who, refusal in ((PUBLIC, NotSignedInError), (identity_of(Role.COUNCIL), NotAllowedError)):
        for act in acts:
            with acting(who), pytest.raises(refusal):
                act()
    assert desk.board().history == ()


def test_every_write_is_in_the_audit_log(desk):
    desk.save(CAMP)
    held = entered(desk)
    key = held.row.impact_id
    desk.save(replace(CAMP, impact_id=key, value="2", reason="neu"), held.version)
    desk.remove(key, entered(desk).version, "weg")
    with desk.sessions() as session:
        rows = audit.newest(session, 10)
    assert [row.action for row in reversed(rows)] == [
        "impact-added",
        "impact-changed",
        "impact-removed",
    ]
    assert {row.target for row in rows} == {CAMP.what}
    assert {row.details["impact"] for row in rows} == {key}
    assert rows[0].actor == identity_of(Role.PLANNER).actor


def test_another_region_is_not_touched(desk):
    with desk.sessions.begin() as session:
        row = listed(desk)[OF_PACK].row
        values = row.model_dump(exclude={"confidence"})
        other = impact_versions.Entered(
            **values, deed="removed", reason="weg", entered_at=NOW, entered_by="andere"
        )
        impact_versions.add(session, "other", other)
    assert OF_PACK in listed(desk)
    assert desk.board().history == ()


def test_a_store_that_refuses_says_so(desk, monkeypatch):
    from sqlalchemy.exc import OperationalError

    def refuse(*_):
        raise OperationalError("insert", {}, Exception("weg"))

    monkeypatch.setattr(impact_versions, "add", refuse)
    with pytest.raises(NotStoredError):
        desk.save(CAMP)
