"""Rows on the wall: each is shown whole or not at all, and how many more there are is told.

How many fit depends on the screen: the script of the page leaves out what would be cut, and counts.
"""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes


def wall_rows(rows: Sequence[Component], total: int, one: str) -> list[Component]:
    """Show the first of some rows and how many there are beside; `one` is the word for one."""
    return [
        html.Ul(rows, className="wall-list", **attributes(data_total=str(total))),
        html.P(_rest(total - len(rows), one), className="wall-more", **attributes(data_one=one)),
    ]


def _rest(more: int, one: str) -> str:
    if more <= 0:
        return ""
    return f"und 1 {one}" if more == 1 else f"und {more} weitere"
