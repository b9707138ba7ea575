"""A proposal while it is written: one card for each service, what runs now beside it, and the reasons in common."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.decisions.contexts.case_head import case_crumbs
from tillit.care.decisions.contexts.words import short_date
from tillit.care.decisions.models import Assessment, Case, Line
from tillit.care.decisions.queries.facts import newest_assessment
from tillit.care.needs import queries as needs
from tillit.foundation.authority.words import extent_in_words
from tillit.ui.parts import Crumbs, Matters


@dataclass(frozen=True, slots=True)
class LineCard:
    """One service with its form."""

    line_id: int
    service: str
    form: BaseForm
    unit: str = field(metadata={"help": "What the extent is counted in: «timer i uka»; empty without extent"})
    has_span: bool
    before: str = field(metadata={"help": "What runs now, in words; empty for what is new"})
    difference: str = field(metadata={"help": "How the proposal differs from what runs now"})
    asked: bool
    may_drop: bool


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """decisions/proposal.html."""

    crumbs: Crumbs
    case_id: int
    edition: int
    title: str
    matters: Matters
    own_view: str
    summary: str
    lines: tuple[LineCard, ...]
    changed: bool = field(metadata={"help": "Somebody else changed the case while it was written"})
    refused: str
    back: str
    user_key: str


def proposal_page(
    case: Case, forms: Sequence[tuple[Line, BaseForm]], *, changed: bool, refused: str, user_key: str
) -> ProposalPage:
    """Return the frame around a proposal. Callers have come through `queries.get_case`."""
    words = needs.newest_words([case.citizen_id]).get(case.citizen_id)
    assessment: Assessment | None = newest_assessment(case)
    return ProposalPage(
        crumbs=case_crumbs(case, _("Forslag")),
        case_id=case.pk,
        edition=case.edition,
        title=_("Forslag til vedtak for %(name)s") % {"name": case.citizen.name},
        matters=Matters(
            text=words.words, label=_("Hva er viktig for %(name)s") % {"name": case.citizen.first_name}, size="sm"
        )
        if words
        else Matters(ask=_("Ta samtalen før dere fyller ut noe annet."), size="sm"),
        own_view=assessment.own_view if assessment else "",
        summary=assessment.summary if assessment else "",
        lines=tuple(_card(line, form) for line, form in forms),
        changed=changed,
        refused=refused,
        back=reverse("decisions:case", args=[case.pk]),
        user_key=user_key,
    )


def _card(line: Line, form: BaseForm) -> LineCard:
    service, was = line.service, line.was
    before = difference = ""
    if was is not None:
        until = _("til %(day)s") % {"day": short_date(was.ends_on)} if was.ends_on else ""
        before = ", ".join(
            part
            for part in (extent_in_words(service.extent_in, was.extent) if was.extent is not None else "", until)
            if part
        ) or _("Vedtatt, uten omfang")
        if was.extent is not None and line.extent is not None and was.extent != line.extent:
            more = line.extent - was.extent
            amount = extent_in_words(service.extent_in, abs(more))
            difference = (
                _("%(amount)s mer") % {"amount": amount} if more > 0 else _("%(amount)s mindre") % {"amount": amount}
            )
    return LineCard(
        line_id=line.pk,
        service=service.name,
        form=form,
        unit="" if service.extent_in == "NONE" else str(service.get_extent_in_display()).lower(),
        has_span=service.extent_in == "HOURS_A_WEEK",
        before=before,
        difference=difference,
        asked=line.is_asked_for,
        may_drop=was is None,
    )
