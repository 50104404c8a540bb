"""Tables of /gewaesser/guete by village and by pair of gauges, with the lists fixed beforehand."""

from collections.abc import Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.links import page_link
from components.panel import disclosure, panel
from components.table import Column, Row, data_table
from pages.water._quality_words import GROUPS, minutes, share

PERCENT = 100.0


def lists_panel(report: Mapping[str, Any]) -> Component:
    """Name the villages that can have an hour and those that cannot, with the reason."""
    words = (
        "Vor der Prüfung festgelegt: Laufzeit der schnellen Welle von den Pegeln, die zusammen "
        "mindestens die Hälfte des Gebiets sehen, dazu der Blick voraus am Pegel."
    )
    parts: list[Component] = [html.P(words)]
    for group, title in list(GROUPS.items())[1:]:
        rows = [
            Row(
                (
                    page_link(row["name"], urls.village_url(row["place_id"])),
                    row["river"],
                    formats.duration(row["minutes"]),
                    f"{formats.number(row['share'] * PERCENT)}{formats.NBSP}%",
                )
            )
            for row in report["attainable"][group]
        ]
        columns = [
            Column("Ort"),
            Column("Gewässer"),
            Column("höchstens", "number"),
            Column("Gebiet gesehen", "number"),
        ]
        table = data_table(title[0].upper() + title[1:], columns, rows, variant="dense")
        count = formats.number(len(rows))
        parts.append(disclosure(f"{count} {title}", table))
    return panel("Wo eine Stunde möglich ist", parts)


def villages_panel(report: Mapping[str, Any]) -> Component:
    """Show warnings of Alarm and arrival times by village."""
    rows = []
    for village in report["villages"]:
        table = village["warnings"]["alarm"]
        hour, arrivals = table["leads"]["60"], village["arrivals"]
        rows.append(
            Row(
                (
                    page_link(village["name"], urls.village_url(village["place_id"])),
                    village["river"],
                    formats.number(table["reached"]),
                    share(hour["pod"]),
                    formats.number(table["false_alarms"]),
                    minutes(arrivals["mae_min"]) if arrivals["cases"] else formats.MISSING,
                    share(arrivals["coverage"]) if arrivals["cases"] else formats.MISSING,
                )
            )
        )
    columns = [
        Column("Ort"),
        Column("Gewässer"),
        Column("Alarm erreicht", "number"),
        Column("≥ 60 Min. vorher gewarnt", "number"),
        Column("Fehlalarme", "number"),
        Column("mittlerer Fehler", "number"),
        Column("in der 80-%-Spanne", "number"),
    ]
    caption = "Je Ort; bei weniger als zehn Ereignissen nur die Spanne"
    return panel("Je Ort", data_table(caption, columns, rows, variant="dense"))


def pairs_panel(report: Mapping[str, Any], gauge_names: Mapping[str, str]) -> Component:
    """Show the travel times between gauges against the simulated ones."""
    rows = []
    for pair in report["pairs"]:
        upper, lower = (gauge_names.get(pair[end], pair[end]) for end in ("upper", "lower"))
        true, told = (pair[key][1] for key in ("lag_min", "told_min"))
        rows.append(
            Row(
                (
                    f"{upper} → {lower}",
                    formats.number(pair["cases"]),
                    formats.duration(true),
                    formats.duration(told),
                    share(pair["coverage"]),
                    share(pair["skill_over_distance"]),
                )
            )
        )
    columns = [
        Column("Pegelpaar"),
        Column("Fälle", "number"),
        Column("Laufzeit (Median)", "number"),
        Column("Modell (Median)", "number"),
        Column("in der 80-%-Spanne", "number"),
        Column("Gewinn über Strecke / Geschw.", "number"),
    ]
    caption = "Überschreitungen derselben Stufe, oben und unten"
    return panel("Je Pegelpaar", data_table(caption, columns, rows, variant="dense"))
