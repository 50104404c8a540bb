"""Ids of the alarm plan's page, spelled once."""

PAGE = "measures"
HEADLINE = "measures-headline"
LEAD = "measures-lead"
PROPOSALS = "measures-proposals"
STAGES = "measures-stages"
CLOSED = "measures-closed"
NOTE = "measures-note"
DONE = "measures-done"
ACTOR = "measures-actor"
FILES = "measures-files"
VERSIONS = "measures-versions"

STEP = "measures-step"
STATUS = "measures-status"
RESPONSIBLE = "measures-responsible"
TEXT = "measures-text"
CHECKED = "measures-checked"
CHANGE = "measures-change"
FORM_NOTE = "measures-form-note"
FORM_DONE = "measures-form-done"

RIVER = "measures-river"
LEVEL = "measures-level"
REASON = "measures-reason"
START = "measures-start"
STAGE = "measures-stage"
CLOSING = "measures-closing"
CLOSE = "measures-close"
STAGE_NOTE = "measures-stage-note"
STAGE_DONE = "measures-stage-done"

ACT = "MeasureAct"


def act_id(part: object, target: object, version: object) -> dict[str, object]:
    """Return the id of a button that starts a proposal or ticks off a measure as it was seen."""
    return {"component": ACT, "part": part, "target": target, "version": version}
