"""«Slik ble saken til»: each step of a case in one sentence, with who had it when, and who assessed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from tillit.care.decisions.models import CaseEvent, Channel, Holding
from tillit.care.decisions.queries.rows import CaseRows
from tillit.care.decisions.sources import PlanAdjusted
from tillit.foundation.workforce.models import Employee
from tillit.ui import formats
from tillit.ui.language import page_language


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened."""

    text: str
    when: str
    who: str


@dataclass(frozen=True, slots=True)
class _Happened:
    """What happened, before it is put in order."""

    at: datetime
    rank: int = field(metadata={"help": "Among what happened in one moment: the last is the newest"})
    text: str
    by: str = field(metadata={"help": "A name; empty: Tillit itself"})


def history(rows: CaseRows, adjusted: Iterable[PlanAdjusted] = ()) -> tuple[HistoryLine, ...]:
    """Return what has happened, the newest first. Saves of a draft are left out: they say nothing of the case.

    adjusted: steps of the plan within the frame. Hand-overs and assessments are told by what is kept of them: to whom,
    what was answered, who took part. No query.
    """
    told = [_Happened(event.at, 1, _words(event), _name(event.by)) for event in rows.events]
    told += [
        _Happened(one.done_at, 2, _assessed([row.employee.name for row in one.assessors.all()]), _name(one.saved_by))
        for one in rows.done
        if one.done_at is not None
    ]
    told += [_Happened(one.at, 2, _adjusted(one), one.by_name) for one in adjusted]
    told += [one for holding in rows.holdings for one in _handed_over(holding)]
    return tuple(
        HistoryLine(
            text=one.text,
            when=formats.date_and_time(one.at, page_language()),
            who=one.by or _("Tillit"),
        )
        for one in sorted(told, key=lambda one: (one.at, one.rank), reverse=True)
        if one.text
    )


def _name(employee: Employee | None) -> str:
    return employee.name if employee else ""


def _adjusted(one: PlanAdjusted) -> str:
    return _("Justerte planen innenfor rammen. %(what)s. «%(why)s»") % {"what": one.text, "why": one.why}


def _assessed(names: list[str]) -> str:
    if not names:
        return _("Ble ferdig med vurderingen")
    return _("Ble ferdig med vurderingen. Med var %(names)s") % {"names": ", ".join(names)}


def _handed_over(holding: Holding) -> list[_Happened]:
    """An offer, which comes after what it was made with (the application), and its answer, which comes before what it
    was made with (a decision). Nothing of a first placing.
    """
    if holding.from_unit is None:
        return []
    names = {"unit": holding.unit.name, "from_unit": holding.from_unit.name}
    happened = []
    if holding.answer and holding.answered_at is not None:
        text = {
            Holding.Answer.YES: _("%(unit)s tok over saken fra %(from_unit)s"),
            Holding.Answer.NO: _("%(unit)s sendte saken tilbake til %(from_unit)s"),
            Holding.Answer.TAKEN_BACK: _("Tilbudet til %(unit)s ble trukket tilbake"),
        }[Holding.Answer(holding.answer)]
        happened.append(_Happened(holding.answered_at, 0, text % names, _name(holding.answered_by)))
    happened.append(_Happened(holding.offered_at, 2, _("Tilbød saken til %(unit)s") % names, _name(holding.offered_by)))
    return happened


def _words(event: CaseEvent) -> str:
    if event.step == "NOTED":
        return _noted(event)
    if event.step == "APPLY" and "channel" not in event.data:
        return _("Henvendelsen ble en søknad")
    if event.step == "APPLY":
        return _("Tok imot søknaden. Den kom slik: %(channel)s") % {"channel": _channel(event)}
    return {
        "START_ASSESSMENT": _("Begynte å vurdere behovet"),
        "START_URGENTLY": _("Lot hjelpen begynne før vedtaket"),
        "SEND_INTERIM_REPLY": _("Sendte foreløpig svar"),
        "SEND_ADVANCE_NOTICE": _("Sendte forhåndsvarsel"),
        "PROPOSE": _("Sendte forslaget til den som avgjør"),
        "SEND_BACK": _("Sendte forslaget tilbake"),
        "DECIDE": _("Fattet vedtaket"),
        "NOTIFY": _("Meldte fra om vedtaket"),
        "START": _("Satte i gang hjelpen etter vedtaket"),
        "PAUSE": _("Satte hjelpen på vent"),
        "RESUME": _("Tok opp hjelpen igjen"),
        "REASSESS": _("Tok saken opp til ny vurdering"),
        "KEEP": _("Vurderte på nytt: vedtaket står"),
        "END": _("Avsluttet hjelpen"),
        "WITHDRAW": _("Skrev ned at søknaden er trukket"),
        "DIE": _("Saken ble avsluttet fordi brukeren er død"),
        "MOVE": _("Saken ble avsluttet fordi brukeren har flyttet"),
        "REOPEN": _("Åpnet saken igjen"),
    }.get(event.step, "")


def _noted(event: CaseEvent) -> str:
    data = event.data
    if _TOLD_BY_ITSELF & data.keys():
        return ""
    if data.get("received") and not data.get("channel"):
        return _("Tok imot henvendelsen")
    if data.get("received"):
        return _("Tok imot henvendelsen. Den kom slik: %(channel)s") % {"channel": _channel(event)}
    said = {
        "receipt_told_on": _("Ga beskjed om at søknaden er mottatt"),
        "assessment_begun": _("Begynte en ny vurdering"),
        "fact_added": _("Skrev ned en opplysning fra andre"),
        "fact_shown": _("Viste brukeren en opplysning fra andre"),
        "fact_not_shown": _("Skrev hvorfor en opplysning ikke vises"),
        "capacity_assessed": _("Vurderte beslutningskompetansen i et spørsmål"),
        "choice": _("Skrev ned brukerens valg av hvem som gir hjelpen"),
        "disqualified": _("Skrev ned at noen er inhabil"),
        "disqualification_ended": _("Skrev ned at noen ikke lenger er inhabil"),
    }
    for key, text in said.items():
        if key in data:
            return text
    return _("Byttet saksbehandler") if "case_worker" in data else ""


#: Told by the hand-over or the assessment itself, with names.
_TOLD_BY_ITSELF = frozenset({"assessed", "offered_to", "taken_by", "sent_back_by", "kept_by"})


def _channel(event: CaseEvent) -> str:
    code = str(event.data.get("channel", ""))
    return str(Channel(code).label).lower() if code in Channel.values else ""
