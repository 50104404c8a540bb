"""The page on sources: who delivers, who is silent, what was refused, in words."""

import importlib
from dataclasses import replace

import pytest

from pages.data_space._sources_words import REASONS
from services.ingestion.model import Reason
from services.sources.views import SourceState
from tests.support import sample_sources, trees


@pytest.fixture
def page(app, found):
    return importlib.import_module("pages.data_space.sources")


def shown(page):
    headline, lead, body = page.show_sources("", None)
    return headline, trees.text(lead), trees.text(body)


def test_one_message_counts_and_names_the_silent(page):
    headline, _, body = shown(page)
    assert headline == (
        "1 von 4 Quellen liefern; still: Quelle wetter; veraltet: Quelle alt; gestört: Quelle radar"
    )
    assert "2 Fehlschläge in Folge: Status 503." in body
    assert "vor 3 Min." in body
    assert body.count("nicht vertraglich") == 1
    assert "noch nie" in body
    assert "vor 3 Tagen" in body


def test_in_the_simulation_it_says_that_nothing_is_fetched(page, found):
    sources = tuple(
        replace(item, state=SourceState.PAUSED, success_at=None)
        for item in sample_sources.view().sources
    )
    found.sources.found = replace(sample_sources.view(), is_paused=True, sources=sources)
    headline, lead, _ = shown(page)
    assert headline.startswith("Keine Quelle wird abgerufen")
    assert "Simulation" in lead


def test_no_warning_is_no_all_clear(page, found):
    assert "STARKREGEN" in shown(page)[2]
    found.sources.found = replace(sample_sources.view(), warnings=(), rejected={})
    body = shown(page)[2]
    assert "Das ist keine Entwarnung" in body
    assert "Keine Meldung wurde abgewiesen" in body


def test_rejected_messages_are_counted_in_words(page):
    body = shown(page)[2]
    assert "Zeit liegt in der Zukunft" in body
    assert set(REASONS) == {reason.value for reason in Reason}


def test_a_store_that_is_down_is_said(page, found):
    found.sources.is_down = True
    assert "Datenbank antwortet nicht" in shown(page)[1]
