"""The forms of a proposal, filled in with what is stored or suggested."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from tillit.care.decisions import queries
from tillit.care.decisions.contexts.suggestions import content_for
from tillit.care.decisions.contexts.words import OUTCOME_WORDS
from tillit.care.decisions.forms.proposal import CommonForm, LineForm, outcomes_for
from tillit.care.decisions.models import Case, Line
from tillit.care.decisions.queries.facts import open_lines
from tillit.foundation.authority.queries import list_services

SPANS = (10, 20, 30)


def line_forms(
    case: Case, *, on: date, posted: Mapping[str, str] | None, span_percent: int
) -> list[tuple[Line, LineForm]]:
    """Return the open lines with their forms; a new service begins with a suggestion, which nobody has to keep."""
    spans = sorted({*SPANS, span_percent})
    found = []
    for line in open_lines(case):
        outcomes = [(each.value, str(OUTCOME_WORDS[each])) for each in outcomes_for(has_before=line.was_id is not None)]
        was = line.was
        untouched = not line.outcome and not line.content
        initial = {
            "outcome": line.outcome,
            "content": line.content or (was.content if was else content_for(line.service.code)),
            "extent": _plain(line.extent if line.extent is not None else was.extent if was and untouched else None),
            "span_percent": line.span_percent
            if not untouched
            else (was.span_percent if was else span_percent if line.service.extent_in == "HOURS_A_WEEK" else None),
            "starts_on": line.starts_on or (on + timedelta(days=1) if untouched else None),
            "ends_on": line.ends_on,
            "reasons": line.reasons,
        }
        form = LineForm(posted, prefix=f"l{line.pk}", outcomes=outcomes, spans=spans, initial=initial)
        found.append((line, form))
    return found


def common_form(case: Case, *, on: date, posted: Mapping[str, str] | None) -> CommonForm:
    """Return the form for what the services have in common, with a suggested day for the next look."""
    here = {line.service.code for line in open_lines(case)}
    services = [(one.code, one.name) for one in list_services(on) if one.code not in here]
    practice = queries.practice_on(on)
    return CommonForm(
        posted,
        services=services,
        initial={
            "reasons": case.reasons,
            "how_view_weighed": case.how_view_weighed,
            "evaluate_on": case.evaluate_on or on + timedelta(days=practice.evaluate_after_days),
            "language": case.language,
        },
    )


def _plain(amount: Decimal | None) -> str:
    """An amount as one writes it: 9,5 and not 9.50."""
    if amount is None:
        return ""
    text = f"{amount:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
