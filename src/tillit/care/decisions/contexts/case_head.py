"""The head of a page about a case: the way to it, what it is in one line, how far it has come, what matters to her."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.rules import age
from tillit.care.decisions.contexts.words import short_date
from tillit.care.decisions.models import Assessment, Case
from tillit.care.decisions.queries.rows import CaseRows
from tillit.care.decisions.rules.states import State
from tillit.care.needs.queries import Words
from tillit.ui import formats
from tillit.ui.language import page_language
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


def about_line(case: Case, *, on: date) -> str:
    """Return a case in one line: age, new or not, number, when it came."""
    parts = []
    years = age(case.citizen.born_on, on=on, died_on=case.citizen.died_on)
    if years is not None:
        parts.append(_("%(age)s år") % {"age": years})
    if case.is_new:
        parts.append(_("ny bruker"))
    parts.append(_("Sak %(number)s") % {"number": case.number})
    if case.received_on:
        received = short_date(case.received_on)
        parts.append(
            _("Henvendelse %(day)s") % {"day": received}
            if case.state == State.CONTACT
            else _("Søknad mottatt %(day)s") % {"day": received}
        )
    return " · ".join(parts)


def steps_of(rows: CaseRows, words: Words | None) -> Steps:
    """Return how far a case has come. words: what matters to the citizen, when somebody has asked."""
    case, lang = rows.case, page_language()
    state = State(case.state)
    done = next(iter(rows.done), None)
    evaluate = case.evaluate_on
    decided = next((event.on for event in rows.events if event.step == "DECIDE"), None)
    started = next((event.on for event in rows.events if event.step == "START"), None)

    def short(day: date | None) -> str:
        return formats.day_and_month(day, lang) if day else ""

    heard = newest_own_view(rows)
    talked = words.said_on if words else heard.held_on if heard else None
    urgent = _("i gang siden %(day)s") % {"day": short(case.urgent_from)} if case.urgent_from else ""
    marks = [
        (_("Søknad"), short(case.received_on), state is not State.CONTACT),
        (_("Samtale"), short(talked), talked is not None),
        (_("Vurdering"), short(done.held_on if done else None), done is not None and state is not State.REASSESSMENT),
        (_("Vedtak"), short(decided), decided is not None and state not in _UNDECIDED),
        (_("Levering"), short(started) or urgent, state in (State.ACTIVE, State.PAUSED)),
        (
            _("Ny vurdering"),
            _("innen %(day)s") % {"day": short_date(evaluate)} if evaluate else "",
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


def newest_own_view(rows: CaseRows) -> Assessment | None:
    """The newest finished assessment with the citizen's own view in it."""
    return next((one for one in rows.done if one.own_view.strip()), None)


def matters_of(rows: CaseRows, words: Words | None) -> Matters:
    """Return the citizen's own words about what matters, else her view in the assessment, else that somebody must ask.

    What matters goes before how she sees the help: it is the question that opens the conversation (R12).
    """
    case = rows.case
    heard = newest_own_view(rows)
    if words is None and heard is not None:
        return Matters(
            text=heard.own_view,
            label=_("Slik ser %(name)s det selv") % {"name": case.citizen.first_name},
            foot=_("Fra vurderingen %(day)s. Hva som er viktig i livet ellers, er ikke spurt om ennå.")
            % {"day": short_date(heard.held_on)},
        )
    if words is None:
        return Matters(ask=_("Ta samtalen før dere fyller ut noe annet."), size="sm")
    return Matters(
        text=words.words,
        label=_("Hva er viktig for %(name)s") % {"name": case.citizen.first_name},
        foot=_("Sagt %(day)s") % {"day": short_date(words.said_on)},
    )
