from components.backlog import backlog_panel, backlog_words
from services.health.model import SpoolHealth
from tests.support import trees

NBSP = "\u00a0"


def test_a_short_wait_is_not_worth_a_word():
    assert backlog_words(SpoolHealth(3, 100, 1000, 20.0, 0)) == ""
    assert backlog_words(SpoolHealth(0, 0, 1000, None, 0)) == ""


def test_an_outage_and_a_full_spool_are_said():
    words = backlog_words(SpoolHealth(3, 850, 1000, 3900.0, 0))
    assert f"seit 1{NBSP}Std. 5{NBSP}Min." in words
    assert "Nichts davon ist verloren" in words
    assert f"zu 85{NBSP}% gefüllt" in words


def test_the_panel_tells_size_limit_age_and_what_was_set_aside():
    text = trees.text(backlog_panel(SpoolHealth(3, 5_000_000, 512_000_000, None, 2)))
    assert "5,0 MB von 512,0 MB (1 %)" in text
    assert "keine" in text
    assert "beiseitegelegt" in text
