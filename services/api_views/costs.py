"""What a file of a data set costs beside a read of the API."""

FILE_COSTS = 20
"""A file counts as so many reads: making one may take half a minute of a core (estimate)."""


def files_a_minute(per_minute: int) -> int:
    """Return how many files a client may take that may read so often a minute."""
    return max(per_minute // FILE_COSTS, 1)
