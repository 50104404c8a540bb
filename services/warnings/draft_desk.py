"""Drafts of public warnings: kept as they were made, updated, ended.

Nothing leaves from here: people copy the text into the official system.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import audit, warning_drafts
from data.warning_drafts import DraftRow
from services.alarms import scope
from services.clock import Clock, wall_now
from services.local_time import stamp
from services.people.identity import require
from services.people.model import Right
from services.reading import Reading
from services.region import Region
from services.site import SiteInfo
from services.storing import storing
from services.warnings import texts
from services.warnings.cap_rules import faults
from services.warnings.cap_values import ENUMERATIONS
from services.warnings.composer import AREALESS
from services.warnings.draft_model import (
    ALERT,
    CANCEL,
    DRAFT,
    EXERCISE,
    UPDATE,
    Draft,
    DraftText,
    DraftView,
)
from services.warnings.draft_xml import draft_message
from services.warnings.errors import DraftRefusedError, DraftTakenError, UnknownDraftError
from services.warnings.model import CapReference

SHOWN = 100
ALL_CLEAR = "AllClear"
NO_CLEAR = "Das ist kein Text einer Entwarnung; bitte erst „Text der Entwarnung vorschlagen“."
NO_UPDATE = "Das ist der Text einer Entwarnung; bitte „Entwarnung sichern“."
SAVED = (
    "Genau dieser Entwurf ist schon gesichert ({at}, {who}) und gilt noch. Zum Ändern bitte unter"
    " „Frühere Warnung“ wählen und „Fortschreibung sichern“."
)
CONTINUED = "Genau diese Fortschreibung hat {who} eben gesichert."
TWICE = timedelta(minutes=1)
"""An update in the same words prolongs a warning; so soon after the last it is a second click."""
SECOND = timedelta(seconds=1)
"""CAP knows whole seconds: two messages of a chain stand at least so far apart."""


@dataclass(frozen=True, slots=True)
class WarningDesk:
    """Keeps the drafts of a region."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    site: SiteInfo
    wall: Callable[[], datetime] = wall_now

    def all_clear(self, identifier: str) -> DraftText:
        """Return the text that ends a chain, to be edited; needs the right to operate."""
        require(Right.OPERATE)
        row = self._row(identifier)
        before = DraftText.of(row.content)
        return texts.all_clear(before, [area.name for area in before.areas])

    def preview(self, text: DraftText) -> str:
        """Return the message as it would be kept; needs the right to operate."""
        require(Right.OPERATE)
        text = text.readable()
        _require_usable(text)
        return self._checked(self._draft(text, ALERT, (), self._now()))

    def save(self, text: DraftText) -> str:
        """Begin a chain and return the identifier; needs the right to operate.

        Raises
        ------
        DraftRefusedError
            When a text is too short or too long, an area is missing, a rule of CAP is broken, or
            the same draft is kept already and holds.
        """
        return self._keep(text, ALERT, "")

    def update(self, identifier: str, text: DraftText) -> str:
        """Replace the newest message of a chain and return the identifier of the new one."""
        if text.response == ALL_CLEAR:
            raise DraftRefusedError(user_message=NO_UPDATE)
        return self._keep(text, UPDATE, identifier)

    def cancel(self, identifier: str, text: DraftText) -> str:
        """End a chain with its all-clear, for all its areas, and return the identifier.

        Raises
        ------
        DraftRefusedError
            When the text is no all-clear.
        """
        require(Right.OPERATE)
        if text.response != ALL_CLEAR:
            raise DraftRefusedError(user_message=NO_CLEAR)
        areas = DraftText.of(self._row(identifier).content).areas
        return self._keep(replace(text, areas=areas), CANCEL, identifier)

    def drafts(self) -> tuple[DraftView, ...]:
        """Return the newest messages; needs the right to watch."""
        require(Right.WATCH)
        with Reading(self.sessions) as session:
            rows = warning_drafts.newest(session, self.region.region_id, SHOWN)
        holding = {row.identifier for row in self._holding(rows)}
        return tuple(_view(row, is_open=row.identifier in holding) for row in rows)

    def _holding(self, rows: Sequence[DraftRow]) -> list[DraftRow]:
        """Return the rows that may be continued: newest of a chain, neither ended nor expired."""
        newest: dict[str, DraftRow] = {}
        for row in rows:
            if row.chain not in newest or row.sent_at > newest[row.chain].sent_at:
                newest[row.chain] = row
        now, here = self.clock.now(), scope.of(self.clock)
        return [
            row
            for row in newest.values()
            if row.scope == here and row.msg_type != CANCEL and row.expires_at > now
        ]

    def _keep(self, text: DraftText, msg_type: str, replaces: str) -> str:
        who = require(Right.OPERATE)
        text = text.readable()
        _require_usable(text)
        with storing(self.sessions) as session:
            warning_drafts.hold(session)
            if msg_type == ALERT:
                self._require_new(session, text)
            said = None if msg_type != UPDATE else text
            earlier = self._earlier(session, replaces, said) if replaces else []
            now = max([self._now(), *(row.sent_at + SECOND for row in earlier)])
            refers_to = tuple(
                CapReference(row.sender, row.identifier, row.sent_at)
                for row in earlier
                if row.expires_at > now
            )
            if replaces and not refers_to:
                words = "Der Entwurf ist abgelaufen; bitte eine neue Warnung beginnen."
                raise DraftRefusedError(user_message=words)
            made = self._draft(text, msg_type, refers_to, now)
            xml = self._checked(made)
            name = earlier[0].chain if earlier else made.key.identifier
            row = DraftRow(
                made.key.identifier, self.region.region_id, scope.of(self.clock), name,
                made.key.sender, made.key.sent_at, made.status, msg_type, made.expires_at,
                text.headline, text.content(), xml, who.actor, self.wall(),
            )  # fmt: skip
            warning_drafts.add(session, row)
            audit.note(
                session, self.wall(), who.actor, f"warning-{msg_type.lower()}",
                made.key.identifier, headline=text.headline, status=made.status, replaces=replaces,
            )  # fmt: skip
        return made.key.identifier

    def _require_new(self, session: Session, text: DraftText) -> None:
        """Refuse the same words while they hold; a button is easily pressed twice."""
        stored = warning_drafts.newest(session, self.region.region_id, SHOWN)
        same = _same(text, self._holding(stored))
        if same is not None:
            at = stamp(same.sent_at, self.region.timezone)
            raise DraftRefusedError(user_message=SAVED.format(at=at, who=same.author))

    def _earlier(
        self, session: Session, identifier: str, update: DraftText | None
    ) -> list[DraftRow]:
        """Return the chain that a message is the newest of; `update` are words not yet in it."""
        row = warning_drafts.by_identifier(session, self.region.region_id, identifier)
        if row is None or row.scope != scope.of(self.clock):
            raise UnknownDraftError(identifier)
        rows = warning_drafts.chain(session, row.region_id, row.scope, row.chain)
        head = rows[-1]
        is_new = head.msg_type == UPDATE and self.wall() - head.made_at < TWICE
        if update is not None and is_new and _same(update, [head]) is not None:
            raise DraftRefusedError(user_message=CONTINUED.format(who=head.author))
        if head.identifier != identifier:
            raise DraftTakenError
        if head.msg_type == CANCEL:
            raise DraftRefusedError(user_message="Diese Warnung ist schon aufgehoben.")
        return rows

    def _draft(
        self, text: DraftText, msg_type: str, refers_to: tuple[CapReference, ...], now: datetime
    ) -> Draft:
        is_drill = self.site.is_demo or scope.is_drill(scope.of(self.clock))
        name = f"{self.region.region_id}.{now:%Y%m%dT%H%M%S}.{uuid.uuid4().hex[:12]}"
        return Draft(
            key=CapReference(f"regionalcockpit.{self.region.region_id}", name, now),
            status=EXERCISE if is_drill else DRAFT,
            msg_type=msg_type,
            refers_to=refers_to,
            expires_at=now + timedelta(hours=text.hours),
            text=text,
        )

    def _checked(self, made: Draft) -> str:
        written = draft_message(made, self.site)
        wrong = faults(written)
        if wrong:
            raise DraftRefusedError(user_message=f"Die Meldung wäre ungültig: {wrong[0]}.")
        return written.decode()

    def _row(self, identifier: str) -> DraftRow:
        with Reading(self.sessions) as session:
            row = warning_drafts.by_identifier(session, self.region.region_id, identifier)
        if row is None or row.scope != scope.of(self.clock):
            raise UnknownDraftError(identifier)
        return row

    def _now(self) -> datetime:
        return self.clock.now().replace(microsecond=0)


def _same(text: DraftText, rows: Sequence[DraftRow]) -> DraftRow | None:
    """Return the message that says the same, compared as both are stored."""
    wanted = DraftText.of(text.content())
    return next((row for row in rows if DraftText.of(row.content) == wanted), None)


def _require_usable(text: DraftText) -> None:
    bounds = (
        ("Überschrift", text.headline, texts.HEADLINE_MAX),
        ("Beschreibung", text.description, texts.DESCRIPTION_MAX),
        ("Handlungsempfehlung", text.instruction, texts.INSTRUCTION_MAX),
    )
    for name, words, most in bounds:
        size = len(words.strip())
        if not texts.LEAST_LETTERS <= size <= most:
            reason = f"{name}: {size} Zeichen; möglich sind {texts.LEAST_LETTERS} bis {most}."
            raise DraftRefusedError(user_message=reason)
    if not text.areas:
        raise DraftRefusedError(user_message=AREALESS)
    if not 0 < text.hours <= texts.HOURS_MAX:
        reason = f"Ein Entwurf gilt mehr als 0 und höchstens {texts.HOURS_MAX:.0f} Stunden."
        raise DraftRefusedError(user_message=reason)
    for tag in ("severity", "urgency", "certainty"):
        if getattr(text, tag) not in ENUMERATIONS[tag]:
            raise DraftRefusedError(user_message="Bitte Schwere, Eile und Gewissheit wählen.")


def _view(row: DraftRow, *, is_open: bool) -> DraftView:
    return DraftView(
        identifier=row.identifier,
        chain=row.chain,
        sent_at=row.sent_at,
        status=row.status,
        msg_type=row.msg_type,
        expires_at=row.expires_at,
        headline=row.headline,
        author=row.author,
        text=DraftText.of(row.content),
        xml=row.xml,
        is_open=is_open,
    )
