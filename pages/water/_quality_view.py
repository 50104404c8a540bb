"""Pieces of /gewaesser/guete: the message, warnings by group, arrival times, baselines."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import formats
from components.charts.skill_svg import NARROW, WIDE, SkillRow, skill_svg
from components.inline_svg import inline_svg
from components.panel import notice, panel
from components.table import Column, Row, data_table
from pages.water._quality_words import BASELINES, GROUPS, LEVELS, minutes, sentence, share
from services.flood.verification.shelf import Verification

PERCENT = 100.0
HINDCAST = (
    ("S1-S2", 2.0, 7.9),
    ("S2-S3", 6.6, 26.7),
    ("S3-S4", 9.9, 22.1),
    ("alle drei", 6.2, 19.8),
)
"""Median errors in minutes: model, distance over velocity (docs/method/hindcast.md)."""


def lead_lines(found: Verification) -> list[Component]:
    """Continue the headline: what it is worth, for which model, and what is out of date."""
    report = found.report
    made = datetime.fromisoformat(report["made_at"])
    kind = "mitgeliefert" if found.is_shipped else "auf diesem Rechner gerechnet"
    text = (
        f"Gilt für Modell {report['model_version']}, Stand {formats.date_long(made.date())}, "
        f"{kind}: {formats.number(report['events'])} simulierte Ereignisse, je ein Drittel ruhig, "
        "mittel und Hochwasser, mit ausfallenden und falsch messenden Sensoren."
    )
    lines: list[Component] = [
        html.P(sentence(report), className="intro__sub"),
        html.P(text, className="intro__meta"),
        notice(
            "Die Wahrheit hinter diesen Zahlen ist simuliert, kein Nachweis für die Bäche selbst."
        ),
    ]
    if found.outdated:
        lines.append(notice(f"Nicht mehr gültig: {'; '.join(found.outdated)}.", "warn"))
    return lines


def warnings_panel(report: Mapping[str, Any]) -> Component:
    """Show hits and false alarms by group of villages, level and lead time."""
    tables = [_warnings_table(report["warnings"][group], GROUPS[group]) for group in GROUPS]
    words = "In Klammern die 90-%-Spanne; bei weniger als zehn Ereignissen nur sie."
    return panel("Warnungen gegen das, was kam", [html.P(words), *tables])


def _warnings_table(by_level: Mapping[str, Any], title: str) -> Component:
    rows = []
    for level, name in LEVELS.items():
        table = by_level[level]
        pods = [share(table["leads"][lead]["pod"]) for lead in ("30", "60", "120")]
        hour = table["leads"]["60"]
        figures = (formats.number(table["reached"]), *pods, share(hour["far"]), share(hour["csi"]))
        rows.append(Row((name, *figures)))
    columns = [
        Column("Stufe"),
        Column("erreicht", "number"),
        Column("30 Min. vorher gewarnt", "number"),
        Column("60 Min.", "number"),
        Column("120 Min.", "number"),
        Column("Fehlalarme (60 Min.)", "number"),
        Column("CSI (60 Min.)", "number"),
    ]
    return data_table(title[0].upper() + title[1:], columns, rows, variant="dense")


def arrivals_panel(report: Mapping[str, Any]) -> Component:
    """Show error, coverage and width of the arrival times, and the gain over simple methods."""
    rows = []
    for group, title in GROUPS.items():
        found = report["arrivals"][group]
        if found["cases"]:
            rows.append(
                Row(
                    (
                        title,
                        formats.number(found["cases"]),
                        minutes(found["mae_min"]),
                        share(found["coverage"]),
                        minutes(found["width_min"]),
                        minutes(found["crps_min"]),
                    )
                )
            )
    columns = [
        Column("Orte"),
        Column("Vorhersagen", "number"),
        Column("mittlerer Fehler", "number"),
        Column("in der 80-%-Spanne", "number"),
        Column("Breite der Spanne", "number"),
        Column("CRPS", "number"),
    ]
    table = data_table("Ankunftszeiten gegen das, was kam", columns, rows, variant="dense")
    return panel("Ankunftszeiten", [table, *_baselines(report)])


def _baselines(report: Mapping[str, Any]) -> list[Component]:
    skill = report["arrivals"]["alle"].get("skill", {})
    known = [(BASELINES[name], found) for name, found in skill.items() if found["cases"]]
    if not known:
        return []
    rows = [_skill_row(name, found["skill"]) for name, found in known]
    gains = "; ".join(f"{name}: {share(found['skill'])}" for name, found in known)
    about = f"Um so viel kleiner ist der Fehler des Modells gegenüber einfachen Verfahren: {gains}."
    table = data_table(
        "Gewinn im CRPS auf denselben Vorhersagen, dort wo beide etwas sagen",
        [
            Column("gegenüber"),
            Column("Gewinn", "number"),
            Column("Vorhersagen", "number"),
            Column("dort schweigt es", "number"),
        ],
        [
            Row(
                (
                    name,
                    share(found["skill"]),
                    formats.number(found["cases"]),
                    formats.number(found["refused"]),
                )
            )
            for name, found in known
        ],
        variant="dense",
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


def hindcast_panel() -> Component:
    """Show what the method does on real waves of another river (docs/method/hindcast.md)."""
    columns = [
        Column("Pegelpaar"),
        Column("Fehler des Modells", "number"),
        Column("Strecke / Geschwindigkeit", "number"),
    ]
    rows = [
        Row((pair, formats.number(own, 1), formats.number(other, 1)))
        for pair, own, other in HINDCAST
    ]
    words = (
        "An echten Wellen eines anderen Flusses (Januar 2014, Schwall aus Wasserkraft) trafen die "
        "gelernten Laufzeiten so; ein Monat eines Flusses ist kein Nachweis für die Bäche hier."
    )
    table = data_table("Fehler der Ankunft in Minuten, Median", columns, rows, variant="dense")
    return panel("Nachrechnung an echten Messungen", [html.P(words), table])
