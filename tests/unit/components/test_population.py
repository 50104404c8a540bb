from dataclasses import replace

from components.charts import population as charts
from components.charts.strips_svg import strips_of
from components.population import change_in, complete_period, ranked, sum_of
from components.supply import rows_by_association
from tests.support import sample_region, trees

ROWS = sample_region.municipalities()


def test_a_change_needs_both_figures():
    assert change_in(ROWS[5], "2011-2020").percent is None
    assert change_in(ROWS[5], "2011-2020").people is None
    assert change_in(ROWS[5], "2018-2020").percent is not None


def test_the_rank_goes_from_gain_to_loss_and_ends_with_unknown():
    found = [change.percent for change in ranked(ROWS, "2011-2020")]
    assert found[-1] is None
    known = found[:-1]
    assert known == sorted(known, reverse=True)


def test_a_sum_with_a_missing_figure_is_missing_not_smaller():
    assert sum_of(ROWS, 2011) is None
    assert sum_of(ROWS, 2020) == sum(row.pop_2020 for row in ROWS)
    assert sum_of([], 2020) is None


def test_the_overview_takes_the_longest_complete_period():
    assert complete_period(ROWS) == "2016-2020"
    whole = [replace(row, pop_2011=row.pop_2016) for row in ROWS]
    assert complete_period(whole) == "2011-2020"


def test_the_sentence_of_the_ranking_counts_and_names_the_ends():
    changes = ranked(ROWS, "2011-2020")
    words = charts.describe_ranking(changes, 1.2)
    assert words.startswith("10 von 23 Gemeinden wachsen, 12 schrumpfen")
    assert "Der Kreis insgesamt: +1,2" in words
    assert charts.describe_ranking([], None) == "Für diesen Zeitraum liegen keine Zahlen vor."


def test_free_towns_have_a_name_people_would_say():
    names = {strip.name for strip in strips_of(ranked(ROWS, "2016-2020"))}
    assert "Verbandsfreie" in names
    assert "verbandsfrei" not in names


def test_a_chart_names_itself_for_screen_readers():
    chart = charts.ranking_chart(ranked(ROWS, "2011-2020"), None)
    drawings = [getattr(part, "data-svg", "") for part in trees.components(chart)]
    drawn = [text for text in drawings if text]
    assert len(drawn) == 2
    assert all('role="img"' in text and "<title" in text and "<desc" in text for text in drawn)


def test_supply_sums_by_association_and_leaves_an_unknown_ratio_open():
    supply = sample_region.stops()
    people = {row.ags: row.pop_2020 for row in ROWS}
    rows = rows_by_association(supply, people)
    assert [row.total for row in rows] == sorted((row.total for row in rows), reverse=True)
    assert sum(row.total for row in rows) == sum(row.bus + row.rail + row.other for row in supply)
    assert all(row.per_1000 for row in rows)
    assert all(row.per_1000 is None for row in rows_by_association(supply, {}))
