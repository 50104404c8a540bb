"""What was known at an instant, for the page: the sentence of then, gauges, places, alarms."""

from datetime import datetime
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.level_words import arrival_words
from components.links import file_link
from components.panel import disclosure, notice
from components.states import WARNED, state_badge
from components.table import Column, Row, data_table
from services.journal.knowledge import Knowledge, KnownValue
from services.situation.model import VillageView

FAR = (
    "Zwischen dieser Berechnung und der gefragten Zeit ist keine gespeichert: Ältere Berechnungen"
    " werden auf eine je Viertelstunde ausgedünnt, oder die Berechnung stand."
)


def known_panel(known: Knowledge, asked: str) -> list[Component]:
    """Show what was known, as it was known."""
    at = known.at
    parts: list[Component] = [
        html.H3(f"Am {formats.stamp(at)} war bekannt", className="known__head")
    ]
    parts.append(html.P(html.Strong(known.headline)))
    if known.run_at is None:
        return [*parts, *_alarms(known)]
    run = f"Berechnung von {formats.stamp(known.run_at)}. {known.subline}"
    parts.append(html.P(run, className="muted"))
    if known.is_far:
        parts.append(notice(FAR, "warn"))
    parts += [_gauges(known), *_places(known), *_alarms(known)]
    query = urlencode({"wissensstand": asked})
    parts.append(
        html.Div(
            [
                file_link("Tagebuch mit diesem Wissensstand (PDF)", f"{urls.JOURNAL_PDF}?{query}"),
                file_link("Werte und Vorhersagen von damals (CSV)", f"{urls.KNOWN_CSV}?{query}"),
            ],
            className="actions panel__after",
        )
    )
    return parts


def _gauges(known: Knowledge) -> Component:
    columns = [
        Column("Pegel"),
        Column("Zustand", card="right"),
        Column("Wert damals", "number", label="Wert damals"),
        Column("gemessen", label="gemessen"),
        Column("heute gespeichert", "number", label="heute gespeichert"),
    ]
    changed = sum(item.is_changed for item in known.gauges)
    later = "keiner wurde seither geändert" if not changed else f"{changed} seither geändert"
    caption = f"Werte, wie sie vorlagen; {later}."
    return data_table(
        caption, columns, [_gauge(item, known.at) for item in known.gauges], variant="cards"
    )


def _gauge(item: KnownValue, at: datetime) -> Row:
    view = item.view
    measured = "noch kein Wert"
    if view.observed_at is not None:
        age = formats.duration(formats.minutes_between(view.observed_at, at))
        measured = f"{formats.moment(view.observed_at, at)}, damals {age} alt"
    today = "unverändert"
    if item.is_changed:
        value = formats.quantity(item.today, view.unit)
        today = value if item.today is not None else "nicht mehr gespeichert"
    badge = html.Span([state_badge(view.state), " meldete nicht" if view.is_silent else ""])
    return Row((view.name, badge, formats.quantity(view.value, view.unit), measured, today))


def _places(known: Knowledge) -> list[Component]:
    warned = [view for view in known.villages if view.state in WARNED and view.exposed]
    if not warned:
        return [html.P("Kein Ort stand über seinen Schwellen.", className="panel__after")]
    columns = [
        Column("Ort"),
        Column("Zustand", card="right"),
        Column("erwartet", label="erwartet"),
        Column("nutzbar", "number", label="nutzbar"),
    ]
    rows = [_place(view, known.at) for view in warned]
    return [
        data_table("Vorhersage von damals für gefährdete Orte.", columns, rows, variant="cards")
    ]


def _place(view: VillageView, at: datetime) -> Row:
    usable = view.result.usable_p10_min if view.result else None
    minutes = formats.usable(usable) if usable is not None else formats.MISSING
    name = f"{view.name} ({view.river_name})"
    return Row((name, state_badge(view.state), arrival_words(view, at), minutes), view.state.value)


def _alarms(known: Knowledge) -> list[Component]:
    if not known.alarms:
        return [html.P("Kein Alarm war offen.", className="panel__after")]
    items = html.Ul([html.Li(words) for words in known.alarms], className="plain-list")
    return [disclosure(f"{len(known.alarms)} offene Alarme", items)]
