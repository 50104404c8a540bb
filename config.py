"""Settings of the product: `COCKPIT_*` variables, read by the composition roots only."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent
FIRST_PAGE = "first-page"
"""File in the state folder that the web process touches when it has served its first page."""
LIVE_MARKER = "live"
"""A file of this name in the state folder says: no simulation any more (verb `live`)."""

SPOOL, ARCHIVE = "spool", "archive"
"""Folders of what waits for the store, and of what has left it."""


UNCONNECTED: dict[str, Any] = {
    "database_url": "",
    "archive_dir": None,
    "broker_url": SecretStr(""),
    "mqtt_url": SecretStr(""),
    "webhook_token": SecretStr(""),
    "oidc_issuer": "",
    "replay_from": None,
    "channels_file": None,
    "emergency_dir": None,
}
"""What connects an installation with stores, sources and people; a private one has none of it."""


class Settings(BaseSettings):
    """All settings with their defaults; docs/operations.md explains each."""

    model_config = SettingsConfigDict(env_prefix="COCKPIT_", extra="ignore")

    state_dir: Path = ROOT / ".state"
    region: str = "myk"
    region_dir: Path | None = None
    database_url: str = Field(default="", repr=False)
    archive_dir: Annotated[Path | None, BeforeValidator(lambda value: value or None)] = None
    host: str = "127.0.0.1"
    port: int = Field(default=8050, ge=1, le=65535)
    web_workers: int = Field(default=1, ge=1, le=64)
    web_threads: int = Field(default=8, ge=1, le=64)
    offline: bool = False
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper)
    ] = "INFO"
    log_format: Literal["text", "json"] = "text"
    secret_key: SecretStr = SecretStr("")

    broker_url: SecretStr = SecretStr("")
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_roles: str = ""
    oidc_role_claim: str = "roles"
    oidc_name: str = "Anmeldedienst"
    oidc_trusts_second_factor: bool = False
    metrics_token: SecretStr = SecretStr("")

    mqtt_url: SecretStr = SecretStr("")
    mqtt_ca_file: Path | None = None
    mqtt_client_id: str = "regionalcockpit-ingest"
    mqtt_topics: str = "application/+/device/+/event/up,v3/+/devices/+/up"
    webhook_token: SecretStr = SecretStr("")
    spool_max_mb: int = Field(default=512, ge=1)

    emergency_dir: Annotated[Path | None, BeforeValidator(lambda value: value or None)] = None
    channels_file: Annotated[Path | None, BeforeValidator(lambda value: value or None)] = None
    outbox_max: int = Field(default=2000, ge=10, le=100_000)

    scenario: str = "2021-07"
    scenario_speed: float = Field(default=20.0, gt=0, le=3600)
    scenario_skip_min: float = Field(default=190.0, ge=0, le=2880)
    replay_from: AwareDatetime | None = None
    replay_speed: float = Field(default=1.0, gt=0, le=100_000)
    drill: bool = False
    drill_open: bool = False
    drill_port: int = Field(default=0, ge=0, le=65535)
    flood_members: int = Field(default=1000, ge=100, le=10_000)
    cycle_seconds: float = Field(default=60.0, gt=0, le=900)
    what_if_per_minute: int = Field(default=6, ge=1, le=600)
    keep_runs_days: int = Field(default=30, ge=1)
    keep_alerts_days: int = Field(default=90, ge=1)
    boundaries_url: str = (
        "https://daten.gdz.bkg.bund.de/produkte/vg/vg250_ebenen_0101/aktuell/"
        "vg250_01-01.utm32s.gpkg.ebenen.zip"
    )

    public_url: str = ""
    api_per_minute: int = Field(default=600, ge=1)
    trusted_proxies: int = Field(default=0, ge=0, le=8)
    contributor_id: str = ""

    operator: str = "Betreiber nicht eingetragen"
    imprint: str = ""
    privacy: str = ""

    def private(self, folder: Path) -> "Settings":
        """Return these settings on a folder of their own, without any real source or store."""
        return self.model_copy(update={"state_dir": folder, **UNCONNECTED})

    @model_validator(mode="after")
    def _drill_is_unconnected(self) -> "Settings":
        """Refuse a drill that knows anything of the real world: it must not reach anybody."""
        found = [
            name for name in UNCONNECTED if self.drill and getattr(self, name) != UNCONNECTED[name]
        ]
        if found:
            names = ", ".join(f"COCKPIT_{name.upper()}" for name in found)
            raise ValueError(f"eine Übung (COCKPIT_DRILL) darf {names} nicht haben")
        return self

    @property
    def base_url(self) -> str:
        """Address that absolute links begin with: `public_url`, else that of this machine."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def region_path(self) -> Path:
        """Folder of the region pack: `region_dir`, else the one shipped under data/regions."""
        return self.region_dir or ROOT / "data" / "regions" / self.region

    @property
    def is_demo(self) -> bool:
        """Tell whether values are simulated: no source is configured and nobody went live."""
        has_source = bool(self.mqtt_url.get_secret_value() or self.webhook_token.get_secret_value())
        return self.drill or not (has_source or (self.state_dir / LIVE_MARKER).exists())

    @property
    def next_drill_port(self) -> int:
        """Port of drills that are started beside this installation."""
        return self.drill_port or self.port % 65535 + 1

    @property
    def drill_dir(self) -> Path:
        """Folder of the drill that runs beside this installation, or ran last."""
        return self.state_dir / "uebung"

    @property
    def drill_reports(self) -> Path:
        """Folder of the evaluations of ended drills."""
        return self.state_dir / "uebungen"

    @property
    def origin(self) -> str:
        """Origin of what comes in: simulated, imported (a recording is replayed) or live."""
        if self.is_demo:
            return "simulated"
        return "live" if self.replay_from is None else "imported"

    @property
    def store_url(self) -> str:
        """URL of the database; the simulation has one of its own, always embedded."""
        return self.simulation_url if self.is_demo else self.real_url

    @property
    def real_url(self) -> str:
        """URL of the database of real operation."""
        return self.database_url or f"sqlite:///{self.state_dir / 'cockpit.sqlite'}"

    @property
    def simulation_url(self) -> str:
        """URL of the database that simulated values are written to."""
        return f"sqlite:///{self.state_dir / 'simulation.sqlite'}"

    @property
    def archive_path(self) -> Path:
        """Folder of the months that have left the database, shared by all hosts."""
        return self.folders(simulated=self.is_demo)[ARCHIVE]

    @property
    def spool_dir(self) -> Path:
        """Folder of the ingest spool; simulated messages never share one with real ones."""
        return self.folders(simulated=self.is_demo)[SPOOL]

    def folders(self, *, simulated: bool) -> dict[str, Path]:
        """Return spool and archive, by name, that belong to the simulated or the real store."""
        if simulated:
            return {name: self.state_dir / f"{name}-simulation" for name in (SPOOL, ARCHIVE)}
        return {
            SPOOL: self.state_dir / SPOOL,
            ARCHIVE: self.archive_dir or self.state_dir / ARCHIVE,
        }

    @property
    def emergency_path(self) -> Path:
        """Folder of the printed lists for when the network dies."""
        return self.state_dir / "notfall"

    @property
    def uploads_dir(self) -> Path:
        """Folder of tables that somebody has uploaded and not yet taken over."""
        return self.state_dir / "uploads"
