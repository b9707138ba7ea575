"""Pilots, and figures for them that a test decides itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import pytest

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.kernel.periods import Days
from tillit.learning.improvement import actions
from tillit.learning.improvement.models import Pilot
from tillit.learning.improvement.queries import figures
from tillit.learning.improvement.rules.benefits import Kind
from tillit.learning.improvement.rules.goals import Goal
from tillit.learning.insight.rules.indicators import Better, Indicator, Step
from tillit.learning.insight.rules.indicators import Unit as Measured
from tillit.learning.insight.rules.months import add_months
from tillit.learning.insight.rules.series import Point, Series

HELPERS = Indicator(
    code="K-1-28", version=1, name="Ulike hjelpere per bruker på 28 dager", question="Møter brukerne færre hjelpere?",
    why="Færre ansikter gir tryggere hjelp.", counted="Ulike ansatte hjemme hos hver bruker.", counts="brukere",
    source="Arbeidslistene", unit=Measured.PERSONS, better=Better.DOWN, step=Step.MONTH, chart="run", least=5,
    page="continuity", owner="Fjordvik", balanced_by=("T-3",),
)  # fmt: skip
DRIVING = replace(HELPERS, code="T-3", name="Kjøretid per besøk", unit=Measured.MINUTES, balanced_by=(), counts="besøk")
SICK = replace(HELPERS, code="B-1", name="Sykefravær", unit=Measured.SHARE, balanced_by=(), counts="ansatte")


def months(first: date, values: Sequence[float | None], *, n: int = 60, **rest: object) -> tuple[Point, ...]:
    """Return a month for each value, from the month that begins on `first`."""
    return tuple(
        Point(add_months(first, place), add_months(first, place + 1), value, 0 if value is None else n, **rest)  # type: ignore[arg-type]
        for place, value in enumerate(values)
    )


#: A benefit with everything that is mandatory.
SAID = actions.Said(
    goal=Goal.CITIZENS, kind=Kind.QUALITY, words="Brukerne møter færre ulike hjelpere", code="K-1-28", target=11,
    baseline=14, due_on=date(2027, 6, 30), owner="Teamleder Bekkedal",
)  # fmt: skip


@dataclass(slots=True)
class Told:
    """Figures a test has decided: points by unit and code. What is asked for is kept in `asked`."""

    known: tuple[Indicator, ...] = (HELPERS, DRIVING, SICK)
    points: dict[tuple[int, str], tuple[Point, ...]] = field(default_factory=dict)
    asked: list[tuple[tuple[int, ...], tuple[str, ...], Days]] = field(default_factory=list)
    for_all: bool = field(default=False, metadata={"help": "How the last was asked for"})

    def indicators(self) -> tuple[Indicator, ...]:
        """Those the test knows."""
        return self.known

    def series_of_units(
        self,
        *,
        actor: Actor,
        unit_ids: Sequence[int],
        codes: Sequence[str],
        within: Days,
        today: date,
        for_all: bool = False,
    ) -> Mapping[int, tuple[Series, ...]]:
        """The points within the days, of units the test has told of or not."""
        self.asked.append((tuple(unit_ids), tuple(codes), within))
        self.for_all = for_all
        after = within.after or date.max
        return {
            unit_id: tuple(
                Series(
                    one,
                    unit_id,
                    f"Team {unit_id}",
                    tuple(
                        point
                        for point in self.points.get((unit_id, one.code), ())
                        if within.first <= point.starts_on and point.ends_on <= after
                    ),
                )
                for one in self.known
                if one.code in codes
            )
            for unit_id in unit_ids
        }

    def answering(self, monkeypatch: pytest.MonkeyPatch) -> "Told":
        """Let the room read these figures, not those of insight, in one test."""
        monkeypatch.setattr(figures, "indicators", self.indicators)
        monkeypatch.setattr(figures, "series_of_units", self.series_of_units)
        return self

    def say(self, unit: Unit, first: date, by_code: Mapping[str, Sequence[float | None]]) -> None:
        """Decide the months of a unit from `first` on."""
        for code, values in by_code.items():
            self.points[unit.pk, code] = months(first, values)


def a_pilot(
    actor: Actor, unit: Unit, *teams: Unit, at: datetime, joined_on: date, variant: str = "MODEL_1", **rest: object
) -> Pilot:
    """Make a pilot by the product's own action."""
    wanted = {
        "name": "Tillitspiloten", "tries": "Teamet planlegger dagen selv.", "own_words": "", "is_order_drawn": False,
    } | rest  # fmt: skip
    return actions.make_pilot(
        actor=actor, unit_id=unit.pk, team_ids=[one.pk for one in teams], variant=variant, joined_on=joined_on, at=at,
        **wanted,  # type: ignore[arg-type]
    )  # fmt: skip


def measured(actor: Actor, pilot: Pilot, *, at: datetime) -> Pilot:
    """Choose helpers as the primary indicator for citizens."""
    return actions.choose_indicators(
        actor=actor, pilot_id=pilot.pk, edition=None, chosen={Goal.CITIZENS: ("K-1-28", "T-3")}, at=at
    )


def a_told_pilot(actor: Actor, unit: Unit, *, at: datetime, on: date) -> Pilot:
    """A pilot with a line of each kind in its log, which begins without a baseline and says why."""
    pilot = a_pilot(actor, unit, unit, at=at, joined_on=on)
    for kind, disturbance in (("ADJUSTED", ""), ("LEARNED", ""), ("DISTURBED", "LEADER")):
        actions.write_in_log(
            actor=actor, pilot_id=pilot.pk, kind=kind, disturbance=disturbance, team_id=None, happened_on=on,
            words="Møtet er flyttet til onsdag.", at=at,
        )  # fmt: skip
    actions.add_benefit(actor=actor, pilot_id=pilot.pk, edition=None, said=SAID, at=at)
    return actions.say_without_baseline(
        actor=actor, pilot_id=pilot.pk, edition=None, reason="Teamet begynte før Tillit.", at=at
    )
