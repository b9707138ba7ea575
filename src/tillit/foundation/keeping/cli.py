"""`tillit keys …`: make, change and look over the keys that data is sealed with."""

from pathlib import Path

import click
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from tillit.foundation.access.actor import system
from tillit.foundation.jobs.models import UNDER_WAY, Job
from tillit.foundation.keeping import keys, marks, rotating
from tillit.foundation.keeping.models import KeyMark
from tillit.kernel import clock

OPERATOR = "Drift"
_KIND = click.option("--kind", type=click.Choice(keys.KINDS), default=keys.SEAL, show_default=True)


@click.group("keys")
def keys_command() -> None:
    """The keys that national ids and uploaded files are sealed with."""


@keys_command.command()
@click.option("--kind", type=click.Choice(keys.KINDS), help="Without it: seal, or both when there is no file")
def new(kind: str | None) -> None:
    """Add a key that is used from now on. A file that is not there is made, with both kinds."""
    path = _path()
    wanted = [kind] if kind else [keys.SEAL] if path.exists() else list(keys.KINDS)
    for one in wanted:
        click.echo(f"{one} key {keys.new_key(path, one)} is in use from now on.")
    if KeyMark._meta.db_table in connection.introspection.table_names():  # else `migrate` marks them
        marks.check_keys(at=clock.now())
    click.echo(f"Keep a copy of {path} apart from the database and its backups. Then: tillit keys rotate")


@keys_command.command()
@click.option("--here", is_flag=True, help="In this process, not in the background")
def rotate(here: bool) -> None:
    """Seal everything with the newest keys. Broken off, it goes on where it stopped."""
    marks.check_keys(at=clock.now())
    job = rotating.ask_to_rotate(actor=system(OPERATOR), at=clock.now()) if not here else None
    if job:
        click.echo(f"Asked for, as job {job.pk}. A worker does it; tillit keys status says how far it is.")
        return
    done = sum(rotating.reseal())
    click.echo(f"{done} values are sealed or indexed anew.")


@keys_command.command()
def status() -> None:
    """Say which keys there are, what is written with each, and how far a change of key has come."""
    try:
        marks.check_keys(at=clock.now())
    except ImproperlyConfigured as wrong:
        raise click.ClickException(str(wrong)) from None
    for (kind, key_id), count in rotating.uses().items():
        in_use = keys.data_keys().newest(kind)[0] == key_id
        click.echo(f"{kind:5} {key_id:16} {count:>9} values{'  in use' if in_use else ''}")
    job = Job.objects.filter(kind=rotating.ROTATE).order_by("-pk").first()
    if job and job.state in UNDER_WAY:
        click.echo(f"Job {job.pk}: {job.done} of {job.total}.")
    click.echo(f"{rotating.left()} values are not written with the newest keys.")


@keys_command.command()
@_KIND
@click.argument("key_id")
def drop(kind: str, key_id: str) -> None:
    """Take a key away that nothing is written with any more. Backups from before still need it: keep a copy."""
    if not rotating.may_drop(kind, key_id):
        raise click.ClickException(
            "The key is in use, something is written with it, or a phone may hold what is sealed to it. "
            "See tillit keys status."
        )
    keys.drop_key(_path(), kind, key_id)
    KeyMark.objects.filter(kind=kind, key_id=key_id).delete()
    click.echo(f"{kind} key {key_id} is gone from the file. Backups from before the change still need it.")


def _path() -> Path:
    if not settings.DATA_KEYS_FILE:
        raise click.ClickException("Set TILLIT_DATA_KEYS to the file where the keys are to be.")
    return Path(settings.DATA_KEYS_FILE)
