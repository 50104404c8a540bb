"""What the page on learning shows, read at once, with a fingerprint of it."""

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import blake2b

from services.flood.learning.service import LearningService
from services.flood.learning.views import LagView, ReachSpeeds, VersionView

DIGEST_BYTES = 8


@dataclass(frozen=True, slots=True)
class Learned:
    """Everything on the page; `kept` are those decided on this visit, which keep their rows."""

    pending: tuple[LagView, ...]
    reviewed: tuple[LagView, ...]
    kept: frozenset[str]
    speeds: tuple[ReachSpeeds, ...]
    versions: tuple[VersionView, ...]
    version: str
    may_decide: bool

    @property
    def listed(self) -> tuple[LagView, ...]:
        """Return the rows of the list of proposals: open ones and those just decided."""
        return (*self.pending, *(lag for lag in self.reviewed if lag.lag_id in self.kept))

    @property
    def fingerprint(self) -> str:
        """Return what changes with anything shown: a table is replaced only then.

        Cycles come every minute; replacing tables then would take away the focus and the line
        that says why a decision was refused.
        """
        stamps = [item.created_at for item in self.versions]
        shown = (self.listed, self.reviewed, self.version, stamps, self.may_decide)
        return blake2b(repr(shown).encode(), digest_size=DIGEST_BYTES).hexdigest()


def read(learning: LearningService, kept: Collection[str]) -> Learned:
    """Read it all.

    Raises
    ------
    StoreUnavailableError
        When the database does not answer.
    """
    return Learned(
        pending=learning.pending(),
        reviewed=learning.reviewed(),
        kept=frozenset(kept),
        speeds=learning.speeds(),
        versions=learning.changes(),
        version=learning.version(),
        may_decide=learning.may_review_on_the_web,
    )
