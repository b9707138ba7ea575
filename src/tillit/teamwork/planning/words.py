"""Codes and numbers in plain Norwegian: objections, reasons, ways out, steps. Texts go through gettext."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.teamwork.planning.rules.objections import Against, Objection
from tillit.teamwork.planning.rules.presets import Preset
from tillit.ui import formats
from tillit.ui.language import page_language

MOST_DAYS_NAMED = 2
"""More other days than this are counted, not named."""


@dataclass(frozen=True, slots=True)
class Names:
    """What ids are called on a page."""

    people: Mapping[int, str]
    """Employee → given name."""
    visits: Mapping[int, str]
    """Visit → the citizen's family name."""
    citizens: Mapping[int, str] = field(default_factory=dict)
    """Visit → what the citizen is called."""
    competences: Mapping[str, str] = field(default_factory=dict)

    def person(self, employee_id: int | None) -> str:
        """Given name; «noen» for somebody we do not know."""
        return self.people.get(employee_id or 0, _("noen"))

    def visit(self, visit_id: int | None) -> str:
        """Family name of the citizen visited."""
        return self.visits.get(visit_id or 0, _("et besøk"))

    def citizen(self, visit_id: int | None) -> str:
        """What the citizen is called."""
        return self.citizens.get(visit_id or 0) or self.visit(visit_id)

    def competence(self, codes: Iterable[str]) -> str:
        """The competences in words, joined."""
        return joined([competence_name(code, self.competences) for code in codes])


def clock(moment: datetime | str) -> str:
    """08.15, from a moment or a stored one."""
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return formats.clock(at, page_language())


def minutes(number: int) -> str:
    """«45 min», «1 t 10 min»."""
    hours, rest = divmod(number, 60)
    parts = [_("%(number)d t") % {"number": hours}] if hours else []
    if rest or not hours:
        parts.append(_("%(number)d min") % {"number": rest})
    return " ".join(parts)


def joined(words: Sequence[str]) -> str:
    """«a», «a og b», «a, b og c»."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s og %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def competence_name(code: str, names: Mapping[str, str]) -> str:
    """A competence in words. Training is one too: the engine's LEVEL:2 is a nurse."""
    if code == "LEVEL:2":
        return _("sykepleier")
    if code == "LEVEL:1":
        return _("helsefagarbeider eller sykepleier")
    return names.get(code, code)


def kind_name(shift_kind: str) -> str:
    """Dag, Kveld, Natt."""
    return {"DAY": _("Dag"), "EVENING": _("Kveld"), "NIGHT": _("Natt")}[shift_kind]


def preset_name(preset: str) -> str:
    """A preset in a sentence."""
    return {
        Preset.KNOWN_FACES: _("Kjente ansikter teller mest, så kompetanse, så kjøring"),
        Preset.WISHED_TIMES: _("Ønskede tider teller mest, så kjente ansikter, så kjøring"),
        Preset.SHORT_WAYS: _("Korte veier teller mest, så kjente ansikter, så ønskede tider"),
    }[Preset(preset)]


def thing(code: str) -> str:
    """Something that can count."""
    return {
        "FACES": _("Kjente ansikter"),
        "COMPETENCE": _("Spare kompetanse"),
        "TRAVEL": _("Korte veier"),
        "TIMES": _("Ønskede tider"),
        "FAIR": _("Jevn fordeling"),
    }[code]


def thing_about(code: str) -> str:
    """What it means that it counts."""
    return {
        "FACES": _("At brukerne møter noen som har vært der før, og færrest mulig ulike."),
        "COMPETENCE": _("At de med mest utdanning brukes til det bare de kan."),
        "TRAVEL": _("At det blir minst mulig tid på veien."),
        "TIMES": _("At besøkene kommer når brukerne ønsker det."),
        "FAIR": _("At alle får omtrent like mye å gjøre for vakta de har."),
    }[code]


def step_word(code: str) -> str:
    """How much it counts."""
    return {"LITTLE": _("Lite"), "USUAL": _("Som vanlig"), "MUCH": _("Mye")}[code]


def counting(steps: Mapping[Any, Any]) -> str:
    """What counts more or less than usual in a sentence; empty when all is as usual."""
    much = [thing(code).lower() for code in steps if steps[code] == "MUCH"]
    little = [thing(code).lower() for code in steps if steps[code] == "LITTLE"]
    parts = [_("%(what)s teller mye") % {"what": joined(much)}] if much else []
    if little:
        parts.append(_("%(what)s teller lite") % {"what": joined(little)})
    text = ", ".join(parts)
    return _("Teamet har sagt at %(what)s.") % {"what": text} if text else ""


def objection(each: Objection, names: Names) -> str:
    """What speaks against a choice, in a short sentence."""
    return against(each.code, names, minutes_=each.minutes, visits=each.visits, needs=each.needs, level=each.level)


def against(
    code: str,
    names: Names,
    *,
    minutes_: int = 0,
    visits: Sequence[int] = (),
    needs: Sequence[str] = (),
    level: int = 0,
) -> str:
    """The same from stored codes."""
    if code == Against.NOT_AT_WORK:
        return _("Ikke på jobb")
    if code == Against.ABSENT:
        return _("Borte")
    if code == Against.LACKS_COMPETENCE:
        return _("Mangler kompetanse: %(what)s") % {"what": names.competence(needs)}
    if code == Against.LACKS_TRAINING:
        return _("Besøket krever %(who)s") % {"who": competence_name(f"LEVEL:{level}", {})}
    if code == Against.MUST_NOT:
        return _("Brukeren skal ikke ha besøk av denne medarbeideren")
    if code == Against.AT_THE_OFFICE:
        return _("Er på kontoret")
    if code == Against.TOO_EARLY:
        return _("%(time)s før avtalt tid") % {"time": minutes(minutes_)}
    if code == Against.TOO_LATE:
        return _("%(time)s etter avtalt tid") % {"time": minutes(minutes_)}
    if code == Against.BEFORE_SHIFT:
        return _("%(time)s før vakta begynner") % {"time": minutes(minutes_)}
    if code == Against.OVERTIME:
        return _("%(time)s overtid") % {"time": minutes(minutes_)}
    if code == Against.OVERLAPS:
        if not visits:
            return _("Kolliderer med et annet besøk")
        return _("Kolliderer med %(who)s") % {"who": joined([names.visit(visit) for visit in visits])}
    if code == Against.IN_MEETING:
        return _("Kolliderer med et møte")
    if code == Against.SHORT_WAY:
        return _("%(time)s for liten tid på veien") % {"time": minutes(minutes_)}
    if code == Against.NO_BREAK:
        return _("Blir uten pause")
    if code == Against.RATHER_NOT:
        return _("Brukeren vil helst ha noen andre")
    if code == Against.TOO_SOON_AFTER:
        return _("%(time)s for tett på det andre besøket hos brukeren") % {"time": minutes(minutes_)}
    if code == Against.TOO_LONG_AFTER:
        return _("%(time)s for lenge mellom besøkene hos brukeren") % {"time": minutes(minutes_)}
    if code == Against.OFF_WISH:
        return _("%(time)s fra ønsket tid") % {"time": minutes(minutes_)}
    if code == Against.FROM_THERAPY:
        return _("Tar en terapeut fra trening og tilrettelegging")
    return code


def known(count: int) -> str:
    """How well known, in words."""
    if not count:
        return _("Har ikke vært der de siste 28 dagene")
    return ngettext(
        "Har vært der én gang de siste 28 dagene", "Har vært der %(count)d ganger de siste 28 dagene", count
    ) % {"count": count}


def reason(stored: Mapping[str, Any], names: Names) -> str:
    """One reason of a proposed change, for or against."""
    code, visit_id = str(stored["code"]), stored.get("visit_id")
    who, citizen = names.person(stored.get("employee_id")), names.citizen(visit_id)
    count, total, length = int(stored["count"]), int(stored["total"]), int(stored["minutes"])
    said = {"who": who, "citizen": citizen, "count": count, "total": total, "time": minutes(length)}
    if code == "KNOWN":
        return (
            ngettext(
                "%(who)s har vært hos %(citizen)s én gang de siste 28 dagene",
                "%(who)s har vært hos %(citizen)s %(count)d ganger de siste 28 dagene",
                count,
            )
            % said
        )
    if code == "NEVER_THERE":
        return _("%(who)s har ikke vært hos %(citizen)s de siste 28 dagene") % said
    if code == "PRIMARY":
        return _("%(who)s er primærkontakt for %(citizen)s") % said
    if code == "GLADLY":
        return _("%(citizen)s vil gjerne ha besøk av %(who)s") % said
    if code == "COMPETENT":
        return _("%(who)s har kompetansen som trengs: %(what)s") % {**said, "what": names.competence(stored["needs"])}
    if code == "NEAR":
        return _("%(time)s fra %(before)s til %(citizen)s") % {**said, "before": names.visit(count)}
    if code == "LESS_TRAVEL":
        return _("%(time)s kortere vei til sammen") % said
    if code == "MORE_TRAVEL":
        return _("%(time)s lengre vei til sammen") % said
    if code == "NEARER_WISH":
        return _("%(citizen)s får besøk kl. %(becomes)s i stedet for kl. %(was)s, nærmere ønsket tid") % {
            **said,
            "was": clock(stored["was_at"]),
            "becomes": clock(stored["becomes_at"]),
        }
    if code == "NEW_TIME":
        return _("%(citizen)s får besøk kl. %(becomes)s i stedet for kl. %(was)s") % {
            **said,
            "was": clock(stored["was_at"]),
            "becomes": clock(stored["becomes_at"]),
        }
    if code == "MAKES_ROOM":
        return _("%(citizen)s gjør plass til %(other)s kl. %(time)s hos %(who)s") % {
            **said,
            "other": names.citizen(count),
            "time": clock(stored["becomes_at"]),
        }
    if code == "MENDS":
        what = against(str(stored["needs"][0]), names, minutes_=length)
        return _("Slik det står nå, gjelder dette for %(citizen)s: %(what)s") % {
            **said,
            "what": what[:1].lower() + what[1:],
        }
    if code == "LEFT_OUT":
        return _("Besøket hos %(citizen)s blir uten utfører") % said
    if code == "KNOWN_ROUND":
        return _("Kjenner brukeren ved %(count)d av %(total)d besøk") % said
    if code == "PRIMARY_ROUND":
        return _("Er primærkontakt ved %(count)d av %(total)d besøk") % said
    if code in ("STURDIER", "STURDIER_TOGETHER"):
        people = [names.person(each) for each in (stored["employee_id"], stored.get("other_id")) if each is not None]
        won = fewer(joined(people), count)
        return won if code == "STURDIER" else _("Sammen med de andre endringene: %(won)s") % {"won": won}
    if code in ("FOR_THE_WEEK", "WEEK", "WEEK_ROUND"):
        return _over_days(code, said, stored, names)
    if code == "UNKNOWN_ROUND":
        return _("Har ikke vært hos brukeren de siste 28 dagene ved %(count)d av %(total)d besøk") % said
    text = against(code, names, minutes_=length, needs=stored.get("needs", ()), level=int(stored.get("level", 0) or 0))
    return _("%(citizen)s: %(what)s") % {**said, "what": text[:1].lower() + text[1:]}


def fewer(who: str, count: int) -> str:
    """What a change wins before anybody is away; without its full stop."""
    return ngettext(
        "Hvis %(who)s blir borte, mister én færre sin hjelp",
        "Hvis %(who)s blir borte, mister %(count)d færre sin hjelp",
        count,
    ) % {"who": who, "count": count}


def _over_days(code: str, said: Mapping[str, Any], stored: Mapping[str, Any], names: Names) -> str:
    """A reason of a proposal for several days: she comes on other days too."""
    if code == "WEEK_ROUND":
        return _("Kommer til samme bruker flere dager i perioden ved %(count)d av %(total)d besøk") % said
    days = [formats.long_date(date.fromisoformat(day), page_language()) for day in stored["days"]]
    when = (
        joined(days)
        if len(days) <= MOST_DAYS_NAMED
        else _("%(count)d andre dager i perioden, først %(first)s") % {"count": len(days), "first": days[0]}
    )
    if code == "WEEK":
        return _("%(who)s kommer til %(citizen)s også %(days)s") % {**said, "days": when}
    return _("%(other)s hadde passet bedre denne dagen, men %(who)s kommer til %(citizen)s også %(days)s") % {
        **said,
        "other": names.person(stored.get("other_id")),
        "days": when,
    }


def occasion(code: str, names: Names, *, employee_id: int | None) -> str:
    """What happened, ahead of the visits it left without anybody."""
    return {
        "ABSENCE": _("%(who)s er borte") % {"who": names.person(employee_id)},
        "HOME_AGAIN": _("Hjemme igjen"),
        "ADDED": _("Lagt til på dagen"),
        "OPEN": _("Uten utfører fra før"),
    }[code]


def travel_fault(code: str) -> str:
    """Why travel times are estimates."""
    return {
        "NO_ANSWER": _("Veitjenesten svarte ikke. Reisetidene er anslått."),
        "PARTLY_NO_ANSWER": _("Veitjenesten svarte ikke. Noen av reisetidene er anslått."),
        "NOT_ASKED": _("Reisetidene er anslått: veitjenesten er ikke spurt om disse stedene ennå."),
        "PARTLY_NOT_ASKED": _("Noen av reisetidene er anslått: veitjenesten er ikke spurt om alle stedene ennå."),
        "ESTIMATE": _("Reisetidene er anslått ut fra avstanden."),
        "NO_ROAD": _("Veitjenesten fant ingen vei mellom noen av stedene. Reisetidene der er anslått."),
    }[code]


def uncovered_reason(stored: Mapping[str, Any], names: Names) -> str:
    """Why a visit stayed uncovered."""
    people = joined([names.person(helper) for helper in stored["helpers"][:4]])
    needs = names.competence(stored["needs"])
    why = stored["why"]
    if why == "nobody_has_competence":
        return _("Ingen på jobb har det som trengs: %(what)s.") % {"what": needs}
    if why == "nobody_allowed":
        return _("De som har kompetansen, kan ikke ta dette besøket.")
    if why == "window_outside_shifts":
        return _("Ingen som kan ta det, er på jobb når besøket skal være. Det skiller %(time)s.") % {
            "time": minutes(stored["minutes"])
        }
    if why == "all_busy":
        return _("De som kan ta det, er opptatt: %(people)s.") % {"people": people}
    if why == "other_half_uncovered":
        return _("Besøket trenger to, og bare én er ledig.")
    if why == "lock_conflict":
        return _("Besøket er låst til et tidspunkt som ikke går opp med resten.")
    if why == "search_stopped":
        return _("Det er plass. Et lengre søk ville funnet den.")
    return _("Det koster mer enn det er verdt å dekke dette besøket.")


def way_out(stored: Mapping[str, Any], names: Names) -> str:
    """What people could do so that the visit is covered, and who decides it."""
    also = stored.get("also", ())
    said = {
        "who": names.person(stored["helper"]),
        "time": minutes(stored["minutes"]),
        "start": clock(stored["start"]) if stored["start"] else "",
        "other": names.visit(stored["visit"]),
        "what": names.competence(stored["needs"]),
    }
    kind = stored["kind"]
    if also:
        return _("%(who)s kan ta det kl. %(start)s hvis %(rules)s. %(decides)s.") % {
            **said,
            "rules": joined([conceded(each, names) for each in (stored, *also)]),
            "decides": decides([str(each["kind"]) for each in (stored, *also)]),
        }
    if kind == "overtime":
        text = _("%(who)s kan ta det kl. %(start)s med %(time)s overtid") % said
    elif kind == "move_window":
        text = _("%(who)s kan ta det kl. %(start)s, %(time)s utenfor avtalt tid") % said
    elif kind == "leave_out":
        text = _("%(who)s kan ta det hvis besøket hos %(other)s utgår") % said
    elif kind == "give_competence":
        text = _("%(who)s har tid, men mangler %(what)s") % said
    elif kind == "ask_citizen":
        text = _("%(who)s har tid kl. %(start)s, men skal ikke dra til denne brukeren") % said
    elif kind == "unlock":
        text = _("%(who)s kan ta det kl. %(start)s hvis besøket låses opp") % said
    elif kind == "hand_on":
        text = _("%(who)s kan ta det kl. %(start)s hvis noen andre tar besøket hos %(other)s") % said
    elif said["what"]:
        text = _("Lei inn noen med %(what)s fra kl. %(start)s i %(time)s") % said
    else:
        text = _("Lei inn noen fra kl. %(start)s i %(time)s") % said
    return _("%(text)s. %(decides)s.") % {"text": text, "decides": decides([str(kind)])}


def conceded(stored: Mapping[str, Any], names: Names) -> str:
    """One rule that would have to give way, after «hvis»."""
    said = {
        "time": minutes(stored["minutes"]),
        "other": names.visit(stored["visit"]),
        "what": names.competence(stored["needs"]),
        "whom": names.person(stored.get("helper")),
    }
    if stored["kind"] == "give_competence" and all(str(code).startswith("LEVEL:") for code in stored["needs"]):
        return _("besøket kan gjøres av en som ikke er %(what)s") % said
    return {
        "overtime": _("det brukes %(time)s overtid") % said,
        "move_window": _("besøket flyttes %(time)s utenfor avtalt tid") % said,
        "leave_out": _("besøket hos %(other)s utgår") % said,
        "hand_on": _("%(whom)s tar besøket hos %(other)s") % said,
        "give_competence": _("opplæringen er gjort i %(what)s") % said,
        "ask_citizen": _("brukeren selv sier ja"),
        "unlock": _("besøket låses opp"),
    }[str(stored["kind"])]


def decides(kinds: Sequence[str]) -> str:
    """Who may let such rules give way, as a sentence without its full stop."""
    by = {
        "overtime": _("teamlederen"),
        "move_window": _("brukeren sammen med tjenesteansvarlig"),
        "leave_out": _("tjenesteansvarlig for den som mister besøket"),
        "hand_on": _("fordeleren"),
        "give_competence": _("teamlederen"),
        "ask_citizen": _("brukeren selv"),
        "unlock": _("fordeleren"),
        "book": _("teamlederen"),
    }
    return _("Det avgjør %(who)s") % {"who": joined(list(dict.fromkeys(by[kind] for kind in kinds)))}


def stands_in_the_way(stored: Mapping[str, Any], names: Names) -> str:
    """A rule of the engine's that keeps somebody from a visit."""
    rule = str(stored["rule"])
    return {
        "lacks_competence": _("Mangler kompetanse: %(what)s") % {"what": names.competence(stored["needs"])},
        "must_not": _("Brukeren skal ikke ha besøk av denne medarbeideren"),
        "other_helper_fixed": _("Besøket er låst til en annen"),
        "locked": _("Besøket er låst til en annen"),
        "window_outside_shift": _("Besøket er utenfor vakta. Det skiller %(time)s")
        % {"time": minutes(stored["minutes"])},
        "other_half_same_helper": _("Har allerede den andre halvdelen av besøket, som trenger to"),
        "no_room": _("Det er ikke plass på lista når alt annet står"),
        "not_at_work": _("Er ikke på jobb når besøket skal være"),
    }[rule]


def because(stored: Mapping[str, Any], names: Names) -> str:
    """Why a visit starts just then."""
    return {
        "locked": _("Tidspunktet er låst."),
        "window_opens": _("Tidligere kan besøket ikke begynne etter avtalen."),
        "wished_time": _("Det er tiden brukeren ønsker."),
        "reference_time": _("Det er tiden som sto på lista fra før."),
        "as_soon_as_there": _("Da er medarbeideren framme fra besøket før."),
        "linked_visit": _("Tiden følger av et annet besøk: %(who)s.") % {"who": names.visit(stored.get("linked"))},
        "waits": _("Det passer best med resten av lista."),
    }.get(str(stored["because"]), "")


_COMPONENTS = {
    "travel": lambda: (_("%(time)s lengre vei"), _("%(time)s kortere vei")),
    "waiting": lambda: (_("%(time)s mer venting"), _("%(time)s mindre venting")),
    "early": lambda: (_("til sammen %(time)s tidligere enn ønsket"), _("%(time)s nærmere ønsket tid")),
    "late": lambda: (_("til sammen %(time)s senere enn ønsket"), _("%(time)s nærmere ønsket tid")),
    "unknown_face": lambda: (_("mindre kjent for brukeren"), _("bedre kjent for brukeren")),
    "extra_face": lambda: (_("ett ansikt til for brukeren i dag"), _("ett ansikt færre for brukeren i dag")),
    "not_primary": lambda: (_("primærkontakten drar ikke"), _("primærkontakten drar")),
    "level_waste": lambda: (_("bruker mer kompetanse enn besøket krever"), _("sparer kompetanse til andre")),
    "rather_not": lambda: (_("brukeren vil helst ha noen andre"), _("slipper noen brukeren helst ikke vil ha")),
    "not_preferred": lambda: (_("ikke en av dem brukeren helst vil ha"), _("en av dem brukeren helst vil ha")),
    "unfair": lambda: (_("skjevere fordelt"), _("jevnere fordelt")),
    "changed_helper": lambda: (_("en annen enn på lista nå"), _("samme som på lista nå")),
    "moved_start": lambda: (_("%(time)s flyttet"), _("%(time)s mindre flyttet")),
    "overtime": lambda: (_("%(time)s overtid"), _("%(time)s mindre overtid")),
}


def deltas(stored: Sequence[Mapping[str, Any]], *, most: int = 3) -> str:
    """What would be worse and better with somebody else, the heaviest first, in one line."""
    return ", ".join(text for text, _worse in delta_lines(stored)[:most])


def delta_lines(stored: Sequence[Mapping[str, Any]]) -> list[tuple[str, bool]]:
    """What would be different with somebody else, the heaviest first: (text, whether it is worse)."""
    heavy = sorted(stored, key=lambda each: -abs(float(each["cost"])))
    texts: list[tuple[str, bool]] = []
    for each in heavy:
        if str(each["name"]) not in _COMPONENTS or abs(float(each["cost"])) < 0.5:
            continue
        worse, better = _COMPONENTS[str(each["name"])]()
        is_worse = float(each["amount"]) > 0
        text = (worse if is_worse else better) % {"time": minutes(max(1, round(abs(float(each["amount"])))))}
        if text not in [told for told, _worse in texts]:
            texts.append((text, is_worse))
    return texts


def step(what: str, names: Names, visit_ids: Sequence[int]) -> str:
    """What somebody did with the lists, for «mens du var borte» and «Angre»."""
    whose = joined([names.visit(visit) for visit in visit_ids[:3]])
    if len(visit_ids) > 3:
        whose = ngettext("%(count)d besøk", "%(count)d besøk", len(visit_ids)) % {"count": len(visit_ids)}
    return {
        "ALLOCATE": _("flyttet %(whose)s"),
        "TAKE_OFF": _("tok %(whose)s av lista"),
        "LOCK": _("låste %(whose)s"),
        "UNLOCK": _("låste opp %(whose)s"),
        "CANCEL": _("avlyste %(whose)s"),
        "PROPOSAL": _("godtok forslaget for %(whose)s"),
        "ABSENCE": _("fravær: %(whose)s står uten utfører"),
        "VISITS": _("besøk ble avlyst eller flyttet: %(whose)s"),
        "HAND_OVER": _("ga %(whose)s til en kollega"),
        "TAKE": _("tok %(whose)s, som var ledig"),
        "GIVE_BACK": _("ga %(whose)s tilbake"),
    }.get(what, "%(whose)s") % {"whose": whose}


def datetime_field(stored: str) -> str:
    """A stored moment as a form sends it back: «2026-11-24T09:15», Oslo's clock."""
    return formats.oslo(datetime.fromisoformat(stored)).strftime("%Y-%m-%dT%H:%M")
