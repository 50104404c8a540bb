from components.charts.index_lines import IndexLine, describe, index_chart
from tests.support import trees


def test_an_index_starts_at_the_first_year_and_keeps_gaps():
    assert IndexLine("A", (200, None, 210, 220)).index() == [100.0, None, 105.0, 110.0]


def test_without_the_first_figure_there_is_no_index_rather_than_another_base():
    line = IndexLine("B", (None, 100, 110, 120))
    assert line.index() == [None] * 4
    assert describe([line]) == "Es liegen keine Zahlen vor."


def test_the_sentence_compares_the_lines():
    lines = [IndexLine("Ort", (100, 101, 102, 103)), IndexLine("Kreis", (50, 50, 50, 49))]
    words = describe(lines).replace("\N{NO-BREAK SPACE}", " ")
    assert words == "Seit 2011: Ort +3,0 %, Kreis −2,0 %."


def test_each_line_with_figures_is_named_at_its_end():
    lines = [IndexLine("Ort", (100, 101, 102, 103)), IndexLine("Leer", (None,) * 4)]
    drawings = [getattr(p, "data-svg", "") for p in trees.components(index_chart(lines))]
    text = next(drawing for drawing in drawings if drawing)
    assert ">Ort</text>" in text
    assert ">Leer</text>" not in text
