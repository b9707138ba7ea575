"""«Dette kan sies» and «Dette kan vi ikke si» of a comparison: never more than the ladder of claims bears (R41)."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.learning.improvement.contexts.compared import Compared, TeamCompared, group_text
from tillit.learning.improvement.rules import comparing
from tillit.learning.improvement.rules.comparing import Contrast, Design
from tillit.learning.improvement.rules.windows import Timing
from tillit.learning.improvement.wording import p_number, value_text
from tillit.learning.insight.rules.claims import ENOUGH_TEAMS, Rung, doubts, reached
from tillit.learning.insight.rules.indicators import Indicator
from tillit.learning.insight.rules.verdict import verdict
from tillit.learning.insight.words.changes import change_and_interval
from tillit.learning.insight.words.claims import cannot_say, may_say
from tillit.ui import formats
from tillit.ui.language import page_language

#: Teams whose own doubts are written out; of more, only what they share is of use to a reader.
MANY_TEAMS = 3


def design_text(design: Design, *, order_drawn: bool) -> tuple[str, str]:
    """Return what sort of comparison it is: its name, and what that means, in plain words."""
    name, means = {
        Design.OWN_BASELINE: (
            _("Før og etter, uten team å sammenligne med"),
            _("Hvert team ses mot sitt eget nullpunkt. Ingen vet hva som ville skjedd uten piloten."),
        ),
        Design.AGAINST_ORDINARY: (
            _("Før og etter, mot team i ordinær drift"),
            _(
                "Hvert team ses mot sitt eget nullpunkt. Så sammenligner vi endringene i teamene som prøver noe nytt, "
                "med endringene i teamene som arbeider som før, i de samme månedene."
            ),
        ),
        Design.BETWEEN_VARIANTS: (
            _("Før og etter, mellom modellene"),
            _(
                "Hvert team ses mot sitt eget nullpunkt. Så sammenligner vi endringene i teamene med ulike modeller. "
                "Ingen team arbeider som før, så vi vet ikke hva som ville skjedd uten piloten."
            ),
        ),
    }[design]
    drawn = _("Hvem som begynte når, er trukket ut.") if order_drawn else ""
    return name, " ".join(part for part in (means, drawn) if part)


def p_text(found: Contrast) -> str:
    """Return the permutation p with the smallest it could have been; empty when there is none."""
    if found.p is None or found.least_p is None:
        return ""
    language = page_language()
    text = _("p = %(p)s, minste mulige %(least)s (alle %(ways)s måter å fordele teamene på)") % {
        "p": p_number(found.p),
        "least": p_number(found.least_p),
        "ways": formats.number(found.ways, 0, language),
    }
    if found.adjusted_p is not None and found.adjusted_p != found.p:
        text += _(". Etter Holm, fordi flere mål vurderes: p = %(p)s") % {"p": p_number(found.adjusted_p)}
    return text


def may_be_said(compared: Compared) -> tuple[str, ...]:
    """Return the strongest sentences the figures bear: of each pair of variants, then of teams by themselves.

    A team's own series is told of when it shows that something has changed; with few teams also what the months were.
    """
    told = [_of_contrast(compared, one) for one in compared.contrasts]
    few = len(compared.teams) <= MANY_TEAMS
    for one in compared.teams:
        if one.series is None:
            continue
        found = verdict(one.series)
        if reached(found) >= Rung.CHANGE:
            told.append(f"{one.team.unit_name}: {may_say(compared.indicator, found)}")
        elif few and one.change.difference is not None:
            told.append(_of_team(compared.indicator, one))
    return tuple(each for each in told if each)


def cannot_be_said(compared: Compared, design: Design) -> tuple[str, ...]:
    """Return what these figures leave open, the weightiest first, each thing once."""
    few = [
        one
        for one in compared.contrasts
        if comparing.rung(one, compared.setup) < Rung.BEYOND and one.smallest < ENOUGH_TEAMS
    ]
    told = [_few(few)] if few else []
    if not compared.reaches_all:
        told.append(_("Forskjellen mellom modellene. Du når ikke alle teamene, og da vises den ikke."))
    elif design is not Design.AGAINST_ORDINARY:
        told.append(_("Hva som ville skjedd uten piloten. Ingen team i ordinær drift er med."))
    if not any(comparing.rung(one, compared.setup) is Rung.EFFECT for one in compared.contrasts):
        told.append(_("Hva som er årsaken til endringen. Tallene viser at noe er endret, ikke hvorfor."))
    told += _about_baselines(compared.teams)
    shown = [one for one in compared.teams if one.series is not None]
    for team in shown if len(shown) <= MANY_TEAMS else ():
        series = team.series
        if series is not None:
            told += cannot_say(doubts(series, verdict(series), teams=0))
    return tuple(dict.fromkeys(told))


def _of_contrast(compared: Compared, found: Contrast) -> str:
    indicator, rung = compared.indicator, comparing.rung(found, compared.setup)
    if found.difference is None:
        return ""
    names = {
        "name": indicator.name, "one": group_text(found.variant), "other": group_text(found.other),
        "n": found.teams, "m": found.other_teams,
        "change": change_and_interval(indicator, found.difference, found.low, found.high),
    }  # fmt: skip
    if rung is Rung.EFFECT:
        return _("%(name)s: %(one)s ga en endring på %(change)s, mot %(other)s. %(n)d mot %(m)d team.") % names
    if rung is Rung.BEYOND:
        return (
            _("%(name)s endret seg mer med %(one)s enn i sammenligningsteamene: %(change)s. %(n)d mot %(m)d team.")
            % names
        )
    return (
        _("I disse månedene var forskjellen i endring mellom %(one)s og %(other)s %(change)s. %(n)d mot %(m)d team.")
        % names
    )


def _of_team(indicator: Indicator, one: TeamCompared) -> str:
    return _("%(team)s: %(after)s i månedene i pilot, mot %(before)s i nullpunktet. Forskjellen er %(change)s.") % {
        "team": one.team.unit_name,
        "after": value_text(indicator, one.change.after.mean),
        "before": value_text(indicator, one.change.before.mean),
        "change": change_and_interval(indicator, one.change.difference, one.change.low, one.change.high),
    }


def _few(found: Iterable[Contrast]) -> str:
    """Return that the teams are too few, how many there are of each, and whether chance can be ruled out at all."""
    few = list(found)
    pairs = "; ".join(
        _("%(one)s mot %(other)s: %(n)d mot %(m)d") % {
            "one": group_text(one.variant), "other": group_text(one.other), "n": one.teams, "m": one.other_teams,
        }
        for one in few
    )  # fmt: skip
    text = _("Om modellene virker ulikt. For få team til å skille modellene (%(pairs)s).") % {"pairs": pairs}
    if all(one.least_p is None or one.least_p > comparing.ALPHA for one in few):
        text += " " + _("Så få kan aldri vise mer enn tilfeldigheter.")
    return text


def _about_baselines(teams: Sequence[TeamCompared]) -> list[str]:
    told = []
    lacking = [one.team.unit_name for one in teams if one.frozen is None and one.team.began_on is not None]
    late = [one.team.unit_name for one in teams if one.frozen is not None and one.frozen.timing is Timing.RETROSPECTIVE]
    if lacking:
        told.append(
            ngettext(
                "Hvordan det var før i %(teams)s. Teamet begynte uten nullpunkt.",
                "Hvordan det var før i %(teams)s. Teamene begynte uten nullpunkt.",
                len(lacking),
            )
            % {"teams": ", ".join(lacking)}
        )
    told += [
        _("Om nullpunktet til %(team)s er talt som tallene etterpå. Noe av det er hentet inn, ikke talt av Tillit. "
          "Forbehold: %(caveat)s")
        % {"team": one.team.unit_name, "caveat": one.frozen.caveat}
        for one in teams
        if one.frozen is not None and one.frozen.caveat
    ]  # fmt: skip
    if late:
        told.append(
            _("Om nullpunktet er upåvirket i %(teams)s. Det ble fryst etter at teamet hadde begynt.")
            % {"teams": ", ".join(late)}
        )
    return told
