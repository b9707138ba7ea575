"""Pages of the import and the export."""

from datetime import timedelta

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tillit.exchange.files import actions, contexts, exporting, queries, reading, workbook
from tillit.exchange.files.permissions import EXPORT, IMPORT
from tillit.exchange.files.reading import UnreadableFile
from tillit.exchange.files.sheets import BY_CODE, SHEETS
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Scope
from tillit.foundation.access.guard import ActorRequest, requires, tell
from tillit.foundation.login.limiting import limited
from tillit.foundation.login.rules.limits import Door
from tillit.kernel import clock, oslo
from tillit.kernel.errors import NotFound

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHIFT_DAYS = 28


@require_GET
@requires(EXPORT)
def index(request: ActorRequest) -> HttpResponse:
    """Show where an import begins."""
    return render(request, "files/index.html", {"page": contexts.index_page(actor=request.actor)})


@require_POST
@requires(IMPORT)
@limited(Door.IMPORT)
def start(request: ActorRequest) -> HttpResponse:
    """Take the uploaded files and begin the dry run."""
    uploads = [file for file in request.FILES.getlist("files") if isinstance(file, UploadedFile)]
    try:
        reading.refuse_too_large([file.size or 0 for file in uploads])
        run = actions.start_import(
            actor=request.actor,
            files=[(str(file.name), file.read()) for file in uploads],
            at=clock.now(),
        )
    except (UnreadableFile, actions.NothingUploaded) as refusal:
        page = contexts.index_page(actor=request.actor, error=refusal.text)
        return render(request, "files/index.html", {"page": page}, status=422)
    return redirect("files:run", run_id=run.pk)


@require_GET
@requires(IMPORT)
def run(request: ActorRequest, run_id: int) -> HttpResponse:
    """Show one import."""
    found = queries.get_run(actor=request.actor, run_id=run_id)
    return render(request, "files/run.html", {"page": contexts.run_page(run=found, actor=request.actor)})


@require_GET
@requires(IMPORT)
def progress(request: ActorRequest, run_id: int) -> HttpResponse:
    """Show how far the background work is; when it is over, tell htmx to show the whole page again."""
    found = contexts.run_page(run=queries.get_run(actor=request.actor, run_id=run_id), actor=request.actor)
    if found.progress is None:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    return render(request, "files/progress.html", {"progress": found.progress})


@require_POST
@requires(IMPORT)
def mapping(request: ActorRequest, run_id: int) -> HttpResponse:
    """Take the choice of sheet and columns for one table."""
    sheet = BY_CODE.get(request.POST.get("sheet", ""))
    columns = {
        column.code: request.POST.get(f"column-{column.code}", "")
        for column in (sheet.columns if sheet else ())
        if f"column-{column.code}" in request.POST
    }
    actions.choose_mapping(
        actor=request.actor,
        run_id=run_id,
        table=request.POST.get("table", ""),
        sheet=sheet.code if sheet else "",
        columns=columns,
        at=clock.now(),
    )
    return redirect("files:run", run_id=run_id)


@require_POST
@requires(IMPORT)
def write(request: ActorRequest, run_id: int) -> HttpResponse:
    """Begin writing in."""
    actions.write_import(actor=request.actor, run_id=run_id, at=clock.now())
    return redirect("files:run", run_id=run_id)


@require_POST
@requires(IMPORT)
def drop(request: ActorRequest, run_id: int) -> HttpResponse:
    """Put the import away, or stop the writing."""
    actions.drop_import(actor=request.actor, run_id=run_id, at=clock.now())
    tell(request, _("Innlesingen er stoppet."))
    return redirect("files:run", run_id=run_id)


@require_GET
@requires(EXPORT)
def template(request: HttpRequest, sheet: str = "") -> HttpResponse:
    """Hand out the workbook to fill in: all sheets, or one."""
    if sheet and sheet not in BY_CODE:
        raise NotFound
    content = workbook.template([BY_CODE[sheet]] if sheet else SHEETS)
    return _download(content, f"tillit-mal-{sheet or 'alt'}.xlsx")


@require_POST
@requires(EXPORT)
@limited(Door.EXPORT)
def export(request: ActorRequest) -> HttpResponse:
    """Hand out everything the actor may have, in the shape of the templates."""
    at = clock.now()
    today = oslo.day_of(at)
    rows = exporting.collect(
        actor=request.actor, today=today, shifts_from=today, shifts_to=today + timedelta(days=_SHIFT_DAYS)
    )
    content = workbook.export(rows)
    audit.record(
        request.actor,
        EXPORT,
        "export:workbook",
        Scope(request.actor.paths_for(EXPORT.roles)),
        at=at,
        change={"sheets": sorted(rows)},
    )
    return _download(content, f"tillit-{today:%Y-%m-%d}.xlsx")


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
