"""Tables of /gewaesser/guete by village and by pair of gauges, with the lists fixed beforehand."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.content import Content
from components.links import page_link
from components.panel import disclosure, panel
from components.table import Column, Row, data_table
from pages.water._quality_words import (
    GROUPS,
    NO_CASE,
    NOT_SCORED,
    PERCENT,
    at,
    count,
    minutes,
    rows_of,
    share,
)

POSSIBLE, UNSEEN = "moeglich", "zu_wenig_gesehen"
REASONS = {
    POSSIBLE: "Die Welle braucht von den Pegeln bis hierher lange genug. Nur hier ist eine Stunde"
    " ein faires Ziel.",
    "zu_nah": "Der Ort liegt so nah unter seinem Pegel, dass die schnelle Welle in weniger als"
    " einer Stunde da ist. Mehr Zeit kann hier kein Verfahren geben, nur ein Pegel weiter oben oder"
    " gemessener Regen.",
    UNSEEN: "Mehr als die Hälfte des Wassers fließt an keinem dieser Pegel vorbei. Die Laufzeit"
    " verspricht hier nichts, auch wenn sie lang ist; es fehlt ein Pegel am Seitenbach.",
}
SHORT = {POSSIBLE: "ja", "zu_nah": "nein, zu nah", UNSEEN: "nein, zu wenig gesehen"}


def lists_panel(report: Mapping[str, Any], gauge_names: Mapping[str, str]) -> Component:
    """Name the villages that can have an hour and those that cannot, with the reason."""
    words = (
        "Vor der Prüfung festgelegt: Laufzeit der schnellen Welle von den Pegeln, die zusammen "
        "mindestens die Hälfte des Gebiets sehen, dazu der Blick voraus am Pegel."
    )
    parts: list[Component] = [html.P(words)]
    everywhere = [row["name"] for group in SHORT for row in rows_of(report, "attainable", group)]
    twice = {name for name, times in Counter(everywhere).items() if times > 1}
    for group, title in list(GROUPS.items())[1:]:
        found = at(report, "attainable", group)
        if found is None:
            parts.append(html.P(f"{title[0].upper()}{title[1:]}: {NOT_SCORED}."))
            continue
        parts += [
            html.H3(f"{formats.number(len(found))} {title}"),
            html.P(REASONS[group], className="panel__sentence"),
            html.P(_names(found, twice) or "keine", className="soft"),
            disclosure(f"Zeiten und Pegel: {title}", _list(found, group, gauge_names)),
        ]
    return panel("Wo eine Stunde möglich ist und wo nicht", parts)


def _names(found: Sequence[Mapping[str, Any]], twice: Collection[str]) -> str:
    """Write names; one that lies on two rivers is told with its river."""
    return ", ".join(
        f"{row['name']} am {row['river']}" if row["name"] in twice else row["name"] for row in found
    )


def _list(found: list[Any], group: str, gauge_names: Mapping[str, str]) -> Component:
    time = "höchstens mögliche Vorwarnzeit" if group != UNSEEN else "Laufzeit, kein Versprechen"
    columns = [
        Column("Ort"),
        Column("Gewässer", card="right"),
        Column(time, "number", card="wide", label=f"{time}:"),
        Column("Einzugsgebiet, das diese Pegel sehen", "number", card="wide", label="gesehen:"),
        Column("Pegel", card="wide", label="Pegel:"),
    ]
    rows = [
        Row(
            (
                page_link(row["name"], urls.village_url(row["place_id"])),
                row["river"],
                formats.duration(at(row, "minutes")),
                _percent(at(row, "share")),
                ", ".join(gauge_names.get(name, name) for name in row.get("gauges", ())),
            )
        )
        for row in found
    ]
    return data_table(f"{len(rows)} Orte", columns, rows, variant="dense cards")


def _percent(value: float | None) -> str:
    return NOT_SCORED if value is None else f"{formats.number(value * PERCENT)}{formats.NBSP}%"


def villages_panel(report: Mapping[str, Any]) -> Component:
    """Show warnings of Alarm and arrival times by village."""
    columns = [
        Column("Ort"),
        Column("Stunde möglich", card="right", label="Stunde möglich:"),
        Column("Alarm 60 Min. vorher", "number", card="wide", label="Alarm 60 Min. vorher:"),
        Column("Fehlalarme", "number", card="wide", label="Fehlalarme:"),
        Column("mittlerer Fehler der Ankunft", "number", card="wide", label="mittlerer Fehler:"),
        Column("in der 80-%-Spanne", "number", card="wide", label="in der 80-%-Spanne:"),
    ]
    rows = [_village(row) for row in rows_of(report, "villages")]
    if not rows:
        return panel("Je Ort", html.P(f"Je Ort {NOT_SCORED}.", className="muted"))
    caption = "Je Ort; bei weniger als zehn Ereignissen nur die Spanne"
    table = data_table(caption, columns, rows, variant="dense cards")
    return panel("Je Ort", disclosure(f"{len(rows)} Orte anzeigen", table))


def _village(row: Mapping[str, Any]) -> Row:
    alarm, arrivals = at(row, "warnings", "alarm"), at(row, "arrivals")
    name = html.Div(
        [
            page_link(row["name"], urls.village_url(row["place_id"])),
            html.Span(at(row, "river"), className="cell--sub"),
        ]
    )
    return Row(
        (
            name,
            SHORT.get(str(at(row, "group")), NOT_SCORED),
            _told(alarm),
            count(alarm, "false_alarms"),
            _unless_silent(arrivals, minutes(at(arrivals, "mae_min"))),
            _unless_silent(arrivals, share(at(arrivals, "coverage"))),
        )
    )


def _told(alarm: Mapping[str, Any] | None) -> Content:
    """Say how often Alarm stood in time, as counts: percentages of three floods mislead."""
    reached, hits = at(alarm, "reached"), at(alarm, "leads", "60", "hits")
    if reached is None or hits is None:
        return NOT_SCORED
    if not reached:
        return "keine Überflutung"
    span = html.Span(share(at(alarm, "leads", "60", "pod")), className="cell--sub")
    return [f"{formats.number(hits)} von {formats.number(reached)}", span]


def _unless_silent(arrivals: Mapping[str, Any] | None, words: str) -> str:
    return NO_CASE if at(arrivals, "cases") == 0 else words


def pairs_panel(report: Mapping[str, Any], gauge_names: Mapping[str, str]) -> Component:
    """Show the travel times between gauges against the simulated ones."""
    pairs = rows_of(report, "pairs")
    if not pairs:
        return panel("Je Pegelpaar", html.P(f"Je Pegelpaar {NOT_SCORED}.", className="muted"))
    columns = [
        Column("Pegelpaar"),
        Column("Fälle", "number", card="right", label="Fälle:"),
        Column("Laufzeit, wie sie kam", "number", card="wide", label="Laufzeit, wie sie kam:"),
        Column("vom Modell gesagt", "number", card="wide", label="vom Modell gesagt:"),
        Column("in der 80-%-Spanne", "number", card="wide", label="in der 80-%-Spanne:"),
        Column("Fehler kleiner um", "number", card="wide", label="Fehler kleiner um:"),
    ]
    words = (
        "Laufzeiten sind mittlere Werte (Median). „Fehler kleiner um“ vergleicht mit Strecke durch "
        "Geschwindigkeit; unter null ist das Modell hier schlechter als die einfache Rechnung."
    )
    rows = [_pair(pair, gauge_names) for pair in pairs]
    caption = "Überschreitungen derselben Stufe, oben und unten"
    table = data_table(caption, columns, rows, variant="dense cards")
    shown = disclosure(f"{len(rows)} Pegelpaare anzeigen", [html.P(words), table])
    return panel("Je Pegelpaar", shown)


def _pair(pair: Mapping[str, Any], gauge_names: Mapping[str, str]) -> Row:
    upper, lower = (gauge_names.get(pair[end], pair[end]) for end in ("upper", "lower"))
    return Row(
        (
            f"{upper} → {lower}",
            count(pair, "cases"),
            _median(at(pair, "lag_min")),
            _median(at(pair, "told_min")),
            share(at(pair, "coverage")),
            share(at(pair, "skill_over_distance")),
        )
    )


def _median(quantiles: Sequence[float] | None) -> str:
    return formats.duration(quantiles[1]) if quantiles else NOT_SCORED
