"""How far an appeal has come, and the one thing to do next, in words."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.decisions.contexts.appeal_words import STATE_WORDS
from tillit.care.decisions.contexts.words import short_date
from tillit.care.decisions.models import Appeal
from tillit.care.decisions.rules.appeals import OPEN, AppealState
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Step, Steps

OURS = frozenset({AppealState.RECEIVED, AppealState.INCOMPLETE, AppealState.REVIEW})
"""States in which it is looked at by us."""
_STOPS_AT = {
    AppealState.RECEIVED: 1,
    AppealState.INCOMPLETE: 1,
    AppealState.DISMISSED: 1,
    AppealState.REVIEW: 2,
    AppealState.CHANGED: 3,
    AppealState.PARTLY_CHANGED: 3,
    AppealState.FORWARDED: 4,
    AppealState.UPHELD_BY_GOVERNOR: 4,
    AppealState.CHANGED_BY_GOVERNOR: 4,
    AppealState.RETURNED_BY_GOVERNOR: 4,
}
"""Which of the steps an appeal stands in."""


@dataclass(frozen=True, slots=True)
class NextPress:
    """What to do now. kind: which form the page shows; empty: nothing is to be done by this reader."""

    kind: str = field(metadata={"help": "take_up, complete, review, forward, answer, decide, receipt or ''"})
    heading: str
    text: str
    href: str = field(default="", metadata={"help": "Where a link leads, for forward, decide and receipt"})
    label: str = ""


def next_press(appeal: Appeal, state: AppealState, *, waits: bool, handles: bool, registers: bool) -> NextPress:
    """The one thing to do now, said with what it leads to."""
    if state is AppealState.INCOMPLETE and registers:
        return NextPress(
            "complete",
            _("Vent på det som mangler"),
            _("%(missing)s. Frist %(day)s.")
            % {
                "missing": appeal.missing.rstrip("."),
                "day": short_date(appeal.complete_by) if appeal.complete_by else "",
            },
        )
    if not handles and state in OPEN:
        return NextPress("", _("Klagen behandles"), _("Saksbehandleren eller teamlederen behandler klagen."))
    match state:
        case AppealState.RECEIVED:
            return NextPress("take_up", _("Skal klagen behandles?"), "")
        case AppealState.REVIEW:
            return NextPress(
                "review",
                _("Se på saken på nytt"),
                _("Dere kan endre vedtaket selv. Gjør dere ikke det, går klagen til Statsforvalteren."),
            )
        case AppealState.PARTLY_CHANGED:
            return NextPress(
                "forward",
                _("Send resten videre"),
                _("Det dere ikke endret, skal til Statsforvalteren."),
                reverse("decisions:forward_appeal", args=[appeal.pk]),
                _("Se brevet og send"),
            )
        case AppealState.FORWARDED:
            return NextPress(
                "answer",
                _("Vent på svar fra Statsforvalteren"),
                _("Sendt %(day)s. Skriv inn svaret når det kommer.")
                % {"day": short_date(appeal.forwarded_on) if appeal.forwarded_on else ""},
            )
    if waits:
        return NextPress(
            "decide",
            _("Et nytt vedtak gjenstår"),
            _("Saken er tatt opp igjen. Klagen er ferdig når det nye vedtaket er fattet."),
            reverse("decisions:case", args=[appeal.decision.case_id]),
            _("Gå til saken"),
        )
    return NextPress("", _("Klagen er avsluttet"), _ended(appeal, state))


def steps_of(appeal: Appeal, state: AppealState) -> Steps:
    """Return the steps bar."""
    reached = _STOPS_AT.get(state, 1)
    ended = state not in OPEN
    labels = [
        (_("Mottatt"), appeal.received_on),
        (_("Tatt opp"), None),
        (_("Sett på på nytt"), None),
        (_("Avgjort hos oss"), appeal.reviewed_on),
        (_("Statsforvalteren"), appeal.outcome_on if reached == 4 else None),
    ]
    if state in (AppealState.CHANGED, AppealState.DISMISSED):
        labels.pop()  # it goes no further
    if state is AppealState.DISMISSED:
        labels = [labels[0], (_("Avvist"), appeal.reviewed_on)]
    if state is AppealState.WITHDRAWN:
        labels = [labels[0], (_("Trukket"), appeal.outcome_on)]
    found = []
    for number, (label, on) in enumerate(labels):
        done = number < reached or (ended and number <= reached)
        found.append(
            Step(
                label,
                formats.day_and_month(on, page_language()) if on else "",
                "done" if done else "current" if number == reached else "",
            )
        )
    return Steps(_("Hvor langt klagen er kommet"), tuple(found))


def _ended(appeal: Appeal, state: AppealState) -> str:
    on = appeal.outcome_on or appeal.reviewed_on
    text = str(STATE_WORDS[state])
    return _("%(what)s %(day)s.") % {"what": text, "day": short_date(on)} if on else f"{text}."
