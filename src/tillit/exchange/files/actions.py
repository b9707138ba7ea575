"""What one can do with an import: start it, say what the columns are, write it in, put it away."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.exchange.files import matching, queries
from tillit.exchange.files.models import ImportFile, ImportRun, ImportState, RememberedMapping
from tillit.exchange.files.permissions import IMPORT
from tillit.exchange.files.reading import read, refuse_too_large
from tillit.exchange.files.sheets import BY_CODE
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.jobs import progress
from tillit.kernel.errors import ActionRefused


class NothingUploaded(ActionRefused):
    """No file was chosen."""


class NotReady(ActionRefused):
    """The import is being read, has problems, or has ended."""


def _scope(actor: Actor) -> Scope:
    return Scope(actor.paths_for(IMPORT.roles) or (actor.home_path,))


@transaction.atomic
def start_import(*, actor: Actor, files: Sequence[tuple[str, bytes]], at: datetime) -> ImportRun:
    """Keep the uploaded files and begin the dry run in the background. Nothing is written in.

    Raises NotAllowed, NothingUploaded, and reading.UnreadableFile for a file that cannot be opened at all.
    """
    require(actor, IMPORT, _scope(actor))
    if not files:
        raise NothingUploaded(_("Velg minst én fil først."))
    refuse_too_large([len(content) for _name, content in files])
    for name, content in files:
        read(name, content)
    run = ImportRun.objects.create(by_id=actor.employee_id, at=at)
    ImportFile.objects.bulk_create([ImportFile(run=run, name=name[:200], content=content) for name, content in files])
    _ask_for_dry_run(actor, run, at)
    audit.record(actor, IMPORT, f"import:{run.pk}", _scope(actor), at=at, change={"files": len(files)})
    return run


@transaction.atomic
def choose_mapping(
    *, actor: Actor, run_id: int, table: str, sheet: str, columns: Mapping[str, str], at: datetime
) -> ImportRun:
    """Say which sheet a table is and which of its columns is which; remembered for the next file of the same shape.

    columns: our column code → the header's text, empty when it is not in the file. Starts a new dry run.
    Raises NotFound, NotAllowed, NotReady.
    """
    run = queries.get_run(actor=actor, run_id=run_id)
    require(actor, IMPORT, _scope(actor))
    if run.state not in {ImportState.READY, ImportState.CHECKING} or table not in run.mapping:
        raise NotReady(_("Innlesingen er avsluttet. Start en ny."))
    run.mapping[table] = {"sheet": sheet if sheet in BY_CODE else "", "columns": dict(columns)}
    header = run.found.get("headers", {}).get(table, [])
    if sheet in BY_CODE:
        RememberedMapping.objects.update_or_create(
            sheet=sheet, fingerprint=matching.fingerprint(header), defaults={"columns": dict(columns), "at": at}
        )
    run.save(update_fields=["mapping"])
    _ask_for_dry_run(actor, run, at)
    audit.record(actor, IMPORT, f"import:{run.pk}", _scope(actor), at=at, change={"mapped": sheet})
    return run


@transaction.atomic
def write_import(*, actor: Actor, run_id: int, at: datetime) -> ImportRun:
    """Begin writing in what the dry run showed. Refused while anything stops it.

    Raises NotFound, NotAllowed, NotReady.
    """
    run = queries.get_run(actor=actor, run_id=run_id, lock=True)
    require(actor, IMPORT, _scope(actor))
    if run.state != ImportState.READY:
        raise NotReady(_("Innlesingen er i gang eller avsluttet."))
    if run.found.get("stops"):
        raise NotReady(_("Rett opp radene som stopper først. Ingenting er skrevet inn."))
    run.state = ImportState.WRITING
    run.save(update_fields=["state"])
    run.job = progress.ask(actor=actor, name="files.write", unit_path=actor.home_path, order={"run": run.pk}, at=at)
    run.save(update_fields=["job"])
    audit.record(actor, IMPORT, f"import:{run.pk}", _scope(actor), at=at, change={"state": "WRITING"})
    return run


@transaction.atomic
def drop_import(*, actor: Actor, run_id: int, at: datetime) -> None:
    """Put the import away and empty the files. What has been written stays; stopping a writing keeps what is done."""
    run = queries.get_run(actor=actor, run_id=run_id, lock=True)
    require(actor, IMPORT, _scope(actor))
    if run.job_id:
        progress.ask_to_stop(job_id=run.job_id)
    if run.state != ImportState.WRITING:
        run.state = ImportState.DROPPED
        run.save(update_fields=["state"])
        run.files.update(content=b"")
    audit.record(actor, IMPORT, f"import:{run.pk}", _scope(actor), at=at, change={"state": "DROPPED"})


def _ask_for_dry_run(actor: Actor, run: ImportRun, at: datetime) -> None:
    run.state = ImportState.CHECKING
    run.save(update_fields=["state"])
    run.job = progress.ask(actor=actor, name="files.dry_run", unit_path=actor.home_path, order={"run": run.pk}, at=at)
    run.save(update_fields=["job"])
