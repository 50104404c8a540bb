"""Pieces of the page that compares the waves of a gauge."""

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.charts.waves import waves_chart
from components.charts.waves_frame import Picture, lines_of
from components.freshness import age_of
from components.gauge_event_words import headline_words, no_wave_words, threshold_words
from components.links import page_link
from components.panel import notice, panel
from components.short_name import gauge_name
from pages.water._compare_read import Shown
from pages.water._compare_table import table
from pages.water._state import MOST_WAVES
from services.gauge_events.detection import INDEPENDENCE
from services.gauge_events.figures import LEAD
from services.gauge_events.service import HIGHEST, NEWEST

WAVES_LEGEND = f"Wellen (bis zu {MOST_WAVES})"
NOTHING_TICKED = "Keine Welle ausgewählt. Wählen Sie oben bis zu vier aus."
UNKNOWN = "Nicht jede Welle der Adresse gibt es an diesem Pegel; gezeigt werden die übrigen."
TOO_MANY = (
    "Höchstens vier Wellen sind zugleich lesbar. Nehmen Sie eine heraus, um eine andere zu zeigen."
)
BASIS = (
    "Eine Welle beginnt mit dem ersten gültigen Messwert ab {level}, auch bei früheren Wellen die"
    " Schwelle von heute. Zwei Wellen sind es, wenn das Wasser {apart} Stunden darunter war"
    " (Schätzung). Verdächtige und falsche Messwerte zählen nicht; eine Lücke beendet keine Welle."
    " Der stärkste Anstieg ist der zwischen zwei Messwerten in 30 bis 60 Minuten, ab {lead} Stunden"
    " vor Beginn."
)


def headline(shown: Shown) -> str:
    """Say how the running wave compares, with the name of the gauge."""
    words = headline_words(shown.record, is_silent=shown.gauge.is_silent)
    return f"{gauge_name(shown.gauge.name)}: {words}"


def lead_lines(shown: Shown) -> list[Component]:
    """Show what the gauge says now and how old that is, and the way back to its page."""
    gauge, record = shown.gauge, shown.record
    now: list[Component | str] = [
        f"{gauge.river_name} · ",
        "jetzt kein Wert, letzter Messwert "
        if gauge.value is None or gauge.is_silent
        else f"jetzt {formats.quantity(gauge.value, gauge.unit)}, ",
        age_of(gauge.observed_at, shown.now),
    ]
    if record.threshold is not None:
        now.append(f" · unterste Schwelle {threshold_words(record.threshold, gauge.unit)}")
    return [
        html.P(now, className="intro__meta"),
        html.P(gauge.sentence),
        html.P(page_link(f"Zum {gauge_name(gauge.name)}", urls.gauge_url(gauge.gauge_id))),
    ]


def body(shown: Shown) -> list[Component]:
    """Show the picture and the table, or say why there is nothing to compare."""
    parts = [notice(words, "warn") for words in _warnings(shown)]
    if not shown.record.waves:
        parts.append(notice(no_wave_words(shown.record, shown.gauge)))
    elif not shown.figures:
        parts.append(notice(NOTHING_TICKED))
    else:
        parts.append(panel("Verlauf", waves_chart(_picture(shown))))
    if shown.figures or shown.record.peaks:
        parts.append(panel("Höhe, Anstieg und Dauer", [table(shown), _foot(shown)]))
    return parts


def _picture(shown: Shown) -> Picture:
    alignment = shown.state.ausrichtung
    lines = lines_of(shown.figures, alignment)
    return Picture(shown.gauge, lines, shown.record.peaks, alignment)


def _warnings(shown: Shown) -> list[str]:
    found = []
    if shown.unknown:
        found.append(UNKNOWN)
    if shown.too_many:
        found.append(TOO_MANY)
    return found


def _foot(shown: Shown) -> Component:
    threshold = shown.record.threshold
    words = []
    if threshold is not None:
        words.append(
            BASIS.format(
                level=threshold_words(threshold, shown.gauge.unit),
                apart=INDEPENDENCE.seconds // 3600,
                lead=LEAD.seconds // 3600,
            )
        )
    if len(shown.record.waves) == 1:
        words.append("Bisher ist nur diese eine Welle gemessen.")
    if shown.record.unlisted:
        left = shown.record.unlisted
        more = "1 weitere Welle ist" if left == 1 else f"{left} weitere Wellen sind"
        words.append(
            f"{more} nicht wählbar: angeboten werden die {NEWEST} neuesten und die {HIGHEST}"
            " höchsten der übrigen."
        )
    if shown.record.since is not None:
        since = formats.date_long(formats.local(shown.record.since).date())
        words.append(f"Eigene Messwerte seit {since}.")
    return html.Div([html.P(each) for each in words], className="panel__foot")
