"""Questions to those who can what the team cannot: who waits for an answer, and who is asked (R17)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tillit.care.citizens.models import CompetenceQuestion
from tillit.care.citizens.permissions import READ_CITIZEN
from tillit.care.citizens.queries.reach import readable
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.reader import barred_now
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.workforce.models import Competence, HeldCompetence, PositionShare
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound

#: For so many days those who asked and those who answered see it in their lists.
ANSWERED_DAYS = 14
#: The kinds of units one may ask.
ASKED_KINDS = (UnitKind.TEAM, UnitKind.WORK_GROUP, UnitKind.SPECIAL_TEAM, UnitKind.OFFICE)


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question, with its answer when there is one."""

    question_id: int
    citizen_id: int
    citizen_name: str
    competence: str = field(metadata={"help": "What is needed, when it has a name"})
    asked_for_id: int
    asked_for_name: str
    to_unit_id: int
    to_name: str = field(metadata={"help": "The person asked with her unit, else the unit"})
    to_employee_id: int | None
    words: str
    answer_by: date
    asked_by: str
    asked_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None
    is_withdrawn: bool

    @property
    def is_open(self) -> bool:
        """Whether somebody must still answer."""
        return self.answered_at is None and not self.is_withdrawn


@dataclass(frozen=True, slots=True)
class UnitQuestions:
    """What a unit is asked, what it has asked, and what was answered lately."""

    asked: tuple[QuestionLine, ...] = field(metadata={"help": "Others ask the unit: answer"})
    waiting: tuple[QuestionLine, ...] = field(metadata={"help": "The unit asks others"})
    answered: tuple[QuestionLine, ...]


@dataclass(frozen=True, slots=True)
class Expert:
    """Somebody who holds a competence of her own, and where she works."""

    employee_id: int
    name: str
    unit_id: int
    unit_name: str
    competences: tuple[str, ...]
    codes: frozenset[str]


def questions_of_unit(*, unit_id: int, on: date) -> UnitQuestions:
    """Return the questions to and from a unit, the soonest wanted first: one query. Callers have checked the unit."""
    since = oslo.whole_day(on - timedelta(days=ANSWERED_DAYS)).start
    rows = _lines(
        CompetenceQuestion.objects.filter(
            Q(to_unit_id=unit_id) | Q(asked_for_id=unit_id),
            Q(answered_at__isnull=True) | Q(answered_at__gte=since),
            withdrawn_at__isnull=True,
        ).exclude(citizen_id__in=barred_now())
    )
    reading.note_all(row.citizen_id for row in rows)
    return UnitQuestions(
        asked=tuple(row for row in rows if row.is_open and row.to_unit_id == unit_id),
        waiting=tuple(row for row in rows if row.is_open and row.asked_for_id == unit_id),
        answered=tuple(row for row in rows if not row.is_open),
    )


def questions_of_citizen(citizen_id: int) -> list[QuestionLine]:
    """Return every question about a citizen, newest first. Callers have come through `get_citizen`."""
    return sorted(_lines(CompetenceQuestion.objects.filter(citizen_id=citizen_id)), key=lambda row: -row.question_id)


def count_questions(*, unit_ids: Iterable[int]) -> dict[int, int]:
    """Return how many questions wait for an answer from each unit, in one query. Nobody is named."""
    found = dict.fromkeys(unit_ids, 0)
    rows = CompetenceQuestion.objects.filter(
        to_unit_id__in=list(found), answered_at__isnull=True, withdrawn_at__isnull=True
    )
    for unit_id in rows.values_list("to_unit_id", flat=True):
        found[unit_id] += 1
    return found


def get_question(*, actor: Actor, question_id: int, at: datetime, lock: bool = False) -> CompetenceQuestion:
    """Return a question the actor may see, and note the reading.

    Those who may read the citizen see it always. Those who are asked see it while it is open, and two weeks after the
    answer: the unit asked and, of that unit, the person asked. Raises NotFound out of reach.
    """
    today = oslo.day_of(at)
    since = oslo.whole_day(today - timedelta(days=ANSWERED_DAYS)).start
    paths = Q(pk__in=())
    for path in actor.paths_for(READ_CITIZEN.roles):
        paths |= Q(path__startswith=path)
    asked = Q(to_unit__in=Unit.objects.filter(paths).values("pk")) | (
        Q(to_employee_id=actor.employee_id) if actor.employee_id is not None else Q(pk__in=())
    )
    seen = Q(citizen__in=readable(actor, on=today).values("pk")) | (
        asked & Q(withdrawn_at__isnull=True) & (Q(answered_at__isnull=True) | Q(answered_at__gte=since))
    )
    rows = CompetenceQuestion.objects.filter(seen).select_related("to_unit", "asked_for")
    rows = rows.exclude(citizen_id__in=actor.barred)
    if lock:
        rows = rows.select_for_update(of=("self",))
    try:
        row = rows.get(pk=question_id)
    except CompetenceQuestion.DoesNotExist:
        raise NotFound(_("Fant ikke spørsmålet.")) from None
    reading.note(row.citizen_id)
    return row


def line_of(question: CompetenceQuestion) -> QuestionLine:
    """Return a question that `get_question` gave, for showing."""
    return _lines(CompetenceQuestion.objects.filter(pk=question.pk))[0]


def units_to_ask(*, on: date) -> list[tuple[int, str]]:
    """Return the units one may ask, by name. The organisation is no secret."""
    units = Unit.objects.filter(in_force(on), kind__in=ASKED_KINDS).order_by("name", "pk")
    return list(units.values_list("pk", "name"))


def competences_to_ask_for() -> list[tuple[str, str]]:
    """Return every competence with a name: (code, name)."""
    return list(Competence.objects.order_by("name").values_list("code", "name"))


def experts(*, on: date) -> list[Expert]:
    """Return those who hold a competence of their own that day and work in a unit, by competence and name.

    What a profession brings with it is not among them: one asks the unit for a nurse. In two queries; colleagues'
    competences are no secret among colleagues.
    """
    held: dict[int, list[tuple[str, str]]] = {}
    rows = HeldCompetence.objects.filter(in_force(on)).order_by("competence__name")
    for employee_id, code, name in rows.values_list("employee_id", "competence__code", "competence__name"):
        held.setdefault(employee_id, []).append((code, name))
    shares = (
        PositionShare.objects.filter(in_force(on, "position__"), position__employee_id__in=held)
        .filter(Q(position__employee__employed_to__isnull=True) | Q(position__employee__employed_to__gt=on))
        .order_by("position__employee__sort_name", "-share", "pk")
        .select_related("position__employee", "unit")
    )
    found: dict[int, Expert] = {}
    for share in shares:
        employee = share.position.employee
        can = held[employee.pk]
        found.setdefault(
            employee.pk,
            Expert(
                employee_id=employee.pk,
                name=employee.name,
                unit_id=share.unit_id,
                unit_name=share.unit.name,
                competences=tuple(name for _code, name in can),
                codes=frozenset(code for code, _name in can),
            ),
        )
    return list(found.values())


def _lines(rows: QuerySet[CompetenceQuestion]) -> list[QuestionLine]:
    read = rows.select_related(
        "citizen", "competence", "asked_for", "to_unit", "to_employee", "asked_by", "answered_by"
    )
    return [
        QuestionLine(
            question_id=row.pk,
            citizen_id=row.citizen_id,
            citizen_name=row.citizen.name,
            competence=row.competence.name if row.competence else "",
            asked_for_id=row.asked_for_id,
            asked_for_name=row.asked_for.name,
            to_unit_id=row.to_unit_id,
            to_name=f"{row.to_employee.name}, {row.to_unit.name}" if row.to_employee else row.to_unit.name,
            to_employee_id=row.to_employee_id,
            words=row.words,
            answer_by=row.answer_by,
            asked_by=row.asked_by.name if row.asked_by else "",
            asked_at=row.asked_at,
            answer=row.answer,
            answered_by=row.answered_by.name if row.answered_by else "",
            answered_at=row.answered_at,
            is_withdrawn=row.withdrawn_at is not None,
        )
        for row in read.order_by("answer_by", "pk")
    ]
