"""Tables: caption, column heads with scope, German alignment; the equal of each map and chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes
from components.content import Content

Cell = Content


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `kind` is "text", "number" or "bar"; `card` sets its place in a narrow card."""

    title: Cell
    kind: str = "text"
    card: str = ""
    label: str = ""
    sort_key: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the first cell heads it; `state` marks its edge with the colour of a state."""

    cells: tuple[Cell, ...]
    state: str = ""
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Sorting:
    """What a table is sorted by, and the key of the table whose heads change it."""

    table: str
    key: str
    descending: bool = False


def sort_button_id(table: str, key: object) -> dict[str, object]:
    """Return the id of a column head that sorts."""
    return {"component": "SortHead", "table": table, "key": key}


def data_table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    sorting: Sorting | None = None,
    variant: str = "",
) -> Component:
    """Show rows under their heads; `variant` adds modifiers such as "cards" or "dense"."""
    names = " ".join(f"data-table--{name}" for name in variant.split())
    table = html.Table(
        [
            html.Caption(caption),
            html.Thead(html.Tr([_head(column, sorting) for column in columns], role="row")),
            html.Tbody([_row(columns, row) for row in rows]),
        ],
        className=f"data-table {names}".strip(),
        role="table",
    )
    forms = variant.split()
    if "cards" in forms and "flow" not in forms:
        return html.Div(table, className="table-wrap")
    # a table that keeps its columns scrolls sideways on a phone, one with many columns on any
    # screen: the keyboard must reach it
    name = attributes(aria_label=caption)
    return html.Div(table, className="table-wrap", role="group", tabIndex=0, **name)


def _head(column: Column, sorting: Sorting | None) -> Component:
    content: Content = column.title
    order: dict[str, Any] = {}
    if sorting and column.sort_key:
        button = sort_button_id(sorting.table, column.sort_key)
        content = html.Button(column.title, id=button, className="sort-button", type="button")
        if sorting.key == column.sort_key:
            order = attributes(aria_sort="descending" if sorting.descending else "ascending")
    kind = f"cell--{column.kind}"
    return html.Th(content, scope="col", role="columnheader", className=kind, **order)


def _row(columns: Sequence[Column], row: Row) -> Component:
    head = html.Th(row.cells[0], scope="row", role="rowheader", className=_cell_class(columns[0]))
    cells = [
        html.Td(cell, role="cell", className=_cell_class(column), **_label(column))
        for column, cell in zip(columns[1:], row.cells[1:], strict=True)
    ]
    name = f"row--mark state--{row.state}" if row.state else ""
    name = f"{name} row--total".strip() if row.is_total else name
    return html.Tr([head, *cells], role="row", className=name or None)


def _cell_class(column: Column) -> str:
    extra = " ".join(f"cell--{name}" for name in column.card.split())
    return f"cell--{column.kind} {extra}".strip()


def _label(column: Column) -> dict[str, Any]:
    return attributes(data_label=column.label) if column.label else {}
