"""The one way a server-made SVG reaches the page: as text that our script turns into nodes.

The text comes from `components.charts.svg`, which escapes every dynamic part; nothing else may
be passed here (docs/decisions: inline SVG).
"""

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes
from components.charts.svg import Svg


def inline_svg(drawing: Svg, class_name: str = "") -> Component:
    """Place a drawing; assets/js/cockpit/drawing.js inserts it and keeps it current."""
    return html.Div(className=class_name or None, **attributes(data_svg=str(drawing)))
