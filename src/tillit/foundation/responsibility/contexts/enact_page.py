"""What changes when a version is put into force for some teams: shown before it is done (R04, R57)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import all_units, scope_of
from tillit.foundation.responsibility import queries
from tillit.foundation.responsibility.contexts.enact_preview import Preview, follows_words, preview_of
from tillit.foundation.responsibility.models import ModelVersion
from tillit.foundation.responsibility.permissions import FOLLOW_MODEL
from tillit.foundation.responsibility.queries import FollowedModel, PrinciplesShown
from tillit.ui.parts import Crumb, Crumbs


@dataclass(frozen=True, slots=True)
class TeamChoice:
    """A team one may choose."""

    unit_id: int
    name: str
    now: str = field(metadata={"help": "What it follows on the day, in words"})
    chosen: bool
    follows_it: bool


@dataclass(frozen=True, slots=True)
class PrincipleChoice:
    """One principle with what the change does to it, as chosen so far."""

    principle_id: int
    rank: int
    title: str
    text: str
    stance: str = field(metadata={"help": "SERVES, STRAINS or empty"})


@dataclass(frozen=True, slots=True)
class EnactPage:
    """responsibility/enact.html: put a version into force."""

    version_id: int
    edition: int
    title: str
    lead: str
    crumbs: Crumbs
    action: str
    back_href: str
    teams: tuple[TeamChoice, ...]
    preview: Preview | None = field(metadata={"help": "None until a team and a day are chosen"})
    nothing: str = field(metadata={"help": "Why there is no preview"})
    principles: tuple[PrincipleChoice, ...]
    principles_href: str
    note: str = field(metadata={"help": "Why it was not put into force"})


def enact_page(
    *,
    actor: Actor,
    version: ModelVersion,
    unit_ids: Collection[int],
    valid_from: date | None,
    first: date,
    stances: Mapping[int, str],
    note: str = "",
) -> EnactPage:
    """Return the page. Constant number of queries, however many teams.

    unit_ids: those chosen; others than one decides are left out. first: today, the first day that can be chosen.
    """
    teams = _teams(actor, unit_ids, on=valid_from or first)
    followed = queries.followed_models(on=valid_from or first, units=teams)
    chosen = [unit for unit in teams if unit.pk in set(unit_ids)]
    changing = [unit for unit in chosen if not _follows(followed.get(unit.pk), version)]
    principles = queries.principles_now()
    name = version.model.name
    return EnactPage(
        version_id=version.pk,
        edition=version.edition,
        title=_("Sett %(model)s i kraft") % {"model": name},
        lead=_("Se hva som endres, før noe er bestemt. Ingenting skjer før dagen du velger."),
        crumbs=Crumbs(
            (
                Crumb(_("Organisasjon"), reverse("organisation:index")),
                Crumb(_("Modeller"), reverse("responsibility:models")),
                Crumb(name, reverse("responsibility:model", args=[version.pk])),
                Crumb(_("Sett i kraft")),
            )
        ),
        action=reverse("responsibility:enact", args=[version.pk]),
        back_href=reverse("responsibility:model", args=[version.pk]),
        teams=tuple(
            TeamChoice(
                unit.pk,
                unit.name,
                follows_words(followed.get(unit.pk)),
                unit in chosen,
                _follows(followed.get(unit.pk), version),
            )
            for unit in teams
        ),
        preview=preview_of(version, changing, followed, valid_from, first) if changing and valid_from else None,
        nothing=_nothing(chosen, changing, valid_from),
        principles=_principles(principles, stances),
        principles_href=reverse("responsibility:principles"),
        note=note,
    )


def usual_day(today: date) -> date:
    """Return the day changes usually begin: the first of the next month. Nobody has to type it."""
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)


def _teams(actor: Actor, unit_ids: Collection[int], *, on: date) -> list[Unit]:
    """The teams whose model she decides; other units only when they are asked for: a district as a whole."""
    teams = queries.teams_to_decide(actor, on=on)
    there = {unit.pk for unit in teams}
    if not set(unit_ids) <= there:
        teams += [
            unit
            for unit in all_units(actor=actor, on=on)
            if unit.pk in set(unit_ids) - there and holds(actor, FOLLOW_MODEL, scope_of(unit))
        ]
    return teams


def _follows(followed: FollowedModel | None, version: ModelVersion) -> bool:
    return followed is not None and followed.version_id == version.pk


def _nothing(chosen: Sequence[Unit], changing: Sequence[Unit], valid_from: date | None) -> str:
    if not chosen:
        return _("Velg hvilke team det gjelder. Da ser du her hva som endres for dem.")
    if not changing:
        return _("Teamet følger denne versjonen alt. Da endres ingenting.")
    if valid_from is None:
        return _("Velg dagen det gjelder fra.")
    return ""


def _principles(shown: PrinciplesShown | None, stances: Mapping[int, str]) -> tuple[PrincipleChoice, ...]:
    return tuple(
        PrincipleChoice(one.principle_id, one.rank, one.title, one.text, stances.get(one.principle_id, ""))
        for one in (shown.entries if shown else ())
    )
