"""Deviations in Fjordvik: some waiting, one looked at, one answered; the quarters before, to learn from."""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from tillit.care.citizens.models import Following
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.models import Employee
from tillit.kernel import oslo
from tillit.kernel.errors import TillitError
from tillit.teamwork.deviations.actions import answer_deviation, look_at_deviation, report_deviation

TEAM, LEADER, HELPER = "Team Solvik", "marit.aune", "kari.nilsen"
#: Who told of the earlier ones, in turn.
OTHERS = ("ingrid.solheim", "hanne.lie", "sunniva.rekdal", "tuva.dahl", "kari.nilsen")
#: (days ago, kind, about a citizen, words, answer, learned)
_STORY = (
    (1, "EQUIPMENT", False, "Blodtrykksmåleren i bil 3 viser feil", "", ""),
    (3, "FALL", True, "Gled på det løse teppet i gangen", "", ""),
    (9, "INFORMATION", True, "Epikrisen kom to dager etter utskriving",
     "Takk for at du meldte. Jeg har tatt det opp med sykehuset.",
     "Meldingsvakta ringer avdelingen samme dag når epikrisen mangler"),
    (20, "THREAT", False, "Hund som gikk til angrep i oppgangen", "Vi går to dit til hunden er flyttet.",
     "To går sammen når det er hund vi ikke kjenner"),
)  # fmt: skip
_EARLIER = (("FALL", 7), ("MEDICINE", 11), ("MISSED", 6), ("INFORMATION", 2))


@transaction.atomic
def tell_some(anchor: date) -> None:
    """Add the rows, by the product's own actions. All other rows have been written."""
    team = Unit.objects.filter(name=TEAM).order_by("pk").first()
    leader = Employee.objects.filter(user__username=LEADER).first()
    helper = Employee.objects.filter(user__username=HELPER).first()
    if team is None or leader is None or helper is None or leader.user_id is None or helper.user_id is None:
        return  # a town too small for the story
    at = oslo.moment(anchor, time(7, 30))
    marit = actor_of(user_id=leader.user_id, name=leader.name, at=at)
    kari = actor_of(user_id=helper.user_id, name=helper.name, at=at)
    others = [
        actor_of(user_id=one.user_id, name=one.name, at=at)
        for one in Employee.objects.filter(user__username__in=OTHERS).order_by("pk")
        if one.user_id is not None
    ]
    rows = Following.objects.filter(unit=team, valid_to__isnull=True, citizen__died_on__isnull=True)
    about = list(rows.order_by("citizen_id").values_list("citizen_id", flat=True)[8:10])
    with reading.watching() as watch:
        for number, (days, kind, is_hers, words, answer, learned) in enumerate(_STORY):
            told_at = oslo.moment(anchor - timedelta(days=days), time(13, 10))
            citizen_id = about[number % len(about)] if is_hers and about else None
            _tell(kari, marit, team.pk, kind, citizen_id, words, answer, learned, told_at)
        for kind, count in _EARLIER:
            for number in range(count):
                told_at = oslo.moment(anchor - timedelta(days=100 + 5 * number), time(14, 20))
                teller = others[number % len(others)]
                _tell(teller, marit, team.pk, kind, None, "", "Sett på i teammøtet.", "", told_at)
    reading.write(watch, actor=kari, door="demo", at=at)


def _tell(
    teller: Actor, marit: Actor, unit_id: int, kind: str, citizen_id: int | None, words: str, answer: str, learned: str,
    at: datetime,
) -> None:  # fmt: skip
    try:
        found = report_deviation(
            actor=teller, unit_id=unit_id, kind=kind, about="CITIZEN" if citizen_id else "WORKPLACE",
            citizen_id=citizen_id, words=words, press_key="", at=at,
        )  # fmt: skip
        if kind == "FALL" and citizen_id:
            look_at_deviation(actor=marit, deviation_id=found.pk, at=at + timedelta(hours=2))
        if answer:
            answer_deviation(
                actor=marit, deviation_id=found.pk, answer=answer, learned=learned, at=at + timedelta(days=1)
            )
    except TillitError:
        return  # another draw: the story is shorter
