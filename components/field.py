"""Fields of a form: a label above its control, a hint below it."""

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component


def text_field(label: str, field_id: str, max_length: int, hint: str = "") -> Component:
    """Offer a line of text."""
    control: Component = dbc.Input(id=field_id, type="text", maxlength=max_length, value="")
    return _field(label, field_id, control, hint)


def long_text_field(
    label: str, field_id: str, max_length: int, hint: str = "", rows: int = 4
) -> Component:
    """Offer several lines of text."""
    control: Component = dbc.Textarea(id=field_id, maxlength=max_length, rows=rows, value="")
    return _field(label, field_id, control, hint)


def select_field(
    label: str, field_id: str, options: Sequence[tuple[str, str]], value: str, hint: str = ""
) -> Component:
    """Offer (value, words) pairs."""
    listed = [{"value": key, "label": words} for key, words in options]
    control: Component = dbc.Select(id=field_id, options=listed, value=value)
    return _field(label, field_id, control, hint)


def _field(label: str, field_id: str, control: Component, hint: str) -> Component:
    name = html.Label(label, htmlFor=field_id, className="form-label")
    parts: list[Component] = [name, control]
    if hint:
        parts.append(html.Span(hint, className="field__hint"))
    return html.Div(parts)
