"""The form of a warning: where, in which words, how grave; and what becomes of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components import formats
from components.attributes import attributes
from components.field import long_text_field, select_field, text_field
from components.panel import disclosure, panel
from pages.operations import _warning_ids as ids
from pages.operations._warning_view import TYPE_WORDS
from services.container import services
from services.warnings import texts
from services.warnings.draft_model import AreaText, DraftText, DraftView
from services.warnings.errors import DraftRefusedError
from services.warnings.texts import without_outlook

NEW = "__neu__"
CHOOSE = "Bitte unter „Frühere Warnung“ wählen, welche gemeint ist."
HOURS_HINT = f"leer: {texts.HOURS:.0f}, höchstens {texts.HOURS_MAX:.0f}"
CORNERS_MAX, AREA_MAX = 4000, 200
FIELDS = (
    ids.HEADLINE, ids.DESCRIPTION, ids.INSTRUCTION, ids.SEVERITY, ids.URGENCY, ids.CERTAINTY,
)  # fmt: skip
SEVERITIES = ("Unknown", "Minor", "Moderate", "Severe", "Extreme")


def where_panel() -> Component:
    """Choose places, or type an area."""
    places = dbc.Checklist(id=ids.PLACES, options=[], value=[], className="check-columns")
    area = [
        html.Div(
            [
                text_field("Name des Gebiets", ids.AREA, AREA_MAX),
                long_text_field(
                    "Ecken des Gebiets", ids.CORNERS, CORNERS_MAX,
                    "je Zeile Breite,Länge in Grad wie 50.3281,7.2232; geschlossen wird es von"
                    " selbst",
                ),
            ],
            className="form-row form-row--top",
        )
    ]  # fmt: skip
    group = attributes(aria_label="Orte")
    return panel(
        "1. Wo?",
        [
            html.Div(places, role="group", **group),
            disclosure("Stattdessen oder zusätzlich ein Gebiet", area),
            html.Div(
                _button("Text aus der Lage vorschlagen", ids.SUGGEST, "btn-primary"),
                className="actions panel__after",
            ),
        ],
    )


def words_panel() -> Component:
    """Edit the words; each field can be copied."""
    rows = [
        (text_field("Überschrift", ids.HEADLINE, texts.HEADLINE_MAX, _most(texts.HEADLINE_MAX)),
         ids.HEADLINE),
        (long_text_field("Beschreibung", ids.DESCRIPTION, texts.DESCRIPTION_MAX,
                         _most(texts.DESCRIPTION_MAX), rows=6), ids.DESCRIPTION),
        (long_text_field("Handlungsempfehlung", ids.INSTRUCTION, texts.INSTRUCTION_MAX,
                         _most(texts.INSTRUCTION_MAX), rows=5), ids.INSTRUCTION),
    ]  # fmt: skip
    names = ("Überschrift", "Beschreibung", "Handlungsempfehlung")
    parts: list[Component] = []
    for (field, field_id), name in zip(rows, names, strict=True):
        parts.append(html.Div([field, html.Div(_copy(field_id, name), className="actions")]))
    values = html.Div(
        [
            select_field("Schwere", ids.SEVERITY, _options(SEVERITIES, texts.SEVERITY_WORDS),
                         "Unknown"),
            select_field("Eile", ids.URGENCY, list(texts.URGENCY_WORDS.items()), "Unknown"),
            select_field("Gewissheit", ids.CERTAINTY, list(texts.CERTAINTY_WORDS.items()),
                         "Unknown"),
            text_field("Gilt Stunden", ids.HOURS, 4, HOURS_HINT),
        ],
        className="form-row form-row--top",
    )  # fmt: skip
    said = html.Div(id=ids.SUGGESTED, role="status")
    return panel("2. Was?", html.Div([said, *parts, values], className="stack"))


def act_panel() -> Component:
    """Look at it, keep it, continue or end an earlier one."""
    chain = select_field(
        "Frühere Warnung", ids.CHAIN, [(NEW, "keine, neue Warnung")], NEW,
        "wählen, um sie fortzuschreiben oder aufzuheben",
    )  # fmt: skip
    return panel(
        "3. Sichern",
        [
            html.Div(
                [
                    _button("Vorschau", ids.PREVIEW, "btn-quiet"),
                    _button("Als neuen Entwurf sichern", ids.SAVE, "btn-primary"),
                ],
                className="actions",
            ),
            html.Div(chain, className="form-narrow panel__after"),
            html.Div(
                [
                    _button("Fortschreibung sichern", ids.UPDATE, "btn-quiet"),
                    _button("Text der Entwarnung vorschlagen", ids.CLEAR, "btn-quiet"),
                    _button("Entwarnung sichern", ids.CANCEL, "btn-quiet"),
                ],
                className="actions",
            ),
            html.Div(id=ids.SAID, role="status", className="panel__after"),
            html.Div(id=ids.SHOWN),
        ],
    )


def chain_options(views: Sequence[DraftView]) -> list[dict[str, str]]:
    """Return the warnings that may be continued, each with its time: titles come again."""
    found = [
        {
            "value": view.identifier,
            "label": f"{view.headline} ({TYPE_WORDS[view.msg_type]} vom"
            f" {formats.stamp(view.sent_at)}, {view.author})",
        }
        for view in views
        if view.is_open
    ]
    return [{"value": NEW, "label": "keine, neue Warnung"}, *found]


def continued(views: Sequence[DraftView], identifier: str | None, author: str) -> str:
    """Return what is chosen after a look: the message, or the head of its chain by `author`.

    What somebody else has continued must be chosen anew: nobody replaces words they have not seen.
    """
    known = {view.identifier: view for view in views}
    if identifier not in known:
        return NEW
    chain = known[identifier].chain
    head = next((view for view in views if view.is_open and view.chain == chain), None)
    if head is None or (head.identifier != identifier and head.author != author):
        return NEW
    return head.identifier


def chosen(chain: str | None) -> str:
    """Return the identifier of the earlier warning that is chosen.

    Raises
    ------
    DraftRefusedError
        When none is.
    """
    if chain is None or chain == NEW:
        raise DraftRefusedError(user_message=CHOOSE)
    return chain


def all_clear(chain: str | None) -> tuple[DraftText, tuple[str, ...]]:
    """Return the text that ends the chosen warning, and which of its places are warned still.

    Then the text leaves out that no further rise is to be expected.
    """
    text = services().warning_desk.all_clear(chosen(chain))
    still = services().composer.still_warned(text.areas)
    return (without_outlook(text) if still else text), still


def filled(text: DraftText) -> tuple[Any, ...]:
    """Return the values of the form's fields and what stays with them unseen."""
    basis = {
        "response": text.response,
        "onset_at": text.onset_at.isoformat() if text.onset_at else None,
        "run_id": text.run_id,
    }
    return (
        text.headline, text.description, text.instruction, text.severity, text.urgency,
        text.certainty, hours_text(text.hours), basis,
    )  # fmt: skip


def hours_text(hours: float) -> str:
    """Write hours as they are typed."""
    return f"{hours:g}".replace(".", ",")


def typed(values: Mapping[str, Any]) -> DraftText:
    """Return what was typed.

    Raises
    ------
    DraftRefusedError
        When the hours are no number, or the area cannot be read.
    """
    basis = values.get("basis") or {}
    onset = basis.get("onset_at")
    try:
        hours = float(str(values.get("hours") or texts.HOURS).replace(",", "."))
    except ValueError as error:
        words = "„Gilt Stunden“ braucht eine Zahl, zum Beispiel 3."
        raise DraftRefusedError(user_message=words) from error
    return DraftText(
        **{
            name: str(values.get(name) or "").strip()
            for name in (
                "headline", "description", "instruction", "severity", "urgency", "certainty",
            )
        },
        response=str(basis.get("response") or "Monitor"),
        hours=hours,
        onset_at=datetime.fromisoformat(onset) if onset else None,
        areas=_areas(values),
        run_id=str(basis.get("run_id") or ""),
    )  # fmt: skip


def _areas(values: Mapping[str, Any]) -> tuple[AreaText, ...]:
    composer = services().composer
    found = list(composer.areas(values.get("places") or []))
    name, corners = values.get("area") or "", values.get("corners") or ""
    if name.strip() or corners.strip():
        found.append(composer.polygon(name, corners))
    return tuple(found)


def _most(number: int) -> str:
    return f"höchstens {number} Zeichen"


def _options(order: Sequence[str], words: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(key, words[key]) for key in order]


def _copy(field_id: str, name: str) -> Component:
    marks = attributes(data_copy=field_id)
    return html.Button(f"{name} kopieren", className="btn btn-sm btn-quiet", type="button", **marks)


def _button(words: str, button_id: str, kind: str) -> Component:
    return html.Button(words, id=button_id, className=f"btn {kind}", type="button")
