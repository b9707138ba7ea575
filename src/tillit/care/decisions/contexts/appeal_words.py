"""An appeal's states, deadlines and events in words."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.decisions.contexts.words import deadline, short_date
from tillit.care.decisions.queries.appeals import AppealLine
from tillit.care.decisions.rules.appeals import AppealState, InTime
from tillit.care.decisions.rules.due import Due
from tillit.ui.parts import Deadline, Tag

STATE_WORDS: dict[AppealState, str | Promise] = {
    AppealState.RECEIVED: gettext_lazy("Mottatt"),
    AppealState.INCOMPLETE: gettext_lazy("Mangler noe"),
    AppealState.REVIEW: gettext_lazy("Ses på på nytt"),
    AppealState.CHANGED: gettext_lazy("Medhold hos oss"),
    AppealState.PARTLY_CHANGED: gettext_lazy("Delvis medhold hos oss"),
    AppealState.FORWARDED: gettext_lazy("Hos Statsforvalteren"),
    AppealState.UPHELD_BY_GOVERNOR: gettext_lazy("Statsforvalteren var enig med oss"),
    AppealState.CHANGED_BY_GOVERNOR: gettext_lazy("Statsforvalteren endret vedtaket"),
    AppealState.RETURNED_BY_GOVERNOR: gettext_lazy("Statsforvalteren sendte saken tilbake"),
    AppealState.DISMISSED: gettext_lazy("Avvist"),
    AppealState.WITHDRAWN: gettext_lazy("Trukket"),
}
OUTCOME_WORDS: dict[str, str | Promise] = {
    "GRANTED": gettext_lazy("innvilget"),
    "PARTLY": gettext_lazy("delvis innvilget"),
    "REFUSED": gettext_lazy("avslag"),
    "DISMISSED": gettext_lazy("avvist"),
    "REDUCED": gettext_lazy("mindre hjelp"),
    "ENDED": gettext_lazy("hjelpen slutter"),
}
EVENT_WORDS: dict[str, str | Promise] = {
    "REGISTERED": gettext_lazy("Klagen kom inn"),
    "RECEIPT_SENT": gettext_lazy("Brev om at klagen er mottatt, er sendt"),
    "ASK_FOR_MORE": gettext_lazy("Bedt om det som mangler"),
    "COMPLETE": gettext_lazy("Det som manglet, har kommet"),
    "TAKE_UP": gettext_lazy("Klagen er tatt opp"),
    "DISMISS": gettext_lazy("Klagen er avvist"),
    "REVIEW_WRITTEN": gettext_lazy("Vurderingen er skrevet"),
    "CHANGE": gettext_lazy("Medhold: saken er tatt opp igjen"),
    "CHANGE_PARTLY": gettext_lazy("Delvis medhold: saken er tatt opp igjen"),
    "FORWARD": gettext_lazy("Sendt til Statsforvalteren"),
    "GOVERNOR_UPHOLDS": gettext_lazy("Statsforvalteren var enig med oss"),
    "GOVERNOR_CHANGES": gettext_lazy("Statsforvalteren endret vedtaket"),
    "GOVERNOR_RETURNS": gettext_lazy("Statsforvalteren opphevet vedtaket og sendte saken tilbake"),
    "WITHDRAW": gettext_lazy("Klagen er trukket"),
    "STAY_ASKED": gettext_lazy("Bedt oss vente med å gjennomføre vedtaket"),
    "STAY_GRANTED": gettext_lazy("Vi venter med å gjennomføre vedtaket"),
    "STAY_REFUSED": gettext_lazy("Vi venter ikke med å gjennomføre vedtaket"),
}


def tag_of(line: AppealLine) -> Tag:
    """Return an appeal's state as a tag; a change without its decision yet says so."""
    if line.waits_for_decision:
        return Tag(_("Nytt vedtak gjenstår"), "warning")
    if line.state in (AppealState.CHANGED, AppealState.CHANGED_BY_GOVERNOR):
        return Tag(str(STATE_WORDS[line.state]), "success")
    if line.state is AppealState.INCOMPLETE:
        return Tag(str(STATE_WORDS[line.state]), "warning")
    return Tag(str(STATE_WORDS[line.state]), "info" if line.is_open else "neutral")


def deadline_of(due: Due | None, *, today: date) -> Deadline | None:
    """Return what must happen by when, in words; None when nothing must."""
    return deadline(due, on=today) if due else None


def in_time_words(in_time: InTime, *, last_day: date | None, posted_on: date) -> str:
    """Return whether it came in time, as guidance: a person decides."""
    days = {"posted": short_date(posted_on), "last": short_date(last_day) if last_day else ""}
    if in_time is InTime.TOO_LATE:
        return (
            _(
                "Sendt %(posted)s, mer enn ett år etter vedtaket. Da kan den ikke behandles som klage. Du kan likevel "
                "se på hjelpen på nytt i saken."
            )
            % days
        )
    if last_day is None:
        return _("Vedtaket er ikke meldt ennå. Da har klagefristen ikke begynt, og klagen er i tide.")
    if in_time is InTime.LATE:
        return (
            _(
                "Siste dag var %(last)s, sendt %(posted)s. Klagen kan likevel behandles når den som klager, ikke kan "
                "lastes for det, eller når det er særlige grunner."
            )
            % days
        )
    return _("I tide: siste dag er %(last)s, sendt %(posted)s.") % days
