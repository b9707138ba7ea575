"""Write in a case, note what is done meanwhile, say the next step, and end it with a result."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.careplans.queries import goals_in_use
from tillit.care.journal.rules.pegs import LONGEST_WORDS, Peg, PegKind
from tillit.care.therapy.actions.holding import let_go
from tillit.care.therapy.actions.opening import TherapyRefused, close_act, open_case, refuse_others
from tillit.care.therapy.actions.telling import tell_who_referred
from tillit.care.therapy.models import CaseState, EventKind, Result, TherapyCase
from tillit.care.therapy.permissions import WORK_CASE
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo


@transaction.atomic
def write_in_case(
    *,
    actor: Actor,
    therapy_id: int,
    edition: int,
    words: str,
    is_interim: bool,
    next_step: str,
    next_on: date | None,
    at: datetime,
) -> TherapyCase:
    """Write what was done and what comes next; signed by the press.

    is_interim: advice or an aid while she waits: whoever works the list may write that before somebody has the case.
    Without words only the next step is changed. Raises NotFound, NotAllowed, TherapyRefused, ChangedMeanwhile.
    """
    case, scope = open_case(actor=actor, therapy_id=therapy_id, edition=edition, permission=WORK_CASE, at=at)
    waits = case.state == CaseState.WAITING
    if not (waits and is_interim):
        refuse_others(case, actor)
    step = (next_step.strip(), next_on)
    if bool(step[0]) != bool(step[1]):
        fact = "next_on" if step[0] else "next_step"
        raise TherapyRefused(_("Skriv både neste steg og dagen."), fact=fact)
    same = waits or step == (case.next_step, case.next_on)
    if not words.strip() and (same or is_interim):
        raise TherapyRefused(_("Skriv hva som er gjort, eller et nytt neste steg."), fact="words")
    if not same and next_on is not None and next_on < oslo.day_of(at):
        raise TherapyRefused(_("Velg i dag eller en dag som kommer."), fact="next_on")
    if not waits:
        case.next_step, case.next_on = step
    kind = EventKind.INTERIM if is_interim else EventKind.WORDS if words.strip() else EventKind.STEP
    change: dict[str, object] = {"next_on": case.next_on.isoformat() if case.next_on else None}
    close_act(actor, case, scope, WORK_CASE, at=at, kind=kind, words=words or case.next_step, change=change)
    return case


@transaction.atomic
def close_case(
    *,
    actor: Actor,
    therapy_id: int,
    edition: int,
    result: str,
    words: str,
    goals: Collection[int],
    at: datetime,
) -> TherapyCase:
    """End a case with how it went. Hung on the goals of her plan it was about; her reach ends with it.

    goals: ids of goals in use. One that waits may be ended by who works the list, when it is not needed or others help.
    Raises NotFound, NotAllowed, TherapyRefused, ChangedMeanwhile.
    """
    case, scope = open_case(actor=actor, therapy_id=therapy_id, edition=edition, permission=WORK_CASE, at=at)
    if result not in Result.values:
        raise TherapyRefused(_("Velg hvordan det gikk."), fact="result")
    if case.state == CaseState.WAITING:
        if result not in (Result.OTHERS, Result.NOT_NEEDED):
            raise TherapyRefused(
                _("Ingen har hatt saken ennå. Velg at andre hjelper, eller at det ikke trengs."), fact="result"
            )
    else:
        refuse_others(case, actor)
    if not words.strip():
        raise TherapyRefused(_("Skriv hva dere kom fram til. Den som henviste, ser det."), fact="words")
    known = goals_in_use((case.citizen_id,)).get(case.citizen_id, [])
    pegs = tuple(Peg(PegKind.GOAL, one.line, one.words[:LONGEST_WORDS]) for one in known if one.goal_id in goals)
    let_go(case, at=at)
    case.state, case.result, case.closed_on = CaseState.CLOSED, result, oslo.day_of(at)
    change: dict[str, object] = {"result": result, "goals": [peg.line for peg in pegs]}
    event = close_act(
        actor, case, scope, WORK_CASE, at=at, kind=EventKind.CLOSED, words=words, pegs=pegs, change=change
    )
    tell_who_referred(actor, case, event, scope, WORK_CASE, at=at)
    return case
