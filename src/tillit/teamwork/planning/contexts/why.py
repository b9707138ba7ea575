"""«Hvorfor ikke Kari?» on a visit's page: the engine's answer about the lists as they stand, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.teamwork.planning import queries, words
from tillit.teamwork.planning.queries import TeamDay
from tillit.teamwork.planning.rules.presets import Preset
from tillit.teamwork.planning.words import Names


@dataclass(frozen=True, slots=True)
class Told:
    """One line of an answer."""

    text: str
    sign: str = field(metadata={"help": "plus, minus; empty for what is neither"})
    icon: str


@dataclass(frozen=True, slots=True)
class WhyAnswer:
    """The answer: a sentence, what it would mean, and what would have to give way with who decides that."""

    title: str
    lines: tuple[Told, ...]
    gives_title: str
    gives: tuple[str, ...]
    foot: str = field(default="", metadata={"help": "Why travel times are estimates"})


def answer(
    team_day: TeamDay, names: Names, *, visit_id: int, holder_id: int | None, about: int, now: datetime, preset: str
) -> WhyAnswer | None:
    """Return the answer about a colleague (about), about who has it (about = holder), or about nobody (0).

    None when the visit has begun or is not on the lists, or the one asked about cannot be given visits today.
    """
    from tillit.teamwork.planning.adapter import engine, why  # numba is slow to load: only where it is asked

    day = team_day.day
    call = day.call_by_id.get(visit_id)
    worker = day.worker_by_id.get(about)
    if call is None or (about and (worker is None or not worker.visits)):
        return None
    counts = queries.what_counts(team_day.unit.pk).steps
    weights = engine.weights_of(Preset(preset), keep_present=False, counts=counts)
    stands = why.standing(day, at=now, weights=weights)
    who, time = names.person(about), words.clock(day.starts_at(visit_id))
    found: WhyAnswer | None
    if not about:
        nobody = why.why_nobody(stands, visit_id=visit_id)
        found = None if nobody is None else _nobody(nobody, names)
    elif about == holder_id:
        own = why.why(stands, visit_id=visit_id, holder_id=about)
        found = None if own is None else _own(own, names, who=who, time=time)
    else:
        told = why.why_not(stands, visit_id=visit_id, holder_id=holder_id, employee_id=about)
        found = None if told is None else _not(told, names, who=who)
    return found and replace(found, foot=" ".join(words.travel_fault(code) for code in stands.travel))


def _not(told: Mapping[str, Any], names: Names, *, who: str) -> WhyAnswer:
    if told["alternative"] is not None:
        lines = _price(told["alternative"], names)
        title = _("%(who)s kan ta det kl. %(time)s") % {"who": who, "time": words.clock(told["alternative"]["start"])}
        if not lines:
            lines = (_neither(_("Omtrent like bra som det er.")),)
        return WhyAnswer(title, lines, "", ())
    lines = tuple(_minus(words.stands_in_the_way(each, names)) for each in told["blocked"])
    gives = tuple(_give(each, names) for each in told["gives"])
    return WhyAnswer(
        _("%(who)s kan ikke ta det slik listene er") % {"who": who},
        lines,
        _("Da må dette vike") if gives else "",
        gives or (_("Planleggeren fant ingen vei, selv om to ting viker."),),
    )


def _give(each: Mapping[str, Any], names: Names) -> str:
    said = _("Kl. %(time)s, hvis %(rules)s. %(decides)s.") % {
        "time": words.clock(each["start"]),
        "rules": words.joined([words.conceded(one, names) for one in each["concessions"]]),
        "decides": words.decides([str(one["kind"]) for one in each["concessions"]]),
    }
    price = words.deltas([one for one in each["deltas"] if one["name"] != "overtime"])
    return _("%(said)s Ellers: %(price)s.") % {"said": said, "price": price} if price else said


def _own(own: Mapping[str, Any], names: Names, *, who: str, time: str) -> WhyAnswer:
    lines: list[Told] = []
    if own["is_primary"]:
        lines.append(_plus(_("%(who)s er primærkontakt.") % {"who": who}))
    if own["known"] and not own["better_known"]:
        lines.append(_plus(_("Ingen på jobb som kan ta besøket, er bedre kjent enn %(who)s.") % {"who": who}))
    elif own["better_known"]:
        better = int(own["better_known"])
        lines.append(
            _minus(
                ngettext("%(count)d på jobb er bedre kjent.", "%(count)d på jobb er bedre kjent.", better)
                % {"count": better}
            )
        )
    if because := words.because(own, names):
        lines.append(_neither(because))
    others = tuple(
        _("%(who)s kl. %(time)s: %(what)s.")
        % {
            "who": names.person(each["employee"]),
            "time": words.clock(each["start"]),
            "what": words.deltas(each["deltas"]) or _("omtrent like bra"),
        }
        for each in own["alternatives"]
    )
    return WhyAnswer(
        _("Hvorfor %(who)s kl. %(time)s?") % {"who": who, "time": time},
        tuple(lines),
        _("De nest beste, og hva det ville bety"),
        others or (_("Ingen andre på jobb har plass til besøket."),),
    )


def _nobody(told: Mapping[str, Any], names: Names) -> WhyAnswer:
    ways = tuple(dict.fromkeys(words.way_out(way, names) for way in told["ways_out"]))
    return WhyAnswer(
        _("Hvorfor har ingen besøket?"),
        tuple(_minus(words.uncovered_reason(reason, names)) for reason in told["reasons"]),
        _("Det som koster minst"),
        ways,
    )


def _price(alternative: Mapping[str, Any], names: Names) -> tuple[Told, ...]:
    """What it would mean, the worse first: nobody says yes without having seen it."""
    found = words.delta_lines(alternative["deltas"])
    capital = [(text[:1].upper() + text[1:], worse) for text, worse in found]
    return (
        *(_minus(text) for text, worse in capital if worse),
        *(_plus(text) for text, worse in capital if not worse),
    )


def _plus(text: str) -> Told:
    return Told(text, "plus", "PlusCircleFill")


def _minus(text: str) -> Told:
    return Told(text, "minus", "MinusCircle")


def _neither(text: str) -> Told:
    return Told(text, "", "Information")
