from hypothesis import given
from hypothesis import strategies as st

from components.charts import svg


@given(st.text(max_size=40))
def test_no_text_ever_becomes_markup(words):
    written = str(svg.element("text", words, aria_label=words, class_="a"))
    inside = written.removeprefix("<text").removesuffix("</text>")
    body = inside.split(">", 1)[1] if ">" in inside else ""
    assert "<" not in body
    assert inside.split(">", 1)[0].count('"') % 2 == 0


def test_names_of_markup_are_escaped_in_titles():
    drawing = svg.document((10, 10), "<script>x</script>", "a & b", [], "k")
    assert "<script>" not in str(drawing)
    assert "a &amp; b" in str(drawing)
    assert 'aria-labelledby="k-title k-desc"' in str(drawing)


def test_numbers_are_short_and_sizes_never_negative():
    assert str(svg.line(0, 1.25, 2.0, 3.333, "x")) == (
        '<line x1="0" y1="1.2" x2="2" y2="3.3" class="x"/>'
    )
    assert 'width="0"' in str(svg.rect(0, 0, -5, 1, "x"))


def test_a_path_without_points_is_nothing():
    assert str(svg.path([], "x")) == ""
    assert str(svg.path([(0, 0), (1, 2)], "x", is_closed=True)) == '<path d="M0 0L1 2Z" class="x"/>'
