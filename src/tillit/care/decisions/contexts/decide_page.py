"""decisions/decide.html: the one who decides sees all of it on one page, and presses once (R06, R19)."""

from dataclasses import dataclass, field, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.permissions import READ_CITIZEN
from tillit.care.citizens.queries import CitizenBrief, scope_of
from tillit.care.decisions.contexts.case_head import matters_of, steps_of
from tillit.care.decisions.contexts.decide_words import (
    MEND_WORDS,
    MISSING_WORDS,
    OK_WORDS,
    STOPS_WORDS,
    WHY_WORDS,
    frame_text,
    hours,
    line_note,
)
from tillit.care.decisions.contexts.history import history
from tillit.care.decisions.contexts.words import deadline, short_date
from tillit.care.decisions.models import Case
from tillit.care.decisions.permissions import DECIDE_CASE, HAND_OVER_CASE, KEEP_PRACTICE
from tillit.care.decisions.queries.authority import Asking, LineAnswer, ask_authority
from tillit.care.decisions.queries.background import Background, background_of
from tillit.care.decisions.queries.clear_enough import ClearEnough, clear_enough
from tillit.care.decisions.queries.decision_letters import decision_letter
from tillit.care.decisions.queries.facts import dates_from, newest_decision, targets
from tillit.care.decisions.queries.letter_fields import LetterDraft, case_worker_name
from tillit.care.decisions.queries.reach import scope_from
from tillit.care.decisions.queries.rows import CaseRows
from tillit.care.decisions.rules.clear_enough import Checked, Mend, Point
from tillit.care.decisions.rules.due import dues
from tillit.care.decisions.rules.states import Block, State
from tillit.care.letters.rendering import LetterView, view_of
from tillit.care.letters.rules import LetterContent, about_reader, read, reading_time
from tillit.care.letters.wording import about_text
from tillit.care.needs.permissions import HOLD_CONVERSATION
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds, holds_anywhere
from tillit.foundation.authority.words import decider_in_words, tag_for, words_for_all
from tillit.foundation.workforce.models import Employee
from tillit.kernel.names import initials
from tillit.ui.parts import Action, Crumb, Crumbs, Deadline, HelperMark, ListRow, Matters, RowList, Steps, Tag
from tillit.ui.parts.cases import Authority, Check, Checks


@dataclass(frozen=True, slots=True)
class DecidePage:
    """decisions/decide.html."""

    case_id: int
    edition: int
    crumbs: Crumbs
    title: str
    facts: tuple[str, ...]
    deadline: Deadline | None
    steps: Steps
    authority: Authority
    source: str = field(metadata={"help": "«Delegering 2026-04, gjelder til …»; empty without one"})
    source_href: str
    matters: Matters
    lines: RowList
    others_note: str = field(metadata={"help": "What goes on to others when she presses; empty when all is hers"})
    checks: Checks
    in_order: str = field(metadata={"help": "«6 av 7 punkter»"})
    hints: tuple[str, ...] = field(metadata={"help": "Sentences that speak about her, not to her. Advice only"})
    history: RowList
    letter: LetterView | None
    letter_heading: str
    reading: str
    sends_how: str
    pdf_href: str
    change_href: str
    may_decide: bool
    may_edit: bool
    stops: tuple[str, ...] = field(metadata={"help": "What must be mended before she can press"})
    proposer: str = field(metadata={"help": "First name of who wrote it, for «Send tilbake til …»"})
    reasons: str
    how_view_weighed: str


def decide_page(*, actor: Actor, case: Case, on: date) -> DecidePage:
    """Return the page for a proposal. Constant queries. Callers have come through `queries.get_case`."""
    known = background_of(case, on=on)
    rows, brief = known.rows, known.brief
    followed = scope_of(case.citizen_id, on=on)
    scope = scope_from(case, rows.offer, followed)
    asking = ask_authority(actor=actor, case=case, on=on, lines=rows.open_lines)
    letter = _letter(actor, case, asking, on=on, background=known)
    deciding = asking.mine or asking.lines
    clear = clear_enough(known, answers=deciding, letter=letter, on=on)
    proposed = State(case.state) is State.PROPOSED
    may = proposed and bool(asking.mine) and holds(actor, DECIDE_CASE, scope)
    checks = Checks(tuple(_check(case, clear, one, others=_others_mend(actor, followed)) for one in clear.points))
    words = words_for_all([one.answer for one in (asking.mine or asking.lines)]) if asking.lines else None
    may_send = proposed and not asking.mine and holds(actor, HAND_OVER_CASE, scope)
    return DecidePage(
        case_id=case.pk,
        edition=case.edition,
        crumbs=Crumbs(
            (
                Crumb(_("Saker"), reverse("decisions:queue")),
                Crumb(case.number, reverse("decisions:case", args=[case.pk])),
                Crumb(_("Vedtak")),
            )
        ),
        title=_("Vedtak for %(name)s") % {"name": brief.name},
        facts=_facts(case, brief),
        deadline=_deadline(known, on=on),
        steps=steps_of(rows, known.words),
        authority=Authority(
            allowed=bool(words and words.may),
            heading=words.heading if words else _("Ingenting er foreslått ennå"),
            because=words.because if words else _("Når forslaget er sendt, står det her hvem som kan avgjøre det."),
            action=_send_to(case, asking) if may_send else None,
        ),
        source=words.source if words else "",
        source_href=reverse("authority:delegation", args=[words.delegation_id])
        if words and words.delegation_id
        else "",
        matters=replace(matters_of(rows, known.words), size="sm"),
        lines=RowList(tuple(_line(one) for one in asking.lines), label=_("Tjenestene i forslaget")),
        others_note=_others_note(asking),
        checks=checks,
        in_order=_("%(ok)s av %(all)s punkter")
        % {"ok": sum(check.ok for check in checks.items), "all": len(checks.items)},
        hints=_hints(letter.content) if letter else (),
        history=_history(rows),
        letter=view_of(letter.content) if letter else None,
        letter_heading=_("Brevet til %(name)s")
        % {"name": _first_name(letter.content.head.recipient.name if letter else "") or brief.first_name},
        reading=_reading(letter.content) if letter else "",
        sends_how=_("Brevet blir tatt vare på slik det er, når du fatter vedtaket. Det sendes etterpå."),
        pdf_href=reverse("decisions:letter_pdf", args=[case.pk]) if letter else "",
        change_href=reverse("decisions:case", args=[case.pk]),
        may_decide=may,
        may_edit=may,
        stops=_stops(clear, letter),
        proposer=_first_name(case_worker_name(case)),
        reasons=case.reasons,
        how_view_weighed=case.how_view_weighed,
    )


def letter_now(*, actor: Actor, case: Case, on: date) -> LetterContent | None:
    """Return the decision's letter: as it was kept, or as it would be now. None without anything to write about."""
    if State(case.state) is not State.PROPOSED:
        decision = newest_decision(case)
        return read(decision.letter.content) if decision and decision.letter else None
    draft = _letter(actor, case, ask_authority(actor=actor, case=case, on=on), on=on)
    return draft.content if draft else None


def _letter(
    actor: Actor, case: Case, asking: Asking, *, on: date, background: Background | None = None
) -> LetterDraft | None:
    """The letter of what she may decide; of all of it when she may decide nothing, without anybody to sign it."""
    mine = [one for one in asking.mine if one.line.outcome]
    answers = mine or [one for one in asking.lines if one.line.outcome]
    if not answers:
        return None
    employee = Employee.objects.filter(pk=actor.employee_id).first() if mine and actor.employee_id else None
    others = asking.others if mine else ()
    return decision_letter(case=case, answers=answers, others=others, employee=employee, on=on, background=background)


def _deadline(known: Background, *, on: date) -> Deadline | None:
    found = dues(dates_from(known.rows), on=on, practice=targets(known.practice))
    return deadline(found[0], on=on, with_year=True) if found else None


def _history(case: CaseRows) -> RowList:
    """How the case came about, the newest first."""
    rows = []
    for line in history(case):
        given, _space, family = line.who.partition(" ")
        rows.append(
            ListRow(
                line.text, f"{line.who}, {line.when}", lead=HelperMark(initials(given, family), line.who, size="sm")
            )
        )
    return RowList(tuple(rows), ordered=True)


def _facts(case: Case, brief: CitizenBrief) -> tuple[str, ...]:
    age = _("%(age)s år") % {"age": brief.age} if brief.age is not None else ""
    new = _("ny bruker") if case.is_new else ""
    came = _("Søknad mottatt %(day)s") % {"day": short_date(case.received_on)} if case.received_on else ""
    if case.reassessed_from is not None:
        came = _("Ny vurdering fra %(day)s") % {"day": short_date(case.reassessed_from)}
    return tuple(
        filter(None, (", ".join(filter(None, (age, new))), _("Sak %(number)s") % {"number": case.number}, came))
    )


def _line(one: LineAnswer) -> ListRow:
    line, answer = one.line, one.answer
    tag = (
        Tag(tag_for(answer), "success", "Checkmark") if answer.may else Tag(tag_for(answer), "neutral", "ArrowForward")
    )
    return ListRow(line.service.name, line_note(line), end=tag)


def _others_note(asking: Asking) -> str:
    if not asking.mine or not asking.others:
        return ""
    names = ", ".join(one.line.service.name for one in asking.others)
    who = next((decider_in_words(decider) for one in asking.others for decider in one.answer.deciders), "")
    if not who:
        return _("%(services)s kan du ikke avgjøre. Den delen blir en egen sak når du fatter vedtaket.") % {
            "services": names
        }
    return _(
        "%(services)s kan du ikke avgjøre. Den delen går til %(who)s når du fatter vedtaket, og får egen frist."
    ) % {"services": names, "who": who}


def _send_to(case: Case, asking: Asking) -> Action | None:
    """One press to whoever may decide it: their unit, when that is another than the one that has the case."""
    for one in asking.others:
        for decider in one.answer.deciders:
            if decider.place.unit_id and decider.place.unit_id != case.unit_id:
                return Action(
                    _("Send til %(unit)s") % {"unit": decider.place.unit_name},
                    reverse("decisions:send_to_decider", args=[case.pk]),
                    post=True,
                    fields={"edition": str(case.edition)},
                    icon="ArrowForward",
                    tight=True,
                )
    return None


def _others_mend(actor: Actor, followed: Scope) -> frozenset[Mend]:
    """What is mended on pages that the reader does not reach: told, without a way to it."""
    reached = {
        Mend.RATES: holds_anywhere(actor, KEEP_PRACTICE),
        Mend.PLAN: holds(actor, READ_CITIZEN, followed),
        Mend.TALK: holds(actor, HOLD_CONVERSATION, followed),
    }
    return frozenset(mend for mend, is_reached in reached.items() if not is_reached)


def _check(case: Case, clear: ClearEnough, one: Checked, *, others: frozenset[Mend]) -> Check:
    if one.ok:
        note = ""
        if one.point is Point.PLAN and clear.frame and clear.plan and clear.plan.minutes_a_week is not None:
            note = _("Rammen er %(frame)s. Planen bruker %(plan)s") % {
                "frame": frame_text(clear.frame),
                "plan": hours(clear.plan.minutes_a_week),
            }
        if one.point is Point.RECIPIENT:
            note = _("Skriv ikke mer om brukerens helse i begrunnelsen enn den pårørende må vite")
        return Check(str(OK_WORDS[one.point]), True, note)
    why = str((WHY_WORDS | STOPS_WORDS if one.blocks else WHY_WORDS).get(one.point, ""))
    mend = None if one.mend in others else _mend(case, one)
    return Check(str(MISSING_WORDS[one.point]), False, why, mend)


def _mend(case: Case, one: Checked) -> Action | None:
    if one.mend is Mend.NOTHING:
        return None
    page = reverse("decisions:case", args=[case.pk])
    href = {
        Mend.PROPOSAL: page,
        Mend.REASONS: "#begrunnelse",
        Mend.ASSESSMENT: page,
        Mend.TALK: reverse("needs:conversation", args=[case.citizen_id]),
        Mend.PLAN: reverse("careplans:plan_edit", args=[case.citizen_id]),
        Mend.NOTICE: reverse("decisions:advance", args=[case.pk]),
        Mend.RATES: reverse("decisions:practice"),
        Mend.LAW: reverse("authority:law"),
        Mend.RECIPIENT: reverse("decisions:party", args=[case.pk]),
    }[one.mend]
    return Action(str(MEND_WORDS[one.mend]), href, tight=True, describe=str(MISSING_WORDS[one.point]))


def _stops(clear: ClearEnough, letter: LetterDraft | None) -> tuple[str, ...]:
    found = [str(MISSING_WORDS[one.point]) for one in clear.points if not one.ok and one.blocks]
    if letter is None and Block.NO_LINES not in clear.blocks:
        found.append(_("Ingenting er foreslått ennå"))
    return tuple(found)


def _hints(content: LetterContent) -> tuple[str, ...]:
    return tuple(dict.fromkeys(about_text(hint) for hint in about_reader(content)))


def _reading(content: LetterContent) -> str:
    minutes = reading_time(content)
    return _("Leses på 1 minutt") if minutes == 1 else _("Leses på %(minutes)s minutter") % {"minutes": minutes}


def _first_name(name: str) -> str:
    return name.split(" ")[0] if name else ""
