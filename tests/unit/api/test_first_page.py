from flask import Flask

from api.first_page import watch_first_page


def test_only_a_page_after_the_warm_up_counts(tmp_path):
    server, marker = Flask("test"), tmp_path / "first-page"
    server.add_url_rule("/", view_func=lambda: "<p>page</p>")
    server.add_url_rule("/data", "data", view_func=lambda: ({"a": 1}, 200))
    arm = watch_first_page(server, marker)
    client = server.test_client()
    client.get("/")
    assert not marker.exists()
    arm()
    client.get("/data")
    client.get("/nowhere")
    assert not marker.exists()
    client.get("/")
    assert marker.exists()
