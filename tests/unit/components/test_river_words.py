import pytest

from components.river_words import at_river


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Nette", "An der Nette"),
        ("Mosel", "An der Mosel"),
        ("Elzbach", "Am Elzbach"),
        ("Thürer/Krufter Bach", "Am Thürer/Krufter Bach"),
        ("Rhein", "Am Rhein"),
    ],
)
def test_a_river_takes_its_own_article(name, words):
    assert at_river(name) == words
