"""«Dette kan gjøres nå»: single changes that let the lists take more, with what each costs and wins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.teamwork.planning import words
from tillit.teamwork.planning.contexts.places import where_of
from tillit.teamwork.planning.queries import TeamDay
from tillit.teamwork.planning.queries.lists import from_json
from tillit.teamwork.planning.rules import sturdier as rules
from tillit.teamwork.planning.rules.sturdier import Win
from tillit.teamwork.planning.words import Names

MOST_VISITS = 3
MOST_WINS = 2


@dataclass(frozen=True, slots=True)
class SturdierChange:
    """One change that can be made before anybody is away."""

    text: str = field(metadata={"help": "«Berg kl. 09.00 fra Kari til Amir»"})
    won: tuple[str, ...] = field(metadata={"help": "What it wins, alone or together with the others"})
    price: str = field(metadata={"help": "«6 min lengre vei, 1 bytter hjelper»"})


@dataclass(frozen=True, slots=True)
class SturdierPart:
    """What can be changed now. Without changes `none` says that none was found, or nothing at all is needed."""

    changes: tuple[SturdierChange, ...]
    intro: str = field(metadata={"help": "What the numbers are about"})
    total: str
    none: str
    propose_href: str
    edition: int


def sturdier_part(
    answer: Mapping[str, Any], team_day: TeamDay, names: Names, *, is_old: bool, may_allocate: bool
) -> SturdierPart | None:
    """Return the part; None where the answer has none, or every absence can be handed out as it is."""
    stored = answer.get("sturdier")
    if not stored or (is_old and stored["changes"]):
        return None  # what the lists no longer are cannot be changed: the panel offers to reckon anew
    if not stored["changes"]:
        fails = any(each["uncovered"] for each in stored["absences"])
        return SturdierPart((), "", "", _none(stored), "", 0) if fails else None
    all_wins = rules.wins_of_all(team_day.day, stored)
    return SturdierPart(
        changes=tuple(_change(each, stored, all_wins, team_day, names) for each in stored["changes"]),
        intro=_intro(answer, stored),
        total=_total(all_wins, names) if len(stored["changes"]) > 1 else "",
        none="",
        propose_href=where_of(team_day).href("propose-sturdier") if may_allocate else "",
        edition=team_day.head.edition,
    )


def _intro(answer: Mapping[str, Any], stored: Mapping[str, Any]) -> str:
    """That the numbers are about handing out alone; where planning anew covers all, that too."""
    said = _(
        "Regnet slik at de andre beholder besøkene sine når noen blir borte. "
        "Til sammen gjør endringene ikke noe fravær verre."
    )
    if int(answer["stands"]) >= int(stored["away"]):
        stood = _("Dagen tåler fraværet også slik listene er nå, men da må flere lister legges om.")
        return f"{stood} {said}"
    return said


def _none(stored: Mapping[str, Any]) -> str:
    if not stored["complete"]:
        return _("Planleggeren rakk ikke å lete ferdig etter små endringer som gjør dagen tryggere.")
    return _("Planleggeren fant ingen små endringer på listene som gjør dagen tryggere.")


def _change(
    change: Mapping[str, Any], stored: Mapping[str, Any], all_wins: Sequence[Win], team_day: TeamDay, names: Names
) -> SturdierChange:
    wins = rules.wins_of_change(team_day.day, stored, change)
    return SturdierChange(
        text=_text(change, names),
        won=tuple(_won(each, names) for each in wins[:MOST_WINS]) or (_no_win(change, all_wins),),
        price=_price(change),
    )


def _no_win(change: Mapping[str, Any], all_wins: Sequence[Win]) -> str:
    if not change["helpers"]:
        return _("Følger av de andre endringene.")
    if all_wins:
        return _("Hjelper sammen med de andre endringene.")
    return _("Det som faller ut når noen er borte, haster da mindre.")


def _won(win: Win, names: Names) -> str:
    return words.fewer(_people(win, names), win.fewer) + "."


def _people(win: Win, names: Names) -> str:
    return words.joined([names.person(each) for each in win.employees])


def _total(wins: Sequence[Win], names: Names) -> str:
    if not wins:
        return ""
    first = wins[0]
    return _("Med alle: hvis %(who)s blir borte, mister %(after)d sin hjelp, ikke %(before)d.") % {
        "who": _people(first, names),
        "after": first.after,
        "before": first.before,
    }


def _text(change: Mapping[str, Any], names: Names) -> str:
    before, after = from_json(change["before"]), from_json(change["after"])
    pieces = []
    ranked = sorted(change["visits"], key=lambda visit: not _handed(before, after, visit))
    for visit_id in ranked[:MOST_VISITS]:
        old = [row for row in before if row.visit_id == visit_id]
        new = [row for row in after if row.visit_id == visit_id]
        leaves = {row.employee_id for row in old} - {row.employee_id for row in new}
        comes = {row.employee_id for row in new} - {row.employee_id for row in old}
        said = {
            "who": names.visit(visit_id),
            "time": words.clock(new[0].starts_at),
            "was": words.clock(old[0].starts_at) if old else "",
            "from": words.joined([names.person(each) for each in sorted(leaves)]),
            "to": words.joined([names.person(each) for each in sorted(comes)]),
        }
        if comes and said["was"] == said["time"]:
            pieces.append(_("%(who)s kl. %(time)s fra %(from)s til %(to)s") % said)
        elif comes:
            pieces.append(_("%(who)s fra %(from)s kl. %(was)s til %(to)s kl. %(time)s") % said)
        else:
            pieces.append(_("%(who)s fra kl. %(was)s til kl. %(time)s") % said)
    if more := len(ranked) - len(pieces):
        pieces.append(ngettext("%(count)d besøk til", "%(count)d besøk til", more) % {"count": more})
    return words.joined(pieces)


def _handed(before: Sequence[Any], after: Sequence[Any], visit_id: int) -> bool:
    return {row.employee_id for row in before if row.visit_id == visit_id} != {
        row.employee_id for row in after if row.visit_id == visit_id
    }


def _price(change: Mapping[str, Any]) -> str:
    """What it costs, as pages count it: the way, how many get another helper, strangers, other times."""
    way, helpers, strangers = int(change["travel_minutes"]), int(change["helpers"]), int(change["strangers"])
    parts = []
    if helpers:
        parts.append(
            ngettext("%(count)d besøk bytter hjelper", "%(count)d besøk bytter hjelper", helpers) % {"count": helpers}
        )
    if strangers:
        parts.append(ngettext("%(count)d nytt ansikt", "%(count)d nye ansikter", strangers) % {"count": strangers})
    elif helpers:
        parts.append(_("ingen nye ansikter"))
    if moved := int(change["moved"]):
        parts.append(ngettext("%(count)d besøk får nytt tidspunkt", "%(count)d besøk får nytt tidspunkt", moved)
                     % {"count": moved})  # fmt: skip
    if way > 0:
        parts.append(_("%(time)s lengre vei") % {"time": words.minutes(way)})
    elif way < 0:
        parts.append(_("%(time)s kortere vei") % {"time": words.minutes(-way)})
    else:
        parts.append(_("like lang vei"))
    return _("Koster: %(what)s.") % {"what": words.joined(parts)}
