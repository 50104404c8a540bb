"""How messages read: a subject, a long text, and a short one that fits one text message."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from services.alarms.model import Severity
from services.alarms.words import SEVERITY_WORDS
from services.flood.wording import usable_text
from services.notifications.gsm7 import SMS_UNITS, shortened, spelled, units
from services.notifications.model import Kind, Text

DRILL = "ÜBUNG"
REPEAT = "Kann eine Wiederholung sein."
REPEAT_LONG = (
    "Diese Meldung kann eine Wiederholung sein: Von einem früheren Versuch ist nicht bekannt, ob er"
    " angekommen ist."
)
END_WORDS = "Bedingung beendet, keine Entwarnung"
_TO_DO = {
    Kind.CALL: "Bitte ansehen und quittieren: ",
    Kind.END: "Keine Entwarnung: Über die entscheidet ein Mensch. ",
    Kind.CLEAR: "Ansehen: ",
}
LATE_MIN = 5.0
"""A message that is older says so (estimate: the first attempts take seconds)."""
SECONDS_PER_MIN = 60.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be told. `created_at` is when the alarm called, wall time.

    `name` is the place; `usable_min` are the minutes left there at `created_at`, at least.
    """

    kind: Kind
    severity: Severity
    title: str
    text: str
    group: str
    created_at: datetime
    is_drill: bool = False
    may_repeat: bool = False
    stands_in_for: str = ""
    name: str = ""
    usable_min: float | None = None


@dataclass(frozen=True, slots=True)
class Templates:
    """Writes messages of one installation: who sends, and where its pages are."""

    sender: str
    link: str
    zone: tzinfo

    def text(self, wanted: Wanted, now: datetime) -> Text:
        """Return a message as it reads when it is handed over at `now`."""
        return Text(self._subject(wanted), self._body(wanted, now), self._short(wanted, now))

    def _subject(self, wanted: Wanted) -> str:
        title = _title(wanted)
        return f"[Wiederholung möglich] {title}" if wanted.may_repeat else title

    def _body(self, wanted: Wanted, now: datetime) -> str:
        paragraphs = []
        if wanted.is_drill:
            paragraphs.append(f"{DRILL} – {DRILL} – {DRILL}: Nichts davon ist wirklich.")
        if wanted.may_repeat:
            paragraphs.append(REPEAT_LONG)
        paragraphs.append(self.told(wanted, now))
        if wanted.kind is Kind.MAIL:
            paragraphs += [
                *self._late(wanted, now),
                f"Gesendet {self._stamp(now)} von {self.sender}.",
            ]
        else:
            paragraphs += self.ending(wanted, now)
        return "\n\n".join(paragraphs)

    def told(self, wanted: Wanted, now: datetime) -> str:
        """Return what the alarm said; minutes in it are dated once they have become fewer."""
        if wanted.usable_min is None or int(age_min_of(wanted, now)) < 1:
            return wanted.text
        return f"Stand {wanted.created_at.astimezone(self.zone):%H:%M} Uhr: {wanted.text}"

    def ending(self, wanted: Wanted, now: datetime) -> list[str]:
        """Return what every message to recipients ends with: what to do, when, for whom, source."""
        found = self._late(wanted, now)
        if wanted.stands_in_for:
            found.append(
                f"Sie vertreten die Gruppe „{wanted.stands_in_for}“: Dort war niemand zu erreichen."
            )
        found.append(f"{_TO_DO.get(wanted.kind, '')}{self.link}")
        is_clear = wanted.kind is Kind.CLEAR
        verb = "Gegeben" if is_clear else "Ausgelöst"
        weight = "" if is_clear else f" Schwere: {SEVERITY_WORDS[wanted.severity]}."
        raw = "" if is_clear else " Rohdaten, ungeprüft."
        found.append(
            f"{verb} {self._stamp(wanted.created_at)}, gesendet {self._stamp(now)}.\n"
            f"Gruppe: {wanted.group}.{weight}\n"
            f"Quelle: {self.sender};{raw} Amtliche Warnungen gehen vor."
        )
        return found

    def _late(self, wanted: Wanted, now: datetime) -> list[str]:
        age_min = age_min_of(wanted, now)
        verb = "gegeben" if wanted.kind is Kind.CLEAR else "ausgelöst"
        return [f"Verspätet: {verb} vor {age_min:.0f} Minuten."] if age_min >= LATE_MIN else []

    def _short(self, wanted: Wanted, now: datetime) -> str:
        begin = f"{REPEAT} " if wanted.may_repeat else ""
        end = self.short_end(wanted, now)
        head = f"{begin}{_title(wanted)}{_left(wanted, now)}"
        whole = spelled(f"{head}. {self.told(wanted, now)}")
        return shortened(whole, SMS_UNITS - units(end)) + end

    def short_end(self, wanted: Wanted, now: datetime) -> str:
        """Return what every short message ends with: time, age if it is late, where to look."""
        age_min = age_min_of(wanted, now)
        late = f" (vor {age_min:.0f} Min.)" if age_min >= LATE_MIN else ""
        return spelled(f" {now.astimezone(self.zone):%H:%M}{late} {self.link}")

    def _stamp(self, at: datetime) -> str:
        return f"{at.astimezone(self.zone):%d.%m.%Y %H:%M} Uhr"


def _title(wanted: Wanted) -> str:
    """Return the title; a drill says so first, also where the alarm itself did not."""
    title = f"{END_WORDS}: {wanted.title}" if wanted.kind is Kind.END else wanted.title
    if wanted.is_drill and not title.startswith(DRILL):
        bare = title.replace(f"{DRILL} – ", "")
        return f"{DRILL} – {bare}"
    return title


def _left(wanted: Wanted, now: datetime) -> str:
    """Return the minutes left now: what one acts on stands before what is cut off."""
    if wanted.usable_min is None or wanted.kind is Kind.END:
        return ""
    left = wanted.usable_min - age_min_of(wanted, now)
    return f", noch mindestens {usable_text(left)}" if left >= 1.0 else f", {usable_text(left)}"


def age_min_of(wanted: Wanted, now: datetime) -> float:
    """Return how many minutes ago the alarm called."""
    return max((now - wanted.created_at).total_seconds() / SECONDS_PER_MIN, 0.0)
