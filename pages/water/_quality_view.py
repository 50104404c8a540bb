"""Pieces of /gewaesser/guete: the message, warnings by group, arrival times, baselines."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import formats
from components.charts.skill_svg import NARROW, WIDE, SkillRow, skill_svg
from components.inline_svg import inline_svg
from components.panel import disclosure, notice, panel
from components.table import Column, Row, data_table
from pages.water._quality_words import (
    BASELINES,
    GROUPS,
    LEVELS,
    NO_CASE,
    NOT_SCORED,
    PERCENT,
    at,
    count,
    minutes,
    outdated_words,
    sentence,
    share,
)
from services.flood.verification.shelf import Verification

FOLDED = ("zu_nah", "zu_wenig_gesehen")
"""Groups behind a line of their own: an hour is no fair goal there."""


def lead_lines(found: Verification) -> list[Component]:
    """Continue the headline: what it is worth, for which model, and what is out of date."""
    report = found.report
    lines: list[Component] = [
        html.P(sentence(report), className="intro__sub"),
        html.P(_basis(report, is_shipped=found.is_shipped), className="intro__meta"),
        notice(
            "Die Wahrheit hinter diesen Zahlen ist simuliert, kein Nachweis für die Bäche selbst."
        ),
    ]
    if found.outdated:
        told = [outdated_words(difference) for difference in found.outdated]
        words = html.P(f"Nicht mehr gültig: {'; '.join(words for words, _ in told)}.")
        details = "; ".join(detail for _, detail in told if detail)
        exact = [html.P(details, className="small muted")] if details else []
        lines.append(notice(html.Div([words, *exact]), "warn"))
    return lines


def _basis(report: Mapping[str, Any], *, is_shipped: bool) -> str:
    made = at(report, "made_at")
    stand = formats.stamp(datetime.fromisoformat(made)) if made else NOT_SCORED
    kind = "mitgeliefert" if is_shipped else "auf diesem Rechner gerechnet"
    return (
        f"Gilt für Modell {at(report, 'model_version') or NOT_SCORED}, Stand vom {stand}, {kind}: "
        f"{count(report, 'events')} simulierte Ereignisse, je ein Drittel ruhig, mittel und "
        "Hochwasser, mit ausfallenden und falsch messenden Sensoren."
    )


def warnings_panel(report: Mapping[str, Any]) -> Component:
    """Show hits and false alarms by group of villages, level and lead time."""
    tables = {
        key: _warnings_table(at(report, "warnings", key), title) for key, title in GROUPS.items()
    }
    words = (
        "So oft stand die Stufe so lange vorher auf dem Schirm. In Klammern die 90-%-Spanne; bei "
        "weniger als zehn Ereignissen nur sie."
    )
    hidden = [disclosure(GROUPS[key][0].upper() + GROUPS[key][1:], tables[key]) for key in FOLDED]
    open_ones = [table for key, table in tables.items() if key not in FOLDED]
    return panel("Warnungen gegen das, was kam", [html.P(words), *open_ones, *hidden])


def _warnings_table(by_level: Mapping[str, Any] | None, title: str) -> Component:
    rows = []
    for level, name in LEVELS.items():
        leads = at(by_level, level, "leads")
        figures = [share(at(leads, lead, "pod")) for lead in ("30", "60", "120")]
        figures += [share(at(leads, "60", kind)) for kind in ("far", "csi")]
        rows.append(Row((name, count(by_level, level, "reached"), *figures)))
    columns = [
        Column("Stufe"),
        Column("so oft erreicht", "number", card="right", label="erreicht:"),
        Column("30 Min. vorher gewarnt", "number", card="wide", label="30 Min. vorher:"),
        Column("60 Min. vorher", "number", card="wide", label="60 Min. vorher:"),
        Column("120 Min. vorher", "number", card="wide", label="120 Min. vorher:"),
        Column("Fehlalarme (60 Min.)", "number", card="wide", label="Fehlalarme (60 Min.):"),
        Column("richtig von allem (CSI)", "number", card="wide", label="richtig von allem:"),
    ]
    return data_table(title[0].upper() + title[1:], columns, rows, variant="dense cards")


def arrivals_panel(report: Mapping[str, Any]) -> Component:
    """Show error, coverage and width of the arrival times, and the gain over simple methods."""
    rows = [_arrival(at(report, "arrivals", key), title) for key, title in GROUPS.items()]
    columns = [
        Column("Orte"),
        Column("Vorhersagen", "number", card="right", label="Vorhersagen:"),
        Column("mittlerer Fehler", "number", card="wide", label="mittlerer Fehler:"),
        Column("in der 80-%-Spanne", "number", card="wide", label="in der 80-%-Spanne:"),
        Column("Breite der Spanne", "number", card="wide", label="Breite der Spanne:"),
        Column("Gesamtfehler (CRPS)", "number", card="wide", label="Gesamtfehler (CRPS):"),
    ]
    table = data_table("Ankunftszeiten gegen das, was kam", columns, rows, variant="dense cards")
    return panel("Ankunftszeiten", [table, *_baselines(report)])


def _arrival(found: Mapping[str, Any] | None, title: str) -> Row:
    if at(found, "cases") == 0:
        return Row((title, "0", *[NO_CASE] * 4))
    return Row(
        (
            title,
            count(found, "cases"),
            minutes(at(found, "mae_min")),
            share(at(found, "coverage")),
            minutes(at(found, "width_min")),
            minutes(at(found, "crps_min")),
        )
    )


def _baselines(report: Mapping[str, Any]) -> list[Component]:
    skill = at(report, "arrivals", "alle", "skill")
    if skill is None:
        return [html.P(f"Gewinn über einfache Verfahren: {NOT_SCORED}.", className="muted")]
    known = [
        (name, skill[key])
        for key, name in BASELINES.items()
        if at(skill, key, "cases") and at(skill, key, "skill", "low") is not None
    ]
    if not known:
        return [html.P(f"Gewinn über einfache Verfahren: {NO_CASE}.", className="muted")]
    rows = [_skill_row(name, found["skill"]) for name, found in known]
    gains = "; ".join(f"{name}: {share(found['skill'])}" for name, found in known)
    about = f"Um so viel kleiner ist der Fehler des Modells gegenüber einfachen Verfahren: {gains}."
    table = data_table(
        "Gesamtfehler (CRPS) auf denselben Vorhersagen, dort wo beide etwas sagen",
        [
            Column("gegenüber"),
            Column("Fehler kleiner um", "number", card="wide", label="Fehler kleiner um:"),
            Column("Vorhersagen", "number", card="wide", label="Vorhersagen:"),
            Column("dort schweigt es", "number", card="wide", label="dort schweigt es:"),
        ],
        [
            Row(
                (
                    name,
                    share(found["skill"]),
                    count(found, "cases"),
                    count(found, "refused"),
                )
            )
            for name, found in known
        ],
        variant="dense cards",
    )
    words = html.P(about, className="panel__sentence")
    drawings = [
        inline_svg(skill_svg(rows, about, WIDE), "chart__wide"),
        inline_svg(skill_svg(rows, about, NARROW), "chart__narrow"),
    ]
    return [html.Figure([words, *drawings], className="chart"), table]


def _skill_row(name: str, score: Mapping[str, Any]) -> SkillRow:
    value = None if score["value"] is None else score["value"] * PERCENT
    return SkillRow(name, value, score["low"] * PERCENT, score["high"] * PERCENT)
