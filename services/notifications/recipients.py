"""Recipients: who is in which group, by which channels. Only who administers sees addresses."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from sqlalchemy.orm import Session, sessionmaker

from data import audit, outbox_deliveries, outbox_reading, recipients
from data.recipients import RecipientRow
from services.alarms import duties
from services.alarms.policy import Policy
from services.clock import wall_now
from services.notifications.channels import Channels
from services.notifications.drills import DrillBox
from services.notifications.errors import RecipientRefusedError, UnknownRecipientError
from services.notifications.hygiene import Known, remarks
from services.notifications.model import Kind
from services.notifications.outbox import Outbox, plain_message
from services.notifications.recipient_form import Entered, checked
from services.notifications.recipient_table import Line, read_table, write_table
from services.people.identity import require
from services.people.model import Right
from services.reading import Reading
from services.storing import storing

TEST_TITLE = "Probemeldung des Regionalcockpits"
TEST_TEXT = "Das ist eine Probe: Es gibt keinen Alarm. Wer sie erhält, ist unter dieser Adresse da."
IN_BOX = "Im Übungsbetrieb geht nichts hinaus: Die Probemeldung liegt im Übungspostfach."
SENT = "Die Probemeldung ist im Postausgang; ob sie ankam, steht unter Meldungen."
LOOK_BACK = timedelta(days=90)
"""How far back a failed delivery is worth a remark: as long as messages are kept."""


@dataclass(frozen=True, slots=True)
class RecipientView:
    """A recipient as the administration sees it."""

    row: RecipientRow
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recipients:
    """Keeps the recipients of a region; without `outbox` tests go to the drills' mailbox."""

    sessions: sessionmaker[Session]
    region_id: str
    zone: tzinfo
    channels: Channels
    policy: Policy
    drills: DrillBox
    outbox: Outbox | None = None
    wall: Callable[[], datetime] = wall_now

    def everyone(self) -> tuple[RecipientView, ...]:
        """Return all recipients with what should be looked after; needs the right to administer."""
        require(Right.ADMINISTER)
        now = self.wall()
        with Reading(self.sessions) as session:
            rows = recipients.everyone(session, self.region_id)
            failed = outbox_reading.last_failures(session, now - LOOK_BACK)
            known = self._known(session)
        local = {who: at.astimezone(self.zone) for who, at in failed.items()}
        said = remarks(rows, known, now.astimezone(self.zone).date(), local)
        return tuple(RecipientView(row, tuple(said.get(row.recipient_id, ()))) for row in rows)

    def groups(self) -> tuple[str, ...]:
        """Return the groups that alarms call, by name; needs the right to administer."""
        require(Right.ADMINISTER)
        with Reading(self.sessions) as session:
            return tuple(sorted(self._known(session).groups))

    def _known(self, session: Session) -> Known:
        chains = self.policy.plan.chains.values()
        steps = {step.group for chain in chains for step in chain.steps}
        rotas = duties.stored(session, self.region_id)
        turns = {duty.group for rota in rotas.values() for duty in rota.weekly}
        turns |= {item.group for rota in rotas.values() for item in rota.exceptions}
        return Known(steps | turns, self.channels.names)

    def save(self, entered: Entered, recipient_id: str = "") -> str:
        """Store a new recipient or replace one; returns its id. Needs the right to administer.

        Raises
        ------
        RecipientRefusedError
            With what is wrong.
        UnknownRecipientError
            When it is gone meanwhile.
        """
        who = require(Right.ADMINISTER)
        now = self.wall()
        row = checked(entered, self.channels, recipient_id or str(uuid.uuid4()), now)
        with storing(self.sessions) as session:
            if not recipient_id:
                self._add(session, [row])
            elif not recipients.change(session, self.region_id, row):
                raise UnknownRecipientError
            action = "recipient-change" if recipient_id else "recipient-add"
            audit.note(session, now, who.actor, action, row.recipient_id)
        return row.recipient_id

    def set_active(self, recipient_id: str, *, is_active: bool) -> None:
        """Let a recipient be called or not; needs the right to administer."""
        self._change(recipient_id, "recipient-active", is_active=is_active)

    def confirm(self, recipient_id: str) -> None:
        """Note that the addresses were confirmed today; needs the right to administer."""
        today = self.wall().astimezone(self.zone).date()
        self._change(recipient_id, "recipient-confirm", confirmed_on=today)

    def remove(self, recipient_id: str) -> None:
        """Delete a person everywhere; proofs stay without them. Needs the right to administer."""
        who = require(Right.ADMINISTER)
        now = self.wall()
        with storing(self.sessions) as session:
            outbox_deliveries.forget_recipient(session, recipient_id, now)
            if not recipients.remove(session, self.region_id, recipient_id):
                raise UnknownRecipientError
            audit.note(session, now, who.actor, "recipient-remove", recipient_id)

    def test(self, recipient_id: str) -> str:
        """Send a test to a recipient and say where it is; needs the right to administer."""
        who = require(Right.ADMINISTER)
        now = self.wall()
        key = f"{Kind.TEST.value}/{recipient_id}/{now.isoformat()}"
        with storing(self.sessions) as session:
            row = recipients.by_id(session, self.region_id, recipient_id)
            if row is None:
                raise UnknownRecipientError
            if not row.channels:
                words = f"{row.name} hat keinen Meldeweg."
                raise RecipientRefusedError(user_message=words)
            if self.outbox is None:
                self.drills.put_plain(session, Kind.TEST, key, (TEST_TITLE, TEST_TEXT), now)
            else:
                message = plain_message(Kind.TEST, key, TEST_TITLE, TEST_TEXT, now)
                self.outbox.put_for(session, message, recipient_id, now)
            audit.note(session, now, who.actor, "recipient-test", recipient_id)
        return IN_BOX if self.outbox is None else SENT

    def preview(self, body: bytes) -> list[Line]:
        """Return what an import would do, line by line; needs the right to administer."""
        require(Right.ADMINISTER)
        with Reading(self.sessions) as session:
            stored = recipients.everyone(session, self.region_id)
        return read_table(body, self.channels, stored, self.wall())

    def take_over(self, body: bytes) -> int:
        """Store the good new lines of a list; returns how many. Needs the right to administer."""
        who = require(Right.ADMINISTER)
        lines = self.preview(body)
        new = [line.recipient for line in lines if line.recipient and not line.is_known]
        now = self.wall()
        with storing(self.sessions) as session:
            self._add(session, new)
            audit.note(session, now, who.actor, "recipient-import", "", count=len(new))
        return len(new)

    def export(self) -> str:
        """Return all recipients as CSV; needs the right to administer, and is noted."""
        who = require(Right.ADMINISTER)
        with storing(self.sessions) as session:
            rows = recipients.everyone(session, self.region_id)
            audit.note(session, self.wall(), who.actor, "recipient-export", "", count=len(rows))
        return write_table(rows)

    def _add(self, session: Session, rows: Sequence[RecipientRow]) -> None:
        if recipients.count(session, self.region_id) + len(rows) > recipients.MOST:
            words = f"Es sind höchstens {recipients.MOST} Empfänger möglich."
            raise RecipientRefusedError(user_message=words)
        recipients.add(session, self.region_id, rows)

    def _change(self, recipient_id: str, action: str, **values: object) -> None:
        who = require(Right.ADMINISTER)
        with storing(self.sessions) as session:
            row = recipients.by_id(session, self.region_id, recipient_id)
            if row is None:
                raise UnknownRecipientError
            recipients.change(session, self.region_id, replace(row, **values))  # type: ignore[arg-type]
            audit.note(session, self.wall(), who.actor, action, recipient_id, **values)
