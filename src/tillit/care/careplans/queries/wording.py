"""When something happens, and what is missing, in the words people use."""

from collections.abc import Collection, Sequence
from datetime import date, time

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.careplans.models import PartOfDay
from tillit.care.careplans.rules.carrying import Fallen
from tillit.care.careplans.rules.gaps import GapCode
from tillit.care.careplans.rules.recurrence import EVERY_DAY, PARTS_OF_DAY, Recurrence, TimeOfDay

WORKDAYS = frozenset({1, 2, 3, 4, 5})
WEEKEND = frozenset({6, 7})


def weekday_names() -> dict[int, str]:
    """Monday to Sunday, in the plural: «mandager»."""
    return {
        1: _("mandager"),
        2: _("tirsdager"),
        3: _("onsdager"),
        4: _("torsdager"),
        5: _("fredager"),
        6: _("lørdager"),
        7: _("søndager"),
    }


def ordinal(number: int) -> str:
    """«andre», «tredje», up to twelve."""
    words = {
        2: _("andre"),
        3: _("tredje"),
        4: _("fjerde"),
        5: _("femte"),
        6: _("sjette"),
        7: _("sjuende"),
        8: _("åttende"),
        9: _("niende"),
        10: _("tiende"),
        11: _("ellevte"),
        12: _("tolvte"),
    }
    return words.get(number, f"{number}.")


def joined(words: Sequence[str]) -> str:
    """«morgen», «morgen og kveld», «morgen, midt på dagen og kveld»."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s og %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def days_text(recurrence: Recurrence) -> str:
    """Say which days: «Hver dag», «Hverdager», «Onsdager hver tredje uke», «Hver dag hver andre uke»."""
    days = recurrence.weekdays
    if not days:
        return _("Ingen dager")
    if days == EVERY_DAY:
        text = _("Hver dag")
    elif days == WORKDAYS:
        text = _("Mandag til fredag")
    elif days == WEEKEND:
        text = _("Lørdag og søndag")
    else:
        names = weekday_names()
        text = joined([names[number] for number in sorted(days)])
        text = text[:1].upper() + text[1:]
    if recurrence.every_weeks > 1:
        text = _("%(days)s hver %(ordinal)s uke") % {"days": text, "ordinal": ordinal(recurrence.every_weeks)}
    return text


def parts_text(parts: Collection[str]) -> str:
    """Say which parts of the day, in the order of the day: «morgen og kveld»."""
    known = [part for part in PARTS_OF_DAY if part in parts]
    return joined([str(PartOfDay(part).label).lower() for part in known])


def clock(at: time) -> str:
    """08.15, as Norwegians write it."""
    return f"{at.hour:02d}.{at.minute:02d}"


def window_text(one: TimeOfDay) -> str:
    """«08.00–09.30», or «kl. 20.00» when there is no room on either side."""
    if one.earliest == one.latest:
        return _("kl. %(clock)s") % {"clock": clock(one.earliest)}
    return f"{clock(one.earliest)}–{clock(one.latest)}"


def times_text(times: Sequence[TimeOfDay]) -> str:
    """«08.00–09.30 og 19.00–21.00», in the order of the day."""
    return joined([window_text(one) for one in _in_order(times)])


def when_text(recurrence: Recurrence, times: Sequence[TimeOfDay]) -> str:
    """Say when it happens: «Hver dag, morgen og kveld». Adds the end and holidays when there is something to say."""
    days = days_text(recurrence)
    parts = parts_text([one.part for one in times])
    text = f"{days}, {parts}" if parts else days
    if recurrence.ends_on is not None:
        text = _("%(when)s, til og med %(day)s") % {"when": text, "day": day_text(recurrence.ends_on)}
    if recurrence.skip_holidays:
        text = _("%(when)s, ikke på helligdager") % {"when": text}
    return text


def minutes_text(minutes: int) -> str:
    """«20 min», «1 t», «1 t 30 min»."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return _("%(hours)d t") % {"hours": hours}
    return _("%(hours)d t %(minutes)d min") % {"hours": hours, "minutes": rest}


def becomes_text(
    recurrence: Recurrence, times: Sequence[TimeOfDay], *, minutes: int, helpers: int = 1, unit: str = ""
) -> str:
    """What was chosen, read back: «Blir: hver dag 08.00–09.30, 20 min, to hjelpere».

    unit: who carries it out, where several units follow the citizen.
    """
    days = days_text(recurrence)
    parts = [f"{days[:1].lower()}{days[1:]} {times_text(times)}".strip(), minutes_text(minutes)]
    if helpers > 1:
        parts.append(_("to hjelpere"))
    if recurrence.ends_on is not None:
        parts.append(_("til og med %(day)s") % {"day": day_text(recurrence.ends_on)})
    if recurrence.skip_holidays:
        parts.append(_("ikke på helligdager"))
    if unit:
        parts.append(_("gjøres av %(team)s") % {"team": unit})
    return _("Blir: %(what)s.") % {"what": ", ".join(parts)}


def fallen_text(one: Fallen, *, first_name: str) -> str:
    """Say who does what the unit named does not do: «Team X følger ikke lenger Astrid. Team Y gjør dette …»."""
    by = one.by.unit_name if one.by else ""
    if one.begins is not None:
        return _("%(team)s følger ikke %(name)s før %(day)s. %(main)s gjør dette så lenge.") % {
            "team": one.name, "name": first_name, "day": day_text(one.begins), "main": by,
        }  # fmt: skip
    if not one.name:
        return _("Teamet i planen følger ikke %(name)s. %(main)s gjør dette til planen er justert.") % {
            "name": first_name, "main": by,
        }  # fmt: skip
    return _("%(team)s følger ikke lenger %(name)s. %(main)s gjør dette til planen er justert.") % {
        "team": one.name, "name": first_name, "main": by,
    }  # fmt: skip


def basis_text(visits: int) -> str:
    """What a learned duration builds on: «lært av 14 besøk»."""
    return ngettext("lært av %(count)d besøk", "lært av %(count)d besøk", visits) % {"count": visits}


def day_text(day: date) -> str:
    """21.11.2026."""
    return f"{day:%d.%m.%Y}"


def gap_text(code: GapCode, *, what: str = "", other: str = "") -> str:
    """Say what is missing. what: the goal's words or the intervention's title; other: the one it is like."""
    texts = {
        GapCode.NO_GOAL: _("Planen har ingen mål"),
        GapCode.NO_INTERVENTION: _("Planen har ingen tiltak"),
        GapCode.GOAL_WITHOUT_EVALUATION: _("«%(what)s» mangler dato for evaluering"),
        GapCode.EVALUATION_PASSED: _("Datoen for å evaluere «%(what)s» har gått ut"),
        GapCode.EVALUATION_FAR_AHEAD: _("Det er lenge til «%(what)s» blir evaluert"),
        GapCode.GOAL_WITHOUT_MATTERS: _("«%(what)s» henger ikke på det som er viktig for brukeren"),
        GapCode.GOAL_WITHOUT_RESPONSIBLE: _("Ingen har ansvar for «%(what)s»"),
        GapCode.GOAL_WITHOUT_INTERVENTION: _("«%(what)s» har ingen tiltak"),
        GapCode.INTERVENTION_WITHOUT_TIME: _("%(what)s mangler tid på dagen"),
        GapCode.INTERVENTION_WITHOUT_GOAL: _("%(what)s hører ikke til noe mål"),
        GapCode.INTERVENTION_NEVER_HAPPENS: _("%(what)s blir aldri gjort slik dagene er valgt"),
        GapCode.INTERVENTIONS_ALIKE: _("%(what)s ligner på %(other)s"),
        GapCode.NOBODY_CAN: _("Ingen i teamet har kompetansen som trengs til %(what)s"),
        GapCode.UNIT_DOES_NOT_FOLLOW: _("Teamet som skal gjøre %(what)s, følger ikke brukeren"),
    }
    return texts[code] % {"what": what, "other": other}


def gap_way_out(code: GapCode) -> str:
    """Say why it matters, or what to do about it, in one sentence."""
    texts = {
        GapCode.NO_GOAL: _("Spør hva som er viktig, og skriv målet med brukerens egne ord."),
        GapCode.NO_INTERVENTION: _("Uten tiltak blir det ingen besøk."),
        GapCode.GOAL_WITHOUT_EVALUATION: _("Uten dato dukker målet aldri opp på brukermøtet."),
        GapCode.EVALUATION_PASSED: _("Se på målet sammen med brukeren, og sett en ny dato."),
        GapCode.EVALUATION_FAR_AHEAD: _("Innen et halvt år er en god regel."),
        GapCode.GOAL_WITHOUT_MATTERS: _("Kryss av for at målet kommer fra brukerens egne ord, eller spør på nytt."),
        GapCode.GOAL_WITHOUT_RESPONSIBLE: _("Velg en som følger med på hvordan det går."),
        GapCode.GOAL_WITHOUT_INTERVENTION: _("Det kan være riktig hvis brukeren klarer det selv."),
        GapCode.INTERVENTION_WITHOUT_TIME: _("Velg når på dagen det skal gjøres."),
        GapCode.INTERVENTION_WITHOUT_GOAL: _("Velg et mål, eller si at det er sikkerhet eller lovpålagt."),
        GapCode.INTERVENTION_NEVER_HAPPENS: _("Se på ukedagene og siste dag."),
        GapCode.INTERVENTIONS_ALIKE: _("Er det det samme, kan du fjerne det ene."),
        GapCode.UNIT_DOES_NOT_FOLLOW: _("Velg hvem som gjør det. Til da gjør hovedteamet det."),
        GapCode.NOBODY_CAN: _("Snakk med teamleder om opplæring eller hjelp fra et annet team."),
    }
    return texts[code]


def _in_order(times: Sequence[TimeOfDay]) -> list[TimeOfDay]:
    return sorted(times, key=lambda one: (PARTS_OF_DAY.index(one.part), one.earliest))
