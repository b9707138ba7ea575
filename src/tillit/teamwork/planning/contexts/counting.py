"""planning/counting.html: what proposals weigh in a team, and a way to change it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce import queries as workforce
from tillit.kernel import oslo
from tillit.kernel.errors import ChangedMeanwhile
from tillit.teamwork.planning import queries, words
from tillit.teamwork.planning.rules.counting import Step, Steps, Thing, edition
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Clash, ClashLine


@dataclass(frozen=True, slots=True)
class StepChoice:
    """Little, as usual or much."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ThingLine:
    """One thing that can count, and how much it does."""

    name: str
    text: str
    about: str
    steps: tuple[StepChoice, ...]


@dataclass(frozen=True, slots=True)
class CountingPage:
    """planning/counting.html."""

    unit_name: str
    things: tuple[ThingLine, ...]
    said: str = field(metadata={"help": "What counts, in a sentence"})
    changed: str = field(metadata={"help": "Who said so and when; empty when all is as usual"})
    may_change: bool
    save_href: str
    lists_href: str
    edition: int = field(metadata={"help": "Of the steps as they stand; a form sent with another is told of both"})
    clash: Clash | None = None


def counting_page(
    *, actor: Actor, unit: Unit, now: datetime, typed: Steps | None = None, changed: ChangedMeanwhile | None = None
) -> CountingPage:
    """Return the page. Callers have checked reach and permission.

    typed: the steps somebody chose and could not save, because somebody else was first (changed).
    """
    found = queries.what_counts(unit.pk)
    chosen, last = typed or found.steps, ""
    if found.changed_at is not None:
        people = workforce.marks(employee_ids=[found.changed_by_id] if found.changed_by_id else [], unit_id=unit.pk)
        who = people[found.changed_by_id].name if found.changed_by_id in people else _("Noen")
        when = formats.near_moment(found.changed_at, today=oslo.day_of(now), language=page_language())
        last = _("Endret av %(who)s %(when)s.") % {"who": who, "when": when}
    return CountingPage(
        unit_name=unit.name,
        things=tuple(
            ThingLine(
                name=thing,
                text=words.thing(thing),
                about=words.thing_about(thing),
                steps=tuple(StepChoice(step, words.step_word(step), step == chosen[thing]) for step in Step),
            )
            for thing in Thing
        ),
        said=words.counting(found.steps) or _("Alt teller som vanlig."),
        changed=last,
        may_change=queries.may_allocate(actor=actor, unit=unit, on=oslo.day_of(now)),
        save_href=reverse("planning:save-counting", args=(unit.pk,)),
        lists_href=reverse("planning:current", args=(unit.pk,)),
        edition=edition(found.steps),
        clash=_clash(unit, found.steps, chosen, changed) if changed else None,
    )


def _clash(unit: Unit, theirs: Steps, mine: Steps, changed: ChangedMeanwhile) -> Clash:
    return Clash(
        text=changed.text,
        lines=tuple(
            ClashLine(str(words.thing(thing)), words.step_word(theirs[thing]), words.step_word(mine[thing]))
            for thing in Thing
            if theirs[thing] != mine[thing]
        ),
        theirs_href=reverse("planning:counting", args=(unit.pk,)),
    )
