"""Those in Fjordvik who are not at home: where, what comes next, and what the ward has said."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import transaction

from tillit.care.citizens.models import StayStep, Whereabouts
from tillit.care.journal.actions import write_note
from tillit.foundation.access import reading
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.models import Employee
from tillit.kernel import oslo
from tillit.kernel.errors import TillitError

TEAM, NURSE = "Team Solvik", "ingrid.solheim"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. on: days from today. by_nurse: whoever answers for the services has it, else the primary contact."""

    kind: str
    on: int
    by_nurse: bool = True
    is_done: bool = False
    said: str = ""

    @property
    def words(self) -> str:
        """What is to be done."""
        return self.said or str(StayStep(self.kind).label)


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay. days: ago. home_in, ready_in: days from today, None is not known. word: days ago, and what."""

    kind: str
    place: str
    days: int
    clock: time
    steps: tuple[Step, ...]
    home_in: int | None = None
    ready_in: int | None = None
    word: tuple[int, str] | None = None


#: By team, given to its citizens in order.
STAYS: dict[str, tuple[Stay, ...]] = {
    "Team Solvik": (
        Stay(
            "HOSPITAL", "Nordfjord sjukehus, medisinsk", 6, time(16, 10),
            (Step("ANSWER", 0), Step("REPORT", -5, is_done=True)), ready_in=0,
            word=(0, "Avdelingen ringte: ferdig behandlet for lungebetennelse, klar for utskriving i dag. "
                     "Går med rullator på rommet. Trenger hjelp til å dusje de første dagene."),
        ),
        Stay(
            "HOSPITAL", "Nordfjord sjukehus, ortopedisk", 9, time(11, 40),
            (Step("CALL", -1, by_nurse=False), Step("REPORT", -8, is_done=True)),
            word=(4, "Operert for brudd i hofta, opptrening er i gang. Avdelingen tror på helsehus før hjem."),
        ),
        Stay(
            "HEALTH_HOUSE", "Fjordvik helsehus", 16, time(13, 0),
            (Step("MEDICINES", 1), Step("PLAN", 2), Step("FIRST_VISIT", 2, by_nurse=False)), home_in=2,
            word=(1, "Går trappa med tilsyn. Ergoterapeut har bestilt forhøyning til toalettet."),
        ),
        Stay(
            "ACUTE_UNIT", "KAD Fjordvik", 1, time(18, 30),
            (Step("OTHER", 0, said="Hører om ny vurdering kl. 10"),),
        ),
        Stay(
            "RESPITE", "Fjordvik bo- og behandlingssenter", 3, time(12, 0),
            (Step("PLAN", 4), Step("FIRST_VISIT", 4, by_nurse=False)), home_in=4,
        ),
        Stay(
            "HOSPITAL", "Nordfjord sjukehus, medisinsk", 8, time(10, 10),
            (Step("PLAN", 0), Step("FIRST_VISIT", -1, is_done=True)), home_in=-1, ready_in=-3,
        ),
        Stay(
            "HOSPITAL", "Nordfjord sjukehus, ortopedisk", 34, time(15, 30),
            (Step("PLAN", -27, is_done=True), Step("FIRST_VISIT", -27, is_done=True)), home_in=-27, ready_in=-28,
        ),
    ),
    "Team Havna": (
        Stay(
            "HOSPITAL", "Nordfjord sjukehus, kirurgisk", 3, time(9, 20), (Step("MEETING", 1),),
        ),
    ),
}  # fmt: skip


@transaction.atomic
def write_words(anchor: date) -> None:
    """Write what the wards have said in the journals, by the product's own action. All other rows have been written."""
    team = Unit.objects.filter(name=TEAM).order_by("pk").first()
    nurse = Employee.objects.filter(user__username=NURSE).first()
    if team is None or nurse is None or nurse.user_id is None:
        return  # a town too small for the story
    actor = actor_of(user_id=nurse.user_id, name=nurse.name, at=oslo.moment(anchor, time(7, 40)))
    by_place = {(stay.kind, stay.place): stay for stay in STAYS[TEAM] if stay.word}
    here = Whereabouts.objects.filter(
        citizen__followings__unit=team, citizen__followings__valid_to__isnull=True,
        from_at__lt=oslo.moment(anchor, time(7)),
    )  # fmt: skip
    with reading.watching() as watch:
        for row in here.distinct().order_by("pk"):
            stay = by_place.get((row.kind, row.place))
            if stay is None or stay.word is None or oslo.day_of(row.from_at) != anchor - timedelta(days=stay.days):
                continue
            at = oslo.moment(anchor - timedelta(days=stay.word[0]), time(7, 30))
            try:
                with transaction.atomic():
                    write_note(
                        actor=actor, citizen_id=row.citizen_id, text=stay.word[1], happened_at=at, press_key="",
                        at=at, signed=True,
                    )  # fmt: skip
            except TillitError:
                continue  # barred, in another draw: the story is shorter
    reading.write(watch, actor=actor, door="demo", at=oslo.moment(anchor, time(7, 40)))
