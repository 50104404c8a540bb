"""Remarks at an alarm: what was noted, by whom and when, the newest first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats
from components.attributes import attributes
from services.alarms.views import AlarmGroup, Remark

SHOWN = 3
"""So many stand at the alarm; the journal has every one."""


def remarks_of(group: AlarmGroup) -> list[Remark]:
    """Return the remarks at all alarms of a group with the place of each, the newest first."""
    found = [
        replace(remark, text=f"{alarm.name}: {remark.text}")
        for alarm in group.alarms
        for remark in alarm.remarks
    ]
    return sorted(found, key=lambda remark: remark.at, reverse=True)


def remark_lines(remarks: Sequence[Remark], now: datetime) -> list[Component]:
    """Show the newest remarks; nothing where there is none."""
    if not remarks:
        return []
    lines = [
        html.Li(
            [
                remark.text,
                html.Span(
                    f" – {remark.by}, {formats.brief(remark.at, now)}", className="remarks__by"
                ),
            ]
        )
        for remark in remarks[:SHOWN]
    ]
    older = len(remarks) - SHOWN
    if older > 0:
        count = "eine" if older == 1 else str(older)
        said = f"und {count} ältere im Einsatztagebuch"
        lines.append(html.Li(said, className="remarks__by"))
    return [html.Ul(lines, className="remarks", **attributes(aria_label="Bemerkungen"))]
