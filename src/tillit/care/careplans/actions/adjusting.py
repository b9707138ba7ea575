"""Adjust the plan in use within the frame of a decision: one step, one line of why, one press (R20).

An adjustment is not a decision: whoever may change the plan makes it. It can never lead out of the frame: the rule is
asked here, behind every door, and the database refuses what it would refuse.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.careplans.actions.copying import copy_plan
from tillit.care.careplans.actions.drafting import StrangeFacts
from tillit.care.careplans.actions.goals import PlanNotInUse
from tillit.care.careplans.events import PlanStarted
from tillit.care.careplans.models import Adjustment, CarePlan, Intervention
from tillit.care.careplans.permissions import ADJUST_PLAN
from tillit.care.careplans.queries import step_text
from tillit.care.careplans.queries.content import help_by_plan
from tillit.care.careplans.rules import adjusting as rules
from tillit.care.careplans.rules.adjusting import Judged, Step, What
from tillit.care.citizens.queries import get_citizen, scope_of
from tillit.care.decisions.queries.frame import StandingFrame, standing_frame
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.kernel import events, oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile, NotFound

MOST_SIGNS = 200
"""So long is one line."""


class NoFrame(ActionRefused):
    """No decision sets a frame: the plan is changed with a draft, as ever."""


class OutsideFrame(ActionRefused):
    """The step leads out of the frame: the need must be assessed again. what: what it would have done."""

    def __init__(self, *, what: Judged, standing: StandingFrame) -> None:
        super().__init__(_("Det går ut av rammen i vedtaket. Planen er som før."))
        self.what = what
        self.standing = standing


@transaction.atomic
def adjust_plan(
    *,
    actor: Actor,
    citizen_id: int,
    plan_id: int,
    line: int,
    step: Step,
    why: str,
    at: datetime,
    undoes: Adjustment | None = None,
) -> Adjustment:
    """Take one step with the intervention of a line in the plan in use, from `at`, and return what was done.

    plan_id: the version the actor has seen. A new version replaces it and coming visits follow (PlanStarted); a draft
    that somebody writes gets the step too, where it says the same as the plan. The same press twice is one.
    Raises NotFound, NotAllowed, PlanNotInUse, ChangedMeanwhile, NoFrame, StrangeFacts, OutsideFrame. One audit entry.
    """
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at, lock=True)  # one plan in use per citizen
    today = oslo.day_of(at)
    scope = scope_of(citizen.pk, on=today)
    require(actor, ADJUST_PLAN, scope)
    line_of_why = " ".join(why.split())
    before = citizen.plans.select_for_update(of=("self",)).filter(valid_from__isnull=False, valid_to=None).first()
    if before is None:
        raise PlanNotInUse(_("Ingen plan er i bruk. Lag en plan først."))
    if before.pk != plan_id:
        if same := _pressed_twice(actor, before, plan_id, line, step, line_of_why):
            return same
        raise _changed_meanwhile(before, plan_id)
    if not line_of_why:
        raise StrangeFacts(_("Skriv én linje om hvorfor."), fact="why")
    if len(line_of_why) > MOST_SIGNS:
        raise StrangeFacts(_("Skriv det i én linje: høyst %(most)d tegn.") % {"most": MOST_SIGNS}, fact="why")
    standing = standing_frame(citizen.pk, on=today)
    if standing is None:
        raise NoFrame(_("Ingen vedtak med ramme gjelder nå. Juster planen med et utkast."))
    judged = rules.judged(standing.frame, help_by_plan(before.pk), line=line, step=step, on=today)
    if judged is None:
        raise StrangeFacts(_("Velg en endring som passer for et tiltak i planen."), fact="step")
    if not judged.is_within:
        raise OutsideFrame(what=judged, standing=standing)
    plan = _next_version(actor, before, at=at)
    changed = _put(plan, judged)
    _follow_in_draft(actor, before, plan, judged, at=at)
    least, most = rules.bounds(standing.frame)
    adjustment = Adjustment.objects.create(
        plan=plan,
        intervention=changed,
        what=step.what.value,
        amount=step.amount,
        why=line_of_why,
        undoes=undoes,
        week_before=judged.before,
        week_after=judged.after,
        frame_least=least,
        frame_most=most,
        adjusted_by_id=actor.employee_id,
        adjusted_at=at,
    )
    _record(actor, scope, adjustment, before, at=at)
    events.publish(PlanStarted(plan_id=plan.pk, citizen_id=plan.citizen_id, at=at))
    return adjustment


@transaction.atomic
def undo_adjustment(*, actor: Actor, citizen_id: int, plan_id: int, at: datetime) -> Adjustment:
    """Take the opposite step of the one that made the plan in use, with the same line. Nothing is taken away.

    Raises as `adjust_plan`; NotFound when that version was not made by an adjustment, or is one taken back already.
    """
    get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    made = Adjustment.objects.select_related("intervention").filter(plan_id=plan_id, plan__citizen_id=citizen_id)
    found = made.filter(undoes__isnull=True).first()
    if found is None:
        raise NotFound(_("Fant ikke justeringen."))
    return adjust_plan(
        actor=actor,
        citizen_id=citizen_id,
        plan_id=plan_id,
        line=found.intervention.line or found.intervention_id,
        step=Step(What(found.what), found.amount).back,
        why=found.why,
        at=at,
        undoes=found,
    )


def _next_version(actor: Actor, before: CarePlan, *, at: datetime) -> CarePlan:
    """A copy of the plan in use that takes its place."""
    began = max(at, before.valid_from or at)
    before.valid_to = began
    before.save(update_fields=["valid_to"])
    plan = CarePlan.objects.create(
        citizen_id=before.citizen_id,
        made_from=before,
        made_by_id=actor.employee_id,
        made_at=at,
        changed_by_id=actor.employee_id,
        changed_at=at,
        valid_from=began,
    )
    copy_plan(before, plan, whole=True)
    return plan


def _put(plan: CarePlan, judged: Judged) -> Intervention:
    row = plan.interventions.get(line=judged.help.line)
    row.minutes, row.weekdays = judged.help.minutes, _weekdays(judged)
    row.save(update_fields=["minutes", "weekdays"])
    return row


def _follow_in_draft(actor: Actor, before: CarePlan, plan: CarePlan, judged: Judged, *, at: datetime) -> None:
    """Let a draft begin with the new version, and say what it says now, unless its writer has said otherwise."""
    draft = CarePlan.objects.select_for_update(of=("self",)).filter(
        citizen_id=plan.citizen_id, valid_from=None, dropped_at=None
    )
    for one in draft.filter(made_from=before):
        was = Intervention.objects.get(plan=before, pk=judged.help.intervention_id)
        alike = one.interventions.filter(line=judged.help.line, minutes=was.minutes, weekdays=was.weekdays)
        alike.update(minutes=judged.help.minutes, weekdays=_weekdays(judged))
        one.made_from = plan
        one.edition += 1
        one.changed_at, one.changed_by_id = at, actor.employee_id
        one.save(update_fields=["made_from", "edition", "changed_at", "changed_by"])


def _weekdays(judged: Judged) -> str:
    return "".join(str(day) for day in sorted(judged.help.recurrence.weekdays))


def _pressed_twice(actor: Actor, plan: CarePlan, plan_id: int, line: int, step: Step, why: str) -> Adjustment | None:
    """The adjustment that this very press has made already: a finger that pressed twice, a page sent again."""
    made = Adjustment.objects.filter(
        plan=plan,
        plan__made_from_id=plan_id,
        intervention__line=line,
        what=step.what.value,
        amount=step.amount,
        why=why,
        adjusted_by_id=actor.employee_id,
        adjusted_by__isnull=False,
    )
    return made.select_related("intervention").first()


def _changed_meanwhile(plan: CarePlan, seen: int) -> ChangedMeanwhile:
    """Who was first, and what she did."""
    who = plan.changed_by.given_name if plan.changed_by else _("Noen")
    made = Adjustment.objects.select_related("intervention").filter(plan=plan).first()
    if made is None:
        text = _("%(who)s tok i bruk en ny plan mens du skrev. Se over, og trykk igjen hvis det fortsatt stemmer.")
        return ChangedMeanwhile(text % {"who": who}, seen=seen, now=plan.pk)
    text = _("%(who)s justerte planen mens du skrev: %(what)s. Se over, og trykk igjen hvis det fortsatt stemmer.")
    what = step_text(made.intervention.title, Step(What(made.what), made.amount), made.intervention.minutes)
    return ChangedMeanwhile(text % {"who": who, "what": what}, seen=seen, now=plan.pk)


def _record(actor: Actor, scope: Scope, made: Adjustment, before: CarePlan, *, at: datetime) -> None:
    audit.record(
        actor,
        ADJUST_PLAN,
        str(made.plan),
        scope,
        at=at,
        change={
            "replaces": before.pk,
            "intervention": made.intervention_id,
            "what": made.what,
            "amount": made.amount,
            "week_before": str(made.week_before),
            "week_after": str(made.week_after),
            **({"undoes": made.undoes_id} if made.undoes_id else {}),
        },
    )
