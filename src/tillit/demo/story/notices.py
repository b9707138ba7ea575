"""Notices in Team Solvik, what notes hang on in every team, and a change of shift somebody has read."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import OuterRef, Subquery

from tillit.care.citizens.models import Following
from tillit.care.journal.models import Entry, EntryKind, EntryPeg
from tillit.care.notices.actions import answer_notice, take_notice, write_notice
from tillit.care.visits.models import VisitReport, VisitTask
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.models import Employee
from tillit.kernel import oslo
from tillit.kernel.errors import TillitError
from tillit.teamwork.changeover.actions import say_read, write_line

TEAM = "Team Solvik"
KARI, INGRID, HANNE = "kari.nilsen", "ingrid.solheim", "hanne.lie"
HUNG_DAYS = 45
EVERY_THIRD = 3


@transaction.atomic
def tell_each_other(anchor: date) -> None:
    """Add the rows, notices by the product's own actions. All other rows have been written."""
    hang_notes(anchor)
    team = Unit.objects.filter(name=TEAM).order_by("pk").first()
    people = {one.user.username: one for one in Employee.objects.filter(user__username__in=(KARI, INGRID, HANNE))
              .select_related("user") if one.user}  # fmt: skip
    if team is None or len(people) < 3:
        return  # a town too small for the story
    at = oslo.moment(anchor, time(6, 45))
    actors = {name: actor_of(user_id=one.user_id or 0, name=one.name, at=at) for name, one in people.items()}
    with reading.watching() as watch:
        try:
            _notices(team, people, actors, anchor)
        except TillitError:
            return  # the day drew something else: the story is shorter
    reading.write(watch, actor=actors[KARI], door="demo", at=at)


def hang_notes(anchor: date) -> None:
    """Let the last weeks' notes hang on what was done in their visits, every third on the goal it is done for."""
    first = VisitTask.objects.filter(visit=OuterRef("visit"), intervention__isnull=False).order_by("rank", "pk")
    said = (
        VisitReport.objects.filter(visit__on__gte=anchor - timedelta(days=HUNG_DAYS))
        .exclude(note="")
        .annotate(task=Subquery(first.values("pk")[:1]))
        .filter(task__isnull=False)
        .order_by("pk")
    )
    task_of = dict(said.values_list("pk", "task"))
    tasks = {
        row[0]: row[1:]
        for row in VisitTask.objects.filter(pk__in=set(task_of.values())).values_list(
            "pk", "title", "intervention_id", "intervention__line", "intervention__goal_id",
            "intervention__goal__line", "intervention__goal__words",
        )
    }  # fmt: skip
    pegs = []
    entries = Entry.objects.filter(
        kind=EntryKind.REPORT, row_id__in=task_of, has_words=True, removal__isnull=True
    ).order_by("pk")
    for number, (entry_id, row_id) in enumerate(entries.values_list("pk", "row_id")):
        title, intervention_id, line, goal_id, goal_line, words = tasks[task_of[row_id]]
        if goal_id is not None and number % EVERY_THIRD == 0:
            pegs.append(EntryPeg(entry_id=entry_id, kind="GOAL", line=goal_line or goal_id, words=words))
        else:
            pegs.append(EntryPeg(entry_id=entry_id, kind="INTERVENTION", line=line or intervention_id, words=title))
    EntryPeg.objects.bulk_create(pegs, batch_size=1000)


def _notices(team: Unit, people: dict[str, Employee], actors: dict[str, Actor], anchor: date) -> None:
    followed = Following.objects.filter(unit=team, valid_to__isnull=True, citizen__died_on__isnull=True)
    citizens = list(followed.order_by("citizen_id").values_list("citizen_id", flat=True)[:6])
    if len(citizens) < 6:
        return
    yesterday = anchor - timedelta(days=1)

    def write(by: str, text: str, when: str, at: datetime, **to: int | None) -> int:
        return write_notice(
            actor=actors[by], unit_id=team.pk, text=text, by=when, at=at, press_key="", **to
        ).pk  # fmt: skip

    write(KARI, "Datteren spør om vi kan flytte dusjen til torsdag. Hun venter på svar.", "TODAY",
          oslo.moment(yesterday, time(13, 40)), citizen_id=citizens[0])  # fmt: skip
    write(HANNE, "Apoteket har levert feil styrke på blodtrykksmedisinen. Kan du ringe dem?", "TODAY",
          oslo.moment(anchor, time(6, 50)), citizen_id=citizens[1], owner_id=people[INGRID].pk)  # fmt: skip
    taken = write(KARI, "Rullatoren har løst bremsehåndtak.", "TOMORROW", oslo.moment(yesterday, time(11, 15)),
                  citizen_id=citizens[2])  # fmt: skip
    take_notice(actor=actors[HANNE], notice_id=taken, at=oslo.moment(yesterday, time(14, 5)))
    write(HANNE, "Bil 3 skal på verksted onsdag. Hvem kan ta den dit?", "WEEK", oslo.moment(anchor, time(6, 30)))
    done = write(KARI, "Fastlegen ville ha vekta fra forrige uke.", "TODAY", oslo.moment(yesterday, time(9, 20)),
                 citizen_id=citizens[3], owner_id=people[INGRID].pk)  # fmt: skip
    answer_notice(actor=actors[INGRID], notice_id=done, answer="Sendt til legekontoret, 64,2 kilo.",
                  at=oslo.moment(yesterday, time(12, 10)))  # fmt: skip
    on = oslo.moment(anchor, time(6, 40))
    write_line(actor=actors[HANNE], unit_id=team.pk, on=anchor, shift_kind="DAY", press_key="",
               text="Nytt nøkkelskap er montert. Koden får du av Hanne.", at=on)  # fmt: skip
    say_read(actor=actors[KARI], unit_id=team.pk, on=anchor, shift_kind="DAY", at=oslo.moment(anchor, time(6, 55)))
