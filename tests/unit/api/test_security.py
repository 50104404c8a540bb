from flask import Flask

from api.security import content_policy, protect


def make(hashes):
    server = Flask("test")
    protect(server, hashes)
    server.add_url_rule("/page", "page", lambda: "<p>x</p>")
    server.add_url_rule("/data", "data", lambda: {"x": 1})
    return server.test_client()


def test_hashes_are_asked_for_at_the_first_document_and_kept():
    asked = []

    def hashes():
        asked.append(1)
        return ["'sha256-abc'"]

    client = make(hashes)
    client.get("/data")
    assert asked == []
    first = client.get("/page").headers["Content-Security-Policy"]
    assert client.get("/page").headers["Content-Security-Policy"] == first
    assert asked == [1]
    assert "script-src 'self' 'sha256-abc'" in first


def test_every_answer_forbids_sniffing_and_tells_no_referrer():
    headers = make(list).get("/data").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Content-Security-Policy" not in headers


def test_without_hashes_only_our_own_scripts_run():
    assert "script-src 'self';" in content_policy([]) + ";"
