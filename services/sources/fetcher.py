"""The requests of one visit: within its time, with what is remembered of their answers."""

from collections.abc import Callable
from dataclasses import dataclass, field

from services.sources.errors import SourceUnavailableError
from services.sources.model import Answer, HttpGet, Request, Validators

VISIT_S = 300.0
"""Longest time in which a visit may begin another request: one may need dozens (estimate)."""


@dataclass(slots=True)
class Fetcher:
    """Fetches for one visit and remembers status and validators of what came.

    `seconds` is a clock that only rises, `began` its time when the visit began.
    """

    get: HttpGet
    known: Validators
    seconds: Callable[[], float]
    began: float
    status: int | None = None
    fresh: Validators = field(default_factory=Validators)

    def __call__(self, request: Request) -> Answer:
        """Return the answer to a request.

        Raises
        ------
        SourceUnavailableError
            When the visit has taken too long already, or as `get` says.
        """
        if self.seconds() - self.began > VISIT_S:
            raise SourceUnavailableError(f"der Abruf dauert länger als {VISIT_S / 60:.0f} Minuten")
        answer = self.get(request, self.known if request.is_conditional else Validators())
        self.status = answer.status
        if request.is_conditional:
            self.fresh = answer.validators
        return answer
