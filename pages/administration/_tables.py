"""The tables of /verwaltung: accounts, and the newest entries of the audit log in words."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import formats
from components.panel import notice
from components.table import Column, Row, data_table
from pages.administration import _log_words as log
from services.people.accounts import AccountView
from services.people.audit_view import SHOWN, ChainView, EntryView
from services.people.model import ROLE_WORDS, SECOND_FACTOR


def accounts_table(found: Sequence[AccountView]) -> Component:
    """List the accounts by login."""
    columns = [
        Column("Anmeldename"),
        Column("Name", label="Name"),
        Column("Rolle", label="Rolle"),
        Column("Zustand", label="Zustand"),
        Column("zweiter Faktor", label="zweiter Faktor"),
        Column("seit", label="seit"),
    ]
    rows = [
        Row((row.login, row.name, ROLE_WORDS[row.role], state(row), factor(row), _since(row)))
        for row in sorted(found, key=lambda row: row.login)
    ]
    count = "Ein Konto" if len(rows) == 1 else f"{len(rows)} Konten"
    return data_table(f"{count} in dieser Datenbank", columns, rows, variant="cards")


def state(row: AccountView) -> str:
    """Say whether an account may be used."""
    if not row.is_active:
        return "geschlossen"
    if row.is_external:
        return "offen, Anmeldung beim Identitätsdienst"
    return "offen, erstes Passwort noch nicht geändert" if row.must_change else "offen"


def factor(row: AccountView) -> str:
    """Say whether there is a second factor, and whether the role needs it."""
    if row.has_second_factor:
        return "eingerichtet"
    return "fehlt" if row.role in SECOND_FACTOR else "keiner"


def log_table(found: Sequence[EntryView], person: str) -> Component:
    """List entries, newest first."""
    if not found:
        words = f"Zu „{person}“ steht nichts im Protokoll." if person else "Das Protokoll ist leer."
        return html.P(words, className="muted")
    columns = [
        Column("Zeit"),
        Column("wer", label="wer"),
        Column("was", label="was"),
        Column("woran", label="woran", card="wide"),
    ]
    rows = [
        Row((formats.stamp(row.at), row.actor, log.action(row.action), log.target(row.target)))
        for row in found
    ]
    caption = f"Die neuesten {SHOWN} Einträge" if len(rows) == SHOWN else _entries(len(rows))
    return data_table(caption, columns, rows, variant="dense cards")


def _entries(count: int) -> str:
    return "1 Eintrag" if count == 1 else f"{formats.number(count)} Einträge"


def chain(found: ChainView) -> Component:
    """Say whether the log is whole."""
    if found.broken_at is not None:
        words = (
            f"Die Kette ist gebrochen bei Eintrag {found.broken_at}: dort wurde ein Eintrag"
            " geändert, entfernt oder eingeschoben. Bitte die Datenbank sichern und prüfen."
        )
        return notice(words, "warn")
    older = f", davon {formats.number(found.unsealed)} älter als die Kette" * bool(found.unsealed)
    words = f"{_entries(found.entries)}{older}: die Kette ist unversehrt."
    hint = (
        "Was am Ende abgeschnitten wäre, zeigt nur ein Vergleich mit einem früher notierten Hash."
        " Der letzte ist jetzt:"
    )
    return notice(
        html.Div([html.P(words), html.P([f"{hint} ", html.Code(found.head or "keiner")])])
    )


def _since(row: AccountView) -> str:
    return f"{formats.local(row.created_at):%d.%m.%Y}"
