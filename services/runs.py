"""What-if runs: asked for from a screen, bounded, computed in the background, kept as runs."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import audit, runs
from data.engine import writing
from services.clock import wall_now
from services.cycles import THRESHOLDS, CycleService, store_results
from services.errors import RunRefusedError, UnknownRunError
from services.flood.model import CycleResult, WhatIf
from services.people.identity import current, may
from services.people.model import Right
from services.rain import heard_rain
from services.run_results import village_result
from services.situation.model import RunView, VillageView, WhatIfRequest
from services.situation.villages import village_views
from services.storing import storing

MAX_RISE_M_PER_H = 2.0
"""Steeper than any rise reported here: 40 cm in 15 minutes on the Ahr in 2021."""
MAX_HOURS = 12.0
"""The horizon of the nowcast."""
GIVE_UP_AFTER = timedelta(minutes=2)
"""A what-if that has not ended by then is counted as lost (estimate: it takes seconds)."""
NOBODY = "öffentlich"
"""Who asked for a run without an account."""
ASKED_BY = "asked_by"
"""Id of the account that asked, kept with the run: names may be the same. Empty without one."""
NOT_YOURS = (
    "Diese Berechnung hat jemand anderes begonnen; abbrechen kann sie nur diese Person oder der"
    " Krisenstab. Sie dauert nur einige Sekunden."
)
Report = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class RunService:
    """Starts, executes, cancels and shows runs."""

    sessions: sessionmaker[Session]
    cycles: CycleService
    per_minute: int = 6
    wall: Callable[[], datetime] = wall_now

    def start_what_if(self, request: WhatIfRequest | None, requested_by: str) -> str:
        """Queue a what-if (None: compute again as it is) and return its run id.

        Raises
        ------
        RunRefusedError
            When one is running, too many were asked for, or the values are out of bounds.
        """
        parameters: dict[str, object] = {} if request is None else asdict(request)
        if request is not None:
            self._check(request)
        now = self.wall()
        run_id = str(uuid.uuid4())
        with storing(self.sessions) as session:
            if runs.count_open(session, runs.WHAT_IF, now - GIVE_UP_AFTER):
                raise RunRefusedError
            minute = timedelta(minutes=1)
            if runs.count_since(session, runs.WHAT_IF, now - minute) >= self.per_minute:
                raise RunRefusedError(
                    user_message=(
                        f"Es sind höchstens {self.per_minute} Berechnungen je Minute möglich. "
                        "Bitte versuchen Sie es gleich noch einmal."
                    )
                )
            newest = runs.newest_cycle(
                session, self.cycles.region.region_id, self.cycles.clock.epoch()
            )
            parameters["baseline_run"] = newest.run_id if newest else ""
            parameters[THRESHOLDS] = self.cycles.thresholds(session).name
            kept = {**parameters, ASKED_BY: current().person_id}
            runs.add(session, self._queued(run_id, kept, requested_by, now))
            audit.note(session, now, requested_by, "what-if", run_id, **parameters)
        return run_id

    def execute(self, run_id: str, report: Report) -> None:
        """Compute a queued what-if, reporting progress; a cancelled one stops between steps."""
        row = self._what_if(run_id)
        if not self._step(run_id, 0.1, "Messwerte werden gelesen", report):
            return
        with self.sessions() as session:
            series = self.cycles.series(session, row.as_of)
            previous = self.cycles.previous(session)
            network = self.cycles.network(session)
            rain = heard_rain(session, self.cycles.region, row.as_of)
        if not self._step(run_id, 0.4, "Wellenlauf wird gerechnet", report):
            return
        result = self.cycles.compute(
            series, previous, row.as_of, _overrides(row.parameters), network, rain
        )
        if not self._step(run_id, 0.8, "Ergebnis wird gespeichert", report):
            return
        self._finish(run_id, result)
        report(1.0, "Fertig")

    def fail(self, run_id: str, message: str) -> None:
        """Mark a run as failed with a sentence for the user."""
        with self.sessions() as session, session.begin():
            writing(session)
            runs.change(
                session, run_id, status=runs.FAILED, message=message, finished_at=self.wall()
            )

    def cancel(self, run_id: str) -> None:
        """Cancel a what-if that has not ended; an ended one stays as it is.

        What somebody with an account began only they end, or who may operate.

        Raises
        ------
        UnknownRunError
            When no such what-if is stored.
        RunRefusedError
            When somebody else began it.
        """
        row = self._what_if(run_id)
        is_own = row.parameters.get(ASKED_BY, "") in {"", current().person_id}
        if not is_own and not may(Right.OPERATE):
            raise RunRefusedError(user_message=NOT_YOURS)
        with storing(self.sessions) as session:
            runs.change(
                session,
                run_id,
                status=runs.CANCELLED,
                message="Abgebrochen",
                finished_at=self.wall(),
            )

    def get(self, run_id: str) -> RunView:
        """Return a run with its villages and those of the cycle that it is compared with.

        Raises
        ------
        UnknownRunError
            When no such run is stored.
        """
        row = self._need(run_id)
        baseline = str(row.parameters.get("baseline_run", ""))
        return self._view(
            row, self._villages(run_id, row.as_of), self._villages(baseline, row.as_of)
        )

    def recent(self, limit: int = 5) -> tuple[RunView, ...]:
        """Return the newest what-if runs without their villages."""
        with self.sessions() as session:
            found = runs.recent(session, self.cycles.region.region_id, runs.WHAT_IF, limit)
        return tuple(self._view(row, (), ()) for row in found)

    def _check(self, request: WhatIfRequest) -> None:
        gauge = self.cycles.region.network.gauges.get(request.gauge_id)
        if gauge is None:
            raise RunRefusedError(
                user_message="Für diesen Pegel gibt es keine Messwerte. Wählen Sie einen anderen."
            )
        limit = MAX_RISE_M_PER_H if gauge.unit == "m" else gauge.range_max
        in_bounds = 0.0 < request.rise_per_h <= limit and 0.0 < request.hours <= MAX_HOURS
        if not in_bounds:
            rise = f"{limit * 100:.0f} cm" if gauge.unit == "m" else f"{limit:.0f} {gauge.unit}"
            raise RunRefusedError(
                user_message=(
                    f"Erlaubt sind Anstiege bis {rise} je Stunde und eine Dauer bis "
                    f"{MAX_HOURS:.0f} Stunden, beides größer als null."
                )
            )

    def _queued(
        self, run_id: str, parameters: Mapping[str, object], requested_by: str, now: datetime
    ) -> runs.RunRow:
        return runs.RunRow(
            run_id=run_id,
            region_id=self.cycles.region.region_id,
            kind=runs.WHAT_IF,
            clock=self.cycles.clock.view().kind,
            status=runs.WAITING,
            progress=0.0,
            as_of=self.cycles.clock.now().astimezone(UTC),
            started_at=now,
            finished_at=None,
            model_version="",
            config_hash="",
            origin=self.cycles.origin,
            requested_by=requested_by,
            parameters=parameters,
            faults=(),
            message="Wartet",
        )

    def _step(self, run_id: str, progress: float, message: str, report: Report) -> bool:
        with self.sessions() as session, session.begin():
            writing(session)
            is_open = runs.change(
                session, run_id, status=runs.RUNNING, progress=progress, message=message
            )
        if is_open:
            report(progress, message)
        return is_open

    def _finish(self, run_id: str, result: CycleResult) -> None:
        with self.sessions() as session, session.begin():
            writing(session)
            is_open = runs.change(
                session,
                run_id,
                status=runs.DONE,
                progress=1.0,
                message="Fertig",
                finished_at=self.wall(),
                model_version=result.model_version,
                config_hash=result.config_hash,
                posterior_version=result.posterior_version,
                faults=list(result.faults),
            )
            if is_open:
                store_results(session, run_id, result)

    def _need(self, run_id: str) -> runs.RunRow:
        with self.sessions() as session:
            row = runs.by_id(session, run_id)
        if row is None or row.region_id != self.cycles.region.region_id:
            raise UnknownRunError(run_id)
        return row

    def _what_if(self, run_id: str) -> runs.RunRow:
        """Return a run that people may steer: cycles and verifications belong to the worker."""
        row = self._need(run_id)
        if row.kind != runs.WHAT_IF:
            raise UnknownRunError(run_id)
        return row

    def _villages(self, run_id: str, as_of: datetime) -> tuple[VillageView, ...]:
        with self.sessions() as session:
            details = runs.village_details(session, run_id)
        results = map(village_result, details)
        found = {(result.place_id, result.river_id): result for result in results}
        return village_views(self.cycles.region, found, as_of) if found else ()

    def _view(
        self,
        row: runs.RunRow,
        villages: tuple[VillageView, ...],
        baseline: tuple[VillageView, ...],
    ) -> RunView:
        lost = row.status in runs.OPEN and self.wall() - row.started_at > GIVE_UP_AFTER
        return RunView(
            run_id=row.run_id,
            kind=row.kind,
            status=runs.FAILED if lost else row.status,
            progress=row.progress,
            message="Die Berechnung ist nicht zu Ende gekommen." if lost else row.message,
            as_of=row.as_of,
            started_at=row.started_at,
            finished_at=row.finished_at,
            parameters={key: row.parameters[key] for key in row.parameters if key != ASKED_BY},
            villages=villages,
            baseline=baseline,
        )


def _overrides(parameters: Mapping[str, object]) -> dict[str, WhatIf]:
    gauge_id = parameters.get("gauge_id")
    if not isinstance(gauge_id, str):
        return {}
    rise, hours = float(str(parameters["rise_per_h"])), float(str(parameters["hours"]))
    return {gauge_id: WhatIf(gauge_id=gauge_id, rise_per_h=rise, hours=hours)}
