"""Who is told, and how: the outbox and its sender exist in real operation only."""

from components import urls
from services.jobs.model import holder_name
from services.notifications.announcer import Announcer
from services.notifications.channels import DEMO_CHANNELS, Channels, load_channels
from services.notifications.drills import DrillBox
from services.notifications.heartbeat import BeatSource, Heartbeat
from services.notifications.outbox import Outbox
from services.notifications.overview import Notifications
from services.notifications.recipients import Recipients
from services.notifications.sender import Sender
from services.notifications.templates import Templates
from services.subscriptions.letters import Letters
from wiring import Wired
from wiring_rules import policy_of

LIVE = "live"
ROOM = "/lage"


def make_channels(wired: Wired) -> Channels:
    """Return the channels; those of the demonstration lead nowhere."""
    if _is_live(wired):
        return load_channels(wired.settings.channels_file)
    return DEMO_CHANNELS


def make_announcer(wired: Wired) -> Announcer:
    """Return what alarms tell their calls to."""
    return Announcer(make_drill_box(wired), make_outbox(wired))


def make_sender(wired: Wired) -> Sender | None:
    """Return what sends; in simulation and recordings there is none."""
    outbox = make_outbox(wired)
    if outbox is None:
        return None
    return Sender(
        wired.sessions,
        outbox,
        make_channels(wired),
        _templates(wired),
        holder_name(),
        subscribers=make_letters(wired),
        rivers={row.river_id: row.name for row in wired.region.pack.rivers},
    )


def make_heartbeat(wired: Wired) -> Heartbeat:
    """Return what decides on heartbeats; only in drills they end in the mailbox."""
    outbox = make_outbox(wired) if make_channels(wired).beat_to is not None else None
    return Heartbeat(
        wired.sessions, wired.region.region_id, make_drill_box(wired), outbox,
        is_live=_is_live(wired),
    )  # fmt: skip


def make_beat_source(wired: Wired) -> BeatSource:
    """Return the virtual sensor of the heartbeat."""
    return BeatSource(wired.spool, wired.settings.origin)


def make_notifications(wired: Wired) -> Notifications:
    """Return what pages read of notification."""
    return Notifications(
        wired.sessions,
        wired.region.region_id,
        make_channels(wired),
        is_drill=not _is_live(wired),
    )


def make_recipients(wired: Wired) -> Recipients:
    """Return what keeps the recipients."""
    return Recipients(
        wired.sessions,
        wired.region.region_id,
        wired.region.timezone,
        make_channels(wired),
        policy_of(wired),
        make_drill_box(wired),
        make_outbox(wired),
    )


def make_letters(wired: Wired) -> Letters:
    """Return what knows addresses and personal links of subscribers."""
    return Letters(wired.region.region_id, f"{wired.settings.base_url}{urls.SUBSCRIPTION}")


def _is_live(wired: Wired) -> bool:
    return wired.settings.origin == LIVE


def make_outbox(wired: Wired) -> Outbox | None:
    """Return the outbox; in simulation and recordings there is none."""
    if not _is_live(wired):
        return None
    return Outbox(wired.region.region_id, policy_of(wired), wired.settings.outbox_max)


def make_drill_box(wired: Wired) -> DrillBox:
    """Return the mailbox of drills."""
    return DrillBox(wired.region.region_id, _templates(wired))


def _templates(wired: Wired) -> Templates:
    title = f"Regionalcockpit {wired.region.pack.info.short_name}"
    return Templates(title, f"{wired.settings.base_url}{ROOM}", wired.region.timezone)
