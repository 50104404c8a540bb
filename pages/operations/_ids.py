"""Ids of the operations room, spelled once."""

PAGE = "operations"
HEADLINE = "operations-headline"
LEAD = "operations-lead"
FIGURES = "operations-figures"
ALARMS = "operations-alarms"
PLACES = "operations-places"
SILENT = "operations-silent"
POLL = "operations-poll"
VERSION = "operations-version"
DONE = "operations-done"
NOTE = "operations-note"
VERSIONS = "operations-versions"
SELECT = "operations-select"
TEXT = "operations-text"
TO = "operations-to"
OUTCOME = "operations-outcome"
COMMENT = "operations-comment"
ASSIGN = "operations-assign"
CLOSE = "operations-close"
FORM_NOTE = "operations-form-note"
FORM_DONE = "operations-form-done"

LEDGER_PAGE = "operations-ledger"
LEDGER_HEADLINE = "operations-ledger-headline"
LEDGER_LEAD = "operations-ledger-lead"
LEDGER_WORDS = "operations-ledger-words"
LEDGER_ONLY = "operations-ledger-only"
LEDGER_FIGURES = "operations-ledger-figures"
LEDGER_LIST = "operations-ledger-list"

ACT = "AlarmAct"


def act_id(part: object, alarm: object, version: object) -> dict[str, object]:
    """Return the id of a button that acts on one alarm as it was seen."""
    return {"component": ACT, "part": part, "alarm": alarm, "version": version}
