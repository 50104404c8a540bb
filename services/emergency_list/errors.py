"""What may go wrong with the printed list."""

from services.errors import CockpitError


class ListNotWrittenError(CockpitError):
    """The list could not be written to one of its folders; the sentence says where and why."""

    user_message = "Die Notfallliste konnte nicht geschrieben werden."


class NoListError(CockpitError):
    """No list has been written yet, or not on this host."""

    user_message = (
        "Es gibt hier noch keine Notfallliste. Sie entsteht alle 15 Minuten; bei mehreren Rechnern"
        " liegt sie dort, wo die wiederkehrenden Aufträge laufen."
    )
