"""What the page on learning shows, read at once, with a fingerprint of it."""

from dataclasses import dataclass
from hashlib import blake2b

from pages.water._learning_visit import Visit
from services.flood.learning.service import LearningService
from services.flood.learning.views import LagView, ReachSpeeds, VersionView
from services.people.identity import may
from services.people.model import Right

DIGEST_BYTES = 8


@dataclass(frozen=True, slots=True)
class Learned:
    """Everything on the page; what was decided on this visit keeps its rows."""

    pending: tuple[LagView, ...]
    reviewed: tuple[LagView, ...]
    visit: Visit
    speeds: tuple[ReachSpeeds, ...]
    versions: tuple[VersionView, ...]
    version: str
    may_decide: bool

    @property
    def listed(self) -> tuple[LagView, ...]:
        """Return the rows of the list of proposals: open ones and those just decided."""
        return (*self.pending, *(lag for lag in self.reviewed if lag.lag_id in self.visit.ids))

    @property
    def fingerprint(self) -> str:
        """Return what changes with anything shown: a table is replaced only then.

        Cycles come every minute; replacing tables then would take away the focus.
        """
        stamps = [item.created_at for item in self.versions]
        lists = (self.listed, self.reviewed)
        shown = (lists, self.version, stamps, self.may_decide, self.visit.refused)
        return blake2b(repr(shown).encode(), digest_size=DIGEST_BYTES).hexdigest()


def read(learning: LearningService, visit: Visit) -> Learned:
    """Read it all.

    Raises
    ------
    StoreUnavailableError
        When the database does not answer.
    """
    return Learned(
        pending=learning.pending(),
        reviewed=learning.reviewed(),
        visit=visit,
        speeds=learning.speeds(),
        versions=learning.changes(),
        version=learning.version(),
        may_decide=may(Right.CURATE),
    )
