"""The three servers of a full test run answer; where they are required, none may be missing."""

import os
import socket

import pytest
from sqlalchemy import text

from tests.support.requirements import absent
from tests.support.servers import require_server

PATIENCE_S = 3.0
MQTT_CONNECT = bytes.fromhex("100c00044d5154540402003c0000")
"""MQTT 3.1.1 CONNECT: clean session, 60 s keep alive, empty client id."""
MQTT_ACCEPTED = bytes.fromhex("20020000")


def answer(name: str, host: str, port: int, question: bytes) -> bytes:
    try:
        with socket.create_connection((host, port), timeout=PATIENCE_S) as connection:
            connection.sendall(question)
            return connection.recv(64)
    except OSError as error:
        absent(f"{name} does not answer on {host}:{port} ({error})")


@pytest.mark.redis
def test_redis_answers_a_ping():
    assert answer("Redis", "127.0.0.1", 6379, b"PING\r\n") == b"+PONG\r\n"


@pytest.mark.mqtt
def test_mosquitto_accepts_a_client():
    host = os.environ.get("COCKPIT_TEST_MQTT_HOST", "127.0.0.1")
    assert answer("Mosquitto", host, 1883, MQTT_CONNECT) == MQTT_ACCEPTED


@pytest.mark.postgres
def test_postgresql_answers_a_query(postgres_engine):
    require_server("PostgreSQL", 5432)
    with postgres_engine.connect() as connection:
        assert connection.scalar(text("select 1")) == 1
