"""Sheets of paper: the work list of one helper."""

from dataclasses import dataclass, field

from tillit.ui.parts.part import Part


@dataclass(frozen=True, slots=True)
class WorklistLine:
    """One line: a visit, a break or a meeting. First name and initial only; never a code."""

    time: str
    who: str
    where: str
    words: str = field(default="", metadata={"help": "What matters, without « »"})
    tasks: tuple[str, ...] = ()
    warning: str = ""


@dataclass(frozen=True, slots=True)
class WorklistSheet(Part):
    """One A4 for one helper and one shift."""

    helper: str
    day: str = field(metadata={"help": "«Tirsdag 24. november 2026, dag 07.30–15.00»"})
    team: str
    duty_phone: str
    lines: tuple[WorklistLine, ...]
    printed: str = field(metadata={"help": "«24.11.2026 kl. 07.44 av Kari Nilsen»"})
    page: int = 1
    pages: int = 1
