"""An assessment while it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tillit.care.decisions.contexts.case_head import case_crumbs
from tillit.care.decisions.contexts.words import AREA_WORDS, LEVEL_WORDS, VARIABLE_WORDS, short_date
from tillit.care.decisions.models import Assessment, FunctionScore
from tillit.care.decisions.queries.file import scores_now
from tillit.care.decisions.rules.function import LEVELS, VARIABLES
from tillit.care.needs import queries as needs
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumbs, Matters


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """One level of a variable."""

    value: int
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class VariableField:
    """One of the 17 variables."""

    name: str
    id: str
    label: str
    last: str = field(metadata={"help": "The level before and since when; empty when it has none"})
    choices: tuple[LevelChoice, ...]


@dataclass(frozen=True, slots=True)
class AreaFields:
    """Variables under one heading."""

    title: str
    variables: tuple[VariableField, ...]


@dataclass(frozen=True, slots=True)
class OthersWrote:
    """What somebody else saved meanwhile: shown beside what was typed."""

    who: str
    own_view: str
    summary: str


@dataclass(frozen=True, slots=True)
class AssessmentPage:
    """decisions/assessment.html."""

    crumbs: Crumbs
    case_id: int
    assessment_id: int
    edition: int
    title: str
    lead: str
    matters: Matters
    areas: tuple[AreaFields, ...]
    scale: tuple[str, ...]
    scored: int = field(metadata={"help": "How many variables have a level"})
    meanwhile: OthersWrote | None
    back: str
    saved: str
    user_key: str


def assessment_page(
    draft: Assessment, *, levels: Mapping[int, int] | None, meanwhile: bool, back: str, user_key: str
) -> AssessmentPage:
    """Return the form's frame. levels: those typed; None shows the draft's over those that hold now."""
    case = draft.case
    held = scores_now(case.citizen_id)
    stored = {int(variable): int(level) for variable, level in draft.levels.items()}
    shown = {variable: row.level for variable, row in held.items()} | (stored if levels is None else dict(levels))
    words = needs.newest_words([case.citizen_id]).get(case.citizen_id)
    first_name = case.citizen.first_name
    return AssessmentPage(
        crumbs=case_crumbs(case, _("Vurdering")),
        case_id=case.pk,
        assessment_id=draft.pk,
        edition=draft.edition,
        title=_("Vurder behovet sammen med %(name)s") % {"name": first_name},
        lead=_("Snakk først. Det brukeren selv mener, veier tungt. Tallene nederst kan vente."),
        matters=Matters(text=words.words, label=_("Hva er viktig for %(name)s") % {"name": first_name}, size="sm")
        if words
        else Matters(ask=_("Ta samtalen før dere fyller ut noe annet."), size="sm"),
        areas=tuple(
            AreaFields(
                str(AREA_WORDS[area]),
                tuple(_variable(number, held.get(number), shown.get(number)) for number in numbers),
            )
            for area, numbers in VARIABLES.items()
        ),
        scale=tuple(f"{level}: {LEVEL_WORDS[level]}" for level in LEVELS),
        scored=len(shown),
        meanwhile=OthersWrote(draft.saved_by.name if draft.saved_by else _("Noen andre"), draft.own_view, draft.summary)
        if meanwhile
        else None,
        back=back,
        saved=_("Lagret %(when)s") % {"when": formats.date_and_time(draft.saved_at, page_language())},
        user_key=user_key,
    )


def _variable(number: int, held: FunctionScore | None, shown: int | None) -> VariableField:
    last = ""
    if held is not None:
        last = _("sist %(level)s, %(day)s") % {
            "level": held.level,
            "day": short_date(held.valid_from),
        }
    return VariableField(
        name=f"n-{number}",
        id=f"n{number}",
        label=str(VARIABLE_WORDS[number]),
        last=last,
        choices=tuple(LevelChoice(level, str(LEVEL_WORDS[level]), level == shown) for level in LEVELS),
    )
