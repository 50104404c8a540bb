"""Proposals that wait: the change, what it would have done in past events, and the buttons."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import formats
from components.attributes import attributes
from components.panel import disclosure, notice
from components.table import Column, Row, data_table
from pages.administration import _thresholds_ids as ids
from pages.administration._thresholds_view import change_words
from services.people.identity import may
from services.people.model import Identity, Right
from services.thresholds.checks import NAMES
from services.thresholds.effect_model import MEASURED, Crossing, Effect, EventEffect
from services.thresholds.model import ChangeView
from services.thresholds.words import sentences

NONE = "Kein Vorschlag wartet."
NOT_COMPUTED = "Die Auswirkung ist noch nicht berechnet; ohne sie kann niemand freigeben."
OWN = "Ihr eigener Vorschlag: freigeben oder ablehnen muss eine zweite Person."
NAMESAKE = "Vorschlag von jemandem mit Ihrem Namen: Entscheiden muss eine zweite Person."
BASIS = (
    "Simulierte Ereignisse zeigen den wahren Verlauf ohne Sensorfehler; als überschwemmt gilt dort"
    " ein Ort ab seinem HQ2 (Schätzung). Bei gemessenen Ereignissen entscheidet, was im"
    " Alarmverzeichnis eingetragen ist."
)
FLOOD_WORDS = {True: "ja", False: "nein", None: "nicht bekannt"}


def pending_list(views: Sequence[ChangeView], who: Identity) -> Component:
    """Show each proposal as a card."""
    if not views:
        return html.P(NONE, className="muted")
    return html.Div([_card(view, who) for view in views], className="stack")


def _card(view: ChangeView, who: Identity) -> Component:
    told = (
        f"Vorgeschlagen {formats.stamp(view.proposed_at)} von {view.proposer}; soll gelten ab"
        f" {formats.stamp(view.valid_from)}; verantwortlich: {view.owner}."
    )
    parts: list[Component] = [
        html.H3(f"{view.name}: {change_words(view)}"),
        html.P(f"Grund: {view.reason}"),
        html.P(told, className="muted"),
        *_effect(view),
        _buttons(view, who),
    ]
    return html.Article(parts, className="notice", **attributes(aria_label=view.name))


def _effect(view: ChangeView) -> list[Component]:
    if view.effect is None:
        return [notice(NOT_COMPUTED, "warn")]
    found = view.effect
    lines = html.Ul([html.Li(words) for words in sentences(found, view.unit)])
    head = html.P(html.Strong("Was wäre gewesen?"))
    return [head, lines, disclosure("Jedes Ereignis", [_events(found), html.P(_basis(found))])]


def _basis(found: Effect) -> str:
    searched = "Aus dem letzten Jahr sind keine echten Messwerte gespeichert."
    if found.measured_values:
        searched = (
            f"Durchsucht: {formats.number(found.measured_values)} Messwerte seit"
            f" {formats.local(found.measured_from):%d.%m.%Y}."
        )
    return f"{searched} {BASIS} Berechnet {formats.stamp(found.computed_at)}."


def _events(found: Effect) -> Component:
    columns = [
        Column("Ereignis"),
        Column("überschwemmt", label="überschwemmt"),
        *(Column(NAMES[level], label=NAMES[level]) for level in NAMES),
        Column("Zeit bis zur Flut (Warnung)", label="Zeit bis zur Flut (Warnung)", card="wide"),
    ]
    rows = [
        Row(
            (
                f"{event.title} ({'gemessen' if event.kind == MEASURED else 'simuliert'})",
                FLOOD_WORDS[event.flooded],
                *(_crossing(crossing) for crossing in event.crossings),
                _lead(event),
            )
        )
        for event in found.events
    ]
    caption = "Wann jede Stufe erreicht worden wäre: bisher → neu"
    return data_table(caption, columns, rows, variant="dense cards")


def _crossing(row: Crossing) -> str:
    if row.before_at is None and row.after_at is None:
        return "nie"
    before = formats.stamp(row.before_at) if row.before_at else "nie"
    if row.before_at == row.after_at:
        return before
    return f"{before} → {formats.stamp(row.after_at) if row.after_at else 'nie'}"


def _lead(event: EventEffect) -> str:
    warned = next((row for row in event.crossings if row.level == "warnung"), None)
    if event.flood_at is None or warned is None:
        return formats.MISSING
    told = [
        "ohne Warnung" if at is None else _minutes(formats.minutes_between(at, event.flood_at))
        for at in (warned.before_at, warned.after_at)
    ]
    return told[0] if told[0] == told[1] else " → ".join(told)


def _minutes(minutes: float) -> str:
    if minutes < 0:
        return f"{formats.duration(-minutes)} zu spät"
    return formats.duration(minutes)


def _buttons(view: ChangeView, who: Identity) -> Component:
    is_own = view.proposer_id == who.person_id
    parts: list[Component] = []
    is_same = who.is_same_person(view.proposer_id, view.proposer)
    if may(Right.APPROVE) and not is_same:
        is_blind = view.effect is None
        parts += [
            _button("Freigeben", "approve", view, "btn-primary", is_off=is_blind),
            _button("Ablehnen", "reject", view, "btn-quiet"),
        ]
    if is_own:
        parts.append(_button("Zurückziehen", "withdraw", view, "btn-quiet"))
    parts.append(_button("Auswirkung neu berechnen", "effect", view, "btn-quiet"))
    row: list[Component] = [html.Div(parts, className="actions")]
    if is_same:
        row.append(html.P(OWN if is_own else NAMESAKE, className="field__hint"))
    return html.Div(row, className="panel__after")


def _button(
    words: str, part: str, view: ChangeView, kind: str, *, is_off: bool = False
) -> Component:
    return html.Button(
        words,
        id=ids.act_id(part, view.change_id),
        className=f"btn btn-sm {kind}",
        type="button",
        disabled=is_off,
    )
