"""The state of sources as the page gets it, without a database."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from services.errors import StoreUnavailableError
from services.sources.views import SourceState, SourcesView, SourceView, WarningView

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def source(source_id: str, state: SourceState, age_min: float | None, **changes) -> SourceView:
    at = None if age_min is None else NOW - timedelta(minutes=age_min)
    base = SourceView(
        source_id=source_id,
        title=f"Quelle {source_id}",
        kind="PEGELONLINE",
        publisher="WSV",
        licence="DL-DE Zero 2.0",
        terms="",
        lacks_agreement=False,
        is_polled=True,
        state=state,
        success_at=at,
        next_at=None if at is None else NOW + timedelta(minutes=5),
        newest_at=at,
        items=12,
        failures=0,
        message="",
    )
    return replace(base, **changes)


def view() -> SourcesView:
    return SourcesView(
        now=NOW,
        is_paused=False,
        sources=(
            source("rhein", SourceState.OK, 3),
            source("radar", SourceState.FAILING, 9, failures=2, message="Status 503."),
            source("wetter", SourceState.STILL, 300),
            source("alt", SourceState.STALE, 4, newest_at=NOW - timedelta(days=3)),
            source("portal", SourceState.OFF, None, lacks_agreement=True),
        ),
        rejected={"time_in_future": 3, "bad_envelope": 7},
        warnings=(
            WarningView(
                "dwd",
                "Amtliche WARNUNG vor STARKREGEN",
                "Moderate",
                NOW,
                NOW + timedelta(hours=3),
                ("Mayen", "Polch"),
                "opendata@dwd.de",
                NOW,
            ),
        ),
    )


@dataclass
class FakeSources:
    found: SourcesView | None = None
    is_down: bool = False
    heard: str = "1"

    def version(self) -> str:
        return self.heard

    def view(self) -> SourcesView:
        if self.is_down:
            raise StoreUnavailableError
        return self.found or view()
