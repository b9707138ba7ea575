"""What concerns one citizen: the voice, goals, visits, tasks, choices, alerts and continuity."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.forms import BoundField

from tillit.ui.parts.basics import Action, Deadline, Tag
from tillit.ui.parts.part import Part
from tillit.ui.parts.people import HelperMark


@dataclass(frozen=True, slots=True)
class MattersMore:
    """One more thing the citizen has said: what makes good days, what she would rather be without."""

    term: str
    text: str


@dataclass(frozen=True, slots=True)
class Matters(Part):
    """What matters to the citizen: only her own words. Opens everything about one citizen."""

    text: str = field(default="", metadata={"help": "Without « »: they are drawn. Empty: nobody has asked yet"})
    label: str = field(default="", metadata={"help": "«Hva er viktig for Astrid»"})
    size: Literal["", "sm", "line"] = ""
    more: tuple[MattersMore, ...] = ()
    foot: str = field(default="", metadata={"help": "When, by whom, when it is looked at again"})
    ask: str = field(default="", metadata={"help": "Nobody has asked: what to do about it"})
    ask_href: str = ""
    ask_link: str = ""

    @property
    def missing(self) -> bool:
        """True when nobody has asked."""
        return not self.text


@dataclass(frozen=True, slots=True)
class Goal(Part):
    """A goal in the citizen's words: where we began, where we are, where we are going."""

    words: str
    start: str
    now: str
    end: str
    value: float = field(metadata={"help": "How far from start, 0 to maximum"})
    maximum: float
    deadline: Deadline | None = None
    responsible: HelperMark | None = None
    note: str = field(default="", metadata={"help": "After the name: «hverdagsrehabilitering, uke 4 av 6»"})
    trend: str = field(default="", metadata={"help": "In words: «Lettere på 6 av de siste 8 turene»"})
    trend_direction: Literal["up", "flat", "down"] = "flat"
    href: str = ""
    level: Literal["h2", "h3", "h4"] = "h3"

    @property
    def svg_value(self) -> str:
        """The value as HTML wants it, with a point in every language."""
        return f"{self.value:g}"

    @property
    def svg_maximum(self) -> str:
        """The maximum as HTML wants it."""
        return f"{self.maximum:g}"

    @property
    def trend_icon(self) -> str:
        """TrendUp, TrendFlat or TrendDown."""
        return {"up": "TrendUp", "flat": "TrendFlat", "down": "TrendDown"}[self.trend_direction]


@dataclass(frozen=True, slots=True)
class Door(Part):
    """The way in. A code is never in the page: it is fetched by a press that is logged."""

    heading: str
    note: str = ""
    action: Action | None = None
    icon: str = "KeyHorizontal"


@dataclass(frozen=True, slots=True)
class VisitCard(Part):
    """The next visit on the phone: who, when, what matters, the way in, one big button. One per page."""

    id: str
    name: str
    place: str
    time: str = field(metadata={"help": "«08.40–09.10»: formats.period"})
    time_iso: str = ""
    label: str = field(default="", metadata={"help": "«Neste»"})
    travel: str = field(default="", metadata={"help": "«6 min å kjøre»"})
    matters: Matters | None = None
    tags: tuple[Tag, ...] = ()
    door: Door | None = None
    actions: tuple[Action, ...] = field(default=(), metadata={"help": "One or two; the first is the big one"})
    is_next: bool = True


@dataclass(frozen=True, slots=True)
class DayRow(Part):
    """One line of the day: a visit, a break or a meeting."""

    starts: str
    name: str
    ends: str = ""
    note: str = field(default="", metadata={"help": "What matters, with « »; or what it is"})
    href: str = field(default="", metadata={"help": "Empty for a break"})
    tags: tuple[Tag, ...] = ()
    state: Literal["", "done", "break"] = ""


@dataclass(frozen=True, slots=True)
class DayGap(Part):
    """The way between two visits."""

    text: str
    icon: str = "Car"


@dataclass(frozen=True, slots=True)
class DayList(Part):
    """The day, in order."""

    items: tuple[DayRow | DayGap, ...]


@dataclass(frozen=True, slots=True)
class Task(Part):
    """One thing to do in a visit: a tick box big enough for a thumb in a glove."""

    id: str
    name: str
    field_name: str
    value: str = "on"
    note: str = ""
    goal: str = field(default="", metadata={"help": "The goal it serves: «Mål 1: postkassa»"})
    checked: bool = False


@dataclass(frozen=True, slots=True)
class TaskList(Part):
    """What to do in a visit."""

    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class ChoiceOption:
    """One big tile."""

    value: str
    label: str
    icon: str = ""
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Choices(Part):
    """Big choices, one or many, for the phone and for surveys."""

    legend: str
    field_name: str
    options: tuple[ChoiceOption, ...]
    many: bool = False
    columns: Literal[1, 2, 3] = 1
    hidden_legend: bool = False
    id: str = ""
    error: str = ""
    required: bool = False

    @classmethod
    def of(
        cls,
        bound: BoundField,
        icons: Mapping[str, str] | None = None,
        *,
        many: bool = False,
        columns: Literal[1, 2, 3] = 1,
        hidden_legend: bool = False,
    ) -> "Choices":
        """The tiles of a form's choice field; icons: value → icon name."""
        chosen = bound.value()
        values = {str(value) for value in chosen} if many and chosen else {str(chosen)}
        field_choices = getattr(bound.field, "choices", ())
        return cls(
            legend=str(bound.label),
            field_name=bound.html_name,
            options=tuple(
                ChoiceOption(str(value), str(label), (icons or {}).get(str(value), ""), str(value) in values)
                for value, label in field_choices
                if value != ""
            ),
            many=many,
            columns=columns,
            hidden_legend=hidden_legend,
            id=bound.auto_id or bound.html_name,
            error=" ".join(str(error) for error in bound.errors),
            required=bound.field.required and not many,
        )


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One warning: the word that matters, then the rest."""

    strong: str
    text: str
    icon: str = "ExclamationmarkTriangle"


@dataclass(frozen=True, slots=True)
class AlertLines(Part):
    """Allergies, falls, infection: what one must know before going in."""

    items: tuple[AlertLine, ...]
    label: str = field(metadata={"help": "Name for screen readers: «Dette må du vite»"})


@dataclass(frozen=True, slots=True)
class StripCell:
    """One visit in the continuity strip."""

    mark: HelperMark | None = field(metadata={"help": "None for a visit that was called off"})
    title: str = field(metadata={"help": "«Kari Nilsen, tirsdag 24.11. kl. 08.15»"})
    kind: Literal["", "planned", "gone"] = ""

    @property
    def shown_kind(self) -> str:
        """What the cell looks like: a temp keeps the ring also when the visit is planned."""
        if self.kind == "gone" or self.mark is None:
            return "gone"
        return "temp" if self.mark.kind == "temp" else self.kind


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day in the continuity strip, earliest visit first."""

    on: date
    visits: tuple[StripCell, ...]


@dataclass(frozen=True, slots=True)
class StripColumn:
    """A day as it is drawn."""

    day: StripDay
    month_wide: bool
    month_narrow: bool
    weekend: bool
    monday: bool
    today: bool
    wide_only: bool


@dataclass(frozen=True, slots=True)
class Strip(Part):
    """Who came, day by day: one column per day, one cell per visit. A calm strip is few faces.

    28 days on a desk, the last 14 of them on a phone. The sentence under it gives the number.
    """

    label: str = field(metadata={"help": "«Besøk dag for dag, med hvem som kom»"})
    days: tuple[StripDay, ...]
    today: date
    short: bool = field(default=False, metadata={"help": "True: narrow columns, for a week in a table"})

    @property
    def columns(self) -> tuple[StripColumn, ...]:
        """The days with what the template must know: where months and weeks begin, what a phone leaves out."""
        first_on_phone = max(0, len(self.days) - 14)
        return tuple(
            StripColumn(
                day=day,
                month_wide=index == 0 or day.on.day == 1,
                month_narrow=index == first_on_phone and index > 0 and day.on.day != 1,
                weekend=day.on.weekday() >= 5,
                monday=day.on.weekday() == 0 and index > 0,
                today=day.on == self.today,
                wide_only=index < first_on_phone,
            )
            for index, day in enumerate(self.days)
        )

    def count_by_helper(self) -> tuple[tuple[HelperMark, int], ...]:
        """Each helper with number of visits, most first: for the key under the strip."""
        marks = [cell.mark for day in self.days for cell in day.visits if cell.mark and cell.kind != "gone"]
        return tuple(Counter(marks).most_common())
