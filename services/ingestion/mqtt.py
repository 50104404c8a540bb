"""MQTT receiver: acknowledges a message only after the spool has it on disk.

The session is persistent (fixed client id, QoS 1): what the broker could not deliver or we did not
acknowledge comes again. Never two receivers with one client id: the broker throws the first out.
"""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from services.ingestion.group_commit import Delivery, GroupCommit
from services.ingestion.mqtt_settings import MqttSettings
from services.ingestion.sources import source_of
from services.ingestion.spool import Spool
from services.ingestion.spooled import SpooledMessage, oversized

KEEPALIVE_S = 30
RECONNECT_FIRST_S = 1
RECONNECT_LAST_S = 60
SESSION_EXPIRY_S = 7 * 24 * 3600
QOS = 1
RECEIVE_MAXIMUM = 2000
"""Messages that a broker may send before we acknowledge (MQTT 5): with Mosquitto's usual 20 a flush
to disk would be shared by 20 at most. For MQTT 3.1.1 the broker's own setting holds."""

logger = logging.getLogger(__name__)


def utc_now() -> datetime:
    """Return the wall clock's instant."""
    return datetime.now(UTC)


class MqttReceiver:
    """Takes uplinks from a broker into the spool, between `start` and `stop`."""

    def __init__(
        self,
        settings: MqttSettings,
        spool: Spool,
        now: Callable[[], datetime] = utc_now,
        origin: str = "live",
    ) -> None:
        self._settings = settings
        self._now = now
        self._origin = origin
        self._connection = 0
        self._is_stopping = False
        self._committer = GroupCommit(spool, self._acknowledge)
        self._client = self._make_client()
        self.ready = threading.Event()

    def start(self) -> None:
        """Connect and keep connected, in threads of our own; a broker that is away is no error."""
        self._committer.start()
        settings = self._settings
        if settings.is_version_5:
            properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]  # paho's
            properties.SessionExpiryInterval = SESSION_EXPIRY_S
            properties.ReceiveMaximum = RECEIVE_MAXIMUM
            self._client.connect_async(
                settings.host, settings.port, KEEPALIVE_S, clean_start=False, properties=properties
            )
        else:
            self._client.connect_async(settings.host, settings.port, KEEPALIVE_S)
        self._client.loop_start()

    def stop(self) -> None:
        """Put what has arrived on disk, acknowledge it, and leave; the broker keeps the session."""
        self._is_stopping = True
        self._committer.stop()
        self._client.disconnect()
        self._client.loop_stop()

    def _make_client(self) -> paho.Client:
        settings = self._settings
        is_new = settings.is_version_5
        client = paho.Client(
            CallbackAPIVersion.VERSION2,
            client_id=settings.client_id,
            clean_session=None if is_new else False,
            protocol=MQTTProtocolVersion.MQTTv5 if is_new else MQTTProtocolVersion.MQTTv311,
            manual_ack=True,
        )
        if settings.username:
            client.username_pw_set(settings.username, settings.password or None)
        if settings.is_encrypted:
            client.tls_set(ca_certs=settings.ca_file or None)
        client.reconnect_delay_set(RECONNECT_FIRST_S, RECONNECT_LAST_S)
        client.on_connect = self._on_connect
        client.on_connect_fail = self._on_connect_fail
        client.on_disconnect = self._on_disconnect
        client.on_subscribe = self._on_subscribe
        client.on_message = self._on_message
        return client

    def _on_connect(
        self,
        client: paho.Client,
        _userdata: object,
        flags: paho.ConnectFlags,
        reason: ReasonCode,
        _properties: Properties | None,
    ) -> None:
        if reason.is_failure:
            logger.error("MQTT-Broker %s lehnt ab: %s", self._settings.address, reason)
            return
        self._connection += 1
        kept = "fortgesetzt" if flags.session_present else "neu"
        logger.info("MQTT-Broker %s verbunden, Sitzung %s", self._settings.address, kept)
        client.subscribe([(topic, QOS) for topic in self._settings.topics])

    def _on_connect_fail(self, _client: paho.Client, _userdata: object) -> None:
        logger.warning("MQTT-Broker %s antwortet nicht, neuer Versuch", self._settings.address)

    def _on_disconnect(
        self,
        _client: paho.Client,
        _userdata: object,
        _flags: paho.DisconnectFlags,
        reason: ReasonCode,
        _properties: Properties | None,
    ) -> None:
        self.ready.clear()
        if not self._is_stopping:
            logger.warning("MQTT-Verbindung zu %s getrennt: %s", self._settings.address, reason)

    def _on_subscribe(
        self,
        _client: paho.Client,
        _userdata: object,
        _mid: int,
        reasons: list[ReasonCode],
        _properties: Properties | None,
    ) -> None:
        for topic, reason in zip(self._settings.topics, reasons, strict=False):
            if reason.is_failure:
                logger.error("MQTT-Thema %s wird verweigert: %s", topic, reason)
        self.ready.set()

    def _on_message(
        self, _client: paho.Client, _userdata: object, received: paho.MQTTMessage
    ) -> None:
        message = self._spooled(received)
        self._committer.take(Delivery(message, received.mid, received.qos, self._connection))

    def _spooled(self, received: paho.MQTTMessage) -> SpooledMessage:
        try:
            topic = received.topic
        except UnicodeDecodeError:
            topic = ""
        body, at = bytes(received.payload), self._now()
        if len(body) > self._settings.max_body_bytes:
            logger.warning("MQTT-Nachricht mit %d Bytes ist zu groß", len(body))
            return oversized(source_of(topic), topic, at, body, len(body), self._origin)
        return SpooledMessage(source_of(topic), topic, at, body, self._origin)

    def _acknowledge(self, delivery: Delivery) -> None:
        """Acknowledge to the connection that delivered it; a later one counts its ids anew."""
        if delivery.qos and delivery.connection == self._connection:
            self._client.ack(delivery.mid, delivery.qos)
