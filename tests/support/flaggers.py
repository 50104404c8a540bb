"""A flagger made of one function, for tests that decide the flags themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from services.quality.verdict import SOURCE, Verdict


@dataclass(frozen=True)
class FunctionFlagger:
    found: Callable[..., tuple[int, str]]
    digest: str = "test"

    def judge(self, key: str, recent: Any, reading: Any) -> Verdict:
        flag, reason = self.found(key, recent, reading)
        return Verdict(flag, reason, SOURCE if reason else "")

    def look_back(self, _key: str, _recent: Any) -> None:
        return None
