"""The same numbers as a file: CSV, a workbook, a report, a picture."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.login.limiting import limited
from tillit.foundation.login.rules.limits import Door
from tillit.kernel import clock, oslo
from tillit.learning.insight.contexts.indicator_page import judged_indicator
from tillit.learning.insight.contexts.periods import chosen
from tillit.learning.insight.contexts.teams import teams_of
from tillit.learning.insight.contexts.unit_page import judged_of
from tillit.learning.insight.files.picture import as_svg
from tillit.learning.insight.files.report import as_pdf
from tillit.learning.insight.files.rows import headers, rows
from tillit.learning.insight.files.sheets import as_csv, as_workbook
from tillit.learning.insight.permissions import SEE_FIGURES
from tillit.learning.insight.queries.placing import get_unit_with_figures

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@never_cache
@require_GET
@requires(SEE_FIGURES)
@limited(Door.EXPORT, on="GET")
def download(request: ActorRequest, unit_id: int, file_form: str) -> HttpResponse:
    """Give out every number of a unit in the period asked for."""
    if file_form not in _TYPES:
        raise Http404(_("Fant ikke det du ser etter."))
    today = oslo.day_of(clock.now())
    judged = judged_of(actor=request.actor, unit_id=unit_id, asked=chosen(request.GET), today=today)
    match file_form:
        case "csv":
            content = as_csv(headers(), rows(judged))
        case "xlsx":
            content = as_workbook(headers(), rows(judged))
        case _pdf:
            unit = get_unit_with_figures(actor=request.actor, unit_id=unit_id)
            teams = max(1, len(teams_of(unit, today)))
            content = as_pdf(judged, unit_name=unit.name, teams=teams, on=today)
    answer = HttpResponse(content, content_type=_TYPES[file_form])
    answer["Content-Disposition"] = f'attachment; filename="innsikt-{unit_id}-{today.isoformat()}.{file_form}"'
    return answer


@never_cache
@require_GET
@requires(SEE_FIGURES)
@limited(Door.EXPORT, on="GET")
def picture(request: ActorRequest, unit_id: int, indicator_code: str) -> HttpResponse:
    """Give out one chart as a picture that stands alone."""
    today = oslo.day_of(clock.now())
    one = judged_indicator(
        actor=request.actor, unit_id=unit_id, code=indicator_code, asked=chosen(request.GET), today=today
    )
    if not one.has_figures:
        raise Http404(_("Det finnes ingen tall å tegne."))
    answer = HttpResponse(as_svg(one), content_type="image/svg+xml")
    answer["Content-Disposition"] = f'attachment; filename="{one.series.indicator.code}-{unit_id}.svg"'
    return answer
