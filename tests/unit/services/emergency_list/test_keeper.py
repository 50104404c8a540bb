"""The printed list: whole or not at all, the last ones kept, a full disk is said."""

import errno
import os
from dataclasses import replace
from datetime import timedelta

import pytest

from services.emergency_list import keeper as module
from services.emergency_list.content import TO_FILL_IN, emergency_list
from services.emergency_list.errors import ListNotWrittenError, NoListError
from services.emergency_list.html_file import as_html
from services.emergency_list.job import emergency_job
from services.emergency_list.keeper import EmergencyLists
from services.flood.model import State
from services.people.errors import NotSignedInError
from services.people.identity import acting
from services.people.model import Role
from services.situation.urgency import urgency
from tests.support import sample_water
from tests.support.sample_alarms import StandingClock
from tests.support.sample_people import identity_of

WATCH = identity_of(Role.CRISIS, is_wall=True)


def situation(**changes):
    found = sample_water.situation("flood")
    clock = replace(found.clock, **changes)
    return replace(found, clock=clock)


@pytest.fixture
def lists(tmp_path, region):
    return EmergencyLists(
        region,
        lambda: situation(kind="live"),
        StandingClock(),
        tmp_path / "notfall",
        kept=3,
    )


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_html_and_pdf_are_written_under_a_lasting_and_a_dated_name(lists):
    lists.write()
    found = names(lists.folder)
    assert {"notfallliste.html", "notfallliste.pdf"} < set(found)
    assert len(found) == 4
    assert (lists.folder / "notfallliste.pdf").read_bytes().startswith(b"%PDF")


def improbable(village):
    """Return the village as one to which an arrival that is not expected may come at once."""
    return replace(
        village, state=State.OK, result=replace(village.result, state=State.OK, usable_p10_min=0.0)
    )


def test_no_time_has_run_out_where_nothing_is_expected(region):
    found = situation()
    warned = next(v for v in found.villages if v.result and v.result.usable_p10_min)
    calm = replace(found, villages=(improbable(warned),))
    [row] = emergency_list(calm, region, is_drill=False).places
    assert "nicht erwartet" in row
    assert "keine Zeit mehr" not in row
    assert any("unwahrscheinlich, ab" in cell for cell in row)


def test_places_stand_in_the_order_of_urgency_with_instants(region):
    found = situation()
    listed = emergency_list(found, region, is_drill=False)
    expected = sorted((v for v in found.villages if v.exposed), key=urgency(found.clock.now))
    assert [row[0] for row in listed.places] == [f"{v.name} ({v.river_name})" for v in expected]
    assert listed.places[0][2] == "keine Zeit mehr"
    assert any("Min., bis " in row[2] for row in listed.places)


def test_numbers_without_a_source_are_left_to_be_filled_in(region):
    listed = emergency_list(situation(), region, is_drill=False)
    assert {row[1] for row in listed.contacts} == {"112", "110", TO_FILL_IN}
    assert {row[-1] for row in listed.places} == {TO_FILL_IN}


def test_a_silent_gauge_is_no_all_clear(region):
    listed = emergency_list(situation(), region, is_drill=False)
    silent = [row for row in listed.gauges if "meldet nicht" in row[4]]
    assert silent
    assert all(row[1] == "Keine Daten" for row in silent)


def test_the_headline_ends_with_a_full_stop_before_the_next_sentence(region):
    found = situation()
    listed = emergency_list(found, region, is_drill=False)
    assert listed.headline == f"{found.headline}."
    assert f"{found.headline}. Keine Daten ist keine Entwarnung." in as_html(listed)


def test_names_cannot_become_markup(region):
    found = situation()
    villages = (replace(found.villages[0], name="<b>Mayen</b>"), *found.villages[1:])
    html = as_html(emergency_list(replace(found, villages=villages), region, is_drill=False))
    assert "<b>Mayen" not in html
    assert "&lt;b&gt;Mayen" in html


def test_a_drill_has_a_watermark_and_never_replaces_a_real_list(lists, tmp_path):
    lists.write()
    real = (lists.folder / "notfallliste.html").read_bytes()
    drill = replace(lists, situation=lambda: situation(kind="replay"))
    drill.write()
    assert (lists.folder / "notfallliste.html").read_bytes() == real
    assert "ÜBUNG" in (lists.folder / "uebung-notfallliste.html").read_text(encoding="utf-8")
    assert b"\xdcBUNG" not in real


def test_only_the_last_ones_are_kept(lists):
    start = situation().clock.wall_now
    for number in range(6):
        at = start + number * timedelta(minutes=15)
        made = replace(lists, situation=lambda at=at: situation(kind="live", wall_now=at))
        made.write()
    dated = [name for name in names(lists.folder) if name.startswith("notfallliste-")]
    assert len(dated) == 2 * lists.kept
    assert dated[-1].startswith(f"notfallliste-{at:%Y%m%dT%H%M%SZ}")


def test_both_folders_get_the_list_and_a_missing_stick_is_named(lists, tmp_path):
    stick = tmp_path / "stick"
    carried = replace(lists, extra=stick)
    with pytest.raises(ListNotWrittenError, match=r"stick: der Ordner fehlt"):
        carried.write()
    assert not stick.exists()
    assert "notfallliste.pdf" in names(lists.folder)
    stick.mkdir()
    carried.write()
    assert "notfallliste.pdf" in names(stick)


def test_on_a_full_disk_the_old_list_stays_whole_and_the_reason_is_said(lists, monkeypatch):
    lists.write()
    before = (lists.folder / "notfallliste.html").read_bytes()

    def full(_number):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(module.os, "fsync", full)
    with pytest.raises(ListNotWrittenError, match="No space left"):
        lists.write()
    assert (lists.folder / "notfallliste.html").read_bytes() == before
    assert [name for name in names(lists.folder) if name.startswith(".neu-")] == []


def test_the_newest_is_read_by_who_may_watch_and_before_the_first_there_is_none(lists):
    with pytest.raises(NotSignedInError):
        lists.newest("pdf")
    with acting(WATCH):
        with pytest.raises(NoListError):
            lists.body("pdf")
        lists.write()
        assert lists.newest("pdf").size == len(lists.body("pdf"))


def test_it_is_made_every_quarter_of_an_hour(lists):
    job = emergency_job(lists)
    assert (job.name, job.every) == ("notfallliste", timedelta(minutes=15))
    job.run()
    assert names(lists.folder)
