from data.region_pack import rows
from services.flood.cycle import run_cycle
from services.flood.model import Flag, State
from services.flood.network import build_network
from tests.unit.services.flood.scenario import (
    NOW,
    exposure,
    flat,
    minutes,
    nette_pack,
    rising,
    series,
)

NETWORK = build_network(nette_pack())
QUIET = {"nitz": flat(), "falkley": flat(), "muehle": flat()}


def sentences(readings, network=NETWORK, **options):
    result = run_cycle(network, readings, {}, NOW, **options)
    return (
        {item.gauge_id: item.sentence for item in result.gauges},
        {item.place_id: item.sentence for item in result.villages},
    )


def test_a_quiet_gauge_gives_value_time_and_trend():
    gauges, villages = sentences(QUIET)

    assert gauges["muehle"] == "Pegel Muehle steht bei 0,40 m (20:00 Uhr) und bleibt etwa gleich."
    assert villages["mayen"] == (
        "Keine Warnung für Mayen: Pegel Muehle steht bei 0,40 m (20:00 Uhr) und bleibt etwa "
        "gleich; Voralarmschwelle für den Ort 1,00 m."
    )


def test_a_rising_gauge_names_the_next_level_and_when():
    gauges, _ = sentences(QUIET | {"muehle": rising(0.5, 0.4, hours=2.25)})

    assert gauges["muehle"].startswith(
        "Pegel Muehle steht bei 1,40 m (20:00 Uhr), über der eigenen Voralarmschwelle "
        "(1,00 m), und steigt schnell, +40 cm je Stunde; Warnschwelle 1,50 m wahrscheinlich um 20:"
    )


def test_a_warned_village_gets_arrival_interval_and_usable_minutes():
    _, villages = sentences(QUIET | {"muehle": rising(0.3, 0.6, hours=1.5)})
    text = villages["trimbs"]

    assert text.startswith("Warnung für Trimbs: Pegel Muehle steht bei 1,20 m")
    for word in ("frühestens", "wahrscheinlich", "spätestens", "80-%-Spanne", "nutzbar bleiben"):
        assert word in text


def test_a_level_that_has_arrived_is_told_in_the_past():
    slow = rising(0.5, 0.2, hours=9.0)
    _, villages = sentences(QUIET | {"muehle": slow})

    assert "im Ort wohl seit" in villages["mayen"]


def test_a_gauge_that_never_spoke_is_said_so():
    gauges, villages = sentences({})

    assert gauges["muehle"] == "Von Pegel Muehle liegt kein gültiger Messwert vor."
    assert "liegt kein gültiger Messwert vor" in villages["mayen"]


def test_silence_names_time_and_last_value():
    gauges, _ = sentences(QUIET | {"muehle": flat(0.6, last=NOW - minutes(90))})

    assert gauges["muehle"] == "Pegel Muehle meldet seit 18:30 Uhr nichts (zuletzt 0,60 m)."


def test_times_follow_the_zone_of_the_region():
    gauges, _ = sentences(QUIET, timezone="UTC")

    assert "(18:00 Uhr)" in gauges["muehle"]


def test_the_side_brook_note_closes_the_sentence():
    network = build_network(
        nette_pack(exposures=(exposure("isenburg", "nette", 20.0, side_brook_risk=True),))
    )
    _, villages = sentences(QUIET, network)

    assert villages["isenburg"].endswith("keine Aussage zu Seitenbächen und Starkregen.")


def test_a_gauge_above_its_own_level_is_told_apart_from_the_level_of_the_village():
    pack = nette_pack(
        pairs=(
            *_pair("voralarm", 2.5),
            *_pair("warnung", 3.5),
            *_pair("alarm", 4.5),
        ),
        gauges=tuple(row for row in nette_pack().gauges if row.gauge_id == "muehle"),
        thresholds=tuple(row for row in nette_pack().thresholds if row.gauge_id == "muehle"),
    )
    _, villages = sentences({"muehle": series([1.2, 1.202] * 48)}, build_network(pack))

    assert "über der eigenen Voralarmschwelle (1,00 m)" in villages["mayen"]
    assert "Voralarmschwelle für den Ort 2,50 m" in villages["mayen"]


def _pair(level, value):
    row = rows.PairRow(
        gauge_id="muehle",
        place_id="mayen",
        river_id="nette",
        level=level,
        value=value,
        source="test",
        confidence="test",
    )
    return (row,)


def test_backwater_has_the_article_of_its_river():
    found = {}
    for name in ("Rhein", "Mosel"):
        place = exposure("muendung", "nette", 1.0, backwater_of=name)
        _, villages = sentences(QUIET, build_network(nette_pack(exposures=(place,))))
        found[name] = villages["muendung"]

    assert "Rückstau vom Rhein möglich" in found["Rhein"]
    assert "Rückstau von der Mosel möglich" in found["Mosel"]


def test_a_silent_gauge_shows_the_unconfirmed_high_value_that_made_it_voralarm():
    only = series([1.9, 0.2], flags=[Flag.SUSPECT, Flag.SUSPECT])
    result = run_cycle(NETWORK, QUIET | {"muehle": only}, {}, NOW)
    muehle = next(item for item in result.gauges if item.gauge_id == "muehle")

    assert muehle.state is State.VORALARM
    assert "Pegel Muehle meldet 1,90 m (19:45 Uhr), ungewöhnlich hoch" in muehle.sentence
