"""Observations in Fjordvik: one who is not as usual this morning, one who was on Thursday, weights, what is usual."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction

from tillit.care.citizens.models import Citizen
from tillit.care.observations.actions import check, close_watch, decide_watch, observe, set_usual
from tillit.care.observations.rules.news2 import Measured
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.models import Employee
from tillit.kernel import oslo
from tillit.kernel.errors import TillitError

TEAM, NURSE, HELPER = "Team Solvik", "ingrid.solheim", "kari.nilsen"
#: (days ago, clock, respiration, saturation, oxygen, systolic, pulse, consciousness, temperature): a chest infection.
_COURSE = (
    (4, time(8, 20), 22, 93, False, 118, 104, "A", "38.4"),
    (4, time(9, 35), 22, 92, False, 112, 102, "A", "38.3"),
    (4, time(14, 10), 20, 94, False, 120, 94, "A", "37.9"),
    (4, time(19, 45), 18, 95, False, 124, 88, "A", "37.6"),
    (3, time(8, 15), 16, 96, False, 126, 80, "A", "37.2"),
)
_WEIGHTS = ((56, "58.4"), (42, "57.9"), (28, "57.1"), (14, "56.8"), (2, "56.2"))


@transaction.atomic
def observe_some(anchor: date) -> None:
    """Add the rows, by the product's own actions. All other rows have been written."""
    team = Unit.objects.filter(name=TEAM).order_by("pk").first()
    people = [Employee.objects.filter(user__username=name).first() for name in (NURSE, HELPER)]
    nurse, helper = people
    if team is None or nurse is None or helper is None or nurse.user_id is None or helper.user_id is None:
        return  # a town too small for the story
    at = oslo.moment(anchor, time(7, 35))
    ingrid = actor_of(user_id=nurse.user_id, name=nurse.name, at=at)
    kari = actor_of(user_id=helper.user_id, name=helper.name, at=at)
    followed = Citizen.objects.filter(followings__unit=team, followings__valid_to__isnull=True, died_on__isnull=True)
    chosen = list(followed.filter(born_on__lt=date(1990, 1, 1)).distinct().order_by("pk")[3:7])
    with reading.watching() as watch:
        for citizen, story in zip(chosen, (_this_morning, _last_week, _weights, _scale), strict=False):
            try:
                with transaction.atomic():
                    story(citizen, ingrid, kari, anchor)
            except TillitError:
                continue  # she has moved, or is barred, in another draw: the story is shorter
    reading.write(watch, actor=ingrid, door="demo", at=at)


def _this_morning(citizen: Citizen, ingrid: Actor, kari: Actor, anchor: date) -> None:
    at = oslo.moment(anchor, time(7, 35))
    _usual(citizen, ingrid, at - timedelta(days=90), "Våken og klar. Spiser hele frokosten. Går med rullator.", 96)
    check(
        actor=kari, citizen_id=citizen.pk, seen_at=at, at=at, press_key="",
        measured=Measured(21, 95, False, 128, 98, "A", None),
        words="Slapp og uten matlyst. Termometeret mangler strøm.",
    )  # fmt: skip


def _last_week(citizen: Citizen, ingrid: Actor, kari: Actor, anchor: date) -> None:
    watch_id = 0
    for days, clock, breaths, share, oxygen, pressure, pulse, awake, warm in _COURSE:
        at = oslo.moment(anchor - timedelta(days=days), clock)
        words = "Hoster og er varm." if clock == time(8, 20) else ""
        found = check(
            actor=kari, citizen_id=citizen.pk,
            measured=Measured(breaths, share, oxygen, pressure, pulse, awake, Decimal(warm)), words=words, seen_at=at,
            press_key="", at=at,
        )  # fmt: skip
        watch_id = found.watch_id or 0
        if words:
            decide_watch(
                actor=ingrid, watch_id=watch_id, words="Ringte fastlegen. Begynner med antibiotika i dag.", hours=1,
                press_key="", at=at + timedelta(minutes=25),
            )  # fmt: skip
    close_watch(
        actor=ingrid, watch_id=watch_id, ending="BETTER", answer="Feberfri og spiser igjen. Kuren går til fredag.",
        at=oslo.moment(anchor - timedelta(days=3), time(9, 5)),
    )  # fmt: skip


def _weights(citizen: Citizen, ingrid: Actor, kari: Actor, anchor: date) -> None:
    for days, weight in _WEIGHTS:
        at = oslo.moment(anchor - timedelta(days=days), time(8, 40))
        observe(
            actor=kari, citizen_id=citizen.pk, weight=Decimal(weight), about="", words="", seen_at=at, press_key="",
            at=at,
        )  # fmt: skip
    at = oslo.moment(anchor - timedelta(days=1), time(12, 50))
    observe(
        actor=kari, citizen_id=citizen.pk, weight=None, about="FLUID",
        words="Drakk to glass saft og spiste en halv skive.", seen_at=at, press_key="", at=at,
    )  # fmt: skip


def _scale(citizen: Citizen, ingrid: Actor, kari: Actor, anchor: date) -> None:
    at = oslo.moment(anchor - timedelta(days=120), time(13, 15))
    set_usual(
        actor=ingrid, citizen_id=citizen.pk, words="Tungpust når han går. Hoster litt om morgenen.", saturation=90,
        scale=2, scale_by="lungepoliklinikken, epikrise i juli", seen=0, at=at,
    )  # fmt: skip


def _usual(citizen: Citizen, ingrid: Actor, at: datetime, words: str, saturation: int) -> None:
    set_usual(
        actor=ingrid, citizen_id=citizen.pk, words=words, saturation=saturation, scale=1, scale_by="", seen=0, at=at
    )
