"""Cases in words: states, what must happen by when, who asked, the 17 variables."""

from datetime import date, datetime
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tillit.care.decisions.models.case import STATE_NAMES
from tillit.care.decisions.rules.due import Due, Duty, Urgency
from tillit.care.decisions.rules.function import Area
from tillit.care.decisions.rules.states import Outcome, State
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Deadline, Tag
from tillit.ui.parts.basics import Colour

Words = str | Promise

DUTY_WORDS: dict[Duty, Words] = {
    Duty.ANSWER_OR_INTERIM: gettext_lazy("Vedtak eller foreløpig svar"),
    Duty.ANSWER_AS_TOLD: gettext_lazy("Svar slik vi har lovet"),
    Duty.DECIDE_AFTER_URGENT: gettext_lazy("Vedtak på hjelpen som er i gang"),
    Duty.FINAL_ASSESSMENT: gettext_lazy("Vurderingen er ferdig, og saken sendt videre"),
    Duty.NOTIFY: gettext_lazy("Brukeren får vedtaket"),
    Duty.REPLY_WINDOW: gettext_lazy("Brukeren kan svare på varselet"),
    Duty.GO_ON: gettext_lazy("Gå videre etter varselet"),
    Duty.SEND_REASONS: gettext_lazy("Begrunnelsen er sendt"),
    Duty.START_HELP: gettext_lazy("Hjelpen begynner"),
    Duty.REASSESS: gettext_lazy("Ny vurdering"),
    Duty.RENEW: gettext_lazy("Vedtaket går ut"),
    Duty.ANSWER_HANDOVER: gettext_lazy("Svar på om saken tas over"),
    Duty.REVIEW_APPEAL: gettext_lazy("Klagen er vurdert"),
    Duty.DECIDE_STAY: gettext_lazy("Svar på om vedtaket skal vente"),
    Duty.COMPLETE_APPEAL: gettext_lazy("Klagen er gjort ferdig av den som klager"),
}

OUTCOME_WORDS: dict[Outcome, Words] = {
    Outcome.GRANTED: gettext_lazy("Innvilges"),
    Outcome.PARTLY: gettext_lazy("Innvilges delvis"),
    Outcome.REFUSED: gettext_lazy("Avslås"),
    Outcome.DISMISSED: gettext_lazy("Avvises"),
    Outcome.REDUCED: gettext_lazy("Blir mindre"),
    Outcome.ENDED: gettext_lazy("Slutter"),
}

AREA_WORDS: dict[Area, Words] = {
    Area.SELF_CARE: gettext_lazy("Stell, mat og helse"),
    Area.MOVING: gettext_lazy("Bevege seg"),
    Area.HOUSEHOLD: gettext_lazy("Hus og innkjøp"),
    Area.DAILY_LIFE: gettext_lazy("Hverdag og andre mennesker"),
    Area.CAUSES: gettext_lazy("Det som kan gjøre det vanskelig"),
}

VARIABLE_WORDS: dict[int, Words] = {
    1: gettext_lazy("Sosial deltakelse"),
    2: gettext_lazy("Skaffe seg varer og tjenester"),
    3: gettext_lazy("Beslutninger i dagliglivet"),
    4: gettext_lazy("Ivareta egen helse"),
    5: gettext_lazy("Bevege seg innendørs"),
    6: gettext_lazy("Alminnelig husarbeid"),
    7: gettext_lazy("Personlig hygiene"),
    8: gettext_lazy("På- og avkledning"),
    9: gettext_lazy("Lage mat"),
    10: gettext_lazy("Spise"),
    11: gettext_lazy("Toalett"),
    12: gettext_lazy("Bevege seg utendørs"),
    13: gettext_lazy("Syn"),
    14: gettext_lazy("Hørsel"),
    15: gettext_lazy("Hukommelse"),
    16: gettext_lazy("Kommunikasjon"),
    17: gettext_lazy("Styre atferd"),
}

LEVEL_WORDS: dict[int, Words] = {
    1: gettext_lazy("Klarer det selv"),
    2: gettext_lazy("Klarer det selv, med strev eller hjelpemiddel"),
    3: gettext_lazy("Trenger noen som kommer og går"),
    4: gettext_lazy("Trenger noen til stede hele tida"),
    5: gettext_lazy("Trenger full hjelp"),
    9: gettext_lazy("Ikke relevant"),
}

_SIGNS: dict[Urgency, Literal["", "soon", "over"]] = {
    Urgency.LATE: "over",
    Urgency.SOON: "soon",
    Urgency.AHEAD: "",
}

_STATE_COLOURS: dict[State, Colour] = {
    State.CONTACT: "neutral",
    State.RECEIVED: "info",
    State.ASSESSMENT: "info",
    State.PROPOSED: "accent",
    State.DECIDED: "accent",
    State.NOTIFIED: "success",
    State.ACTIVE: "success",
    State.REASSESSMENT: "info",
}


def state_tag(state: str) -> Tag:
    """Return how far a case has come, as a tag."""
    known = State(state)
    return Tag(str(STATE_NAMES[known]), _STATE_COLOURS.get(known, "neutral"))


def short_date(day: date | datetime) -> str:
    """21.11.2026, in the language of the page."""
    return formats.short_date(day, page_language())


def deadline(due: Due, *, on: date, with_year: bool = False, short: bool = False) -> Deadline:
    """Return a deadline in words: «Frist 7.12., 13 dager igjen», «Frist 20.11., 3 dager over».

    short: without «Frist», where a heading says that it is one.
    """
    lang = page_language()
    day = (
        formats.short_date(due.by, lang) if with_year or due.by.year != on.year else formats.day_and_month(due.by, lang)
    )
    left = due.days_left(on)
    if left < 0:
        away = ngettext("%(days)s dag over", "%(days)s dager over", -left) % {"days": -left}
    elif left == 0:
        return Deadline(_("I dag") if short else _("Frist i dag"), "today", due.by.isoformat())
    else:
        away = ngettext("%(days)s dag igjen", "%(days)s dager igjen", left) % {"days": left}
    said = {"day": day, "away": away}
    words = _("%(day)s, %(away)s") % said if short else _("Frist %(day)s, %(away)s") % said
    return Deadline(words, _SIGNS[due.urgency], due.by.isoformat())
