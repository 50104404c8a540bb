"""Couriers against real servers on this machine: accepted, refused, late or unreachable."""

import time
from email import message_from_string
from email.header import decode_header, make_header

import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from services.notifications.courier_process import CourierProcess
from services.notifications.model import Channel, Form, Outcome, Text
from tests.support.gateways import HttpGateway, SmtpGateway, opened
from tests.support.private_servers import free_port, mosquitto

pytestmark = [pytest.mark.slow]
TEXT = Text("Alarm: Hochwasser, Mayen", "Mayen ist gefährdet:\nnoch 38 Minuten.", "Alarm Mayen")
SMS = "?:to={address}&:message=text&:title=&:version=&:type=&:attachments="


@pytest.fixture
def http():
    with opened(HttpGateway) as gateway:
        yield gateway


@pytest.fixture
def smtp():
    with opened(SmtpGateway) as gateway:
        yield gateway


def deliver(url, address="+491715551234", form=Form.LONG, timeout_s=10.0):
    courier = CourierProcess(Channel("x", "X", form, url, timeout_s, 1))
    try:
        return courier.deliver(address, TEXT)
    finally:
        courier.stop()


def mail(smtp):
    url = f"mailto://127.0.0.1:{smtp.port}/?from=cockpit@example.org&to={{address}}&mode=insecure"
    return deliver(url, "dienst@example.org")


def test_a_mail_arrives_with_its_umlauts_and_the_queue_number_is_the_proof(smtp):
    result = mail(smtp)
    assert result.outcome is Outcome.ACCEPTED
    assert "queued as 1" in result.answer
    [(to, content)] = smtp.mails
    parsed = message_from_string(content)
    body = parsed.get_payload(decode=True).decode()
    assert to == ["dienst@example.org"]
    assert str(make_header(decode_header(parsed["Subject"]))) == TEXT.subject
    assert "Mayen ist gefährdet" in body


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [("550 5.1.1 unknown user", Outcome.REFUSED), ("421 4.3.2 later", Outcome.TEMPORARY)],
)
def test_a_mail_server_that_refuses_is_told_apart_for_good_or_for_now(smtp, reply, outcome):
    smtp.refuse_recipient = reply
    result = mail(smtp)
    assert result.outcome is outcome
    assert result.answer.startswith(f"SMTP {reply[:3]}")
    smtp.refuse_recipient, smtp.refuse_data = "", reply
    assert mail(smtp).outcome is outcome


def test_a_text_message_is_short_and_the_gateways_id_is_the_proof(http):
    url = f"json://nutzer:sehrgeheim@127.0.0.1:{http.port}/send{SMS}"
    result = deliver(url, form=Form.SHORT)
    assert (result.outcome, result.answer) == (Outcome.ACCEPTED, 'HTTP 200: {"id":"sms-7"}')
    assert '"to": "+491715551234"' in http.got[0][1]
    assert '"text": "Alarm Mayen"' in http.got[0][1]


@pytest.mark.parametrize(
    ("status", "headers", "outcome", "retry_after_s"),
    [
        (500, {}, Outcome.TEMPORARY, None),
        (503, {"Retry-After": "nonsense"}, Outcome.TEMPORARY, None),
        (429, {"Retry-After": "42"}, Outcome.TEMPORARY, 42.0),
        (401, {}, Outcome.TEMPORARY, None),
        (400, {}, Outcome.REFUSED, None),
    ],
)
def test_a_gateway_that_refuses_says_for_how_long(http, status, headers, outcome, retry_after_s):
    http.answer = (status, headers, b"nein")
    result = deliver(f"json://127.0.0.1:{http.port}/{SMS}")
    assert (result.outcome, result.retry_after_s) == (outcome, retry_after_s)
    assert result.answer == f"HTTP {status}: nein"


def test_an_answer_holds_neither_address_nor_password(http):
    http.answer = (500, {}, b"nutzer sehrgeheim an +491715551234 geht nicht")
    result = deliver(f"json://nutzer:sehrgeheim@127.0.0.1:{http.port}/{SMS}")
    assert "sehrgeheim" not in result.answer
    assert "491715551234" not in result.answer


def test_a_gateway_that_hangs_is_uncertain_after_its_time(http):
    http.hangs = True
    began = time.monotonic()
    result = deliver(f"json://127.0.0.1:{http.port}/{SMS}", timeout_s=1.0)
    assert result.outcome is Outcome.TIMEOUT
    assert time.monotonic() - began < 20


def test_a_courier_that_does_not_come_back_at_all_is_killed_and_replaced(http, monkeypatch):
    http.hangs = True
    monkeypatch.setattr("services.notifications.courier_process.SPARE_S", -0.9)
    channel = Channel("x", "X", Form.LONG, f"json://127.0.0.1:{http.port}/{SMS}", 1.0, 1)
    courier = CourierProcess(channel)
    assert courier.deliver("+49", TEXT).outcome is Outcome.TIMEOUT
    http.hangs, http.answer = False, (200, {}, b"ok")
    monkeypatch.setattr("services.notifications.courier_process.SPARE_S", 9.0)
    assert courier.deliver("+49", TEXT).outcome is Outcome.ACCEPTED
    courier.stop()


@pytest.mark.parametrize("scheme", ["json", "mailto", "mqtt"])
def test_nobody_there_is_not_uncertain(scheme):
    urls = {
        "json": f"json://127.0.0.1:{free_port()}/{SMS}",
        "mailto": f"mailto://127.0.0.1:{free_port()}/?from=a@example.org&to={{address}}",
        "mqtt": f"mqtt://127.0.0.1:{free_port()}/{{address}}",
    }
    result = deliver(urls[scheme], "dienst@example.org", timeout_s=5.0)
    assert result.outcome is Outcome.TEMPORARY


def test_an_address_that_no_channel_understands_is_refused():
    assert deliver("matrix:///{address}", "x").outcome is Outcome.REFUSED


@pytest.mark.mqtt
def test_a_message_reaches_a_broker(tmp_path):
    broker = mosquitto(tmp_path)
    broker.start()
    got = []
    client = paho.Client(CallbackAPIVersion.VERSION2)
    client.on_message = lambda _client, _data, message: got.append(message.payload.decode())
    client.connect("127.0.0.1", broker.port)
    client.subscribe("alarme/leitstelle", qos=1)
    client.loop_start()
    result = deliver(f"mqtt://127.0.0.1:{broker.port}/alarme/{{address}}?qos=1", "leitstelle")
    until = time.monotonic() + 10
    while not got and time.monotonic() < until:
        time.sleep(0.05)
    client.loop_stop()
    client.disconnect()
    broker.stop()
    assert result.outcome is Outcome.ACCEPTED
    assert "noch 38 Minuten" in got[0]


def test_a_form_reaches_its_gateway(http):
    result = deliver(f"form://127.0.0.1:{http.port}/{SMS}", form=Form.SHORT)
    assert result.outcome is Outcome.ACCEPTED
    assert "to=%2B491715551234" in http.got[0][1]
    assert "text=Alarm+Mayen" in http.got[0][1]
