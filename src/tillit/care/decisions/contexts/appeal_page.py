"""decisions/appeal.html: one appeal, how far it has come, and the one thing to do next."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import briefs
from tillit.care.decisions.contexts.appeal_next import OURS, NextPress, next_press, steps_of
from tillit.care.decisions.contexts.appeal_words import (
    EVENT_WORDS,
    OUTCOME_WORDS,
    STATE_WORDS,
    in_time_words,
)
from tillit.care.decisions.contexts.words import DUTY_WORDS, deadline, short_date
from tillit.care.decisions.models import Appeal
from tillit.care.decisions.permissions import HANDLE_APPEAL, REGISTER_CASE
from tillit.care.decisions.queries import is_disqualified, practice_on, scope_of_case
from tillit.care.decisions.queries.appeal_letters import dismissal_authority
from tillit.care.decisions.queries.appeals import dues_of, get_appeal, in_time_of, last_day_of, waits_for_decision
from tillit.care.decisions.rules.appeals import OPEN, AppealState, InTime
from tillit.care.decisions.rules.due import Due
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.foundation.authority.queries import Answer
from tillit.foundation.authority.words import words_for_all
from tillit.foundation.workforce.queries import marks
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import (
    Authority,
    Crumb,
    Crumbs,
    Deadline,
    Fact,
    Facts,
    ListRow,
    Matters,
    RowList,
    Steps,
    Tag,
)


@dataclass(frozen=True, slots=True)
class AppealPage:
    """decisions/appeal.html."""

    appeal_id: int
    edition: int
    crumbs: Crumbs
    title: str
    name: str
    case_href: str
    case_number: str
    tag: Tag
    deadline: Deadline | None
    steps: Steps
    words: Matters
    press: NextPress
    is_late: bool
    late_words: str = field(metadata={"help": "Whether it came in time, as guidance"})
    facts: Facts
    review: str = field(metadata={"help": "Our statement, once it is no longer written on"})
    reviewed_by: str
    outcome: str = field(metadata={"help": "What the county governor came to"})
    stay: str = field(metadata={"help": "Whether we wait, in words"})
    stay_asked: bool = field(metadata={"help": "Asked for and not answered"})
    may_ask_stay: bool
    may_answer_stay: bool
    may_ask_more: bool
    may_dismiss: bool = field(metadata={"help": "The state allows it; `authority` says whether she may"})
    authority: Authority | None
    may_withdraw: bool
    may_appeal_dismissal: str = field(metadata={"help": "Where an appeal on our dismissal is written down"})
    receipt_href: str = field(metadata={"help": "Where the receipt is sent from; empty: sent, or not to be"})
    barred: str = field(metadata={"help": "She is disqualified, or decided it herself: what to do"})
    is_barred: bool
    letters: RowList | None
    history: RowList


def appeal_page(*, actor: Actor, appeal_id: int, at: datetime) -> AppealPage:
    """Return the page about one appeal. Raises NotFound out of reach."""
    today = oslo.day_of(at)
    appeal = get_appeal(actor=actor, appeal_id=appeal_id, at=at)
    case = appeal.decision.case
    scope = scope_of_case(case, on=today)
    handles, registers = holds(actor, HANDLE_APPEAL, scope), holds(actor, REGISTER_CASE, scope)
    barred = is_disqualified(employee_id=actor.employee_id, citizen_id=case.citizen_id, on=today)
    name = briefs([case.citizen_id], on=today, at=at)[case.citizen_id].name
    state = AppealState(appeal.state)
    in_time = in_time_of(appeal)
    waits = waits_for_decision(appeal)
    dues = dues_of(appeal, on=today, practice=practice_on(today))
    events = list(appeal.events.order_by("at", "pk"))
    people = marks(
        employee_ids={one.by_id for one in events if one.by_id}
        | ({appeal.reviewed_by_id} if appeal.reviewed_by_id else set()),
        unit_id=case.unit_id,
    )
    is_open = state in OPEN
    stay_waits = appeal.stay_asked_on is not None and appeal.stay_answered_on is None
    before = state in (AppealState.RECEIVED, AppealState.INCOMPLETE)
    dismissable = handles and before and not barred
    found = dismissal_authority(appeal, actor=actor, on=today) if dismissable else None
    last = last_day_of(appeal.decision)
    return AppealPage(
        appeal_id=appeal.pk,
        edition=appeal.edition,
        crumbs=Crumbs(
            (
                Crumb(_("Saker"), reverse("decisions:queue")),
                Crumb(_("Klager"), reverse("decisions:appeals")),
                Crumb(_("Sak %(number)s") % {"number": case.number}),
            )
        ),
        title=_("Klage på vedtaket fra %(day)s") % {"day": short_date(appeal.decision.decided_on)},
        name=name,
        case_href=reverse("decisions:case", args=[case.pk]),
        case_number=case.number,
        tag=Tag(str(STATE_WORDS[state]), "info" if is_open or waits else "neutral"),
        deadline=_deadline(dues[0], today) if dues else None,
        steps=steps_of(appeal, state),
        words=Matters(text=appeal.words, label=_whose_words(appeal, name), foot=_foot(appeal)),
        press=next_press(appeal, state, waits=waits, handles=handles and not barred, registers=registers),
        is_late=in_time is not InTime.IN_TIME,
        late_words=in_time_words(in_time, last_day=last, posted_on=appeal.posted_on),
        facts=_facts(appeal, name),
        review=appeal.review if state not in (AppealState.RECEIVED, AppealState.INCOMPLETE, AppealState.REVIEW) else "",
        reviewed_by=people[appeal.reviewed_by_id].name if appeal.reviewed_by_id in people else "",
        outcome=appeal.outcome_words,
        stay=_stay(appeal, is_open=is_open),
        stay_asked=stay_waits and is_open,
        may_ask_stay=registers and is_open and not stay_waits and not appeal.stay_granted,
        may_answer_stay=handles and not barred and is_open and stay_waits,
        may_ask_more=handles and state is AppealState.RECEIVED,
        may_dismiss=dismissable,
        authority=_authority(found.answers) if found and found.answers else None,
        may_withdraw=registers and is_open,
        may_appeal_dismissal=f"{reverse('decisions:new_appeal', args=[appeal.decision_id])}?avvist=ja"
        if state is AppealState.DISMISSED and registers
        else "",
        receipt_href=reverse("decisions:appeal_receipt", args=[appeal.pk])
        if handles and state in OURS and appeal.receipt_letter_id is None
        else "",
        barred=_barred(appeal, actor, barred=barred and handles, is_open=state in OURS),
        is_barred=barred,
        letters=_letters(appeal),
        history=RowList(
            tuple(
                ListRow(
                    str(EVENT_WORDS.get(one.step, one.step)),
                    _when(one.at, today, people[one.by_id].name if one.by_id in people else ""),
                )
                for one in reversed(events)
            ),
            look="timeline",
        ),
    )


def _deadline(due: Due, today: date) -> Deadline:
    """What must happen, and by when."""
    near = deadline(due, on=today)
    return replace(near, text=_("%(what)s: %(when)s") % {"what": DUTY_WORDS[due.duty], "when": near.text.lower()})


def _whose_words(appeal: Appeal, name: str) -> str:
    who = appeal.applicant.name if appeal.applicant else name
    if appeal.helped_to_write:
        return _("%(who)s sa dette, og vi skrev det ned") % {"who": who}
    return _("%(who)s skrev") % {"who": who}


def _foot(appeal: Appeal) -> str:
    return _("Mottatt %(day)s, %(how)s.") % {
        "day": short_date(appeal.received_on),
        "how": str(appeal.get_channel_display()).lower(),
    }


def _facts(appeal: Appeal, name: str) -> Facts:
    who = f"{appeal.applicant.name}, {appeal.get_origin_display().lower()}" if appeal.applicant else name
    found = [
        Fact(_("Vedtaket"), str(OUTCOME_WORDS[appeal.decision.outcome]).capitalize()),
        Fact(_("Hvem klager"), who),
        Fact(_("Sendt"), short_date(appeal.posted_on)),
        Fact(_("Mottatt"), short_date(appeal.received_on)),
    ]
    if appeal.late_reason and appeal.state != AppealState.DISMISSED:
        found.append(Fact(_("Behandles etter fristen fordi"), appeal.late_reason))
    if appeal.state == AppealState.DISMISSED:
        found.append(Fact(_("Avvist fordi"), str(appeal.get_dismissed_for_display())))
        found.append(Fact(_("Begrunnelse"), appeal.late_reason))
    return Facts(tuple(found), column=True)


def _stay(appeal: Appeal, *, is_open: bool) -> str:
    if appeal.stay_asked_on is None:
        return ""
    asked = short_date(appeal.stay_asked_on)
    if appeal.stay_answered_on is None:
        return _("Bedt om %(day)s. En klage stopper ikke vedtaket av seg selv.") % {"day": asked}
    answered = short_date(appeal.stay_answered_on)
    if not appeal.stay_granted:
        return _("Nei, svart %(day)s: %(why)s") % {"day": answered, "why": appeal.stay_reasons}
    if is_open:
        return _("Ja, svart %(day)s. Hjelpen er som før til klagen er avgjort. %(why)s") % {
            "day": answered,
            "why": appeal.stay_reasons,
        }
    return _("Vi ventet fra %(day)s til klagen var avgjort. %(why)s") % {"day": answered, "why": appeal.stay_reasons}


def _authority(answers: Sequence[Answer]) -> Authority:
    said = words_for_all(answers)
    return Authority(
        said.may,
        _("Du kan avvise klagen") if said.may else _("Du kan ikke avvise klagen. %(who)s") % {"who": said.heading},
        said.because,
    )


def _barred(appeal: Appeal, actor: Actor, *, barred: bool, is_open: bool) -> str:
    if not is_open:
        return ""
    if barred:
        return _("Du er registrert som inhabil i saker for denne brukeren. En annen må behandle klagen.")
    if actor.employee_id is not None and actor.employee_id == appeal.decision.decided_by_id:
        return _("Du fattet vedtaket selv. La gjerne en annen se på saken sammen med deg.")
    return ""


def _letters(appeal: Appeal) -> RowList | None:
    found = tuple(
        ListRow(
            letter.title,
            short_date(oslo.day_of(letter.sent_at)),
            href=reverse("letters:pdf", args=[letter.pk]),
            icon="FilePdf",
        )
        for letter in (appeal.receipt_letter, appeal.letter)
        if letter is not None
    )
    return RowList(found) if found else None


def _when(at: datetime, today: date, who: str) -> str:
    when = formats.near_moment(at, today=today, language=page_language())
    return f"{who}, {when}" if who else when
