"""Many citizens' services at once, as a file tells of them: new versions of their plans, by the rules of the page."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.careplans.actions.drafting import InterventionFacts, StrangeFacts, refuse_strange
from tillit.care.careplans.actions.taking_in_writing import Line, write_plans
from tillit.care.careplans.events import PlansTakenIn
from tillit.care.careplans.models import CarePlan, Goal, Intervention, InterventionTime
from tillit.care.careplans.rules.carrying import to_store
from tillit.care.careplans.rules.recurrence import TimeOfDay
from tillit.care.careplans.rules.taking_in import Help, PlanWanted, ServiceTold, Stands, plan_wanted
from tillit.care.citizens.permissions import TAKE_IN
from tillit.care.citizens.queries import followers_of, known_again, scopes_of
from tillit.care.citizens.rules.followers import Followers
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.foundation.workforce.competence_catalogue import COMPETENCES
from tillit.foundation.workforce.models import Competence
from tillit.kernel import events
from tillit.kernel.errors import ActionRefused


class PlanRefused(ActionRefused):
    """The services cannot be taken in as told. `fact` is what to mend, `row` which of the services, if one."""

    def __init__(self, text: str, *, fact: str = "", row: int = 0) -> None:
        super().__init__(text)
        self.fact, self.row = fact, row


@dataclass(frozen=True, slots=True)
class PlanTold:
    """All that a file says of one citizen's services. citizen_id: None for somebody the same file registers."""

    citizen_id: int | None
    services: tuple[ServiceTold, ...]


@dataclass(frozen=True, slots=True)
class PlanOutlook:
    """What taking in one citizen's services would do. has_draft: somebody writes a draft of her plan meanwhile.

    over: which of the services have ended before the day, and are left out.
    """

    is_new: bool = False
    is_changed: bool = False
    has_draft: bool = False
    over: tuple[int, ...] = ()
    refused: PlanRefused | None = None
    wanted: PlanWanted | None = None


@dataclass(frozen=True, slots=True)
class PlansIn:
    """Whose plans are new, and whose are others than they were, by citizen."""

    new: frozenset[int]
    changed: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Standing:
    """The plan in use of a citizen."""

    plan: CarePlan
    interventions: tuple[Stands, ...]
    goals: Mapping[str, date | None]


def foresee_plans(*, actor: Actor, rows: Sequence[PlanTold], on: date) -> list[PlanOutlook]:
    """Say what `take_in_plans` would do with each, and why not, in a constant number of queries. Each citizen once."""
    return _look(actor, rows, on, _standing(rows, lock=False), shipped=True)


@transaction.atomic
def take_in_plans(*, actor: Actor, rows: Sequence[PlanTold], on: date, at: datetime) -> PlansIn:
    """Let each citizen have the plan that is told, in a constant number of queries. Each citizen once, all stored.

    A plan that is different is a new version in use: needs, goals and what people wrote of the help go on with it, with
    the same lines, and the version before is kept. Goals that lack a date are allowed, for most files have none. Told
    twice, nothing is written the second time. Raises the first refusal that `foresee_plans` tells of. One audit entry
    a plan, as `start_plan` writes it. Publishes PlansTakenIn, once, unless nothing is different.
    """
    standing = _standing(rows, lock=True)
    outlooks = _look(actor, rows, on, standing, shipped=False)
    refused = next((one.refused for one in outlooks if one.refused is not None), None)
    if refused is not None:
        raise refused
    lines = []
    for row, one in zip(rows, outlooks, strict=True):
        if row.citizen_id is not None and one.wanted is not None and (one.is_new or one.is_changed):
            before = standing.get(row.citizen_id)
            lines.append(Line(row.citizen_id, one.wanted, before.plan if before else None))
    if not lines:
        return PlansIn(frozenset(), frozenset())
    new_minutes = write_plans(actor, lines, on=on, at=at)
    ids = [line.citizen_id for line in lines]
    reading.note_all(ids, changed=True)
    events.publish(PlansTakenIn(tuple(ids), tuple(new_minutes), at=at))
    new = frozenset(line.citizen_id for line in lines if line.before is None)
    return PlansIn(new, frozenset(ids) - new)


def _standing(rows: Sequence[PlanTold], *, lock: bool) -> dict[int, _Standing]:
    """The plans in use, in four queries."""
    ids = [row.citizen_id for row in rows if row.citizen_id is not None]
    plans = CarePlan.objects.filter(citizen_id__in=ids, valid_from__isnull=False, valid_to__isnull=True)
    if lock:
        plans = plans.select_for_update(of=("self",))
    found = {plan.pk: plan for plan in plans.order_by("citizen_id")}
    goals: dict[int, dict[str, date | None]] = defaultdict(dict)
    for plan_id, words, evaluate_on in Goal.objects.filter(plan_id__in=found, state="ACTIVE").values_list(
        "plan_id", "words", "evaluate_on"
    ):
        goals[plan_id][words] = evaluate_on
    times: dict[int, dict[str, TimeOfDay]] = defaultdict(dict)
    for pk, part, earliest, latest, wished in InterventionTime.objects.filter(
        intervention__plan_id__in=found
    ).values_list("intervention_id", "part_of_day", "earliest", "latest", "wished"):
        times[pk][part] = TimeOfDay(part, earliest, latest, wished)
    helps: dict[int, list[Stands]] = defaultdict(list)
    found_help = Intervention.objects.filter(plan_id__in=found).order_by("rank", "pk").values_list(
        "plan_id", "pk", "starts_on", "title", "minutes", "kind", "helpers", "competence__code", "weekdays",
        "every_weeks", "goal__words", "unit_id", "ends_on",
    )  # fmt: skip
    for (
        plan_id,
        pk,
        starts_on,
        title,
        minutes,
        kind,
        helpers,
        code,
        days,
        weeks,
        goal,
        unit_id,
        ends_on,
    ) in found_help:
        help_ = Help(title, minutes, kind, helpers, code or "", days, weeks, goal or "", unit_id, ends_on)
        helps[plan_id].append(Stands(pk, help_, times[pk], starts_on))
    return {plan.citizen_id: _Standing(plan, tuple(helps[pk]), goals[pk]) for pk, plan in found.items()}


def _look(
    actor: Actor, rows: Sequence[PlanTold], on: date, standing: Mapping[int, _Standing], *, shipped: bool
) -> list[PlanOutlook]:
    ids = [row.citizen_id for row in rows if row.citizen_id is not None]
    reading.note_all(ids)
    scopes, followers = scopes_of(ids, on=on), followers_of(ids)
    closed = known_again.closed_among(ids, on=on)
    open_drafts = CarePlan.objects.filter(citizen_id__in=ids, valid_from__isnull=True, dropped_at__isnull=True)
    drafts = set(open_drafts.values_list("citizen_id", flat=True))
    codes = set(Competence.objects.values_list("code", flat=True))
    codes |= {entry.code for entry in COMPETENCES} if shipped else set()
    found = []
    for row in rows:
        try:
            if row.citizen_id is not None:
                if row.citizen_id in closed:
                    text = _("Brukeren får ikke hjelp lenger, eller er slått sammen med en annen registrering.")
                    raise PlanRefused(text, fact="citizen")
                if not holds(actor, TAKE_IN, scopes[row.citizen_id]):
                    raise PlanRefused(_("Du kan bare lese inn for dine egne team."), fact="citizen")
            theirs = followers.get(row.citizen_id) if row.citizen_id is not None else None
            told = [_checked(number, one, codes, theirs, on) for number, one in enumerate(row.services)]
        except PlanRefused as refused:
            found.append(PlanOutlook(refused=refused))
            continue
        over = tuple(number for number, one in enumerate(told) if one.help.ends_on and one.help.ends_on < on)
        stands = standing.get(row.citizen_id) if row.citizen_id is not None else None
        going = (
            [one for one in stands.interventions if not one.help.ends_on or one.help.ends_on >= on] if stands else []
        )
        wanted = plan_wanted(
            [one for number, one in enumerate(told) if number not in over], going, stands.goals if stands else {}
        )
        something = bool(wanted.interventions)
        found.append(
            PlanOutlook(
                is_new=stands is None and something,
                is_changed=stands is not None and something and not wanted.is_same,
                has_draft=row.citizen_id in drafts and something and not wanted.is_same,
                over=over,
                wanted=wanted,
            )
        )
    return found


def _checked(number: int, told: ServiceTold, codes: set[str], followers: Followers | None, on: date) -> ServiceTold:
    """Return the row with its unit as a plan stores it, if the page would take the rest. Raises PlanRefused."""
    one = told.help
    facts = InterventionFacts(
        title=one.title,
        minutes=one.minutes,
        starts_on=told.starts_on or min(on, one.ends_on or on),
        times=(told.time,),
        kind=one.kind,
        helpers=one.helpers,
        weekdays=one.weekdays,
        every_weeks=one.every_weeks,
        ends_on=one.ends_on,
    )
    try:
        refuse_strange(facts)
    except StrangeFacts as strange:
        raise PlanRefused(strange.text, fact=strange.fact, row=number) from None
    if one.competence and one.competence not in codes:
        text = _("Kompetansen «%(code)s» finnes ikke. Kodene står i malen.") % {"code": one.competence}
        raise PlanRefused(text, fact="competence", row=number)
    if not told.says_unit or one.unit_id is None or followers is None:
        return told
    if all(follower.unit_id != one.unit_id for follower in followers.on(on)):
        text = _("Teamet følger ikke brukeren. Velg et av dem som gjør det.")
        raise PlanRefused(text, fact="unit", row=number)
    return replace(told, help=replace(one, unit_id=to_store(one.unit_id, followers, on)))
