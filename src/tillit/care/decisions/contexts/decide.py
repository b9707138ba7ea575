"""What a case page shows of its decisions: what holds, how it was told, the frame, and the one thing to do next."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.models import WhereaboutsKind
from tillit.care.decisions import queries
from tillit.care.decisions.actions.pausing import OWN_WISH
from tillit.care.decisions.actions.refusals import BLOCK_WORDS
from tillit.care.decisions.contexts.decide_words import day, line_note
from tillit.care.decisions.contexts.frame import FramePanel, frame_panel
from tillit.care.decisions.contexts.words import OUTCOME_WORDS
from tillit.care.decisions.models import AdvanceNotice, Case, Decision, Notice, NoticeWay
from tillit.care.decisions.permissions import WORK_CASE
from tillit.care.decisions.queries.appeals import stays_in_force
from tillit.care.decisions.queries.facts import facts_of, newest_notice
from tillit.care.decisions.queries.notices import appeal_period, letter_owed
from tillit.care.decisions.rules.states import FROM, Block, Outcome, State, Step, blocks
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.ui.parts import Action, ListRow, RowList, Tag
from tillit.ui.parts.part import Part


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """One decision."""

    heading: str
    note: str
    lines: RowList
    told: str
    period: str
    letter_href: str
    reasons_href: str


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that must be in order before the help can start, and where it is mended."""

    text: str
    mend: Action | None


@dataclass(frozen=True, slots=True)
class DecisionsOfCase(Part):
    """decisions/decisions_of_case.html."""

    folder: ClassVar[str] = "decisions"

    decisions: tuple[DecisionShown, ...]
    press_heading: str = field(metadata={"help": "The one thing to do now; empty: nothing"})
    press_text: str
    presses: tuple[Action, ...]
    waits: tuple[Wait, ...] = field(metadata={"help": "What must be in order first"})
    resting: str
    warned: str
    frame: FramePanel | None
    also: tuple[Action, ...]


def part_of_case(*, actor: Actor, case: Case, on: date) -> DecisionsOfCase | None:
    """Return the part for the case page; None when there is nothing to show or press. Constant queries.

    Callers have reached the case and noted the reading.
    """
    decisions = list(
        case.decisions.select_related("decided_by", "letter")
        .prefetch_related("lines__service", "notices")
        .order_by("-decided_at", "-pk")
    )
    warning = newest_notice(case)
    may_work = holds(actor, WORK_CASE, queries.scope_of_case(case, on=on))
    also = _also(case, decisions, warning) if may_work else ()
    if not decisions and warning is None and not also:
        return None
    facts = facts_of(case, on=on)
    heading, text, presses = _now(case, decisions[0] if decisions else None, may_work)
    stop = case.stops.filter(to_on__isnull=True).first()
    state = State(case.state)
    return DecisionsOfCase(
        decisions=tuple(_shown(case, decision) for decision in decisions),
        press_heading=heading,
        press_text=text,
        presses=presses,
        waits=tuple(_wait(block, case) for block in blocks(facts, Step.START, on=on))
        if state is State.NOTIFIED
        else (),
        resting=_("%(kind)s siden %(day)s. Vedtaket står.") % {"kind": _kind(stop.kind), "day": day(stop.from_on)}
        if stop
        else "",
        warned=_warned(warning) if warning else "",
        frame=frame_panel(case=case, may_work=may_work, on=on),
        also=also,
    )


def _wait(block: Block, case: Case) -> Wait:
    mends = {
        Block.NO_RESPONSIBLE: (_("Velg"), "citizens:responsible"),
        Block.NO_PLAN: (_("Åpne planen"), "careplans:plan_edit"),
    }
    label, name = mends.get(block, ("", ""))
    mend = Action(label, reverse(name, args=[case.citizen_id]), variant="secondary", tight=True) if name else None
    return Wait(str(BLOCK_WORDS[block]), mend)


def _shown(case: Case, decision: Decision) -> DecisionShown:
    rows = []
    for line in sorted(decision.lines.all(), key=lambda one: (one.rank, one.pk)):
        stopped = _("Gjaldt til %(day)s") % {"day": day(line.stopped_on)} if line.stopped_on else ""
        colour = "neutral" if stopped or line.outcome in (Outcome.REFUSED, Outcome.DISMISSED) else "success"
        tag = Tag(stopped or str(OUTCOME_WORDS[Outcome(line.outcome)]), colour)  # type: ignore[arg-type]
        rows.append(ListRow(line.service.name, line_note(line), more=line.charge_words, end=tag))
    notices = sorted(decision.notices.all(), key=lambda one: (one.told_at, one.pk))
    period = appeal_period(decision)
    return DecisionShown(
        heading=_("Vedtak %(day)s") % {"day": day(decision.decided_on)},
        note=_by(decision),
        lines=RowList(tuple(rows)),
        told=" ".join(_told(one) for one in notices) or _("Brukeren har ikke fått vite det ennå."),
        period=_("Brukeren kan klage til og med %(day)s. Det er veiledende: ingen klage avvises av seg selv.")
        % {"day": day(period.last_day)}
        if period
        else "",
        letter_href=reverse("decisions:decision_pdf", args=[case.pk, decision.pk]) if decision.letter_id else "",
        reasons_href=reverse("decisions:reasons_pdf", args=[case.pk, decision.pk])
        if decision.reasons_letter_id
        else "",
    )


def _by(decision: Decision) -> str:
    who = decision.decided_by.name
    if decision.acting_for:
        who = _("%(name)s, %(role)s") % {"name": who, "role": decision.acting_for}
    if not decision.is_individual:
        return _("Fattet av %(who)s. Varer ikke over to uker, og er ikke et enkeltvedtak.") % {"who": who}
    return _("Fattet av %(who)s.") % {"who": who}


def _told(notice: Notice) -> str:
    texts = {
        NoticeWay.DIGITAL: _("Sendt digitalt %(day)s."),
        NoticeWay.POST: _("Sendt i posten %(day)s, regnes som lest %(reached)s."),
        NoticeWay.BY_HAND: _("Gitt i hånda %(day)s."),
        NoticeWay.ORALLY: _("Fortalt muntlig %(day)s."),
    }
    return texts[NoticeWay(notice.way)] % {"day": day(notice.sent_on), "reached": day(notice.reached_on)}


def _now(case: Case, decision: Decision | None, may_work: bool) -> tuple[str, str, tuple[Action, ...]]:
    """The heading, the words and the presses of the one thing to do now."""
    if not may_work or decision is None:
        return "", "", ()
    state = State(case.state)
    edition = {"edition": str(case.edition)}
    if state is State.DECIDED:
        return (
            _("Meld fra om vedtaket"),
            _("Brevet er ferdig og låst. Si hvordan brukeren får det. Klagefristen løper fra da det kom fram."),
            _ways(reverse("decisions:notify", args=[case.pk]), edition, oral=True),
        )
    notices = list(decision.notices.all())
    if letter_owed(notices):
        return (
            _("Send brevet"),
            _("Vedtaket er fortalt muntlig. Brevet må sendes etter, og klagefristen løper fra da det kommer fram."),
            _ways(reverse("decisions:send_written", args=[case.pk]), edition, oral=False),
        )
    if decision.reasons_asked_on is not None and decision.reasons_sent_on is None:
        return (
            _("Brukeren venter på en begrunnelse"),
            _("Bedt om %(day)s. Klagefristen begynner på nytt når begrunnelsen kommer fram.")
            % {"day": day(decision.reasons_asked_on)},
            (Action(_("Skriv begrunnelsen"), reverse("decisions:reasons", args=[case.pk]), variant="primary"),),
        )
    if state is State.NOTIFIED:
        start = reverse("decisions:start", args=[case.pk])
        since = stays_in_force([decision.pk]).get(decision.pk)
        if since is not None:
            return (
                _("Vedtaket er satt på vent"),
                _(
                    "Siden %(day)s venter dere med å gjennomføre det, til klagen er avgjort. "
                    "Begynner hjelpen likevel, skriver du hvorfor."
                )
                % {"day": day(since)},
                (Action(_("Sett i gang hjelpen likevel"), start, variant="secondary"),),
            )
        return (
            _("Sett i gang hjelpen"),
            _("Når første besøk er gjort, sier du fra her. Da følger vi med på når hjelpen skal vurderes på nytt."),
            (Action(_("Hjelpen er i gang"), start, post=True, fields=edition, variant="primary"),),
        )
    return "", "", ()


def _ways(href: str, edition: dict[str, str], *, oral: bool) -> tuple[Action, ...]:
    found = [
        Action(_("Sendt digitalt"), href, post=True, fields={**edition, "way": "DIGITAL"}, variant="primary"),
        Action(_("Sendt i posten"), href, post=True, fields={**edition, "way": "POST"}),
        Action(_("Gitt i hånda"), href, post=True, fields={**edition, "way": "BY_HAND"}),
    ]
    if oral:
        fields = {**edition, "way": "ORALLY"}
        found.append(Action(_("Fortalt muntlig, det haster"), href, post=True, fields=fields, variant="tertiary"))
    return tuple(found)


def _also(case: Case, decisions: list[Decision], warning: AdvanceNotice | None) -> tuple[Action, ...]:
    """What one may also do, as quiet links and presses."""
    state, edition = State(case.state), {"edition": str(case.edition)}
    found: list[Action] = []

    def link(label: str, name: str, *, post: bool = False) -> None:
        href = reverse(f"decisions:{name}", args=[case.pk])
        found.append(Action(label, href, post=post, fields=edition if post else {}, variant="secondary", tight=True))

    if state in FROM[Step.SEND_INTERIM_REPLY]:
        link(_("Send foreløpig svar"), "interim")
    if state in FROM[Step.SEND_ADVANCE_NOTICE] and not case.by_citizen and warning is None:
        link(_("Send forhåndsvarsel"), "advance")
    if state in (State.ACTIVE, State.PAUSED, State.NOTIFIED):
        link(_("Vurder på nytt"), "reassess")
        link(_("Mindre hjelp"), "reduce")
    if state is State.REASSESSMENT:
        link(_("Se stegene til mindre hjelp"), "reduce")
        link(_("La vedtaket stå"), "keep")
    if state is State.ACTIVE:
        link(_("Sett hjelpen på vent"), "pause", post=True)
    if state is State.PAUSED:
        link(_("Hjelpen går videre"), "resume", post=True)
    newest = decisions[0] if decisions else None
    if newest and newest.known_on and not newest.reasons.strip() and newest.reasons_asked_on is None:
        link(_("Brukeren vil ha en begrunnelse"), "ask_for_reasons", post=True)
    if warning is not None and warning.replied_on is None:
        link(_("Skriv ned svaret på varselet"), "reply")
    return tuple(found)


def _kind(code: str) -> str:
    return _("Hjelpen hviler etter eget ønske") if code == OWN_WISH else str(WhereaboutsKind(code).label)


def _warned(notice: AdvanceNotice) -> str:
    if notice.replied_on is not None:
        return _("Varslet %(sent)s. Brukeren svarte %(replied)s: «%(reply)s»") % {
            "sent": day(notice.sent_on),
            "replied": day(notice.replied_on),
            "reply": notice.reply,
        }
    return _("Varslet %(sent)s. Brukeren kan svare til og med %(by)s.") % {
        "sent": day(notice.sent_on),
        "by": day(notice.reply_by),
    }
