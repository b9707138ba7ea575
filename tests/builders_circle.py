"""Typed builders of evaluations and courses: each gives something valid; say only what the test is about."""

from datetime import date, datetime, timedelta

from tests.cast import MONDAY, MONDAY_DATE
from tillit.care.careplans.models import Goal
from tillit.care.citizens.models import Citizen
from tillit.care.courses.models import Course
from tillit.care.courses.rules.course import last_day
from tillit.care.evaluations.models import Asked, Evaluation
from tillit.kernel import oslo


def course(
    citizen: Citizen,
    *,
    words: str = "Gå ned til postkassa selv.",
    starts_on: date = MONDAY_DATE - timedelta(days=21),
    weeks: int = 6,
) -> Course:
    """Store a course under way, in its fourth week."""
    following = citizen.followings.order_by("valid_from", "pk").first()
    assert following is not None
    return Course.objects.create(
        citizen=citizen,
        unit_id=following.unit_id,
        own_words=words,
        starts_on=starts_on,
        last_on=last_day(starts_on, weeks),
        begun_at=MONDAY,
    )


def asked(goal: Goal, at: datetime = MONDAY) -> Asked:
    """Two questions about a goal that was looked at, open today and tomorrow."""
    evaluation = Evaluation.objects.create(goal=goal, line=goal.pk, outcome="KEEP", evaluated_at=at)
    return Asked.objects.create(evaluation=evaluation, asked_at=at, open_until=oslo.day_of(at) + timedelta(days=1))
