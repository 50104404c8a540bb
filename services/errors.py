"""Expected failures: each carries one German sentence (what, where, what to do) for the user."""


class CockpitError(Exception):
    """An expected failure; everything else is a bug and goes to the error handler."""

    user_message = "Das hat nicht geklappt. Bitte versuchen Sie es noch einmal."

    def __init__(self, detail: str = "", *, user_message: str | None = None) -> None:
        super().__init__(detail or user_message or self.user_message)
        if user_message is not None:
            self.user_message = user_message


class UnknownGaugeError(CockpitError):
    """No gauge of this id exists in the region."""

    user_message = "Diesen Pegel gibt es in dieser Region nicht. Die Liste steht unter Gewässer."


class UnknownPlaceError(CockpitError):
    """No place of this id exists in the region."""

    user_message = "Diesen Ort gibt es in dieser Region nicht. Die Liste steht unter Gewässer."


class NoRunError(CockpitError):
    """No flood cycle has been stored yet."""

    user_message = (
        "Es liegt noch keine Berechnung vor. Die erste erscheint wenige Sekunden nach dem Start."
    )


class UnknownRunError(CockpitError):
    """No run of this id is stored."""

    user_message = "Diese Berechnung gibt es nicht (mehr). Starten Sie unter Gewässer eine neue."


class RunRefusedError(CockpitError):
    """A what-if run was refused: too many, too large or one is running."""

    user_message = "Gerade läuft schon eine Berechnung. Bitte warten Sie, bis sie fertig ist."


class UnknownLagError(CockpitError):
    """No travel time of this id is stored."""

    user_message = "Diese Laufzeit gibt es nicht (mehr). Die Liste steht unter Gewässer, Lernen."


class ReviewRefusedError(CockpitError):
    """A decision about a travel time was refused; the sentence says why."""

    user_message = "Diese Entscheidung über eine Laufzeit ist so nicht möglich."


class StoreUnavailableError(CockpitError):
    """The database is locked, missing or does not answer."""

    user_message = (
        "Die Datenbank antwortet nicht. Die Anzeige kann veraltet sein; es wird weiter versucht."
    )


class NotStoredError(StoreUnavailableError):
    """What a person entered could not be stored; nothing of it was."""

    user_message = (
        "Nicht gespeichert: Die Datenbank antwortet nicht. Bitte gleich noch einmal, und bis dahin"
        " auf Papier festhalten."
    )


class StoreFullError(NotStoredError):
    """What a person entered could not be stored, because the disk is full."""

    user_message = (
        "Nicht gespeichert: Der Datenträger ist voll. Bitte auf Papier festhalten und die"
        " Verwaltung des Cockpits rufen."
    )


class ImportFailedError(CockpitError):
    """A file or download could not be imported."""

    user_message = "Die Datei konnte nicht eingelesen werden."


class UnknownDatasetError(CockpitError):
    """The catalogue has no data set of this id, or not in this format."""

    user_message = "Diesen Datensatz gibt es hier nicht. Die Liste steht unter Daten."


class BadParameterError(CockpitError):
    """A parameter of a download has no possible value; the sentence says which and what may be."""

    user_message = "Ein Parameter der Adresse ist nicht möglich."


class BusyError(CockpitError):
    """So many large files are being made that this one must wait."""

    user_message = "Gerade werden schon mehrere große Dateien erstellt. Bitte gleich noch einmal."


class MissingToolError(CockpitError):
    """A verb needs a library that is for developers only and is not installed."""

    user_message = "Dafür fehlt ein Werkzeug; die Meldung nennt, was zu installieren ist."


class UnknownStreamError(CockpitError):
    """No datastream of this key is stored."""

    user_message = "Diese Messreihe gibt es nicht. Die Liste steht unter Daten, Datenprüfung."


class FlagRefusedError(CockpitError):
    """A flag by hand or a reprocessing was refused; the sentence says what is missing."""

    user_message = "So lässt sich dieser Zeitraum nicht kennzeichnen."


class UnknownResourceError(CockpitError):
    """The HTTP API has nothing of this id; the sentence says of what."""

    user_message = "Unter dieser Adresse gibt es nichts. Die Adressen stehen unter /api/v1/docs."
