"""The journal in words and a table: entries, struck originals, corrections, photos, the chain."""

from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import formats, urls
from components.attributes import attributes
from components.content import Content
from components.links import file_link, page_link
from components.panel import notice
from components.table import Column, Row, data_table
from pages.operations import _journal_ids as ids
from pages.operations._journal_state import JournalState
from services.journal.model import (
    KIND_WORDS,
    MANUAL,
    ChainView,
    Correction,
    EntryView,
    JournalPage,
    Kind,
)

DRILL = "Nachstellung: Diese Einträge sind eine Übung und betreffen nichts Wirkliches."
NOTHING = "Kein Eintrag passt zu dieser Auswahl."


def headline(found: JournalPage) -> str:
    """Say how many entries there are."""
    return "1 Eintrag im Tagebuch" if found.found == 1 else f"{found.found} Einträge im Tagebuch"


def lead_lines(found: JournalPage, is_filtered: bool) -> list[Component]:  # noqa: FBT001  # a word
    """Say what is shown, how old the newest is, and whether it is a drill."""
    newest = found.entries[0] if found.entries else None
    shown = "Auswahl, neueste zuerst" if is_filtered else "alle, neueste zuerst"
    if newest is not None:
        age = formats.age(formats.minutes_between(newest.noted_at, found.now))
        shown = f"{shown}; der oberste wurde {age} eingetragen"
    lines: list[Component] = [html.P(f"{shown}.", className="intro__sub")]
    if found.is_drill:
        lines.append(notice(DRILL, "whatif"))
    return lines


def entry_table(found: JournalPage, *, may_act: bool) -> Component:
    """List the entries of a page."""
    if not found.entries:
        return html.P(NOTHING, className="panel__sentence")
    columns = [
        Column("Zeit", label="Zeit"),
        Column("Art", card="right"),
        Column("Eintrag", card="wide"),
        Column("von", label="von"),
    ]
    rows = [_row(view, found.now, may_act=may_act) for view in found.entries]
    caption = (
        f"Seite {found.page} von {found.pages}. Kein Eintrag wird geändert: Berichtigtes ist"
        " durchgestrichen, mit Grund."
    )
    return data_table(caption, columns, rows, variant="cards journal")


def _row(view: EntryView, now: datetime, *, may_act: bool) -> Row:
    who: list[Component | str] = [view.actor]
    if may_act and view.kind in MANUAL:
        who.append(_fix_button(view))
    return Row(
        (_when(view, now), KIND_WORDS[view.kind], html.Div(_content(view, now)), html.Div(who))
    )


def _when(view: EntryView, now: datetime) -> Component:
    parts: list[Component | str] = [html.Div(formats.moment(view.happened_at, now))]
    if view.noted_at != view.happened_at:
        noted = f"eingetragen {formats.moment(view.noted_at, now)}"
        parts.append(html.Div(noted, className="muted journal__small"))
    parts.append(html.Div(f"Nr. {view.entry_id}", className="muted journal__small"))
    return html.Div(parts)


def _content(view: EntryView, now: datetime) -> list[Component]:
    parts: list[Component] = []
    if view.corrections:
        parts.append(html.Del(view.text, className="journal__text"))
        for item in view.corrections:
            parts += _corrected(item, now, is_valid=item is view.corrections[-1])
    else:
        parts.append(html.Div(view.text, className="journal__text"))
    if view.kind is Kind.CORRECTION:
        words = f"zu Nr. {view.refers_to}, Grund: {view.details.get('reason', '')}"
        parts.append(html.Div(words, className="muted journal__small"))
    about = [view.place] if view.place else []
    if view.lat is not None and view.lon is not None:
        about.append(f"Position {formats.number(view.lat, 5)}° N, {formats.number(view.lon, 5)}° O")
    if about:
        parts.append(html.Div(" · ".join(about), className="muted journal__small"))
    if view.photo:
        address = f"{urls.JOURNAL_PHOTO}/{view.photo}"
        words = f"Foto zu Eintrag Nr. {view.entry_id}"
        picture = html.Img(src=address, alt=words, className="journal__photo")
        parts.append(html.A(picture, href=address, target="_blank", rel="noopener"))
    if view.kind is Kind.HANDOVER:
        address = f"{urls.HANDOVER_PDF}/{view.entry_id}.pdf"
        parts.append(html.Div(file_link("Bericht als PDF", address)))
    return parts


def _corrected(item: Correction, now: datetime, *, is_valid: bool) -> list[Component]:
    said = (
        f"Nr. {item.entry_id}, berichtigt {formats.moment(item.noted_at, now)} von {item.actor}:"
        f" {item.reason}"
    )
    tag = html.Div if is_valid else html.Del
    return [
        tag(item.text, className="journal__text"),
        html.Div(said, className="muted journal__small"),
    ]


def _fix_button(view: EntryView) -> Component:
    return html.Button(
        "Berichtigen",
        id=ids.fix_id(view.entry_id, len(view.corrections)),
        className="btn btn-sm btn-quiet journal__fix",
        type="button",
        **attributes(aria_label=f"Eintrag Nr. {view.entry_id} berichtigen"),
    )


def files(state: JournalState) -> Content:
    """Link to the files of what is shown."""
    query = state.as_query()
    known = f" (Wissensstand {state.wissensstand})" if state.wissensstand else ""
    return html.Div(
        [
            file_link(f"Auswahl als PDF{known}", urls.JOURNAL_PDF + query),
            file_link(f"Auswahl als CSV{known}", urls.JOURNAL_CSV + query),
            page_link("Übergabe zwischen Schichten", urls.HANDOVER),
        ],
        className="actions",
    )


def chain_words(found: ChainView) -> Component:
    """Say what the check of the chain found."""
    if found.broken_at is not None:
        words = (
            f"Die Kette ist gebrochen bei Eintrag Nr. {found.broken_at}: Dort wurde etwas"
            " geändert, entfernt oder eingefügt. Bitte sofort der Leitung melden."
        )
        return notice(words, "warn")
    words = f"{formats.number(found.entries)} Einträge, Kette unversehrt. Letzter Hash: "
    return notice(html.P([words, html.Code(found.head or "–", className="journal__hash")]))
