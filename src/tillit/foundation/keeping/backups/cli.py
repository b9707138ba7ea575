"""`tillit backup …` and `tillit restore`."""

from pathlib import Path
from typing import Any

import click
from django.core.exceptions import ImproperlyConfigured

from tillit.foundation.keeping import marks
from tillit.foundation.keeping.backups import archive, closing
from tillit.kernel import clock

_KEY = click.option(
    "--key-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), envvar="TILLIT_BACKUP_KEY",
    help="Seal the backup with the key in this file",
)  # fmt: skip


class _MakeByDefault(click.Group):
    """`tillit backup FOLDER` is `tillit backup make FOLDER`."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["make", *args]
        return super().resolve_command(ctx, args)


@click.group(cls=_MakeByDefault)
def backup() -> None:
    """Database and files in one archive, while the product runs. `tillit backup FOLDER` makes one."""


@backup.command()
@click.argument("target", type=click.Path(path_type=Path))
@_KEY
def make(target: Path, key_file: Path | None) -> None:
    """Write a backup to a folder or a file, and verify it. The data keys and log keys are not in it."""
    key = _key(key_file)
    try:
        made = archive.make(target, key=key, at=clock.now())
        with archive.unpacked(made, key=key) as (manifest, _folder):
            click.echo(f"{made}: {len(manifest.parts)} parts, verified.")
    except (RuntimeError, OSError) as wrong:
        raise click.ClickException(f"No backup was made: {wrong}") from None
    if key is None:
        click.echo("It is not sealed. Seal backups with --key-file when they leave this machine.", err=True)


@backup.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_KEY
def verify(path: Path, key_file: Path | None) -> None:
    """Read all of a backup, compare every checksum, and look into the database. Ends with 1 if anything is wrong."""
    try:
        with archive.unpacked(path, key=_key(key_file)) as (manifest, _folder):
            size = sum(part.size for part in manifest.parts)
            click.echo(f"{path} is whole: {archive.age_in_words(manifest)}, {manifest.vendor}, {size:,} bytes.")
            click.echo(f"Needs these data keys: {', '.join(manifest.keys) or 'none'}.")
    except RuntimeError as wrong:
        raise click.ClickException(str(wrong)) from None


@backup.command("new-key")
@click.argument("path", type=click.Path(path_type=Path))
def new_key(path: Path) -> None:
    """Make a key for sealing backups. Keep it apart from them."""
    try:
        closing.new_key(path)
    except FileExistsError:
        raise click.ClickException(f"{path} is there already.") from None
    click.echo(f"{path}: keep it apart from the backups. Without it they cannot be read.")


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_KEY
@click.option("--replace", is_flag=True, help="There is data here already: put it aside (SQLite) or away (PostgreSQL)")
def restore(path: Path, key_file: Path | None, replace: bool) -> None:
    """Put a backup back where nothing is. Stop the product first; the data keys must be in place."""
    try:
        manifest, kept = archive.put_back(path, key=_key(key_file), replace=replace, at=clock.now())
    except RuntimeError as wrong:
        raise click.ClickException(str(wrong)) from None
    click.echo(f"The backup is back: {archive.age_in_words(manifest)}.")
    for one in kept:
        click.echo(f"What was here before: {one}. Delete it when it is no longer needed.")
    try:
        marks.check_keys(at=clock.now())
    except ImproperlyConfigured as wrong:
        raise click.ClickException(str(wrong)) from None
    click.echo("Then: ./run manage migrate, ./run tillit log verify, and start.")


def _key(path: Path | None) -> bytes | None:
    try:
        return closing.read_key(path) if path else None
    except closing.BackupUnreadable as wrong:
        raise click.ClickException(str(wrong)) from None
