"""What waits between receivers and database, in words for every page and for the sources."""

from dash.development.base_component import Component

from components import formats
from components.panel import notice, panel
from components.table import Column, Row, data_table
from services.health.model import SpoolHealth

WORTH_SAYING_S = 60.0
"""Messages are stored within a second; a minute is an outage, and the screen says so (estimate)."""
FULL_SHARE = 0.8
MEGA = 1_000_000
PERCENT = 100
MINUTE_S = 60.0


def backlog_words(spool: SpoolHealth) -> str:
    """Return the sentence for every page while readings wait, empty while none do."""
    parts = []
    if spool.oldest_age_s is not None and spool.oldest_age_s >= WORTH_SAYING_S:
        parts.append(
            f"Messwerte warten seit {formats.duration(spool.oldest_age_s / MINUTE_S)} auf die "
            "Datenbank. Nichts davon ist verloren, aber die Anzeige kann älter sein."
        )
    if spool.used_bytes >= FULL_SHARE * spool.max_bytes:
        parts.append(
            f"Die Zwischenablage ist zu {_share(spool)} gefüllt; ist sie voll, wird nichts mehr "
            "angenommen."
        )
    return " ".join(parts)


def backlog_panel(spool: SpoolHealth) -> Component:
    """Show what waits: files, size and limit, the oldest, what was set aside."""
    columns = [Column("Zwischenablage"), Column("Stand")]
    oldest = spool.oldest_age_s
    rows = [
        Row(("Wartende Dateien", formats.number(spool.files))),
        Row(
            ("Belegt", f"{_mega(spool.used_bytes)} von {_mega(spool.max_bytes)} ({_share(spool)})")
        ),
        Row(
            (
                "Älteste Datei",
                "keine" if oldest is None else formats.age(oldest / MINUTE_S),
            )
        ),
        Row(("Zur Prüfung beiseitegelegt", formats.number(spool.set_aside))),
    ]
    words = backlog_words(spool)
    table = data_table("Angenommene Nachrichten auf dem Weg in die Datenbank", columns, rows)
    hint = (
        "Was angenommen ist, liegt auf der Platte dieses Rechners, bis es in der Datenbank steht."
    )
    content = [notice(words, "warn"), table] if words else [table]
    return panel("Auf dem Weg in die Datenbank", content, hint)


def _mega(number: int) -> str:
    return f"{formats.number(number / MEGA, 1)}{formats.NBSP}MB"


def _share(spool: SpoolHealth) -> str:
    return f"{formats.number(PERCENT * spool.used_bytes / spool.max_bytes)}{formats.NBSP}%"
