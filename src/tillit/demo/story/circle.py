"""The circle in Fjordvik: goals that were looked at together, courses that run and have ended, measured."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction

from tillit.care.careplans.models import CarePlan, Goal, GoalState
from tillit.care.citizens.models import Citizen, Following
from tillit.care.courses import actions as courses
from tillit.care.courses.actions import CourseFacts
from tillit.care.courses.actions.weekly import SessionFacts
from tillit.care.courses.rules.course import Result, Who
from tillit.care.evaluations.actions import Evaluated, evaluate_goal, write_measurement
from tillit.care.evaluations.rules import copm, psfs, sppb
from tillit.care.evaluations.rules.numbers import Measured
from tillit.care.evaluations.rules.outcome import Outcome
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.models import Employee
from tillit.kernel import oslo
from tillit.kernel.errors import TillitError

TEAM, NURSE, TRAINER, THERAPIST = "Team Solvik", "ingrid.solheim", "kari.nilsen", "lars.eide"

CHANGED = "CHANGED"
"""One whose plan was changed lately: the course ended just before."""

#: Her words, what we have seen, level, days ago, days until the next time.
_SAID = (
    ("Det går bedre, men jeg blir fort sliten.", "Litt nærmere enn sist. Trenger pauser.", -1, 41, 30),
    ("Jeg får til det meste selv nå.", "Trenger bare at noen er i nærheten.", 0, 33, 61),
    ("Jeg orker ikke så mye når det er mørkt og kaldt.", "Har stått stille i to uker.", -1, 26, 19),
    ("Dette klarer jeg. Resten tar dere.", "", 0, 20, 70),
    ("Det er tryggere nå som dere ikke har det travelt.", "Klarer mer enn vi trodde.", 1, 12, 84),
    ("Jeg vet ikke om det nytter, men jeg vil prøve litt til.", "Formiddagen er best.", -2, 8, 21),
    ("Nå gleder jeg meg til dagen igjen.", "Snakker mer, og spiser bedre.", 0, 5, 56),
)


@dataclass(frozen=True, slots=True)
class _Story:
    """One course. family: whose; empty: one who gets help of this kind. week: which it is in; None: it has ended."""

    family: str
    kind: str
    words: str
    weeks: int
    week: int | None
    ended_days_ago: int = 0
    start: tuple[Measured, ...] = ()
    end: tuple[Measured, ...] = ()
    result: Result = Result.REACHED
    end_words: str = ""
    seen: str = ""
    why: str = ""
    week_plan: tuple[tuple[int, str, Who], ...] = ()


def _copm(*scores: tuple[str, int, int | None, int | None]) -> tuple[copm.Activity, ...]:
    return tuple(copm.Activity(text, important, did, content) for text, important, did, content in scores)


def _psfs(*scores: tuple[str, int]) -> tuple[psfs.Activity, ...]:
    return tuple(psfs.Activity(text, score) for text, score in scores)


def _sppb(held: str, gait: str, chair: str) -> sppb.Tested:
    ten = Decimal(10)
    return sppb.Tested(ten, ten, Decimal(held), Decimal(gait), Decimal(chair))


_COURSES = (
    _Story(
        "Haugen", "", "Gå ned til postkassa selv og sitte på benken når det er fint vær.", 6, 4,
        start=(
            _copm(("Gå ned til postkassa", 10, 3, 2), ("Kle på seg overkroppen", 8, 4, 3), ("Sitte ute", 6, 2, 3)),
            _sppb("4", "7.9", "17.5"),
        ),
        week_plan=(
            (1, "Trappa ned og opp, to ganger", Who.TRAINER), (2, "Reise seg fra stol, ti ganger", Who.SELF),
            (3, "Gå til postkassa med rullator", Who.THERAPIST), (4, "Reise seg fra stol, ti ganger", Who.SELF),
            (5, "Gå til postkassa med rullator", Who.TRAINER),
        ),
    ),
    _Story(
        "", "PERSONAL_CARE", "Dusje uten at noen må være på badet.", 5, 5,
        start=(_psfs(("Dusje", 2), ("Vaske håret", 3), ("Gå over dørterskelen", 4)),),
        week_plan=((2, "Dusje med noen utenfor døra", Who.TRAINER), (5, "Dusje med noen utenfor døra", Who.TRAINER)),
    ),
    _Story(
        "", "MEAL", "Lage middag selv tre dager i uka.", 8, 2,
        start=(_copm(("Lage middag", 9, 4, 3), ("Bære varer inn", 7, 3, None)),),
        week_plan=((1, "Skrelle og koke poteter", Who.TRAINER), (4, "Lage suppe fra bunnen", Who.THERAPIST)),
    ),
    _Story(
        "", CHANGED, "Komme meg til kirka på søndag.", 6, None, 40,
        start=(
            _copm(("Gå til bussen", 10, 3, 2), ("Sitte gjennom en gudstjeneste", 9, 4, 3), ("Ta på støvlene", 5, 2, 3)),
            _sppb("7", "5.0", "12.0"),
        ),
        end=(
            _copm(("Gå til bussen", 10, 6, 6), ("Sitte gjennom en gudstjeneste", 9, 5, 6), ("Ta på støvlene", 5, 5, 5)),
            _sppb("10", "4.7", "11.0"),
        ),
        end_words="Nå sitter jeg på tredje benk igjen. Det hadde jeg ikke trodd i høst.",
        seen="Går til bussen alene når det er bart. Støttestrømpene tar hun selv.",
    ),
    _Story(
        "", CHANGED, "Hente posten og gå til butikken selv.", 6, None, 75,
        start=(_psfs(("Hente posten", 2), ("Gå til butikken", 3), ("Bære posen hjem", 4)),),
        end=(_psfs(("Hente posten", 5), ("Gå til butikken", 5), ("Bære posen hjem", 5)),),
        result=Result.PARTLY,
        end_words="Posten går fint. Butikken må jeg ha følge til.",
        seen="Følge til butikken en gang i uka fortsetter.",
    ),
    _Story(
        "", "PERSONAL_CARE", "Stelle meg selv om morgenen.", 4, None, 110,
        start=(_copm(("Vaske seg ved vasken", 9, 3, 4), ("Kle på seg", 8, 4, 4)),),
        result=Result.STOPPED,
        seen="Lagt inn på sykehus i uke to. Vi tar det opp igjen når formen er bedre.",
    ),
)  # fmt: skip


@transaction.atomic
def close_the_circle(anchor: date) -> None:
    """Add the rows, by the product's own actions. All other rows have been written."""
    team = Unit.objects.filter(name=TEAM).order_by("pk").first()
    people = {one.user.username: one for one in Employee.objects.filter(user__username__in=(NURSE, TRAINER, THERAPIST))
              .select_related("user") if one.user}  # fmt: skip
    if team is None or NURSE not in people or TRAINER not in people:
        return  # a town too small for the story
    at = oslo.moment(anchor, time(7, 20))
    nurse = people[NURSE]
    assert nurse.user_id is not None
    actor = actor_of(user_id=nurse.user_id, name=nurse.name, at=at)
    with reading.watching() as watch:
        taken = _hold_courses(actor, team, anchor, people)
        _evaluate(actor, team, anchor, taken)
    reading.write(watch, actor=actor, door="demo", at=at)


def _citizens(team: Unit, before: date) -> list[Citizen]:
    """Those the team has followed for a good while, and follows still."""
    followed = Following.objects.filter(unit=team, valid_to__isnull=True, valid_from__lt=before)
    alive = Citizen.objects.filter(pk__in=followed.values("citizen_id"), died_on__isnull=True)
    return list(alive.order_by("pk"))


def _hold_courses(actor: Actor, team: Unit, anchor: date, people: dict[str, Employee]) -> set[int]:
    therapist = people.get(THERAPIST)
    rest = _citizens(team, anchor - timedelta(days=200))
    taken: set[int] = set()
    for story in _COURSES:
        found = _for(story, [one for one in rest if one.pk not in taken], anchor)
        if found is None:
            continue
        citizen_id, ended = found
        taken.add(citizen_id)
        with_ids = (people[TRAINER].pk, therapist.pk if therapist else None)
        try:
            with transaction.atomic():
                _hold(actor, citizen_id, story, ended, anchor, with_ids)
        except TillitError:
            continue  # somebody else has her now: the story is shorter
    return taken


def _for(story: _Story, people: list[Citizen], anchor: date) -> tuple[int, date] | None:
    """Whom the story suits, and the day her course ended: for one whose plan was changed lately, just before that."""
    ended = anchor - timedelta(days=story.ended_days_ago)
    if story.family:
        return next(((one.pk, ended) for one in people if one.family_name == story.family), None)
    plans = CarePlan.objects.filter(citizen__in=people, valid_from__isnull=False, valid_to__isnull=True)
    if story.kind == CHANGED:
        since = oslo.moment(anchor - timedelta(days=130), time(0))
        lately = plans.filter(made_from__isnull=False, valid_from__gt=since).order_by("-valid_from")
        for citizen_id, changed in lately.values_list("citizen_id", "valid_from"):
            if changed is not None:
                return citizen_id, oslo.day_of(changed) - timedelta(days=3)
        return None
    alone = plans.filter(interventions__kind=story.kind).exclude(interventions__helpers=2)
    found = alone.exclude(interventions__times__part_of_day="NIGHT").order_by("-citizen_id").values_list("citizen_id")
    return next(((pk, ended) for (pk,) in found), None)


def _hold(
    actor: Actor,
    citizen_id: int,
    story: _Story,
    ended: date,
    anchor: date,
    with_ids: tuple[int | None, int | None],
) -> None:
    if story.week is not None:
        first = anchor - timedelta(days=7 * (story.week - 1) + 3)
    else:
        first = ended - timedelta(days=7 * story.weeks - 1)
    facts = CourseFacts(story.words, first, story.weeks, with_ids[0], with_ids[1], story.why)
    at = _at(first)
    made = courses.begin_course(actor=actor, citizen_id=citizen_id, facts=facts, press_key="", at=at)
    for measured in story.start:
        _measure(actor, citizen_id, measured, first)
    if story.week_plan:
        sessions = [SessionFacts(day, what, who) for day, what, who in story.week_plan]
        made = courses.write_week(actor=actor, course_id=made.pk, edition=made.edition, sessions=sessions, at=at)
    if story.week is None:
        for measured in story.end:
            _measure(actor, citizen_id, measured, ended - timedelta(days=1))
        courses.end_course(
            actor=actor,
            course_id=made.pk,
            edition=made.edition,
            result=story.result,
            end_words=story.end_words,
            result_words=story.seen,
            ended_on=ended,
            at=_at(ended),
        )


def _measure(actor: Actor, citizen_id: int, measured: Measured, on: date) -> None:
    write_measurement(actor=actor, citizen_id=citizen_id, measured=measured, measured_on=on, press_key="", at=_at(on))


def _evaluate(actor: Actor, team: Unit, anchor: date, taken: set[int]) -> None:
    """Look at some goals that are still under way; those that are due stay due."""
    ids = [one.pk for one in _citizens(team, anchor - timedelta(days=60)) if one.pk not in taken]
    goals = Goal.objects.filter(
        plan__citizen_id__in=ids,
        plan__valid_from__isnull=False,
        plan__valid_from__lt=oslo.moment(anchor - timedelta(days=45), time(0)),
        plan__valid_to__isnull=True,
        state=GoalState.ACTIVE,
        evaluate_on__gt=anchor + timedelta(days=14),
        rank=0,
    ).order_by("pk")
    for goal, (words, seen, level, ago, ahead) in zip(goals[::3], _SAID, strict=False):
        at = _at(anchor - timedelta(days=ago))
        facts = Evaluated(
            outcome=Outcome.KEEP,
            own_words=words,
            seen=seen,
            level=level,
            next_on=anchor + timedelta(days=ahead),
            ask=ago < 15,
        )
        try:
            with transaction.atomic():
                evaluate_goal(actor=actor, goal_id=goal.pk, edition=0, facts=facts, press_key="", at=at)
        except TillitError:
            continue


def _at(day: date) -> datetime:
    return oslo.moment(day, time(13, 15))
