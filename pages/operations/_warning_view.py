"""Drafts of warnings in words and tables."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import formats
from components.panel import notice
from components.table import Column, Row, data_table
from pages.operations import _warning_ids as ids
from services.warnings.draft_model import ALERT, CANCEL, EXERCISE, UPDATE, DraftView

TYPE_WORDS = {ALERT: "Warnung", UPDATE: "Fortschreibung", CANCEL: "Entwarnung"}
NEVER = (
    "Immer nur ein Entwurf: Dieses Cockpit sendet nichts an die Öffentlichkeit. Amtlich warnt die"
    " zuständige Behörde über MoWaS; dort werden die Texte von Hand eingegeben."
)
CLEARED = (
    "Der Text der Entwarnung steht oben unter „2. Was?“: bitte prüfen, dann „Entwarnung sichern“."
)
DRILL = "Die Werte sind simuliert: Jeder Entwurf trägt hier den Vermerk „Übung“ (Exercise)."


def never_line(*, is_demo: bool) -> Component:
    """Say that nothing is sent."""
    return notice(f"{NEVER} {DRILL}" if is_demo else NEVER, "warn")


def cleared(still: Sequence[str]) -> Component:
    """Say where the text of an all-clear stands, and what speaks against giving it."""
    if not still:
        return notice(CLEARED)
    against = (
        f"Dagegen spricht die Berechnung: {', '.join(still)}. Der Satz, dass mit keinem weiteren"
        " Anstieg zu rechnen ist, fehlt deshalb im Text."
    )
    return notice(f"{against} {CLEARED}", "warn")


def draft_table(views: Sequence[DraftView]) -> Component:
    """List the messages, newest first."""
    if not views:
        return html.P("Noch ist kein Entwurf gesichert.", className="muted")
    columns = [
        Column("Überschrift"),
        Column("Art", label="Art"),
        Column("Stand", label="Stand"),
        Column("erstellt", label="erstellt"),
        Column("gilt bis", label="gilt bis"),
        Column("Orte", label="Orte", card="wide"),
        Column("Datei", label="Datei"),
    ]
    rows = [
        Row(
            (
                view.headline,
                TYPE_WORDS.get(view.msg_type, view.msg_type),
                _standing(view),
                f"{formats.stamp(view.sent_at)}, {view.author}",
                formats.stamp(view.expires_at),
                ", ".join(area.name for area in view.text.areas),
                _fetch(view),
            )
        )
        for view in views
    ]
    caption = "Alle Entwürfe, neueste zuerst; Zeiten der Uhr, auf die sich die Lage bezieht."
    return data_table(caption, columns, rows, variant="dense cards")


def preview(xml: str) -> Component:
    """Show a message as it would be kept."""
    return html.Div(
        [
            html.P("So sähe die CAP-Meldung aus; sie hält alle Regeln von CAP 1.2 ein:"),
            html.Pre(html.Code(xml), className="code", tabIndex=0),
        ],
        className="panel__after",
    )


def _standing(view: DraftView) -> str:
    status = "Übung" if view.status == EXERCISE else "Entwurf"
    if view.is_open:
        return f"{status}, gilt"
    return f"{status}, aufgehoben" if view.msg_type == CANCEL else f"{status}, ersetzt oder vorbei"


def _fetch(view: DraftView) -> Component:
    return html.Button(
        "CAP-Datei",
        id=ids.fetch_id(view.identifier),
        className="btn btn-sm btn-quiet",
        type="button",
        title=f"{view.identifier}.cap.xml",
    )
