"""The calls of the how-to page work as they stand there, against the served app."""

import re

import pytest
import requests

from tests.contract.docs.markdown import text_of
from tests.support.real_store import READINGS

PAGE = text_of("how-to/use-the-api.md")
LOCAL = "http://127.0.0.1:8050"
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.S)
CALLS = re.findall(rf"'{LOCAL}([^']+)'", PAGE)


@pytest.mark.parametrize("call", CALLS)
def test_a_call_with_curl_answers(served, call):
    answer = requests.get(served + call, timeout=10)
    assert answer.status_code == 200
    assert answer.json()["licence" if "licence" in answer.json() else "type"]


def test_the_python_example_reads_all_pages(served):
    names: dict[str, object] = {}
    exec(EXAMPLES[0].replace(LOCAL, served), names)  # noqa: S102  # our own page
    times = [row["phenomenon_time"] for row in names["readings"]]
    assert 90 < len(times) == len(set(times)) <= READINGS


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_sensorthings_example_reads_the_newest_values(served):
    names: dict[str, object] = {}
    exec(EXAMPLES[1].replace(LOCAL, served), names)  # noqa: S102  # our own page
    assert names["values"] == [1.0, 1.001, 1.002, 1.003, 1.004]
