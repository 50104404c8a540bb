"""What can go wrong with a source, in words for the person who looks after it."""

from datetime import timedelta

from services.errors import CockpitError


class SourceUnavailableError(CockpitError):
    """A source does not answer, refuses, or sends more than it may."""

    user_message = "Die Quelle ist nicht erreichbar; es wird weiter versucht."

    def __init__(
        self, why: str, *, status: int | None = None, retry_after: timedelta | None = None
    ) -> None:
        super().__init__(why, user_message=f"Die Quelle ist nicht erreichbar: {why}.")
        self.status = status
        self.retry_after = retry_after


class SourceFormatError(CockpitError):
    """What a source sent is not in its format: nothing of it is used."""

    user_message = "Die Quelle liefert etwas anderes als vereinbart; nichts davon wird verwendet."

    def __init__(self, why: str) -> None:
        super().__init__(why, user_message=f"Die Antwort der Quelle ist nicht lesbar: {why}.")


class NotModified(Exception):  # noqa: N818  # no failure: the source has nothing new
    """The source answered that nothing has changed since the body we stored."""
