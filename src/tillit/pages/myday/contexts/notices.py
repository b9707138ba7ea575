"""What changed on one's list after it was taken into use, in sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from tillit.care.citizens.queries import CitizenBrief
from tillit.kernel import oslo
from tillit.pages.myday.contexts import words
from tillit.pages.myday.contexts.handing import Given
from tillit.teamwork.planning.queries import NoticeLine


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """One change."""

    notice_id: int
    text: str = field(metadata={"help": "«Odd Rønning kl. 09.15 er ny på lista di.»"})
    given: Given | None = field(default=None, metadata={"help": "From a colleague: one press gives it back"})


def notices_shown(
    notices: Sequence[NoticeLine],
    briefs: Mapping[int, CitizenBrief],
    *,
    now: datetime,
    givers: Mapping[int, str] | None = None,
    given: Mapping[int, Given] | None = None,
) -> tuple[NoticeShown, ...]:
    """Return each notice as a sentence, in the order the visits begin.

    givers: who gave her a visit, by visit; given: those she can give back.
    """
    today = oslo.day_of(now)
    ordered = sorted(notices, key=lambda line: (line.becomes_at or line.was_at or line.at, line.notice_id))
    return tuple(
        NoticeShown(line.notice_id, text, (given or {}).get(line.visit_id or 0) if line.kind == "NEW" else None)
        for line in ordered
        if (
            text := _sentence(
                line, briefs.get(line.citizen_id or 0), today=today, giver=(givers or {}).get(line.visit_id or 0, "")
            )
        )
    )


def _sentence(line: NoticeLine, brief: CitizenBrief | None, *, today: date, giver: str = "") -> str:
    if line.kind == "READY":
        last_morning = line.on + timedelta(days=1 if line.shift_kind == "NIGHT" else 0)
        if last_morning < today:
            return ""  # that day is over: nobody needs to be told that its list is ready
        return _("Lista di for %(day)s er klar.") % {"day": words.near_day(line.on, today=today)}
    if brief is None:
        return ""
    name = brief.name
    was = _when(line.was_at, today=today)
    becomes = _when(line.becomes_at, today=today)
    match line.kind:
        case "NEW" if giver:
            said = {"name": name, "when": becomes, "who": giver}
            return _("%(name)s %(when)s er ny på lista di, fra %(who)s.") % said
        case "NEW":
            return _("%(name)s %(when)s er ny på lista di.") % {"name": name, "when": becomes}
        case "GONE":
            return _("%(name)s %(when)s er ikke lenger på lista di.") % {"name": name, "when": was}
        case "MOVED":
            return _("%(name)s er flyttet fra %(was)s til %(becomes)s.") % {
                "name": name,
                "was": was,
                "becomes": becomes,
            }
        case "OTHERS":
            return _("Hos %(name)s %(when)s er det endret hvem du er sammen med.") % {"name": name, "when": becomes}
        case "CANCELLED" if brief.whereabouts:
            return _("Besøket hos %(name)s %(when)s er på pause: %(where)s.") % {
                "name": name,
                "when": was or becomes,
                "where": words.capital(brief.whereabouts_text),
            }
        case "CANCELLED":
            return _("Besøket hos %(name)s %(when)s er avlyst.") % {"name": name, "when": was or becomes}
        case _:
            return ""


def _when(moment: datetime | None, *, today: date) -> str:
    if moment is None:
        return ""
    at = words.at_clock(moment)
    day = oslo.day_of(moment)
    return at if day == today else f"{words.near_day(day, today=today)} {at}"
