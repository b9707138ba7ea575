"""What stands beside the plan: is it clear enough, what is different, what happens with the visits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tillit.care.careplans import sources
from tillit.care.careplans.contexts.blocks import Drawing, difference_tag
from tillit.care.careplans.queries import (
    GoalLine,
    InterventionLine,
    PlanContent,
    PlanLine,
    gap_text,
    gap_way_out,
    minutes_text,
)
from tillit.care.careplans.rules.comparison import Compared, Difference
from tillit.care.careplans.rules.gaps import Gap
from tillit.care.citizens.models import Citizen
from tillit.care.citizens.queries import away_periods
from tillit.foundation.workforce.queries import competences_of
from tillit.kernel.periods import Period
from tillit.ui.parts import Action, Check, Checks, Tag

MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One thing that differs from the plan in use."""

    tag: Tag
    text: str
    note: str = ""


def by_line(found: Iterable[Compared]) -> dict[int, Compared]:
    """Return the comparisons by line."""
    return {one.line: one for one in found}


def held_by(employee_ids: Iterable[int], *, on: date) -> frozenset[str]:
    """Return the codes of competences somebody among them holds on a day."""
    return frozenset().union(*competences_of(employee_ids=list(employee_ids), on=on).values())


def checks_of(gaps: list[Gap], content: PlanContent, drawing: Drawing) -> Checks:
    """Say what is missing, with the way to it, and what is in order."""
    goals = {goal.goal_id: goal for goal in content.goals}
    interventions = {one.intervention_id: one for one in content.interventions}
    items = [_check(gap, goals, interventions, drawing) for gap in gaps]
    codes = {gap.code for gap in gaps}
    for code, text in (
        ("no-goal", _("Planen har mål")),
        ("goal-without-evaluation", _("Målene har en dato for når dere ser på dem")),
        ("goal-without-matters", _("Målene henger på det som er viktig")),
        ("intervention-without-time", _("Tiltakene har tid på dagen")),
    ):
        has_some = bool(content.goals) if code.startswith(("goal", "no")) else bool(content.interventions)
        if code not in codes and has_some:
            items.append(Check(text, ok=True))
    return Checks(tuple(items))


def _check(
    gap: Gap,
    goals: Mapping[int, GoalLine],
    interventions: Mapping[int, InterventionLine],
    drawing: Drawing,
) -> Check:
    what = other = href = ""
    if gap.goal_id is not None:
        what, href = goals[gap.goal_id].words, drawing.write(f"mal-{gap.goal_id}")
    if gap.intervention_id is not None:
        what, href = interventions[gap.intervention_id].title, drawing.write(f"tiltak-{gap.intervention_id}")
    if gap.other_id is not None:
        other = interventions[gap.other_id].title
    note = gap_way_out(gap.code)
    if gap.blocks:
        note = _("%(note)s Må rettes før planen tas i bruk.") % {"note": note}
    return Check(
        gap_text(gap.code, what=what, other=other),
        ok=False,
        note=note,
        action=Action(_("Rett"), href, tight=True, describe=what) if href else None,
    )


def checks_note(gaps: list[Gap]) -> str:
    """Say in a few words how ready it is."""
    if not gaps:
        return _("Alt er på plass")
    blocking = sum(gap.blocks for gap in gaps)
    if blocking:
        return ngettext("%(count)d må rettes", "%(count)d må rettes", blocking) % {"count": blocking}
    return ngettext("%(count)d å tenke på", "%(count)d å tenke på", len(gaps)) % {"count": len(gaps)}


def changes_of(before: PlanContent, now: PlanContent, drawing: Drawing) -> tuple[ChangeLine, ...]:
    """List what is new, changed and gone against the plan in use."""
    lines: list[ChangeLine] = []
    titles = {one.line: one.title for one in (*before.interventions, *now.interventions)}
    words = {goal.line: f"«{goal.words}»" for goal in (*before.goals, *now.goals)}
    whens = {one.line: f"{one.when_text}, {minutes_text(one.minutes)}" for one in before.interventions}
    for compared, names in (
        *((one, words) for one in drawing.goals_differ.values()),
        *((one, titles) for one in drawing.interventions_differ.values()),
    ):
        if compared.difference is Difference.SAME:
            continue
        tag = difference_tag(compared)
        if compared.difference is Difference.GONE:
            tag = Tag(pgettext("taken out of the plan", "Borte"), "neutral", "Minus")
        note = ", ".join(_fact_name(fact) for fact in compared.facts)
        if compared.difference is Difference.CHANGED and "when" in compared.facts and names is titles:
            note = _("%(facts)s. Før: %(before)s") % {"facts": note, "before": whens.get(compared.line, "")}
        assert tag is not None
        lines.append(ChangeLine(tag, names[compared.line], note[:1].upper() + note[1:]))
    return tuple(lines)


def _fact_name(fact: str) -> str:
    return {
        "words": _("ordene"),
        "agreed": _("når det er nådd"),
        "evaluate_on": _("når dere ser på det"),
        "responsible": _("hvem som har ansvar"),
        "target": _("hvor dere vil"),
        "title": _("hva"),
        "when": _("når"),
        "minutes": _("hvor lenge"),
        "helpers": _("hvor mange"),
        "competence": _("kompetanse"),
        "how": _("hvordan"),
        "belongs": _("hva det er for"),
        "separate": _("eget besøk"),
        "priority": _("hvor mye det haster"),
        "between": _("tid mellom"),
        "starts": _("første dag"),
        "unit": _("hvem som gjør det"),
    }[fact]


def consequences_of(citizen: Citizen, draft: PlanLine, content: PlanContent, *, at: datetime) -> str:
    """Say what happens with the coming visits; nothing when nobody knows.

    Somebody who is not at home gets her visits when she is back: that is said, not that nothing happens.
    """
    found = sources.consequences(citizen_id=citizen.pk, plan_id=draft.plan_id, at=at)
    if found is None:
        return ""
    is_away = bool(content.interventions) and citizen.pk in away_periods([citizen.pk], Period(at, at + MOMENT))
    later = _("Besøkene kommer når %(name)s er hjemme igjen.") % {"name": citizen.first_name} if is_away else ""
    return " ".join(text for text in (_counted(found, silent=is_away), later) if text)


def _counted(found: sources.Consequences, *, silent: bool) -> str:
    """The numbers in words. silent: nothing at all rather than that no visit changes."""
    parts = [
        text % {"count": count}
        for count, text in (
            (found.new, ngettext("%(count)d nytt besøk", "%(count)d nye besøk", found.new)),
            (found.changed, ngettext("%(count)d besøk endres", "%(count)d besøk endres", found.changed)),
            (found.gone, ngettext("%(count)d besøk faller bort", "%(count)d besøk faller bort", found.gone)),
        )
        if count
    ]
    if not parts:
        return "" if silent else _("Ingen kommende besøk endres.")
    what = ", ".join(parts[:-1]) + (_(" og ") if len(parts) > 1 else "") + parts[-1]
    return _("De neste %(days)d dagene: %(what)s.") % {"days": found.days, "what": what}
