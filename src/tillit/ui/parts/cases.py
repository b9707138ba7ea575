"""Who does what, may I decide, is it clear enough."""

from dataclasses import dataclass, field

from tillit.ui.parts.basics import Action
from tillit.ui.parts.part import Part


@dataclass(frozen=True, slots=True)
class Authority(Part):
    """May I decide this? Says why, also when the answer is no."""

    allowed: bool
    heading: str = field(metadata={"help": "«Du kan fatte dette vedtaket»"})
    because: str = field(metadata={"help": "«Fordi du er teamleder …»"})
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be clear, and the act that mends it when it is not."""

    text: str
    ok: bool
    note: str = ""
    action: Action | None = None

    @property
    def icon(self) -> str:
        """A tick or a triangle."""
        return "CheckmarkCircleFill" if self.ok else "ExclamationmarkTriangle"


@dataclass(frozen=True, slots=True)
class Checks(Part):
    """Is it clear enough? What is missing stands on top."""

    items: tuple[Check, ...]

    @property
    def missing_first(self) -> tuple[Check, ...]:
        """The same checks, what is missing first."""
        return tuple(sorted(self.items, key=lambda check: check.ok))


@dataclass(frozen=True, slots=True)
class Holder(Part):
    """Who holds a task in a model."""

    name: str
    icon: str = "PersonGroup"
    note: str = ""


@dataclass(frozen=True, slots=True)
class ResponsibilityRow:
    """One task with its holder in each model."""

    task: str
    left: Holder
    right: Holder
    note: str = ""
    row_id: str = field(default="", metadata={"help": "What others may link to"})

    @property
    def differs(self) -> bool:
        """True when the models place the task with different holders or on other terms."""
        return self.left != self.right


@dataclass(frozen=True, slots=True)
class ResponsibilityGroup:
    """Tasks under one heading."""

    title: str
    rows: tuple[ResponsibilityRow, ...]

    @property
    def different(self) -> int:
        """How many rows differ."""
        return sum(row.differs for row in self.rows)


@dataclass(frozen=True, slots=True)
class ResponsibilityTable(Part):
    """Two models side by side; same or different has its own column with a sign and a word."""

    caption: str
    left: str
    right: str
    groups: tuple[ResponsibilityGroup, ...]
    left_note: str = ""
    right_note: str = ""
    only_different: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a case."""

    label: str
    note: str = ""
    state: str = field(default="", metadata={"help": "done, current or empty"})
    href: str = ""


@dataclass(frozen=True, slots=True)
class Steps(Part):
    """The steps of a case, and where it is."""

    label: str
    steps: tuple[Step, ...]
