"""What was found, and what was covered: the second so that nobody believes more than is true."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum

from scan.browser import Sent


class Severity(IntEnum):
    """How bad: what reaches or changes somebody's data first."""

    HIGH = 3
    MEDIUM = 2
    LOW = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be. met: where in the code it is met, or should be."""

    severity: Severity
    kind: str
    door: str
    what: str
    sent: Sent
    met: str


@dataclass(slots=True)
class Report:
    """Findings, each kind at each door once, and counts of what was asked."""

    findings: dict[tuple[str, str], Finding] = field(default_factory=dict)
    again: Counter[tuple[str, str]] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    asked: set[tuple[str, str]] = field(default_factory=set)
    answers: Counter[int] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)
    no_rows: dict[str, set[str]] = field(default_factory=dict)
    tell: "Callable[[str], None]" = lambda _line: None

    def add(self, severity: Severity, kind: str, door: str, what: str, sent: Sent, met: str) -> None:
        """Keep a finding; the same kind at the same door is counted."""
        key = (kind, door)
        self.again[key] += 1
        if key not in self.findings:
            self.tell(f"{severity.name} {kind} at {door or 'no address of ours'}: {what} – {sent}")
        self.findings.setdefault(key, Finding(severity, kind, door, what, sent, met))

    def lines(self) -> list[str]:
        """Return the findings, the worst first, each with how to meet it again."""
        found = []
        for key, one in sorted(self.findings.items(), key=lambda item: (-item[1].severity, item[0])):
            times = f" × {self.again[key]}" if self.again[key] > 1 else ""
            found += [
                f"{one.severity.name:6} {one.kind} at {one.door or 'no address of ours'}{times}",
                f"       {one.what}",
                f"       again: {one.sent}",
                f"       met in: {one.met}",
            ]
        return found

    def summary(self, *, addresses: int, people: int) -> list[str]:
        """Return what was covered, in numbers."""
        doors = {door for _who, door in self.asked}
        statuses = ", ".join(f"{status}: {count}" for status, count in sorted(self.answers.items()))
        found = [
            f"covered: {len(doors)} of {addresses} addresses × {people} people ({len(self.asked)} pairs), "
            f"{sum(self.answers.values())} requests",
            f"answers by status: {statuses}",
            *(f"{name}: {count}" for name, count in sorted(self.counts.items())),
        ]
        if busy := self.answers[429]:
            found.append(f"NOT covered: {busy} requests met a limit of how often one may ask (429)")
        nowhere = set.intersection(*self.no_rows.values()) - doors if self.no_rows else set()
        if nowhere:
            found.append(f"NOT covered: the data has nothing to ask for at {', '.join(sorted(nowhere))}")
        return found + [f"NOT covered: {line}" for line in self.left_out]
