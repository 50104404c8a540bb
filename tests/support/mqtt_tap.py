"""A tap between ingest and its broker: passes bytes on and notes what ingest has acknowledged."""

import contextlib
import socket
import threading

PUBLISH, PUBACK, SUBACK = 3, 4, 9
QOS_MASK = 0x06


class MqttTap:
    """Listens on a port of its own, connects to the broker's, and reads MQTT on the way through."""

    def __init__(self, broker_port: int) -> None:
        self.acknowledged: list[bytes] = []
        self.subscribed = threading.Event()
        """Set once the broker keeps a session: what is sent before reaches nobody."""
        self._broker_port = broker_port
        self._stopping = threading.Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(0.2)
        self.port = int(self._server.getsockname()[1])
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stopping.set()
        self._thread.join()
        self._server.close()

    def _accept(self) -> None:
        while not self._stopping.is_set():
            with contextlib.suppress(TimeoutError):
                inner, _ = self._server.accept()
                threading.Thread(target=self._serve, args=(inner,), daemon=True).start()

    def _serve(self, inner: socket.socket) -> None:
        try:
            outer = socket.create_connection(("127.0.0.1", self._broker_port), timeout=5)
        except OSError:
            inner.close()
            return
        outer.settimeout(None)
        under_way: dict[int, bytes] = {}
        down = threading.Thread(
            target=_pass_on,
            args=(outer, inner, lambda *p: self._remember(under_way, *p)),
            daemon=True,
        )
        down.start()
        _pass_on(inner, outer, lambda *p: self._note(under_way, *p))
        down.join()

    def _remember(self, under_way: dict[int, bytes], kind: int, flags: int, body: bytes) -> None:
        if kind == SUBACK:
            self.subscribed.set()
        if kind == PUBLISH and flags & QOS_MASK:
            end = 2 + int.from_bytes(body[:2], "big")
            under_way[int.from_bytes(body[end : end + 2], "big")] = body[end + 2 :]

    def _note(self, under_way: dict[int, bytes], kind: int, _flags: int, body: bytes) -> None:
        if kind == PUBACK:
            found = under_way.pop(int.from_bytes(body[:2], "big"), None)
            if found is not None:
                self.acknowledged.append(found)


def _pass_on(source: socket.socket, target: socket.socket, see) -> None:
    """Copy until either side ends; each whole packet is shown (MQTT 3.1.1 framing)."""
    buffer = b""
    try:
        while data := source.recv(65536):
            buffer += data
            buffer = _packets(buffer, see)
            target.sendall(data)
    except OSError:
        pass  # a killed process or broker: the other side is closed below
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


def _packets(buffer: bytes, see) -> bytes:
    while True:
        length, used = _remaining(buffer)
        if length is None or len(buffer) < used + length:
            return buffer
        see(buffer[0] >> 4, buffer[0] & 0x0F, buffer[used : used + length])
        buffer = buffer[used + length :]


def _remaining(buffer: bytes) -> tuple[int | None, int]:
    """Return the remaining length of the first packet and where its body begins (MQTT 2.2.3)."""
    value, shift = 0, 0
    for place, byte in enumerate(buffer[1:5], start=1):
        value |= (byte & 0x7F) << shift
        if not byte & 0x80:
            return value, place + 1
        shift += 7
    return None, 0
