"""decisions/on_citizen.html: cases on the citizen page – what she has, what is looked at, appeals, letters."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.decisions.contexts.appeals import appeal_rows
from tillit.care.decisions.contexts.words import short_date
from tillit.care.decisions.models import Case, DecisionLine
from tillit.care.decisions.models.case import STATE_NAMES
from tillit.care.decisions.permissions import REGISTER_CASE
from tillit.care.decisions.queries import dates_of, practice_on, reachable_cases, targets
from tillit.care.decisions.queries.appeals import appeals_of_cases
from tillit.care.decisions.rules.due import CaseDates, Due, Practice, dues
from tillit.care.decisions.rules.states import CLOSED, GIVING, WITH_HELP, State
from tillit.care.letters.queries import letters_of
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds
from tillit.foundation.authority.words import extent_in_words
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import ListRow, RowList
from tillit.ui.parts.part import Part

MOST_LETTERS = 3
SOON_DAYS = 28


@dataclass(frozen=True, slots=True)
class OnCitizen(Part):
    """decisions/on_citizen.html."""

    folder: ClassVar[str] = "decisions"

    rows: RowList | None = field(
        metadata={"help": "What she has from decisions, what is being looked at, open appeals, the newest letters"}
    )
    has_services: bool
    nothing: bool
    new_href: str = field(metadata={"help": "Where an application is written down; empty: she may not"})
    appeal_href: str = field(metadata={"help": "Where an appeal is written down; empty: nothing is decided"})


def part_on_citizen(*, actor: Actor, citizen_id: int, scope: Scope, on: date) -> OnCitizen | None:
    """Return the part about cases; None for whoever has nothing to read or do here. Constant queries.

    The citizen has been reached; scope: hers.
    """
    reached = reachable_cases(actor, on=on).filter(citizen_id=citizen_id)
    cases = list(reached.select_related("unit").order_by("-pk"))
    registers = holds(actor, REGISTER_CASE, scope)
    if not cases and not registers:
        return None
    ids = [case.pk for case in cases]
    in_force = (
        DecisionLine.objects.filter(decision__case_id__in=ids, outcome__in=GIVING)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
        .filter(Q(stopped_on__isnull=True) | Q(stopped_on__gt=on))
        .select_related("service", "decision")
        .order_by("service__rank", "starts_on", "pk")
    )
    lines = list(in_force)
    practice = targets(practice_on(on))
    dates = dates_of(cases)
    appeals = [
        line for found in appeals_of_cases(ids, on=on, wanted=practice).values() for line in found if line.is_open
    ]
    by_id = {case.pk: case for case in cases}
    open_cases = [case for case in cases if State(case.state) not in CLOSED and State(case.state) not in _RUNNING]
    return OnCitizen(
        rows=_list(
            [
                *(_service(line, by_id[line.decision.case_id], on=on) for line in lines),
                *(_case(case, _first_due(dates[case.pk], on, practice), on=on) for case in open_cases),
                *appeal_rows(appeals, today=on),
                *_letters(citizen_id),
            ]
        ),
        has_services=bool(lines),
        nothing=not cases,
        new_href=f"{reverse('decisions:new')}?bruker={citizen_id}" if registers else "",
        appeal_href=reverse("decisions:appeal_of_citizen", args=[citizen_id]) if cases and registers else "",
    )


_RUNNING = WITH_HELP - {State.REASSESSMENT}


def _list(rows: list[ListRow]) -> RowList | None:
    return RowList(tuple(rows)) if rows else None


def _service(line: DecisionLine, case: Case, *, on: date) -> ListRow:
    said = []
    if line.extent is not None:
        said.append(_capital(extent_in_words(line.service.extent_in, line.extent)))
    if line.starts_on and line.starts_on > on:
        said.append(_("fra %(day)s") % {"day": short_date(line.starts_on)})
    last = line.ends_on
    if line.stopped_on is not None:
        said.append(_("slutter %(day)s") % {"day": short_date(line.stopped_on)})
    elif last is not None:
        said.append(_("til og med %(day)s") % {"day": short_date(last)})
    looked_at = case.evaluate_on or line.decision.evaluate_on
    note = ", ".join(said)
    if last is None and looked_at is not None:
        again = _("Vurderes på nytt innen %(day)s") % {"day": short_date(looked_at)}
        note = f"{note}. {again}" if note else again
    soon = last if last is not None and (last - on).days <= SOON_DAYS else None
    return ListRow(
        line.service.name,
        note,
        href=reverse("decisions:case", args=[case.pk]),
        end=formats.deadline_of(soon, today=on, language=page_language()) or "" if soon else "",
    )


def _case(case: Case, due: Due | None, *, on: date) -> ListRow:
    return ListRow(
        str(STATE_NAMES[State(case.state)]),
        _("Sak %(number)s, %(unit)s") % {"number": case.number, "unit": case.unit.name},
        href=reverse("decisions:case", args=[case.pk]),
        end=formats.deadline_of(due.by, today=on, language=page_language()) or "" if due else "",
    )


def _first_due(dates: CaseDates, on: date, practice: Practice) -> Due | None:
    return next(iter(dues(dates, on=on, practice=practice)), None)


def _letters(citizen_id: int) -> list[ListRow]:
    return [
        ListRow(
            letter.title,
            _("Brev sendt %(day)s") % {"day": short_date(oslo.day_of(letter.sent_at))},
            href=reverse("letters:pdf", args=[letter.letter_id]),
        )
        for letter in letters_of(citizen_id)[:MOST_LETTERS]
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
