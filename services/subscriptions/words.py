"""What mails to subscribers say. The all-clear of people is not ours: the words say so."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from services.flood.model import State
from services.flood.wording import STATE_WORDS
from services.subscriptions.model import LINK_MARK

NO_TIME = "Wie viel Zeit bleibt, lässt sich nicht sagen."
NOT_OFFICIAL = (
    "Das ist keine amtliche Warnung. Rohdaten, ungeprüft. Amtlich warnt: {name}, {url}. Im Notfall:"
    " 112."
)
ORDERED = "Sie haben diese Nachricht bestellt. Abbestellen und Adresse löschen: {link}"


@dataclass(frozen=True, slots=True)
class Pages:
    """Where our pages of places and gauges are."""

    base_url: str
    places: str
    gauges: str


@dataclass(frozen=True, slots=True)
class Source:
    """Who warns officially, and where our pages are."""

    official_name: str
    official_url: str
    pages: Pages
    zone: tzinfo

    def stamp(self, at: datetime) -> str:
        """Write an instant on the region's clock."""
        return f"{at.astimezone(self.zone):%d.%m.%Y %H:%M} Uhr"

    def end(self) -> str:
        """Return what every mail about a state ends with."""
        official = NOT_OFFICIAL.format(name=self.official_name, url=self.official_url)
        return f"{official}\n\n{ORDERED.format(link=LINK_MARK)}"


def confirm_words(what: str, source: Source) -> tuple[str, str]:
    """Return title and text of the mail that asks to confirm."""
    text = (
        f"Jemand, hoffentlich Sie, möchte an diese Adresse benachrichtigt werden: {what}.\n\n"
        f"Bestätigen oder ablehnen (48 Stunden gültig): {LINK_MARK}\n\n"
        "Wenn Sie nichts tun, wird die Adresse nach 48 Stunden gelöscht und nichts gesendet."
    )
    official = NOT_OFFICIAL.format(name=source.official_name, url=source.official_url)
    return "Benachrichtigung bei Hochwasser bestätigen", f"{text}\n\n{official}"


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be said of a place or gauge; `usable_min` is at least so many minutes."""

    name: str
    path: str
    state: State
    data_at: datetime | None
    usable_min: float | None = None
    detail: str = ""


def up_words(told: Told, now: datetime, source: Source) -> tuple[str, str]:
    """Return title and text of a mail about a state that went up."""
    word = STATE_WORDS[told.state]
    lines = [f"{told.name}: {word}.", told.detail]
    if told.usable_min is not None:
        lines.append(f"Mindestens nutzbar: {told.usable_min:.0f} Minuten.")
    elif not told.detail:
        lines.append(NO_TIME)
    return f"{word}: {told.name}", _body(lines, told, now, source)


def end_words(told: Told, now: datetime, source: Source) -> tuple[str, str]:
    """Return title and text of a mail about a state that is over by the readings."""
    lines = [
        f"{told.name}: Die bestellte Stufe gilt nach den Messwerten nicht mehr.",
        told.detail,
        "Eine amtliche Entwarnung gibt nur die Einsatzleitung. Bleiben Sie vom Wasser weg.",
    ]
    return f"Stufe nach Messwerten beendet, keine Entwarnung: {told.name}", _body(
        lines, told, now, source
    )


def _body(lines: list[str], told: Told, now: datetime, source: Source) -> str:
    said = "\n".join(line for line in lines if line)
    age = "Alter der Messwerte: nicht bekannt."
    if told.data_at is not None:
        minutes = max((now - told.data_at).total_seconds() / 60.0, 0.0)
        age = f"Messwerte von {source.stamp(told.data_at)}, vor {minutes:.0f} Minuten."
    return f"{said}\n{age}\nAktuell: {source.pages.base_url}{told.path}\n\n{source.end()}"
