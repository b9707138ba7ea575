"""«Hva om …?» in words: what was asked, which team is meant, what each number is."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.teamwork.planning.rules.whatif import Kind, Question


def asked_in_words(question: Question, given: Mapping[int, str], other: str) -> str:
    """Return the question as a short sentence without a verb: «Én til på jobb, sykepleier, 07.30–15.00».

    given: employee id → given name. other: the neighbour team's name.
    """
    who = given.get(question.employee_id or 0, "")
    hours = ""
    if question.starts is not None and question.ends is not None:
        hours = f"{question.starts:%H.%M}–{question.ends:%H.%M}"
    people = len(question.citizen_ids)
    if question.kind is Kind.ADD:
        what = _("som %(who)s") % {"who": who} if who else _profession(question.profession)
        return _("Én til på jobb, %(what)s, %(hours)s") % {"what": what, "hours": hours}
    if question.kind is Kind.REMOVE:
        return _("Uten %(who)s") % {"who": who}
    if question.kind is Kind.SHIFT:
        return _("%(who)s på jobb %(hours)s") % {"who": who, "hours": hours}
    if question.kind is Kind.MOVE:
        return ngettext(
            "%(count)d bruker til %(team)s", "%(count)d brukere til %(team)s", people
        ) % {"count": people, "team": other}  # fmt: skip
    if question.kind is Kind.SPLIT:
        return ngettext(
            "Delt i to, %(count)d bruker for seg", "Delt i to, %(count)d brukere for seg", people
        ) % {"count": people}  # fmt: skip
    return _("Ett team sammen med %(team)s") % {"team": other}


def _profession(code: str) -> str:
    return {
        "NURSE": _("sykepleier"),
        "SOCIAL_EDUCATOR": _("vernepleier"),
        "HEALTH_WORKER": _("helsefagarbeider"),
        "HOME_HELPER": _("hjemmehjelp"),
    }.get(code, "")


def team_in_words(question: Question, team: Mapping[str, Any], number: int, *, own: str, other: str) -> str:
    """Return which team a line is about. team: as stored; number: its place on the «hva om» side."""
    which = list(team["teams"])
    if question.kind is Kind.JOIN and len(which) > 1:
        return _("%(one)s og %(two)s") % {"one": own, "two": other}
    if question.kind is Kind.SPLIT:
        return _("Den valgte delen") if number == 0 else _("Resten av teamet")
    if question.kind is Kind.MOVE:
        return own if number == 0 else other
    return own


def number_in_words(name: str) -> str:
    """Return what a stored number counts."""
    return {
        "uncovered": _("Besøk uten utfører"),
        "travel": _("Minutter på veien"),
        "faces": _("Ulike hjelpere per bruker"),
        "strangers": _("Møter med en hjelper brukeren ikke kjenner"),
        "late": _("Minutter etter ønsket tid"),
        "fullest": _("Den fulleste arbeidslista"),
        "uneven": _("Minutter fra helt jevnt fordelt"),
        "overtime": _("Minutter overtid"),
    }[name]
