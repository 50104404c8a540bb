"""What holds for the alarms of a region: its own file over the one of the product."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path

from data.region_pack.alarms import AlarmFile, ChainEntry, RuleEntry, load_alarms
from services.alarms.decision import Hysteresis
from services.alarms.escalation import Chain, Plan, QuietHours, Step
from services.alarms.model import Rule, Severity


@dataclass(frozen=True, slots=True)
class Policy:
    """Severities, rates (m/h), limits (unit by their name), hysteresis and chains."""

    severities: Mapping[Rule, Severity]
    in_flood: Mapping[Rule, Severity]
    rises: tuple[tuple[float, Severity], ...]
    limits: Mapping[str, float]
    hysteresis: Hysteresis
    plan: Plan
    disabled: frozenset[Rule] = frozenset()

    def severity(self, rule: Rule) -> Severity:
        """Return the severity of a rule that has one of its own."""
        return self.severities.get(rule, Severity.HINWEIS)

    def rise(self, m_per_h: float) -> Severity | None:
        """Return the severity of a rate of rise, None where it is below all limits."""
        found = [severity for limit, severity in self.rises if m_per_h >= limit]
        return max(found, key=lambda severity: severity.rank, default=None)


def shipped() -> AlarmFile:
    """Return the alarms that come with the product."""
    return load_alarms(Path(__file__).parent)


def make_policy(own: AlarmFile | None = None) -> Policy:
    """Return what holds in a region.

    Rules, limits and chains of the region replace those of the same key; rates of rise are
    replaced all together, as are the quiet hours.
    """
    base, own = shipped(), own or AlarmFile()
    rules: dict[str, RuleEntry] = {row.key: row for row in (*base.rule, *own.rule)}
    limits = {row.key: row.value for row in (*base.limit, *own.limit)}
    chains: dict[str, ChainEntry] = {row.severity: row for row in (*base.chain, *own.chain)}
    quiet = own.quiet or base.quiet
    return Policy(
        severities={
            Rule(key): Severity(row.severity) for key, row in rules.items() if row.severity
        },
        in_flood={
            Rule(key): Severity(row.severity_in_flood)
            for key, row in rules.items()
            if row.severity_in_flood
        },
        rises=tuple((row.m_per_h, Severity(row.severity)) for row in own.rise or base.rise),
        limits={str(key): value for key, value in limits.items()},
        hysteresis=Hysteresis(
            {Rule(key): timedelta(minutes=row.clear_min) for key, row in rules.items()},
            gap=timedelta(minutes=limits["gap_min"]),
        ),
        plan=Plan(
            {Severity(key): _chain(row) for key, row in chains.items()},
            QuietHours(time.fromisoformat(quiet.start), time.fromisoformat(quiet.end))
            if quiet
            else QuietHours(),
        ),
        disabled=frozenset(Rule(key) for key, row in rules.items() if not row.enabled),
    )


def _chain(row: ChainEntry) -> Chain:
    steps = tuple(
        Step(timedelta(minutes=step.after_min), step.group)
        for step in sorted(row.step, key=lambda step: step.after_min)
    )
    return Chain(steps, timedelta(minutes=row.repeat_min), row.repeats)
