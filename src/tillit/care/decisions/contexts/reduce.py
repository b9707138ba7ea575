"""decisions/reduce.html: the guided way to less help. Every step of the law stands there, with its day (R14)."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.decisions import queries
from tillit.care.decisions.contexts.case_head import case_crumbs
from tillit.care.decisions.contexts.words import short_date
from tillit.care.decisions.models import Case
from tillit.care.decisions.permissions import WORK_CASE
from tillit.care.decisions.queries.facts import facts_of, newest_decision, newest_notice, open_lines
from tillit.care.decisions.rules.reduction import Done, ReductionFacts, Stage, stages
from tillit.care.decisions.rules.states import TAKES_AWAY, Outcome, State, missing_assessment
from tillit.care.needs.queries import ConversationState, list_conversations
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.kernel import oslo
from tillit.ui.parts import Action, Crumbs


@dataclass(frozen=True, slots=True)
class StageShown:
    """One step. state: done, current, waiting or skipped."""

    number: int
    title: str
    note: str
    state: str
    word: str
    action: Action | None


@dataclass(frozen=True, slots=True)
class ReducePage:
    """decisions/reduce.html."""

    case_id: int
    crumbs: Crumbs
    title: str
    lead: str = field(metadata={"help": "What is left, in one sentence"})
    by_citizen: bool
    stages: tuple[StageShown, ...]
    begin_href: str = field(metadata={"help": "Empty: it has begun"})


def reduce_page(*, actor: Actor, case_id: int, at: datetime) -> ReducePage:
    """Return the way to less help, from where the case stands. Constant queries. Raises NotFound."""
    today = oslo.day_of(at)
    case = queries.get_case(actor=actor, case_id=case_id, at=at)
    may_work = holds(actor, WORK_CASE, queries.scope_of_case(case, on=today))
    known = _known(case, today)
    found = stages(known, on=today)
    left = sum(one.done in (Done.NOW, Done.LATER) for one in found)
    if not known.begun:
        lead = _("Mindre hjelp går alltid gjennom disse stegene. Ingen av dem kan hoppes over.")
    elif left == 0:
        lead = _("Alle stegene er gjort.")
    else:
        lead = _("%(left)s steg igjen.") % {"left": left}
    return ReducePage(
        case_id=case.pk,
        crumbs=case_crumbs(case, _("Mindre hjelp")),
        title=_("Mindre hjelp"),
        lead=lead,
        by_citizen=case.by_citizen,
        stages=tuple(
            _stage(number, case, one.stage, one.done, one.on, known, may_work) for number, one in enumerate(found, 1)
        ),
        begin_href=f"{reverse('decisions:reassess', args=[case.pk])}?mindre=ja"
        if not known.begun and may_work and State(case.state) in (State.ACTIVE, State.PAUSED, State.NOTIFIED)
        else "",
    )


def _known(case: Case, today: date) -> ReductionFacts:
    facts = facts_of(case, on=today)
    state = State(case.state)
    begun = case.reassessed_from is not None and state in (
        State.REASSESSMENT,
        State.ASSESSMENT,
        State.PROPOSED,
        State.DECIDED,
    )
    since = case.reassessed_from if begun else None
    talks = [
        row.held_on
        for row in list_conversations(case.citizen_id)
        if row.state == ConversationState.DONE and since is not None and row.held_on >= since
    ]
    notice = newest_notice(case) if begun else None
    decision = newest_decision(case)
    this_round = decision if decision and since is not None and decision.decided_on >= since else None
    fresh = facts.assessed_on is not None and since is not None and facts.assessed_on >= since
    own_view_on = facts.assessed_on if fresh and facts.own_view else None
    is_proposed = begun and case.proposed_at is not None and state is not State.REASSESSMENT
    proposed_on = oslo.day_of(case.proposed_at) if is_proposed and case.proposed_at else None
    return ReductionFacts(
        begun=begun,
        since=since,
        talked_on=max(talks, default=own_view_on),
        assessed_on=facts.assessed_on if begun and not missing_assessment(facts) else None,
        needs_notice=not (begun and case.by_citizen),
        warned_on=notice.sent_on if notice else None,
        reply_by=notice.reply_by if notice else None,
        replied_on=notice.replied_on if notice else None,
        proposed_on=proposed_on,
        takes_away=any(line.outcome and Outcome(line.outcome) in TAKES_AWAY for line in open_lines(case)),
        decided_on=this_round.decided_on if this_round else None,
        told_on=this_round.known_on if this_round else None,
    )


_TITLES = {
    Stage.TOGETHER: lambda: _("Snakk med brukeren om hva som er blitt lettere"),
    Stage.ASSESS: lambda: _("Vurder behovet på nytt, for akkurat denne brukeren"),
    Stage.WARN: lambda: _("Send forhåndsvarsel"),
    Stage.ANSWER: lambda: _("Brukeren får tid til å svare"),
    Stage.PROPOSE: lambda: _("Skriv forslaget, med begrunnelse"),
    Stage.DECIDE: lambda: _("Den som har myndighet, fatter vedtaket"),
    Stage.TELL: lambda: _("Brukeren får vedtaket, med klagerett"),
}


def _stage(
    number: int, case: Case, stage: Stage, done: Done, on: date | None, known: ReductionFacts, may_work: bool
) -> StageShown:
    state = {Done.DONE: "done", Done.NOW: "current", Done.LATER: "waiting", Done.NOT_NEEDED: "skipped"}[done]
    word = {
        Done.DONE: _("Gjort"),
        Done.NOW: _("Nå"),
        Done.LATER: _("Siden"),
        Done.NOT_NEEDED: _("Trengs ikke"),
    }[done]
    return StageShown(
        number,
        _TITLES[stage](),
        _note(stage, done, on, known),
        state,
        word,
        _action(case, stage) if done is Done.NOW and may_work else None,
    )


def _note(stage: Stage, done: Done, on: date | None, known: ReductionFacts) -> str:
    if done is Done.NOT_NEEDED:
        return _("Brukeren har selv bedt om mindre hjelp")
    if done is Done.DONE:
        if stage is Stage.ANSWER and known.replied_on is None and known.reply_by:
            return _("Fristen gikk ut %(day)s uten svar") % {"day": short_date(known.reply_by)}
        return short_date(on) if on else ""
    if stage is Stage.ANSWER and known.reply_by is not None:
        return _("Frist %(day)s. Svarer brukeren før, kan dere gå videre da.") % {"day": short_date(known.reply_by)}
    return ""


def _action(case: Case, stage: Stage) -> Action | None:
    if stage is Stage.TOGETHER:
        return Action(_("Åpne samtalen"), reverse("needs:conversation", args=[case.citizen_id]), tight=True)
    name, label = {
        Stage.ASSESS: ("case", _("Vurder behovet")),
        Stage.WARN: ("advance", _("Skriv varselet")),
        Stage.ANSWER: ("reply", _("Skriv ned svaret")),
        Stage.PROPOSE: ("propose", _("Skriv forslaget")),
        Stage.DECIDE: ("decide", _("Se vedtaket")),
        Stage.TELL: ("case", _("Meld fra")),
    }[stage]
    return Action(label, reverse(f"decisions:{name}", args=[case.pk]), tight=True)
