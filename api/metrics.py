"""Prometheus metrics: requests of all web processes, and the ages that people act on.

The counters of several web processes meet in the folder that PROMETHEUS_MULTIPROC_DIR names; the
verb `web` sets it before this module is loaded.
"""

import os
import time
from collections.abc import Iterator

from flask import Flask, Response, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

from services.container import services
from services.errors import CockpitError
from services.health.model import Freshness

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
REQUESTS = Counter(
    "cockpit_http_requests", "Requests by route and status.", ("method", "route", "status")
)
DURATION = Histogram(
    "cockpit_http_request_seconds", "Time in the server by route.", ("route",), buckets=SECONDS
)


class FreshnessCollector(Collector):
    """Asks the store at each scrape; the same answer from whichever process is asked."""

    def collect(self) -> Iterator[Metric]:
        """Give the metrics; where the store does not answer only that is told."""
        try:
            found = services().health.freshness()
        except CockpitError:
            yield GaugeMetricFamily("cockpit_store_up", "Whether the database answers.", 0.0)
            return
        yield GaugeMetricFamily("cockpit_store_up", "Whether the database answers.", 1.0)
        yield from _of_runs(found)
        yield from _of_gauges(found)
        yield from _of_sources(found)
        yield from _of_spool(found)


def count_requests(server: Flask) -> None:
    """Count and time every request by its route, never by its address."""

    @server.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @server.after_request
    def count(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        REQUESTS.labels(request.method, route, str(response.status_code)).inc()
        if "began" in g:
            DURATION.labels(route).observe(time.perf_counter() - g.began)
        return response


def exposition() -> tuple[bytes, str]:
    """Return all metrics in the text format of Prometheus, and its content type."""
    registry = CollectorRegistry()
    if os.environ.get(SHARED_FOLDER):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(REGISTRY)
    registry.register(FreshnessCollector())
    return generate_latest(registry), CONTENT_TYPE_LATEST


def _of_runs(found: Freshness) -> Iterator[Metric]:
    stale = "1 where the flood calculation stands still."
    yield GaugeMetricFamily("cockpit_run_stale", stale, float(found.is_stale))
    if found.run_age_s is not None:
        yield GaugeMetricFamily(
            "cockpit_run_age_seconds", "Age of the newest flood cycle.", found.run_age_s
        )


def _of_gauges(found: Freshness) -> Iterator[Metric]:
    family = GaugeMetricFamily(
        "cockpit_reading_age_seconds",
        "Age of the newest reading; a gauge that never sent one is absent.",
        labels=("gauge",),
    )
    for gauge in found.gauges:
        if gauge.age_s is not None:
            family.add_metric((gauge.gauge_id,), gauge.age_s)
    yield family


def _of_sources(found: Freshness) -> Iterator[Metric]:
    for name, what in (("last_success_at", "success"), ("last_failure_at", "failure")):
        family = GaugeMetricFamily(
            f"cockpit_source_{what}_timestamp_seconds",
            f"Last {what} of a source, process or job.",
            labels=("source",),
        )
        for source in found.sources:
            at = getattr(source, name)
            if at is not None:
                family.add_metric((source.source,), at.timestamp())
        yield family
    refused = GaugeMetricFamily(
        "cockpit_rejected_messages", "Messages rejected in the last day.", labels=("reason",)
    )
    for reason, number in found.rejected_last_day.items():
        refused.add_metric((reason,), float(number))
    yield refused


def _of_spool(found: Freshness) -> Iterator[Metric]:
    spool = found.spool
    for name, what, value in (
        ("files", "Batches that wait for the database.", spool.files),
        ("bytes", "Bytes that wait for the database.", spool.used_bytes),
        ("limit_bytes", "Bytes at which nothing more is acknowledged.", spool.max_bytes),
        ("set_aside_files", "Batches kept aside for a person.", spool.set_aside),
        ("oldest_age_seconds", "Age of the oldest batch that waits.", spool.oldest_age_s or 0.0),
    ):
        yield GaugeMetricFamily(f"cockpit_spool_{name}", what, float(value))
