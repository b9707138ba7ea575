"""The head of a page about a case: the way to it, what it is in one line, how far it has come, what matters to her."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.decisions.contexts.words import language
from tillit.care.decisions.models import Case
from tillit.care.decisions.queries.file import CaseFile
from tillit.care.decisions.rules.states import State
from tillit.ui import formats
from tillit.ui.parts import Crumb, Crumbs, Matters, Step, Steps


def case_crumbs(case: Case, title: str) -> Crumbs:
    """Return the way to a page about a part of a case."""
    return Crumbs(
        (
            Crumb(_("Saker"), reverse("decisions:queue")),
            Crumb(_("%(name)s, %(number)s") % {"name": case.citizen.name, "number": case.number},
                  reverse("decisions:case", args=[case.pk])),
            Crumb(title),
        )
    )  # fmt: skip


def about_line(found: CaseFile) -> str:
    """Return a case in one line: age, new or not, number, when it came."""
    case = found.case
    parts = []
    if found.brief.age is not None:
        parts.append(_("%(age)s år") % {"age": found.brief.age})
    if case.is_new:
        parts.append(_("ny bruker"))
    parts.append(_("Sak %(number)s") % {"number": case.number})
    if case.received_on:
        received = formats.short_date(case.received_on, language())
        parts.append(
            _("Henvendelse %(day)s") % {"day": received}
            if case.state == State.CONTACT
            else _("Søknad mottatt %(day)s") % {"day": received}
        )
    return " · ".join(parts)


def steps_of(found: CaseFile, *, on: date) -> Steps:
    case, lang = found.case, language()
    state = State(case.state)
    done = found.done[0] if found.done else None
    evaluate = case.evaluate_on
    decided = next((event.on for event in found.events if event.step == "DECIDE"), None)
    started = next((event.on for event in found.events if event.step == "START"), None)

    def short(day: date | None) -> str:
        return formats.day_and_month(day, lang) if day else ""

    talked = found.words.said_on if found.words else None
    urgent = _("i gang siden %(day)s") % {"day": short(case.urgent_from)} if case.urgent_from else ""
    marks = [
        (_("Søknad"), short(case.received_on), state is not State.CONTACT),
        (_("Samtale"), short(talked), talked is not None),
        (_("Vurdering"), short(done.held_on if done else None), done is not None and state is not State.REASSESSMENT),
        (_("Vedtak"), short(decided), decided is not None and state not in _UNDECIDED),
        (_("Levering"), short(started) or urgent, state in (State.ACTIVE, State.PAUSED)),
        (
            _("Ny vurdering"),
            _("innen %(day)s") % {"day": formats.short_date(evaluate, lang)} if evaluate else "",
            False,
        ),
    ]
    current = _CURRENT.get(state, -1)
    if state is State.RECEIVED and talked is None:
        current = 1
    return Steps(
        _("Hvor saken er"),
        tuple(
            Step(
                label=label,
                note=_("nå") if number == current and not note else note,
                state="current" if number == current else "done" if ready else "",
            )
            for number, (label, note, ready) in enumerate(marks)
        ),
    )


_UNDECIDED = frozenset({State.CONTACT, State.RECEIVED, State.ASSESSMENT, State.PROPOSED, State.REASSESSMENT})
_CURRENT = {
    State.CONTACT: 0,
    State.RECEIVED: 2,
    State.ASSESSMENT: 2,
    State.REASSESSMENT: 2,
    State.PROPOSED: 3,
    State.DECIDED: 3,
    State.NOTIFIED: 4,
}


def matters_of(found: CaseFile) -> Matters:
    label = _("Hva er viktig for %(name)s") % {"name": found.brief.first_name}
    if found.words is None:
        return Matters(ask=_("Ta samtalen før dere fyller ut noe annet."), size="sm")
    return Matters(
        text=found.words.words,
        label=label,
        foot=_("Sagt %(day)s") % {"day": formats.short_date(found.words.said_on, language())},
    )
