"""Min side in Team Solvik: two citizens with a login of their own, a daughter let in, and what they wrote."""

from datetime import date, time, timedelta

from django.db import transaction

from tillit.care.careplans.models import Goal
from tillit.care.citizens.models import Citizen, Following
from tillit.care.consents.actions import open_private_account, record_consent
from tillit.care.consents.rules import Basis, Part
from tillit.care.evaluations.actions import Evaluated, evaluate_goal
from tillit.care.evaluations.rules.outcome import Outcome
from tillit.care.notices.actions import answer_notice, tell_team
from tillit.demo.casework.post import keep_newest_letter
from tillit.foundation.access import reading, sources
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.models import User
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.models import Employee
from tillit.kernel import oslo

TEAM, NURSE = "Team Solvik", "ingrid.solheim"
ASTRID, SOLVEIG = ("Astrid", "Haugen"), ("Solveig", "Aas")
BERIT = "Berit Haugen"


@transaction.atomic
def let_some_in(anchor: date) -> None:
    """Add the logins and the consent by the product's own actions. All other rows have been written."""
    team = Unit.objects.filter(name=TEAM).order_by("pk").first()
    nurse = Employee.objects.filter(user__username=NURSE).first()
    if team is None or nurse is None or nurse.user_id is None:
        return  # a town too small for the story
    followed = Following.objects.filter(unit=team, valid_to__isnull=True).values("citizen_id")
    at = oslo.moment(anchor - timedelta(days=12), time(13, 10))
    ingrid = actor_of(user_id=nurse.user_id, name=nurse.name, at=at)
    with reading.watching() as watch:
        for given, family in (ASTRID, SOLVEIG):
            citizen = (
                Citizen.objects.filter(given_name=given, family_name=family, pk__in=followed).order_by("pk").first()
            )
            if citizen is None:
                continue
            open_private_account(
                actor=ingrid, citizen_id=citizen.pk, username=f"{given}.{family}", name=citizen.name, is_own=True, at=at
            )
            keep_newest_letter(citizen.pk)
            if (given, family) == ASTRID:
                berit = open_private_account(
                    actor=ingrid, citizen_id=citizen.pk, username=BERIT.replace(" ", "."), name=BERIT, is_own=False,
                    at=at,
                )  # fmt: skip
                record_consent(
                    actor=ingrid, citizen_id=citizen.pk, account_id=berit.pk, relation="Datter", basis=Basis.CONSENT,
                    basis_words="Astrid sa det i samtalen om hva som er viktig.",
                    parts=(Part.VISITS, Part.GOALS, Part.MESSAGES), at=at,
                )  # fmt: skip
        _write_and_evaluate(anchor, ingrid)
    # The same town every time: an unusable password is drawn by lot, and the moment is the clock's.
    User.objects.filter(private_account__isnull=False).update(password="!demo", created_at=at)  # noqa: S106
    reading.write(watch, actor=ingrid, door="demo", at=at)


def _write_and_evaluate(anchor: date, ingrid: Actor) -> None:
    """Astrid asked and has an answer; her daughter waits for one; a goal was looked at, and she is asked."""
    astrid = User.objects.filter(username="astrid.haugen").first()
    berit = User.objects.filter(username="berit.haugen").first()
    if astrid is None or berit is None:
        return
    for user, words, answer, days, clock in (
        (astrid, "Kan dere ta med batterier til høreapparatet?", "Ja, jeg har dem med i morgen.", 2, time(13, 5)),
        (berit, "Mamma skal til øyelegen torsdag klokka 13. Kan dere komme etter klokka 15?", "", 1, time(15, 20)),
    ):
        at = oslo.moment(anchor - timedelta(days=days), clock)
        actor = sources.actor_for(user_id=user.pk, name=user.name, at=at)
        (door,) = (one for one in actor.let_in)
        notice = tell_team(actor=actor, citizen_id=door.citizen_id, text=words, press_key="", at=at)
        if answer:
            answer_notice(actor=ingrid, notice_id=notice.pk, answer=answer, at=at + timedelta(hours=1))
    goal = Goal.objects.filter(
        plan__citizen__private_account__user=astrid, plan__valid_to__isnull=True, plan__valid_from__isnull=False,
        words__startswith="Sove godt",
    ).first()  # fmt: skip
    if goal is None or goal.evaluate_on is None:
        return
    facts = Evaluated(
        outcome=Outcome.KEEP, own_words="Jeg sover når lyset står på i gangen.", seen="Ingen fall siden sist.", level=0,
        next_on=goal.evaluate_on, ask=True,
    )  # fmt: skip
    at = oslo.moment(anchor - timedelta(days=3), time(13, 15))
    evaluate_goal(actor=ingrid, goal_id=goal.pk, edition=0, facts=facts, press_key="", at=at)
