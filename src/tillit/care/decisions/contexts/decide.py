"""What a case page shows of its decisions: what holds, how it was told, the frame, and the one thing to do next."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.models import WhereaboutsKind
from tillit.care.citizens.permissions import NAME_RESPONSIBLE, READ_CITIZEN
from tillit.care.decisions import sources
from tillit.care.decisions.actions.pausing import OWN_WISH
from tillit.care.decisions.actions.refusals import BLOCK_WORDS
from tillit.care.decisions.contexts.decide_words import line_note
from tillit.care.decisions.contexts.frame import FramePanel, frame_panel
from tillit.care.decisions.contexts.words import OUTCOME_WORDS, short_date
from tillit.care.decisions.models import AdvanceNotice, Case, Decision, Notice, NoticeWay
from tillit.care.decisions.permissions import REGISTER_CASE, WORK_CASE
from tillit.care.decisions.queries.appeals import stays_in_force
from tillit.care.decisions.queries.facts import facts_from, is_answered_for, plan_of
from tillit.care.decisions.queries.file import CaseFile
from tillit.care.decisions.queries.frame import standing_frame
from tillit.care.decisions.queries.notices import appeal_period, letter_owed
from tillit.care.decisions.queries.placing import Next
from tillit.care.decisions.queries.rows import stands
from tillit.care.decisions.rules.frame import Frame
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

    decisions: tuple[DecisionShown, ...] = field(metadata={"help": "The newest, and others that give help now"})
    earlier: tuple[DecisionShown, ...] = field(metadata={"help": "Those that nothing is left of, the newest first"})
    press_heading: str = field(metadata={"help": "The one thing to do now; empty: nothing"})
    press_text: str
    presses: tuple[Action, ...]
    waits: tuple[Wait, ...] = field(metadata={"help": "What must be in order first"})
    resting: str
    warned: str
    frame: FramePanel | None
    adjust: Part | None = field(metadata={"help": "Where she adjusts the plan within the frame; plans draw it"})
    also: tuple[Action, ...]


def part_of_case(*, actor: Actor, found: CaseFile, to: Next | None, on: date) -> DecisionsOfCase | None:
    """Return the part for the case page; None when there is nothing to show or press. Constant queries.

    to: who has the next step by the table. Those who are to begin the help, see to what it waits for; while the case
    is on its way to them, the press is not shown here. Callers have reached the case and noted the reading.
    """
    case, rows = found.case, found.rows
    newest, warning = rows.newest_decision, rows.warning
    may_work = holds(actor, WORK_CASE, found.scope)
    also = _also(case, newest, warning) if may_work else ()
    if newest is None and warning is None and not also:
        return None
    on_its_way = rows.offer is not None or bool(to and to.to(case.unit_id))
    heading, text, presses = _now(case, newest, may_work, begins=not on_its_way)
    stop = case.stops.filter(to_on__isnull=True).first() if newest else None
    held = standing_frame(case.citizen_id, on=on)
    adjust = _adjusting(actor, found, held.frame, on=on) if newest and held else None
    frame = None
    if held is not None:
        frame = frame_panel(
            case=case,
            standing=held,
            adjusted=found.adjusted,
            may_take_up=holds(actor, REGISTER_CASE, found.scope),
            is_adjusted_here=adjust is not None,
            on=on,
        )
    standing = [one for one in rows.decisions if one == newest or stands(one, on=on)]
    earlier = [one for one in rows.decisions if one not in standing]
    return DecisionsOfCase(
        decisions=tuple(_shown(case, decision, on=on) for decision in standing),
        earlier=tuple(_shown(case, decision, on=on) for decision in earlier),
        press_heading=heading,
        press_text=text,
        presses=presses,
        waits=_waits(actor, found, on=on) if State(case.state) is State.NOTIFIED and not on_its_way else (),
        resting=_("%(kind)s siden %(day)s. Vedtaket står.")
        % {"kind": _kind(stop.kind), "day": short_date(stop.from_on)}
        if stop
        else "",
        warned=_warned(warning) if warning else "",
        frame=frame,
        adjust=adjust,
        also=also,
    )


def _adjusting(actor: Actor, found: CaseFile, frame: Frame, *, on: date) -> Part | None:
    """Where the plan is adjusted within the frame, drawn by plans."""
    case = found.case
    return sources.adjusting(
        actor=actor, citizen_id=case.citizen_id, scope=found.followed, frame=frame, case_id=case.pk, on=on
    )


def _waits(actor: Actor, found: CaseFile, *, on: date) -> tuple[Wait, ...]:
    """What must be in order before the help can start."""
    plan = plan_of(found.case, on=on)
    facts = facts_from(found.rows, plan=plan, responsible=is_answered_for(found.case, on=on), on=on)
    return tuple(_wait(block, actor, found) for block in blocks(facts, Step.START, on=on))


def _wait(block: Block, actor: Actor, found: CaseFile) -> Wait:
    """Where it is mended is shown to those who may mend it: in the units that follow the citizen."""
    mends = {
        Block.NO_RESPONSIBLE: (_("Velg"), "citizens:responsible", NAME_RESPONSIBLE),
        Block.NO_PLAN: (_("Åpne planen"), "careplans:plan_edit", READ_CITIZEN),
    }
    if block not in mends or not holds(actor, mends[block][2], found.followed):
        return Wait(str(BLOCK_WORDS[block]), None)
    label, name, _permission = mends[block]
    href = reverse(name, args=[found.case.citizen_id])
    return Wait(str(BLOCK_WORDS[block]), Action(label, href, variant="secondary", tight=True))


def _shown(case: Case, decision: Decision, *, on: date) -> DecisionShown:
    rows = []
    for line in decision.lines.all():
        stopped = _("Gjaldt til %(day)s") % {"day": short_date(line.stopped_on)} if line.stopped_on else ""
        colour = "neutral" if stopped or line.outcome in (Outcome.REFUSED, Outcome.DISMISSED) else "success"
        tag = Tag(stopped or str(OUTCOME_WORDS[Outcome(line.outcome)]), colour)  # type: ignore[arg-type]
        rows.append(ListRow(line.service.name, line_note(line), more=line.charge_words, end=tag))
    return DecisionShown(
        heading=_("Vedtak %(day)s") % {"day": short_date(decision.decided_on)},
        note=_by(decision),
        lines=RowList(tuple(rows)),
        told=" ".join(_told(one) for one in decision.notices.all()) or _("Brukeren har ikke fått vite det ennå."),
        period=_period(decision, on=on),
        letter_href=reverse("decisions:decision_pdf", args=[case.pk, decision.pk]) if decision.letter_id else "",
        reasons_href=reverse("decisions:reasons_pdf", args=[case.pk, decision.pk])
        if decision.reasons_letter_id
        else "",
    )


def _period(decision: Decision, *, on: date) -> str:
    """Until when she may appeal, while she may."""
    period = appeal_period(decision)
    if period is None:
        return ""
    if period.last_day < on:
        return _("Klagefristen gikk ut %(day)s.") % {"day": short_date(period.last_day)}
    return _("Brukeren kan klage til og med %(day)s. Det er veiledende: ingen klage avvises av seg selv.") % {
        "day": short_date(period.last_day)
    }


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
    return texts[NoticeWay(notice.way)] % {"day": short_date(notice.sent_on), "reached": short_date(notice.reached_on)}


def _now(case: Case, decision: Decision | None, may_work: bool, *, begins: bool) -> tuple[str, str, tuple[Action, ...]]:
    """The heading, the words and the presses of the one thing to do now. begins: those who have it begin the help."""
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
            % {"day": short_date(decision.reasons_asked_on)},
            (Action(_("Skriv begrunnelsen"), reverse("decisions:reasons", args=[case.pk]), variant="primary"),),
        )
    if state is State.NOTIFIED and begins:
        start = reverse("decisions:start", args=[case.pk])
        since = stays_in_force([decision.pk]).get(decision.pk)
        if since is not None:
            return (
                _("Vedtaket er satt på vent"),
                _(
                    "Siden %(day)s venter dere med å gjennomføre det, til klagen er avgjort. "
                    "Begynner hjelpen likevel, skriver du hvorfor."
                )
                % {"day": short_date(since)},
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


def _also(case: Case, newest: Decision | None, warning: AdvanceNotice | None) -> tuple[Action, ...]:
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
            "sent": short_date(notice.sent_on),
            "replied": short_date(notice.replied_on),
            "reply": notice.reply,
        }
    return _("Varslet %(sent)s. Brukeren kan svare til og med %(by)s.") % {
        "sent": short_date(notice.sent_on),
        "by": short_date(notice.reply_by),
    }
