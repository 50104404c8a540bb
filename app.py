"""Web composition root: `create_app` for tests, `create_server` for gunicorn."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from dash import Dash, State, html
from dash.development.base_component import Component
from flask import Blueprint, Flask, request
from flask_compress import Compress

from api.area import area_blueprint
from api.body_size import limit_bodies
from api.boundaries import boundaries_blueprint
from api.bundles import Bundles, bundles_blueprint, make_bundles
from api.catalogue import catalogue_blueprint
from api.csv_files import csv_blueprint
from api.docs import docs_blueprint
from api.downloads import downloads_blueprint
from api.drill_mark import mark_drills
from api.emergency_files import emergency_blueprint
from api.external_sign_in import external_sign_in_blueprint
from api.first_page import watch_first_page
from api.gauges import gauges_blueprint
from api.guard import guard_callbacks, guard_pages
from api.health import health_blueprint
from api.identity import know_people
from api.journal_files import journal_blueprint
from api.lead_times import lead_times_blueprint
from api.limits import allow_reads_from_anywhere, limit_clients, trust_proxies
from api.measure_files import measures_blueprint
from api.metrics import count_requests
from api.ngsi_ld import ngsi_ld_blueprint
from api.observations import observations_blueprint
from api.open_api import make_server
from api.problems import handle_problems
from api.rain_pictures import rain_pictures_blueprint
from api.security import protect
from api.sensorthings import sensorthings_blueprint
from api.sign_in import sign_in_blueprint
from api.status import status_blueprint
from api.uplinks import create_blueprint
from api.warnings import warnings_blueprint
from background import background_manager
from components.shell import ids as shell
from components.shell.document import app_entry, index_string
from components.shell.frame import frame
from components.shell.registered import complete_titles, early_scripts, navigation, title_of
from components.shell.toast import show_error
from config import FIRST_PAGE, Settings
from services.container import services
from services.errors import CockpitError
from services.ingestion.spool import Spool
from services.people import identity
from services.tables.shelf import MAX_UPLOAD_BYTES

if TYPE_CHECKING:
    from celery import Celery
    from flask_openapi3.openapi import OpenAPI

BYTES_PER_MB = 1_000_000
NAME = "regionalcockpit"
IN_MEMORY = "memory://"
ROOT = Path(__file__).resolve().parent
COMPRESSED = (
    "text/html",
    "text/css",
    "text/javascript",
    "application/javascript",
    "application/json",
    "application/geo+json",
    "application/problem+json",
    "application/cap+xml",
    "application/atom+xml",
    "text/csv",
    "image/svg+xml",
)


class CockpitDash(Dash):
    """Dash with a German document: the title of each page is in the HTML already."""

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]  # Dash passes by name
        """Fill the template with our own loading line and the title of the requested page."""
        found = {
            "app_entry": app_entry(),
            "title": escape(title_of(request.path, services().site.title)),
            "css": parts.get("css", "") + early_scripts(request.path),
        }
        return str(super().interpolate_index(**{**parts, **found}))  # type: ignore[no-untyped-call]


def create_app(settings: Settings, celery: Celery | None = None) -> Dash:
    """Build the app around the installed services; nothing runs before the first request."""
    install_services_once(settings)
    bundles = make_bundles()
    app = _dash(settings, bundles, celery)
    app.index_string = index_string(bundles.theme, bundles.sign)
    complete_titles(services().site)
    app.layout = serve_frame
    server: OpenAPI = app.server
    know_people(server)
    guard_pages()
    guard_callbacks(app)
    serve_api(server, settings)
    for blueprint in (
        bundles_blueprint(bundles),
        status_blueprint(),
        health_blueprint(settings.metrics_token.get_secret_value()),
        csv_blueprint(),
        boundaries_blueprint(),
        rain_pictures_blueprint(),
        *message_blueprints(settings),
        catalogue_blueprint(),
        downloads_blueprint(),
        docs_blueprint(server),
        sign_in_blueprint(),
        external_sign_in_blueprint(),
        journal_blueprint(),
        emergency_blueprint(),
        measures_blueprint(),
    ):
        server.register_blueprint(blueprint)
    limit_clients(
        server, settings.api_per_minute, settings.broker_url.get_secret_value() or IN_MEMORY
    )
    server.config["COMPRESS_MIMETYPES"] = list(COMPRESSED)
    Compress(server)
    mark_drills(server)  # after the compression is registered: it runs before it
    limit_bodies(server, MAX_UPLOAD_BYTES)
    count_requests(server)
    protect(server, app.csp_hashes)
    return app


def serve_api(server: OpenAPI, settings: Settings) -> None:
    """Register the resources of /api/v1, who may ask how often, and how failures are said."""
    for blueprint in (
        gauges_blueprint(),
        observations_blueprint(),
        lead_times_blueprint(),
        warnings_blueprint(),
        area_blueprint(),
        sensorthings_blueprint(),
    ):
        server.register_api(blueprint)
    handle_problems(server)
    trust_proxies(server, settings.trusted_proxies)
    allow_reads_from_anywhere(server)


def create_server() -> Flask:
    """Build the server of one worker process and warm it up, so that it never starts cold."""
    settings = Settings()
    server: Flask = create_app(settings).server
    arm = watch_first_page(server, settings.state_dir / FIRST_PAGE)
    warm_up(server)
    arm()
    return server


def warm_up(server: Flask) -> None:
    """Ask for the document once: registers Dash's own callbacks and scripts before traffic."""
    with server.test_client() as client:
        client.get("/")
        client.get("/_dash-layout")
        client.get("/_dash-dependencies")


def install_services_once(settings: Settings) -> None:
    """Install the real services unless somebody (a test) has installed others."""
    try:
        services()
    except RuntimeError:
        from wiring_services import install_services  # noqa: PLC0415 - tests run without the real ones

        install_services(settings)


def message_blueprints(settings: Settings) -> list[Blueprint]:
    """Take messages by webhook into the spool; without a token there are no such addresses."""
    spool = Spool(settings.spool_dir, settings.spool_max_mb * BYTES_PER_MB)
    token = settings.webhook_token.get_secret_value()
    makers = (create_blueprint, ngsi_ld_blueprint)
    if settings.replay_from is None:
        return [make(spool, token) for make in makers]
    clock = services().situation.clock
    return [make(spool, token, now=clock.now, origin=settings.origin) for make in makers]


def serve_frame() -> Component:
    """Build the shell for each visit; Dash also asks for it once to validate callbacks."""
    found = services()
    remark = ""
    try:
        clock = found.situation.situation().clock
        if found.site.is_drill:
            remark = found.drills.desk.view().remark
    except CockpitError:
        clock = None
    who = identity.current()
    person = who.name if who.is_signed_in else ""
    return html.Div(frame(found.site, clock, navigation(), person, remark))


def _dash(settings: Settings, bundles: Bundles, celery: Celery | None) -> Dash:
    return CockpitDash(
        NAME,
        server=make_server(NAME, services().site.build),  # type: ignore[arg-type]  # says "bool"
        use_pages=True,
        pages_folder=str(ROOT / "pages"),
        assets_folder=str(ROOT / "assets"),
        assets_ignore=".*",
        external_stylesheets=list(bundles.styles),
        external_scripts=list(bundles.scripts),
        title="Regionalcockpit",
        update_title="",
        on_error=show_error,
        include_pages_meta=False,
        routing_callback_inputs={"page_path": State(shell.PAGES_LOCATION, "pathname")},
        background_callback_manager=background_manager(settings, celery),
    )
