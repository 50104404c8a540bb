import pytest

from data import recipients
from tests.support.sample_notifications import Office, recipient


@pytest.fixture
def office(sessions):
    made = Office(sessions)
    with sessions.begin() as session:
        recipients.add(session, made.region_id, [recipient(1)])
    yield made
    made.sender.close()
