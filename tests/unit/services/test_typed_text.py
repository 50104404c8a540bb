"""What people type is kept as others can read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.typed_text import all_paragraphs, one_line, paragraphs


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Pegel\t2,10\u00a0m \n steigt ", "Pegel 2,10 m steigt"),
        ("Damm\u202ethcirb", "Dammthcirb"),
        ("null\x00byte", "nullbyte"),
        ("<img src=x>", "<img src=x>"),
        ("\u200b\ufeff", ""),
    ],
)
def test_a_field_of_one_line_loses_what_nobody_sees(typed, kept):
    assert one_line(typed, 80) == kept


def test_lines_of_a_long_field_stay_lines():
    assert paragraphs("a \r\n\n b\u202e\n", 80) == "a\n\n b"
    assert paragraphs("abcdef", 3) == "abc"


@given(st.text(max_size=200), st.integers(1, 50))
def test_nothing_unseen_is_left_and_the_bound_holds(text, most):
    for kept in (one_line(text, most), paragraphs(text, most)):
        assert len(kept) <= most
        assert all(sign.isprintable() or sign == "\n" for sign in kept)
    assert all_paragraphs(all_paragraphs(text)) == all_paragraphs(text)
