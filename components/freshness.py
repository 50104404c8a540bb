"""As-of time and age of a value, ticking in the browser: the age is part of the value."""

from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats
from components.attributes import attributes


def age_of(at: datetime | None, now: datetime) -> Component:
    """Show an age that goes on counting."""
    if at is None:
        return html.Span("noch kein Wert")
    words = formats.age(formats.minutes_between(at, now))
    return html.Time(
        words, dateTime=at.isoformat(), className="number nowrap", **attributes(data_tick="age")
    )


def stand_of(at: datetime | None, now: datetime) -> Component:
    """Show as-of time and age: "Stand 14:15 Uhr (vor 6 Min.)"."""
    if at is None:
        return html.Span("noch keine Berechnung")
    return html.Span([f"Stand {formats.moment(at, now)} (", age_of(at, now), ")"])


def time_until(at: datetime, now: datetime) -> Component:
    """Show how long it takes until something happens: "in 3 Min."."""
    minutes = formats.minutes_between(now, at)
    words = "in Kürze" if minutes < 1 else f"in {formats.duration(minutes)}"
    return html.Time(
        words, dateTime=at.isoformat(), className="number nowrap", **attributes(data_tick="call")
    )


def countdown(to: datetime, now: datetime, class_name: str = "") -> Component:
    """Show the minutes left until an instant, counting down in event time."""
    words = formats.usable(formats.minutes_between(now, to))
    return html.Time(
        words,
        dateTime=to.isoformat(),
        className=class_name or None,
        **attributes(data_tick="usable"),
    )


def big_countdown(to: datetime, now: datetime, class_name: str = "") -> Component:
    """Show the minutes left as digits for a wall, with the unit small beside them."""
    digits, unit = formats.usable_parts(formats.minutes_between(now, to))
    at = to.isoformat()
    return html.Span(
        [
            html.Time(digits, dateTime=at, className="number", **attributes(data_tick="digits")),
            html.Time(unit, dateTime=at, className="unit", **attributes(data_tick="unit")),
        ],
        className=class_name or None,
    )
