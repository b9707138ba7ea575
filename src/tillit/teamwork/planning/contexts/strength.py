"""«Hva tåler dagen?» beside the lists: who can be away, what then breaks first, what would help before it happens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.teamwork.planning import words
from tillit.teamwork.planning.contexts.places import where_of
from tillit.teamwork.planning.contexts.strength_line import why_old
from tillit.teamwork.planning.contexts.sturdier import SturdierPart, sturdier_part
from tillit.teamwork.planning.queries import StrengthView, TeamDay
from tillit.teamwork.planning.words import Names

MOST_PEOPLE = 4
MOST_VISITS = 3
MOST_FRAGILE = 3


@dataclass(frozen=True, slots=True)
class StrengthPanel:
    """What the lists can take; empty of lines until somebody has asked."""

    heading: str = field(metadata={"help": "The answer in a sentence; the question while there is none"})
    lines: tuple[str, ...] = field(metadata={"help": "Who cannot be done without, and what then breaks"})
    fragile: tuple[str, ...] = field(metadata={"help": "The visits that break first, and why"})
    remedies: tuple[str, ...] = field(metadata={"help": "What would help beforehand"})
    old: str = field(metadata={"help": "Why it is no longer about the day as it is; empty while it is"})
    state: Literal["", "working", "failed"]
    poll_href: str
    ask_href: str
    ask_label: str
    foot: str
    travel_notes: tuple[str, ...] = field(default=(), metadata={"help": "Why travel times are estimates"})
    sturdier: SturdierPart | None = field(default=None, metadata={"help": "What can be changed; None while none asked"})


def strength_panel(
    team_day: TeamDay, names: Names, found: StrengthView | None, *, may_allocate: bool
) -> StrengthPanel | None:
    """Return the panel; None while nobody has been given a visit."""
    if team_day.head.lists_id is None or not team_day.day.rows_of_worker:
        return None
    where = where_of(team_day)
    answer = found.answer if found is not None and found.edition is not None else None
    working = found is not None and found.is_working
    old = why_old(team_day.day, team_day.head, found) if answer is not None and found is not None else ""
    return StrengthPanel(
        heading=_heading(answer, names) if answer else _("Hva tåler dagen?"),
        lines=_lines(answer, team_day, names) if answer else (),
        fragile=tuple(
            _fragile(each, names, away=int(answer["stands"]) + 1) for each in answer["breaks_first"][:MOST_FRAGILE]
        )
        if answer
        else (),
        remedies=tuple(remedy(each, names) for each in answer["remedies"]) if answer else (),
        old=old,
        state="working" if working else "failed" if found is not None and found.has_failed else "",
        poll_href=where.href("strength") if working else "",
        ask_href="" if working else where.href("ask-strength"),
        ask_label=_("Regn på nytt") if answer else _("Regn på det"),
        foot=_foot(answer, found) if answer and found else "",
        travel_notes=tuple(words.travel_fault(code) for code in answer.get("travel", ())) if answer else (),
        sturdier=sturdier_part(answer, team_day, names, is_old=bool(old), may_allocate=may_allocate)
        if answer
        else None,
    )


def _heading(answer: Mapping[str, Any], names: Names) -> str:
    stands, worst = int(answer["stands"]), answer["worst"]
    if stands == 0 and worst is None:
        return _("Det er ikke regnet ferdig på hva dagen tåler")
    if worst is None:
        return ngettext(
            "Dagen tåler %(count)d fravær, uansett hvem", "Dagen tåler minst %(count)d fravær, uansett hvem", stands
        ) % {"count": stands}
    count = len(worst["uncovered"])
    left = ngettext("%(count)d besøk uten utfører", "%(count)d besøk uten utfører", count) % {"count": count}
    if stands == 0:
        return _("Dagen tåler ikke at %(who)s blir borte: %(left)s") % {
            "who": words.joined([names.person(each) for each in worst["employees"]]),
            "left": left,
        }
    return _("Dagen tåler %(stands)d fravær. Med %(next)d kan det bli %(left)s") % {
        "stands": stands,
        "next": stands + 1,
        "left": left,
    }


def _lines(answer: Mapping[str, Any], team_day: TeamDay, names: Names) -> tuple[str, ...]:
    broken = [each for each in answer["alone"] if each["uncovered"]]
    if not broken and answer["worst"] is not None:
        broken = [answer["worst"]]
    lines = [_absence(each, team_day, names) for each in broken[:MOST_PEOPLE]]
    if more := len(broken) - len(lines):
        lines.append(
            ngettext("%(count)d til kan heller ikke unnværes.", "%(count)d til kan heller ikke unnværes.", more)
            % {"count": more}
        )
    spared = [names.person(each["employees"][0]) for each in answer["alone"] if not each["uncovered"]]
    if spared and any(each["uncovered"] for each in answer["alone"]):
        lines.append(_("Kan bli borte uten at noe besøk faller ut: %(people)s.") % {"people": words.joined(spared)})
    return tuple(lines)


def _absence(each: Mapping[str, Any], team_day: TeamDay, names: Names) -> str:
    people = words.joined([names.person(employee_id) for employee_id in each["employees"]])
    said = _("Uten %(who)s: %(visits)s blir uten utfører.") % {
        "who": people,
        "visits": _visits(each["uncovered"], names, team_day),
    }
    if only := [visit for visit in each["nobody_else"] if visit in each["uncovered"]]:
        alone = ngettext(
            "Ingen andre på jobb kan ta besøket hos %(visits)s.",
            "Ingen andre på jobb kan ta besøkene hos %(visits)s.",
            len(only),
        ) % {"visits": words.joined(list(dict.fromkeys(names.visit(visit) for visit in only[:MOST_VISITS])))}
        return f"{said} {alone}"
    return said


def _visits(visit_ids: Sequence[int], names: Names, team_day: TeamDay) -> str:
    day = team_day.day
    named = [
        _("%(who)s kl. %(time)s") % {"who": names.visit(visit), "time": words.clock(day.starts_at(visit))}
        for visit in visit_ids[:MOST_VISITS]
        if visit in day.call_by_id
    ]
    if more := len(visit_ids) - len(named):
        named.append(ngettext("%(count)d til", "%(count)d til", more) % {"count": more})
    return words.joined(named)


def _fragile(each: Mapping[str, Any], names: Names, *, away: int) -> str:
    """away: so many are away when it breaks."""
    said = {
        "who": names.visit(each["visit"]),
        "people": words.joined([names.person(employee_id) for employee_id in each["able"]]),
        "what": names.competence([code for code in each["needs"] if code != "LEVEL:1" or len(each["needs"]) == 1]),
    }
    if len(each["able"]) <= away and each["needs"]:
        return _("%(who)s: bare %(people)s på jobb har det som trengs (%(what)s).") % said
    if len(each["able"]) <= away:
        return _("%(who)s: bare %(people)s på jobb kan ta besøket.") % said
    return _("%(who)s: kan tas av %(people)s, men ikke alle besøkene får plass når noen er borte.") % said


def remedy(each: Mapping[str, Any], names: Names) -> str:
    """What would help beforehand, and who decides whether it can be had, in words."""
    saved = list(dict.fromkeys(names.visit(visit) for visit in each["visits"]))
    more = len(saved) - MOST_VISITS
    if more > 0:
        saved = [*saved[:MOST_VISITS], ngettext("%(count)d til", "%(count)d til", more) % {"count": more}]
    said = {
        "who": names.person(each["employee"]),
        "what": names.competence(each["needs"]),
        "other": names.visit(each["visit"]),
        "time": words.minutes(each["minutes"]),
        "saved": words.joined(saved),
    }
    if each["kind"] == "learn":
        return _decided(_("Hvis %(who)s også kan %(what)s, er det noen til %(saved)s.") % said, "give_competence")
    if each["kind"] == "stay_longer":
        return _decided(_("Hvis %(who)s kan jobbe %(time)s lenger, er det noen til %(saved)s.") % said, "overtime")
    if list(each["visits"]) == [each["visit"]]:
        return _decided(
            _("Hvis besøket hos %(other)s kan flyttes inntil %(time)s, kan noen ta det.") % said, "move_window"
        )
    return _decided(
        _("Hvis besøket hos %(other)s kan flyttes inntil %(time)s, er det noen til %(saved)s.") % said, "move_window"
    )


def _decided(remedy: str, kind: str) -> str:
    """A remedy, and who decides whether it can be had."""
    return f"{remedy} {words.decides([kind])}."


def _foot(answer: Mapping[str, Any], found: StrengthView) -> str:
    if not answer["complete"] or found.made_at is None:
        return _("Tiden tok slutt før alt var regnet på.")
    return _("Regnet kl. %(time)s på listene slik de sto da. De andre beholder besøkene sine så langt det går.") % {
        "time": words.clock(found.made_at)
    }
