"""The one thing to do next in a case, for the one who looks at it."""

from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.decisions.queries.placing import Next
from tillit.care.decisions.queries.rows import CaseRows
from tillit.care.decisions.rules.states import CLOSED, State
from tillit.foundation.responsibility.contexts.routing import task_in_words
from tillit.ui.parts import Action


@dataclass(frozen=True, slots=True)
class NextStep:
    """What happens next, in words, and the button for it."""

    heading: str
    text: str
    action: Action | None = field(metadata={"help": "None: it is not hers to do, or nothing is to be done"})
    other: Action | None = field(default=None, metadata={"help": "What she may do herself instead"})


def next_step(rows: CaseRows, *, may_work: bool, to: Next | None) -> NextStep | None:
    """Return what is to be done next; None when the help runs as it should, or the case has come to its end.

    to: who has the next step by the table, when she may send the case on. When it is others, that is what is to be
    done.
    """
    case = rows.case
    state = State(case.state)
    if may_work and rows.offer is not None and state not in CLOSED:
        return _waiting(rows)
    free = may_work and state in _SENT_ON and rows.draft is None
    if free and to is not None and (name := to.to(case.unit_id)):
        return _send_on(rows, to, name)
    if state in CLOSED or state in (State.ACTIVE, State.PAUSED):
        return None
    if state in (State.DECIDED, State.NOTIFIED) and may_work:
        return None  # `contexts.decide.part_of_case` holds the press
    heading, text, action = _step(rows, state)
    if not may_work:
        worker = case.case_worker.name if case.case_worker else case.unit.name
        return NextStep(heading, _("%(who)s arbeider med saken.") % {"who": worker}, None)
    return NextStep(heading, text, action)


#: States in which the table may give the next step to others.
_SENT_ON = frozenset({State.RECEIVED, State.ASSESSMENT, State.NOTIFIED, State.ACTIVE})
#: States whose own step stays open while others have the next one, or are asked to take it.
_OWN_STEP = frozenset({State.CONTACT, State.RECEIVED, State.ASSESSMENT, State.PROPOSED, State.REASSESSMENT})


def _waiting(rows: CaseRows) -> NextStep:
    """What stands first while the case is offered to others: nobody else is asked, and nothing is lost meanwhile."""
    assert rows.offer is not None
    state = State(rows.case.state)
    return NextStep(
        _("Venter på svar fra %(unit)s") % {"unit": rows.offer.unit.name},
        _("Saken er hos dere til de sier ja. Sier de nei, får dere vite hvorfor."),
        None,
        _quiet(_step(rows, state)[2]) if state in _OWN_STEP else None,
    )


def _send_on(rows: CaseRows, to: Next, name: str) -> NextStep:
    case = rows.case
    task = task_in_words(to.held[to.code].why)
    send = Action(
        _("Send til %(unit)s") % {"unit": name}, reverse("decisions:hand_over", args=[case.pk]), variant="primary"
    )
    heading, state = _("Send saken til %(unit)s") % {"unit": name}, State(case.state)
    if state is State.ACTIVE:
        text = _("Hjelpen er i gang. Videre er det %(unit)s som skal %(task)s.")
    elif state is State.NOTIFIED:
        text = _("Vedtaket er meldt. Videre er det %(unit)s som har saken og skal %(task)s.")
    else:
        text = _("Etter modellen er det %(unit)s som skal %(task)s.")
    own = _quiet(_step(rows, state)[2]) if state in _OWN_STEP else None
    return NextStep(heading, text % {"unit": name, "task": task}, send, own)


def _quiet(action: Action | None) -> Action | None:
    return replace(action, variant="tertiary") if action else None


def _step(rows: CaseRows, state: State) -> tuple[str, str, Action | None]:
    case = rows.case
    assess = reverse("decisions:start_assessment", args=[case.pk])
    propose = reverse("decisions:propose", args=[case.pk])
    match state:
        case State.CONTACT:
            return (
                _("Snakk med brukeren"),
                _("Ingen har søkt ennå. Vil brukeren ha hjelp, gjør du henvendelsen til en søknad. Da løper fristen."),
                Action(
                    _("Gjør til søknad"),
                    reverse("decisions:make_application", args=[case.pk]),
                    post=True,
                    fields={"edition": str(case.edition)},
                    variant="primary",
                ),
            )
        case State.PROPOSED:
            return (
                _("Forslaget venter på vedtak"),
                _("Den som har fått myndighet, leser forslaget og brevet, og avgjør."),
                Action(_("Se forslaget og brevet"), reverse("decisions:decide", args=[case.pk]), variant="primary"),
            )
        case State.DECIDED:
            return (
                _("Brukeren skal få vite det"),
                _("Vedtaket er fattet, men ikke sendt."),
                Action(_("Send vedtaket"), reverse("decisions:decide", args=[case.pk]), variant="primary"),
            )
        case State.NOTIFIED:
            return _("Hjelpen skal begynne"), _("Se til at en tjenesteansvarlig og en plan er på plass."), None
    if rows.draft is not None:
        return (
            _("Gjør vurderingen ferdig"),
            _("Et utkast er begynt. Brukerens eget syn må stå der før du kan foreslå noe."),
            Action(
                _("Fortsett vurderingen"),
                reverse("decisions:assess", args=[rows.draft.pk]),
                variant="primary",
            ),
        )
    fresh = [one for one in rows.done if case.reassessed_from is None or one.held_on >= case.reassessed_from]
    if not fresh:
        return (
            _("Vurder behovet"),
            _("Saksbehandler og tjenesteansvarlig vurderer sammen, helst hjemme hos brukeren. Samtalen kommer først."),
            Action(_("Start vurderingen"), assess, post=True, variant="primary"),
        )
    return (
        _("Skriv forslaget"),
        _("Vurderingen er ferdig. Si hva du foreslår for hver tjeneste, og hvorfor."),
        Action(_("Skriv forslag"), propose, variant="primary"),
    )
