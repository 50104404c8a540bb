"""What ingestion passes along: uplinks, readings, and the reasons why something was not taken."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Reason(StrEnum):
    """Why a message or one property of it was rejected; the counters are kept by these codes."""

    BAD_JSON = "bad_json"
    NOT_FINITE = "not_finite"
    BAD_ENVELOPE = "bad_envelope"
    TOO_LARGE = "too_large"
    SIMULATED = "simulated"
    UNKNOWN_SOURCE = "unknown_source"
    UNKNOWN_DEVICE = "unknown_device"
    NO_TIME = "no_time"
    TIME_IN_FUTURE = "time_in_future"
    TIME_NOT_SET = "time_not_set"
    NO_PAYLOAD = "no_payload"
    DECODER = "decoder"
    MISSING = "missing"
    BAD_VALUE = "bad_value"
    BAD_UNIT = "bad_unit"
    SENTINEL = "sentinel"
    NEGATIVE = "negative"
    OUT_OF_RANGE = "out_of_range"
    NO_DATASTREAM = "no_datastream"
    INTERNAL = "internal"
    STORE = "store"


@dataclass(frozen=True, slots=True)
class Reception:
    """How one gateway heard an uplink."""

    gateway_id: str
    rssi: float | None = None
    snr: float | None = None


@dataclass(frozen=True, slots=True)
class Radio:
    """How an uplink went over the air, as far as the network server says."""

    spreading_factor: int | None = None
    frequency_hz: int | None = None
    receptions: tuple[Reception, ...] = ()


@dataclass(frozen=True, slots=True)
class Uplink:
    """One uplink, whichever network server it came through. `dev_eui` has 16 lower hex digits.

    Of the times, `gateway_time` is the gateway clock nearest to the network server's `event_time`;
    `device_time` is set only where the envelope itself carries the device's clock.
    """

    dev_eui: str
    network: str
    received_at: datetime
    dev_addr: str = ""
    f_cnt: int | None = None
    f_port: int | None = None
    payload: bytes | None = None
    object: dict[str, Any] | None = None
    device_time: datetime | None = None
    gateway_time: datetime | None = None
    event_time: datetime | None = None
    dedup_id: str | None = None
    rssi: float | None = None
    snr: float | None = None
    radio: Radio = Radio()


@dataclass(frozen=True, slots=True)
class Ignored:
    """A message that is in order but holds no reading (join, status, acknowledgement)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A message that could not be used; the sentence is German, `device` is what is known of it."""

    code: Reason
    reason: str
    device: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One value on its way to a datastream, in the stored unit; `raw_value` as the device said it.

    `time_note` is not empty where the value is kept but its time calls for suspicion.
    """

    datastream_key: str
    phenomenon_time: datetime
    result_time: datetime
    value: float
    raw_value: float
    origin: str
    time_note: str = ""


@dataclass(frozen=True, slots=True)
class PropertyReject:
    """One property of an uplink that could not be mapped, with its reason."""

    observed_property: str
    code: Reason
    reason: str
