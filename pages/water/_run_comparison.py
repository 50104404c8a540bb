"""The result of a calculation beside the present situation: only what it can change."""

from dash import html
from dash.development.base_component import Component

from components import formats
from components.content import Content
from components.panel import panel
from components.silence import places
from components.table import Column, Row, data_table
from components.village_parts import (
    ORDER_WORDS,
    arrival_cell,
    name_cell,
    usable_cell,
    village_badge,
)
from pages.water._run_rows import is_what_if
from services.situation.model import RunView, VillageView
from services.situation.urgency import urgency

Key = tuple[str, str]
Keys = frozenset[Key]
TITLE = "Vergleich mit der jetzigen Lage"
CHANGE_MIN = 5.0
"""The situation it is compared with is up to a cycle older: less than that is no change."""
NONE_CHANGED = "Kein Ort ändert sich gegenüber der jetzigen Lage."


def key_of(view: VillageView) -> Key:
    """Return what names a place on a river."""
    return view.place_id, view.river_id


def comparison(run: RunView, below: Keys | None) -> Component:
    """Show the places that change.

    `below` has the places below the gauge that a supposition changes (None: all places). What is
    elsewhere it cannot change.
    """
    before = {key_of(view): view for view in run.baseline}
    reach = [v for v in run.villages if below is None or key_of(v) in below]
    shown = [v for v in reach if v.has_gauge_above]
    changed = [v for v in shown if _differs(v, before.get(key_of(v)))]
    same = [v for v in shown if v not in changed]
    elsewhere = [v for v in run.villages if v.has_gauge_above and v not in reach]
    foot = _foot(_places(same), _places(elsewhere))
    content = [_table(changed, before, run)] if changed else [html.P(NONE_CHANGED)]
    modifier = "whatif" if is_what_if(run) else ""
    return panel(TITLE, [*content, html.Div(foot, className="panel__foot")], modifier=modifier)


def _table(changed: list[VillageView], before: dict[Key, VillageView], run: RunView) -> Component:
    columns = [
        Column("Ort"),
        Column("jetzige Lage", label="jetzt", card="wide"),
        Column("in dieser Berechnung", label="angenommen"),
        Column("Ankunft der Stufe", label="Ankunft der Stufe", card="wide"),
        Column("nutzbar, mindestens", "number", label="mindestens nutzbar", card="wide"),
    ]
    rows = [
        Row(
            (
                name_cell(view),
                _before(before.get(key_of(view)), run),
                village_badge(view),
                arrival_cell(view, run.as_of),
                usable_cell(view, run.as_of),
            ),
            state=view.state.value,
        )
        for view in sorted(changed, key=urgency(run.as_of))
    ]
    verb = "deren" if len(rows) > 1 else "dessen"
    caption = f"{places(len(rows))}, {verb} Zustand oder Ankunft sich ändert, {ORDER_WORDS}."
    return data_table(caption, columns, rows, variant="cards")


def _foot(same: int, elsewhere: int) -> list[Component]:
    words = []
    if same:
        verb = "ändert" if same == 1 else "ändern"
        words.append(f"{places(same)} {verb} sich nicht.")
    if elsewhere:
        words.append(
            f"Unverändert: {places(elsewhere)} oberhalb des Pegels oder an anderen Gewässern;"
            " die Annahme reicht nicht dorthin."
        )
    return [html.P(sentence) for sentence in words]


def _places(villages: list[VillageView]) -> int:
    return len({village.place_id for village in villages})


def _differs(view: VillageView, before: VillageView | None) -> bool:
    if before is None or view.state is not before.state:
        return True
    own = view.result.usable_p10_min if view.result else None
    old = before.result.usable_p10_min if before.result else None
    return (own is None) != (old is None) or abs((own or 0.0) - (old or 0.0)) >= CHANGE_MIN


def _before(view: VillageView | None, run: RunView) -> Content:
    if view is None:
        return formats.MISSING
    return [
        village_badge(view),
        *(
            html.Span(part, className="cell--sub") if isinstance(part, str) else part
            for part in arrival_cell(view, run.as_of)
        ),
    ]
