"""stays/stay.html: one stay, what is done about it, and coming home."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.careplans.queries import interventions_in_use
from tillit.care.citizens.models import StayStep
from tillit.care.citizens.permissions import READ_CITIZEN
from tillit.care.citizens.queries.colleagues import colleagues_of
from tillit.care.citizens.queries.stays import NextStep, StayLine, stay_line
from tillit.care.citizens.rules.stays import IN_BEDS
from tillit.care.journal.permissions import WRITE_NOTE
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds, require
from tillit.foundation.organisation.queries import get_unit, scope_of
from tillit.foundation.responsibility.contexts.routing import WhyHere, holder_in_words, why_here
from tillit.kernel import oslo
from tillit.pages.stays.contexts.reading import read_for
from tillit.pages.stays.contexts.rows import StayRow, offers, stay_row
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Action, Crumb, Crumbs, Fact, Facts

MOST_WORDS = 5
USUAL_HOUR = time(14)


@dataclass(frozen=True, slots=True)
class Word:
    """What was written in the journal while she was away."""

    text: str
    by: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """What begins again."""

    title: str
    when: str


@dataclass(frozen=True, slots=True)
class StayPage:
    """stays/stay.html."""

    unit_id: int
    whereabouts_id: int
    citizen_id: int
    crumbs: Crumbs
    row: StayRow
    offers: tuple[Action, ...]
    facts: Facts
    words: tuple[Word, ...]
    ready: Action | None
    why: WhyHere | None
    ended: tuple[str, ...] = field(metadata={"help": "Steps that are done, newest first"})
    plan: tuple[PlanLine, ...]
    plan_fits: Action | None = field(metadata={"help": "«Planen passer»; None when nobody is asked to look"})
    is_followed: bool = field(metadata={"help": "False for a journey: nothing is to be done about it"})
    is_home: bool
    may_write: bool
    may_note: bool
    may_send_home: bool
    colleagues: tuple[tuple[int, str], ...] = field(repr=False)
    usual_owner: int | None
    usual_day: date
    usual_clock: time
    edition: int


def stay_page(*, actor: Actor, unit_id: int, whereabouts_id: int, at: datetime) -> StayPage:
    """Return the page of one stay. Raises NotFound, NotAllowed."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    require(actor, READ_CITIZEN, scope_of(unit))
    line = stay_line(actor=actor, unit_id=unit_id, whereabouts_id=whereabouts_id, at=at)
    read = read_for([line], actor=actor, unit=unit, at=at)
    today = oslo.day_of(at)
    row = stay_row(line, read, at=at, on_list=False)
    plan_step = next((step for step in line.steps if step.kind == StayStep.PLAN), None)
    args = [unit.pk, line.whereabouts_id]
    home_at = line.to_at
    return StayPage(
        unit_id=unit.pk,
        whereabouts_id=line.whereabouts_id,
        citizen_id=line.citizen_id,
        crumbs=Crumbs(
            (
                Crumb(_("Brukere"), reverse("citizens:list")),
                Crumb(_("Ikke hjemme"), reverse("stays:list", args=[unit.pk])),
                Crumb(line.citizen_name),
            )
        ),
        row=row,
        offers=offers(line, read, today=today, on_list=False),
        facts=_facts(line, row, at=at),
        words=tuple(
            Word(one.content.text, f"{one.author_name}, {_when(one.happened_at, today)}")
            for one in read.words.get(line.whereabouts_id, ())[:MOST_WORDS]
        ),
        ready=_ready(line, args) if read.may_write and line.kind in IN_BEDS and not line.is_home(at) else None,
        why=why_here(line.routed, what=_("Oppfølgingen"), question=_("Hvorfor dem?")) if line.routed else None,
        ended=tuple(_ended(step, today) for step in line.ended),
        plan=tuple(PlanLine(one.title, one.when_text) for one in interventions_in_use(line.citizen_id)),
        plan_fits=Action(
            _("Planen passer"), reverse("stays:done", args=args), post=True, fields={"step": str(plan_step.step_id)},
            icon="Checkmark", tight=True,
        )
        if plan_step and read.may_write
        else None,
        is_followed=line.kind in IN_BEDS,
        is_home=line.is_home(at),
        may_write=read.may_write,
        may_note=holds(actor, WRITE_NOTE, scope_of(unit)),
        may_send_home=read.may_send_home,
        colleagues=tuple((one.employee_id, one.name) for one in colleagues_of(line.citizen_id, on=today)),
        usual_owner=line.answers_id,
        usual_day=oslo.day_of(home_at) if home_at else today,
        usual_clock=oslo.clock_of(home_at).replace(second=0, microsecond=0) if home_at else USUAL_HOUR,
        edition=line.edition,
    )  # fmt: skip


def _facts(line: StayLine, row: StayRow, *, at: datetime) -> Facts:
    today = oslo.day_of(at)
    found = [Fact(_("Borte fra"), f"{_when(line.from_at, today)} ({row.since})")]
    if line.ready_at:
        found.append(Fact(_("Meldt utskrivningsklar"), _when(line.ready_at, today)))
    if line.to_at:
        found.append(Fact(_("Hjem"), _when(line.to_at, today)))
    if line.kind in IN_BEDS:
        found.append(Fact(_("Svarer for brukeren"), row.answers or _("Ingen er valgt")))
        followed = holder_in_words(line.routed) if line.routed else ""
        found.append(Fact(_("Følger opp etter modellen"), followed or _("Modellen sier det ikke")))
    if row.paused:
        found.append(Fact(_("Besøkene"), row.paused))
    return Facts(tuple(found), column=True)


def _ready(line: StayLine, args: list[int]) -> Action:
    href = reverse("stays:ready", args=args)
    if line.ready_at is None:
        return Action(_("Meldt utskrivningsklar"), href, post=True, fields={"ready": "1"}, icon="Bell", tight=True)
    return Action(_("Ikke klar likevel"), href, post=True, fields={"ready": "0"}, colour="neutral", tight=True)


def _ended(step: NextStep, today: date) -> str:
    if step.ended_at is None:
        return step.words
    when = _when(step.ended_at, today)
    who = _("%(who)s, %(when)s") % {"who": step.ended_by, "when": when} if step.ended_by else when
    return _("%(words)s (%(by)s)") % {"words": step.words, "by": who}


def _when(moment: datetime, today: date) -> str:
    return formats.near_moment(moment, today=today, language=page_language())
