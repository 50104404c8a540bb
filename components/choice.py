"""A choice among few: native radio buttons or check boxes under a legend, drawn as a strip."""

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component


def choice(legend: str, radio_id: str, options: Sequence[tuple[str, str]], value: str) -> Component:
    """Offer (value, words) pairs; one of them is chosen."""
    buttons: Component = dbc.RadioItems(
        id=radio_id,
        options=[{"value": key, "label": words} for key, words in options],
        value=value,
        className="choice__options",
    )
    return html.Fieldset([html.Legend(legend), buttons], className="choice")


def choices(
    legend: str, box_id: str, options: Sequence[tuple[str, str]], chosen: Sequence[str]
) -> Component:
    """Offer (value, words) pairs; any number of them is chosen."""
    boxes: Component = dbc.Checklist(
        id=box_id,
        options=[{"value": key, "label": words} for key, words in options],
        value=list(chosen),
        className="choice__options",
    )
    return html.Fieldset([html.Legend(legend), boxes], className="choice")
