"""Questions to those who can what the team cannot (R17)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens import queries
from tillit.care.citizens.contexts.change import Opened, crumbs
from tillit.care.citizens.models import CompetenceQuestion
from tillit.care.citizens.permissions import ANSWER_COMPETENCE, ASK_COMPETENCE, READ_CITIZEN
from tillit.care.citizens.queries.questions import QuestionLine, UnitQuestions, line_of, questions_of_unit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds, require
from tillit.foundation.organisation.queries import get_unit, scope_of
from tillit.foundation.responsibility.contexts.routing import WhyHere, why_here
from tillit.foundation.responsibility.queries import holder_for
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs, Deadline, Fact, Facts, ListRow, RowList


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """citizens/questions.html: what a unit is asked, and what it has asked."""

    crumbs: Crumbs
    title: str
    lead: str
    asked: RowList | None
    waiting: RowList | None
    answered: RowList | None
    is_quiet: bool


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """citizens/question.html: one question, and its answer."""

    question_id: int
    crumbs: Crumbs
    title: str
    lead: str
    words: str
    facts: Facts
    deadline: Deadline | None
    answer: str
    answer_title: str
    may_answer: bool
    may_withdraw: bool
    citizen_href: str = field(metadata={"help": "Empty while she is out of the reader's reach"})


@dataclass(frozen=True, slots=True)
class AskPage:
    """citizens/ask.html: ask those who can."""

    citizen_id: int
    crumbs: Crumbs
    title: str
    lead: str
    why: WhyHere | None
    back: str


def questions_page(*, actor: Actor, unit_id: int, at: datetime) -> QuestionsPage:
    """Return the list of a unit. Raises NotFound out of reach, NotAllowed."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    require(actor, READ_CITIZEN, scope_of(unit))
    today = oslo.day_of(at)
    found = questions_of_unit(unit_id=unit.pk, on=today)
    return QuestionsPage(
        crumbs=Crumbs((Crumb(_("Brukere"), reverse("citizens:list")), Crumb(_("Spørsmål om kompetanse")))),
        title=_("Spørsmål om kompetanse"),
        lead=_lead(found, unit.name),
        asked=_rows(found.asked, today, theirs=True),
        waiting=_rows(found.waiting, today),
        answered=_rows(found.answered, today),
        is_quiet=not (found.asked or found.waiting or found.answered),
    )


def question_page(*, actor: Actor, question: CompetenceQuestion, at: datetime) -> QuestionPage:
    """Return one question that `get_question` gave."""
    today = oslo.day_of(at)
    line = line_of(question)
    to = Scope((question.to_unit.path,), line.citizen_id)
    asker = Scope((question.asked_for.path,), line.citizen_id)
    is_hers = line.to_employee_id is not None and line.to_employee_id == actor.employee_id
    reached = queries.readable(actor, on=today).filter(pk=line.citizen_id).exists()
    here = question.to_unit_id if is_hers or holds(actor, READ_CITIZEN, to) else question.asked_for_id
    return QuestionPage(
        question_id=line.question_id,
        crumbs=Crumbs(
            (Crumb(_("Spørsmål om kompetanse"), reverse("questions:list", args=[here])), Crumb(line.citizen_name))
        ),
        title=line.competence or _("Spørsmål om %(name)s") % {"name": line.citizen_name},
        lead=_("%(unit)s spør %(to)s om %(name)s.")
        % {"unit": line.asked_for_name, "to": line.to_name, "name": line.citizen_name},
        words=line.words,
        facts=Facts(
            (
                Fact(_("Bruker"), line.citizen_name),
                Fact(
                    _("Spurt av"),
                    _("%(who)s, %(when)s")
                    % {"who": line.asked_by or line.asked_for_name, "when": _near(line.asked_at, today)},
                ),
                Fact(_("Til"), line.to_name),
            )
        ),
        deadline=formats.deadline_of(line.answer_by, today=today, language=page_language()) if line.is_open else None,
        answer=line.answer,
        answer_title=_("%(who)s svarte %(when)s")
        % {"who": line.answered_by or line.to_name, "when": _near(line.answered_at, today)}
        if line.answered_at
        else "",
        may_answer=line.is_open and (is_hers or holds(actor, ANSWER_COMPETENCE, to)),
        may_withdraw=line.is_open and holds(actor, ASK_COMPETENCE, asker),
        citizen_href=reverse("citizens:page", args=[line.citizen_id]) if reached else "",
    )


def ask_page(found: Opened) -> AskPage:
    """Return the frame around asking. The table says who is to bring in what the team lacks."""
    followings = [line for line in found.around.followings if line.valid_from <= found.today]
    beside = [line.unit_id for line in followings]
    routed = holder_for(code="SPECIAL_COMPETENCE", unit_id=beside[0], on=found.today, beside=beside) if beside else None
    return AskPage(
        citizen_id=found.citizen.pk,
        crumbs=crumbs(found.citizen, _("Spør noen som kan")),
        title=_("Spør noen som kan"),
        lead=_("De dere spør, ser navnet til %(name)s og spørsmålet, ikke resten.")
        % {"name": found.citizen.first_name},
        why=why_here(routed, what=_("Ansvaret for å spørre"), question=_("Hvem skal spørre?")) if routed else None,
        back=reverse("citizens:page", args=[found.citizen.pk]),
    )


def citizen_rows(lines: Iterable[QuestionLine], *, today: date) -> RowList | None:
    """Return the open questions about a citizen, for her own page; None without any."""
    return _rows([line for line in lines if line.is_open], today, named=False)


def _lead(found: UnitQuestions, unit: str) -> str:
    if not found.asked:
        return _("Ingen venter på svar fra %(unit)s.") % {"unit": unit}
    count = len(found.asked)
    return ngettext(
        "%(count)s spørsmål venter på svar fra %(unit)s.", "%(count)s spørsmål venter på svar fra %(unit)s.", count
    ) % {"count": count, "unit": unit}


def _rows(lines: Iterable[QuestionLine], today: date, *, theirs: bool = False, named: bool = True) -> RowList | None:
    rows = tuple(
        ListRow(
            line.citizen_name if named else line.to_name,
            note=" · ".join(
                part
                for part in (
                    (line.asked_for_name if theirs else _("til %(who)s") % {"who": line.to_name}) if named else "",
                    line.competence,
                    _("besvart %(when)s") % {"when": _near(line.answered_at, today)} if line.answered_at else "",
                )
                if part
            ),
            more=line.answer or line.words,
            href=reverse("questions:show", args=[line.question_id]),
            end=formats.deadline_of(line.answer_by, today=today, language=page_language()) if line.is_open else "",
        )
        for line in lines
    )
    return RowList(rows) if rows else None


def _near(moment: datetime | None, today: date) -> str:
    return formats.near_moment(moment, today=today, language=page_language()) if moment else ""
