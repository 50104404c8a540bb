"""The list as recurring work."""

from datetime import timedelta

from services.emergency_list.keeper import NAME, EmergencyLists
from services.jobs.model import Job

EVERY = timedelta(minutes=15)


def emergency_job(lists: EmergencyLists) -> Job:
    """Return the writing of the list, every quarter of an hour."""
    return Job(NAME, EVERY, lists.write)
