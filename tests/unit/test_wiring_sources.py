"""When sources are polled: in real operation with a network, never else."""

import pytest

from config import Settings
from wiring import wire
from wiring_work import make_poller


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, False),
        ({"webhook_token": "t"}, True),
        ({"webhook_token": "t", "offline": True}, False),
    ],
)
def test_nothing_is_polled_in_the_simulation_or_offline(tmp_path, options, expected):
    wired = wire(Settings(state_dir=tmp_path, **{"offline": False, **options}))
    assert wired.polls_sources is expected
    enabled = [item.id for item in make_poller(wired).due()]
    assert enabled == ["pegelonline", "dwd-nuerburg", "dwd-radar", "dwd-warnungen", "lhp-warnungen"]
    wired.engine.dispose()
