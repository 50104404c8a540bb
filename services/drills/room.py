"""What pages may ask for around drills."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from services.drills.booth import DrillBooth
from services.drills.desk import DrillDesk
from services.drills.errors import NotInDrillError
from services.drills.evaluation import Evaluation
from services.drills.evaluation_service import EvaluationService


@dataclass(frozen=True, slots=True)
class DrillRoom:
    """The booth of real operation, and the desk and evaluation of a running drill."""

    booth: DrillBooth
    desk: DrillDesk
    zone: ZoneInfo
    evaluating: EvaluationService | None = None

    def evaluation(self) -> Evaluation:
        """Return the running drill in figures.

        Raises
        ------
        NotInDrillError
            In real operation.
        """
        if self.evaluating is None:
            raise NotInDrillError
        return self.evaluating.evaluation(is_final=self.desk.view().is_over)
