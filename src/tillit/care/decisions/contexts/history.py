"""«Slik ble saken til»: each step of a case in one sentence."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tillit.care.decisions.contexts.words import language
from tillit.care.decisions.models import CaseEvent, Channel
from tillit.ui import formats


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened."""

    text: str
    when: str
    who: str


def history(events: list[CaseEvent]) -> tuple[HistoryLine, ...]:
    """Return what has happened, the newest first. Saves of a draft are left out: they say nothing of the case."""
    return tuple(
        HistoryLine(
            text=text,
            when=formats.date_and_time(event.at, language()),
            who=event.by.name if event.by else _("Tillit"),
        )
        for event in events
        if (text := _words(event))
    )


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
    if data.get("received"):
        return _("Tok imot henvendelsen. Den kom slik: %(channel)s") % {"channel": _channel(event)}
    said = {
        "receipt_told_on": _("Ga beskjed om at søknaden er mottatt"),
        "offered_to": _("Tilbød saken til en annen enhet"),
        "taken_by": _("Tok over saken"),
        "sent_back_by": _("Sendte saken tilbake"),
        "kept_by": _("Tok tilbudet tilbake"),
        "assessment_begun": _("Begynte en ny vurdering"),
        "assessed": _("Ble ferdig med vurderingen"),
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


def _channel(event: CaseEvent) -> str:
    code = str(event.data.get("channel", ""))
    return str(Channel(code).label).lower() if code in Channel.values else ""
