"""When an alarm may be closed, and with which outcome."""

from data.alarms import AlarmRow
from services.alarms.errors import AlarmRefusedError
from services.alarms.model import Evacuation, Outcome, Rule, Standing
from services.alarms.words import EVACUATION_WORDS, MISSED_RULE, OUTCOME_WORDS

JUDGED_RULES = (Rule.LEVEL.value, Rule.RISE.value, MISSED_RULE)
"""Only what foretells water is judged by whether water came."""
FOR_GOOD = frozenset({Rule.SILENT, Rule.LOST_RISING, Rule.DEVICE, Rule.BATTERY})
"""A gauge that the flood has taken stays silent: a person may close that with a note. The same
condition opens no new alarm until it was seen clear once (`AlarmKeeper`)."""
STILL_HOLDS = "Die Bedingung besteht noch: Der Alarm lässt sich erst danach abschließen."
NOT_BY_DATA = (
    "Das Ende ist nicht durch Messwerte belegt: Bitte notieren, warum der Alarm trotzdem"
    " abgeschlossen wird."
)


def outcomes_of(rule: str) -> tuple[Outcome, ...]:
    """Return what an alarm of a rule may turn out to be: only what foretells water can be late."""
    never = {Outcome.MISSED} if rule in JUDGED_RULES else {Outcome.MISSED, Outcome.LATE}
    return tuple(outcome for outcome in OUTCOME_WORDS if outcome not in never)


def known_outcome(rule: str, outcome: str) -> Outcome:
    """Return an outcome that an alarm of a rule may have.

    Raises
    ------
    AlarmRefusedError
        When it is none.
    """
    if outcome not in outcomes_of(rule):
        raise AlarmRefusedError(user_message="Bitte angeben, was aus dem Alarm geworden ist.")
    return Outcome(outcome)


def judged_outcome(row: AlarmRow, outcome: str) -> Outcome:
    """Return what a closed entry is judged to be; a flood without an alarm stays one.

    Raises
    ------
    AlarmRefusedError
        When it is none.
    """
    if row.outcome == Outcome.MISSED:
        return Outcome.MISSED
    return known_outcome(row.rule, outcome)


def known_evacuation(said: str) -> Evacuation:
    """Return whether there was an evacuation, as a person says it; nothing said is unknown.

    Raises
    ------
    AlarmRefusedError
        When it is none of the answers.
    """
    if said not in EVACUATION_WORDS:
        raise AlarmRefusedError(user_message="Bitte angeben, ob evakuiert wurde.")
    return Evacuation(said)


def outcome_of(row: AlarmRow, outcome: str, note: str) -> Outcome:
    """Return what a closing person says, if the alarm may be closed.

    Raises
    ------
    AlarmRefusedError
        When its condition still holds, when it ends without data and nobody says why, or when
        the outcome is missing.
    """
    if row.ended_at is None and row.standing == Standing.HOLDS and row.rule not in FOR_GOOD:
        raise AlarmRefusedError(user_message=STILL_HOLDS)
    if row.ended_at is None and not note:
        raise AlarmRefusedError(user_message=NOT_BY_DATA)
    if row.rule not in JUDGED_RULES and not outcome:
        return Outcome.UNCLEAR
    return known_outcome(row.rule, outcome)
