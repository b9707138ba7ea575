"""How an appeal takes a step: one way for pages, imports and jobs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.decisions.actions.steps import open_case
from tillit.care.decisions.events import AppealMoved
from tillit.care.decisions.models import Appeal, AppealEvent, Case
from tillit.care.decisions.queries import is_disqualified
from tillit.care.decisions.queries.appeals import get_appeal, in_time_of
from tillit.care.decisions.rules.appeal_steps import AppealFacts, Missing, missing_for
from tillit.care.decisions.rules.appeals import LEADS, AppealState, AppealStep
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import Permission
from tillit.kernel import events, oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile

MISSING_WORDS: dict[Missing, str | Promise] = {
    Missing.NOT_FROM_HERE: gettext_lazy("Klagen er ikke kommet dit. Last siden på nytt og se hvor den står."),
    Missing.DISQUALIFIED: gettext_lazy(
        "Du er registrert som inhabil i saker for denne brukeren. En annen må behandle klagen."
    ),
    Missing.NOTHING_ASKED: gettext_lazy("Skriv hva klagen mangler."),
    Missing.NO_TIME_TO_ANSWER: gettext_lazy("Sett en frist som ligger fram i tid."),
    Missing.YEAR_PASSED: gettext_lazy(
        "Klagen kom mer enn ett år etter vedtaket. Da åpner ikke loven for å behandle den (forvaltningsloven § 31). "
        "Du kan avvise den og se på hjelpen på nytt i saken."
    ),
    Missing.NO_LATE_REASON: gettext_lazy(
        "Klagen kom etter fristen. Skriv hvorfor den likevel behandles: Den som klager, kan ikke lastes for det, "
        "eller det er særlige grunner."
    ),
    Missing.NO_GROUND: gettext_lazy("Velg hvorfor klagen avvises."),
    Missing.NOT_LATE: gettext_lazy("Klagen kom i tide. Da kan den ikke avvises fordi den kom for sent."),
    Missing.STILL_TIME: gettext_lazy("Fristen for å rette klagen er ikke ute. Vent til den er det."),
    Missing.NO_REASON: gettext_lazy("Skriv begrunnelsen for at klagen avvises."),
    Missing.NO_AUTHORITY: gettext_lazy(
        "Du har ikke fått myndighet til å avgjøre tjenestene i vedtaket, og kan derfor ikke avvise klagen. "
        "Be den som kan, om å gjøre det."
    ),
    Missing.NO_REVIEW: gettext_lazy("Skriv hva dere har sett på på nytt, og hva dere mener, før du går videre."),
    Missing.NO_ANSWER_WORDS: gettext_lazy("Skriv hva Statsforvalteren kom til."),
    Missing.ANSWER_BEFORE_FORWARDED: gettext_lazy(
        "Svaret kan ikke være fra før klagen ble sendt, eller fra en dag som ikke er kommet."
    ),
    Missing.LETTER_INCOMPLETE: gettext_lazy("Brevet mangler noe det må inneholde. Se hva som er merket."),
}


class AppealBlocked(ActionRefused):
    """The appeal cannot take the step now. `missing` says why, in the order it is best mended."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        self.missing = missing
        super().__init__(" ".join(str(MISSING_WORDS[one]) for one in missing) or _("Det går ikke nå."))


@dataclass(frozen=True, slots=True)
class OpenedAppeal:
    """An appeal ready to be changed: its case's row is locked, so that nobody else changes it meanwhile."""

    appeal: Appeal
    case: Case
    scope: Scope
    today: date


def open_appeal(
    *, actor: Actor, appeal_id: int, permission: Permission, at: datetime, edition: int | None = None
) -> OpenedAppeal:
    """Lock an appeal for an action. Raises NotFound, NotAllowed, ChangedMeanwhile.

    edition: the one the actor has seen; None for what cannot meet another's change.
    """
    seen = get_appeal(actor=actor, appeal_id=appeal_id, at=at)
    case, scope = open_case(actor=actor, case_id=seen.decision.case_id, permission=permission, at=at)
    appeal = get_appeal(actor=actor, appeal_id=appeal_id, at=at)  # again, now that nobody else can change it
    if edition is not None and edition != appeal.edition:
        raise ChangedMeanwhile(
            _("Noen andre har endret klagen etter at du åpnet den. Det du skrev, er her. Se over og lagre igjen."),
            seen=edition,
            now=appeal.edition,
        )
    return OpenedAppeal(appeal, case, scope, oslo.day_of(at))


def facts_of_appeal(
    appeal: Appeal, *, actor: Actor, on: date, ground: str = "", may_decide: bool = False, letter_gaps: int = 0
) -> AppealFacts:
    """Return the appeal as the rules see it. What concerns the one who acts is asked here, but for authority."""
    return AppealFacts(
        state=AppealState(appeal.state),
        in_time=in_time_of(appeal),
        missing=appeal.missing,
        complete_by=appeal.complete_by,
        late_reason=appeal.late_reason,
        ground=ground or appeal.dismissed_for,
        review=appeal.review,
        may_decide=may_decide,
        disqualified=is_disqualified(employee_id=actor.employee_id, citizen_id=appeal.decision.case.citizen_id, on=on),
        forwarded_on=appeal.forwarded_on,
        answered_on=appeal.outcome_on,
        answer_words=appeal.outcome_words,
        letter_gaps=letter_gaps,
    )


def take_appeal_step(
    *,
    actor: Actor,
    opened: OpenedAppeal,
    step: AppealStep,
    facts: AppealFacts,
    permission: Permission,
    at: datetime,
    data: Mapping[str, Any] | None = None,
) -> AppealState:
    """Let a locked appeal take a step, or raise AppealBlocked. Saves it with what the caller has set on it.

    data: codes, ids, dates. Writes the appeal's event and one audit entry; publishes AppealMoved.
    """
    if found := missing_for(facts, step, on=opened.today):
        raise AppealBlocked(found)
    appeal = opened.appeal
    was = facts.state
    became = LEADS[was, step]
    appeal.state = became.value
    _store(actor, opened, step.value, was, became, permission=permission, at=at, data=data or {})
    events.publish(AppealMoved(appeal.pk, appeal.decision_id, opened.case.citizen_id, was.value, became.value, at))
    return became


def note_on_appeal(
    *,
    actor: Actor,
    opened: OpenedAppeal,
    noted: str,
    permission: Permission,
    at: datetime,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Save a change that is no step: the edition grows, one event (`noted`) and one audit entry are written."""
    state = AppealState(opened.appeal.state)
    _store(actor, opened, noted, state, state, permission=permission, at=at, data=data or {})


def _store(
    actor: Actor,
    opened: OpenedAppeal,
    step: str,
    was: AppealState,
    became: AppealState,
    *,
    permission: Permission,
    at: datetime,
    data: Mapping[str, Any],
) -> None:
    appeal = opened.appeal
    appeal.edition += 1
    appeal.save()
    add_event(appeal, step, was.value, became.value, actor=actor, on=opened.today, at=at)
    change = {"step": step, "was": was.value, "became": became.value, **data}
    audit.record(actor, permission, str(appeal), opened.scope, at=at, change=change)


def add_event(appeal: Appeal, step: str, was: str, became: str, *, actor: Actor, on: date, at: datetime) -> None:
    """Add a line to the appeal's history."""
    AppealEvent.objects.create(appeal=appeal, step=step, was=was, became=became, on=on, at=at, by_id=actor.employee_id)
