"""«Hvorfor her?»: the row of the table that says why something lies where it lies. Any page may include it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access.roles import ROLE_NAMES, Role
from tillit.foundation.organisation.models import UnitPurpose
from tillit.foundation.responsibility.catalogue import BY_CODE, GROUP_NAMES
from tillit.foundation.responsibility.models import HolderKind
from tillit.foundation.responsibility.queries.routing import Routed, Why
from tillit.foundation.responsibility.rules.routing import Problem
from tillit.ui.parts import Part


@dataclass(frozen=True, slots=True)
class WhyHere(Part):
    """Why something lies here, or why nobody has it. Drawn by responsibility/why_here.html with {% part %}."""

    folder: ClassVar[str] = "responsibility"

    question: str = field(metadata={"help": "What is pressed: «Hvorfor her?»"})
    because: str = field(metadata={"help": "The whole answer in one or two sentences"})
    row: str = field(metadata={"help": "The row of the table: «Vurdere behovet – Vurderingsteam (inntil fire uker)»"})
    decided: str = field(metadata={"help": "Who decided that the table counts here, and from when"})
    problem: str = field(metadata={"help": "What is missing, and who can mend it; empty when somebody has it"})
    href: str = field(metadata={"help": "The row in the models' page; empty when no model is chosen"})
    mend_href: str = field(metadata={"help": "Where the problem is mended; empty without one"})
    is_open: bool = field(default=False, metadata={"help": "Open from the start: when there is a problem"})


def why_here(routed: Routed, *, what: str = "", holder: str = "", question: str = "") -> WhyHere:
    """Return the answer for something that was routed.

    what: what it is, definite and capitalised («Søknaden»); empty is «Oppgaven». holder: where it really lies, when
    that is somewhere else than the table says now (it was taken before the model changed): then that is told.
    question: what is pressed, when «Hvorfor her?» does not fit.
    """
    why = routed.why
    subject = what or _("Oppgaven")
    row = row_in_words(why)
    moved = holder if holder and holder not in routed.unit_names else ""
    return WhyHere(
        question=(question or _("Hvorfor her?")) if routed.unit_ids or holder else _("Hvorfor har ingen dette?"),
        because=_because(routed, subject, row, moved),
        row=row,
        decided=_decided(why),
        problem=problem_in_words(routed),
        href=row_href(why),
        mend_href=_mend_href(routed),
        is_open=bool(routed.problem),
    )


def row_behind(why: Why, *, question: str) -> WhyHere:
    """Return the row behind something that was settled earlier, as it was then. question: what is pressed."""
    row = row_in_words(why)
    return WhyHere(
        question=question,
        because=_("%(model)s, som %(unit)s følger, sier: %(row)s.")
        % {"model": model_in_words(why), "unit": why.asked_unit_name, "row": row},
        row=row,
        decided="",
        problem="",
        href=row_href(why),
        mend_href="",
    )


def row_in_words(why: Why) -> str:
    """Return the row: the responsibility, who holds it and on which terms. «Vurdere behovet – Vurderingsteam (…)»."""
    known = BY_CODE.get(why.code)
    text = str(known.text) if known else why.code
    said = _("%(task)s – %(holder)s") % {"task": text, "holder": HolderKind(why.holder).label}
    if not why.terms:
        return said
    return _("%(row)s (%(terms)s)") % {"row": said, "terms": _lower_first(why.terms.rstrip("."))}


def task_in_words(why: Why) -> str:
    """Return what is done by the row, with its terms: «vurdere behovet (inntil fire uker)»."""
    known = BY_CODE.get(why.code)
    text = _lower_first(str(known.text)) if known else why.code
    if not why.terms:
        return text
    return _("%(row)s (%(terms)s)") % {"row": text, "terms": _lower_first(why.terms.rstrip("."))}


def model_in_words(why: Why) -> str:
    """Return the version: «Modell 2, versjon 1»."""
    return _("%(model)s, versjon %(number)s") % {"model": why.model_name, "number": why.number}


def row_href(why: Why) -> str:
    """Return the address of the row in the models' page; empty when no model is chosen."""
    if why.version_id is None:
        return ""
    return f"{reverse('responsibility:models')}?venstre={why.version_id}#rad-{why.code.lower()}"


def names_in_words(names: Sequence[str]) -> str:
    """Return names in a row: «Lia», «Lia og Solvik»."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s og %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def holder_in_words(routed: Routed) -> str:
    """Return who has it: the people of a role with their unit, else the unit; empty when nobody has it."""
    units = names_in_words(routed.unit_names)
    if not routed.people:
        return units
    people = names_in_words([person.name for person in routed.people])
    return _("%(people)s, %(unit)s") % {"people": people, "unit": units}


def problem_in_words(routed: Routed) -> str:
    """Return what is missing and who can mend it; empty when somebody has it."""
    why = routed.why
    match routed.problem:
        case Problem.NONE:
            return ""
        case Problem.NO_MODEL:
            return _(
                "%(unit)s følger ingen modell. Da er det ikke bestemt hvem som har ansvaret. "
                "Lederen i distriktet velger modell."
            ) % {"unit": why.asked_unit_name}
        case Problem.UNDECIDED:
            return _(
                "I modellen er det ikke bestemt hvem som har dette. "
                "Avtal det, og før det inn i tabellen, så blir det ikke liggende mellom to."
            )
        case Problem.NO_SUCH_UNIT:
            return _(
                "Ingen enhet er satt opp for dette: %(purpose)s. "
                "Lederen i distriktet sier på enhetens side hva den er til for."
            ) % {"purpose": _purpose(routed.missing)}
        case Problem.SEVERAL_UNITS:
            return _(
                "Flere enheter er satt opp for dette like nær %(unit)s: %(purpose)s. Bestem hvilken som gjelder."
            ) % {"unit": why.asked_unit_name, "purpose": _purpose(routed.missing)}
        case Problem.NOBODY_IN_ROLE:
            return _("Ingen har rollen %(role)s der nå. Det blir liggende hos %(unit)s til noen får den.") % {
                "role": _lower_first(str(ROLE_NAMES[Role(routed.missing)])),
                "unit": names_in_words(routed.unit_names),
            }


def _because(routed: Routed, subject: str, row: str, moved: str) -> str:
    why = routed.why
    if why.version_id is None:
        return _("%(subject)s er ikke plassert av noen modell.") % {"subject": subject}
    values = {
        "subject": subject,
        "holder": moved or holder_in_words(routed),
        "model": model_in_words(why),
        "unit": why.asked_unit_name,
        "row": row,
    }
    if moved:
        return (
            _(
                "%(subject)s ligger hos %(holder)s fra før. "
                "Etter %(model)s, som %(unit)s følger, er det nå slik: %(row)s."
            )
            % values
        )
    if not routed.unit_ids:
        return _("%(model)s, som %(unit)s følger, sier: %(row)s.") % values
    return _("%(subject)s ligger hos %(holder)s fordi %(model)s, som %(unit)s følger, sier: %(row)s.") % values


def _decided(why: Why) -> str:
    if why.since is None:
        return ""
    since = why.since.strftime("%d.%m.%Y")
    if why.decided_by_id == why.asked_unit_id:
        return _("Modellen gjelder for %(unit)s fra %(day)s.") % {"unit": why.asked_unit_name, "day": since}
    return _("Modellen er bestemt for hele %(unit)s fra %(day)s.") % {"unit": why.decided_by_name, "day": since}


def _mend_href(routed: Routed) -> str:
    if routed.problem in (Problem.NO_MODEL, Problem.NOBODY_IN_ROLE):
        return reverse("organisation:unit", args=[routed.unit_id or routed.why.asked_unit_id])
    if routed.problem in (Problem.NO_SUCH_UNIT, Problem.SEVERAL_UNITS):
        return reverse("organisation:index")
    return row_href(routed.why) if routed.problem else ""


def _purpose(code: str) -> str:
    return _lower_first(str(UnitPurpose(code).label))


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def group_in_words(code: str) -> str:
    """Return the heading that a responsibility stands under in the table."""
    known = BY_CODE.get(code)
    return str(GROUP_NAMES[known.group]) if known else ""
