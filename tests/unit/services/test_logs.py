import json
import logging

from services.logs import formatter


def line(form, **extra):
    record = logging.makeLogRecord(
        {"name": "worker", "levelname": "WARNING", "msg": "Fünf %s", "args": ("Pegel",), **extra}
    )
    return formatter(form).format(record)


def test_json_lines_carry_time_level_logger_message_and_extras():
    found = json.loads(line("json", run_id="r-1"))
    assert found["message"] == "Fünf Pegel"
    assert (found["level"], found["logger"], found["run_id"]) == ("WARNING", "worker", "r-1")
    assert found["time"].startswith("20")
    assert isinstance(found["process"], int)


def test_a_text_line_reads_from_time_to_message():
    assert line("text").endswith("WARNING worker: Fünf Pegel")
