"""The archive: one zip with the database, the files and a list of all of it with checksums; sealed with a key."""

import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tillit.foundation.access import sealing
from tillit.foundation.keeping.backups import databases
from tillit.foundation.keeping.backups.closing import BackupUnreadable, Closing, is_closed, open_into
from tillit.foundation.keeping.models import KeyMark
from tillit.kernel import clock

FORMAT = 1
MANIFEST, DATABASE, ANCHOR, FILES = "manifest.json", "database", "log-anchor", "files/"
_CHUNK = 1 << 20
_LARGEST_MANIFEST = 256 << 20


@dataclass(frozen=True, slots=True)
class Part:
    """One file in the archive."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. keys: «kind:id» of the data keys without which it cannot be read."""

    format: int
    made_at: str
    vendor: str
    migrations: dict[str, list[str]]
    keys: list[str]
    parts: list[Part]

    def part(self, name: str) -> Part | None:
        """Return one part by its name."""
        return next((one for one in self.parts if one.name == name), None)


def make(target: Path, *, key: bytes | None, at: datetime) -> Path:
    """Write a backup while the product runs, and return its file. Whole or not at all: it gets its name at the end.

    target: a folder, in which the file is named after the moment, or the file itself.
    """
    if target.is_dir():
        target = target / f"tillit-{at:%Y%m%dT%H%M%SZ}.{'sealed' if key else 'zip'}"
    if target.exists():
        raise FileExistsError(target)
    sealing.seal(at=at)
    anchor = sealing.kept_anchor()  # before the copy: the copy holds this seal, and perhaps newer ones
    beside = target.with_name(f"{target.name}.part")
    with _private_folder() as folder:
        copy = folder / "copy"
        databases.copy_to(copy)
        try:
            with beside.open("xb") as file:
                beside.chmod(0o600)
                out = Closing(file, key) if key else None
                _write(cast(BinaryIO, out or file), copy, anchor, at=at)
                if out:
                    out.finish()
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    return target


def _write(out: BinaryIO, copy: Path, anchor: str, *, at: datetime) -> None:
    sources: list[tuple[str, Path | bytes]] = [(DATABASE, copy)]
    if anchor:
        sources.append((ANCHOR, f"{anchor}\n".encode()))
    root = Path(settings.MEDIA_ROOT)
    found = sorted(root.rglob("*")) if root.is_dir() else []
    sources += [
        (FILES + path.relative_to(root).as_posix(), path) for path in found if path.is_file() and not path.is_symlink()
    ]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        parts = [_add(archive, name, source) for name, source in sources]
        manifest = Manifest(
            FORMAT, at.isoformat(), connection.vendor, applied_migrations(),
            [f"{kind}:{key_id}" for kind, key_id in KeyMark.objects.order_by("pk").values_list("kind", "key_id")],
            parts,
        )  # fmt: skip
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))


def _add(archive: zipfile.ZipFile, name: str, source: Path | bytes) -> Part:
    digest, size = hashlib.sha256(), 0
    with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as entry:
        for piece in _pieces(source):
            entry.write(piece)
            digest.update(piece)
            size += len(piece)
    return Part(name, size, digest.hexdigest())


def _pieces(source: Path | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    with source.open("rb") as file:
        while piece := file.read(_CHUNK):
            yield piece


@contextmanager
def unpacked(path: Path, *, key: bytes | None) -> Iterator[tuple[Manifest, Path]]:
    """Yield the manifest and a private folder with every part, each compared with its checksum.

    Raises BackupUnreadable. Only names on the list are written, and only inside the folder.
    """
    with _private_folder() as folder:
        plain = path
        if is_closed(path):
            if key is None:
                raise BackupUnreadable("The backup is sealed: say where the key is with --key-file.")
            plain = folder / "opened"
            with path.open("rb") as source, plain.open("wb") as target:
                open_into(source, target, key)
        inside = folder / "inside"
        inside.mkdir()
        try:
            with zipfile.ZipFile(plain) as archive:
                manifest = _manifest(archive)
                for part in manifest.parts:
                    _take(archive, part, inside)
        except (zipfile.BadZipFile, KeyError, OSError, EOFError, NotImplementedError) as wrong:
            raise BackupUnreadable(f"The backup is not as it was written: {wrong}") from None
        databases.look_into(inside / DATABASE, manifest.vendor)
        yield manifest, inside


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    if archive.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
        raise BackupUnreadable("The backup's list of contents is too large to be one.")
    try:
        said = json.loads(archive.read(MANIFEST))
        if said["format"] != FORMAT:
            raise BackupUnreadable(f"The backup has format {said['format']}; this version reads {FORMAT}.")
        manifest = Manifest(**{**said, "parts": [Part(**part) for part in said["parts"]]})
    except (ValueError, TypeError, LookupError):
        raise BackupUnreadable("The backup's list of contents cannot be read.") from None
    names = [part.name for part in manifest.parts]
    held = sorted(archive.namelist())
    if sorted([*names, MANIFEST]) != held or len(set(held)) != len(held):
        raise BackupUnreadable("The backup holds other files than its list says.")
    if manifest.part(DATABASE) is None or not all(_is_safe(name) for name in names):
        raise BackupUnreadable("The backup holds a file with a name that leads elsewhere.")
    return manifest


def _is_safe(name: str) -> bool:
    if name in {DATABASE, ANCHOR}:
        return True
    inner = PurePosixPath(name.removeprefix(FILES))
    is_plain = name.startswith(FILES) and not any(sign in name for sign in "\\:\0")
    return is_plain and not inner.is_absolute() and inner.parts != () and ".." not in inner.parts


def _take(archive: zipfile.ZipFile, part: Part, folder: Path) -> None:
    path = folder / part.name
    path.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with archive.open(part.name) as entry, path.open("xb") as target:
        while size <= part.size and (piece := entry.read(_CHUNK)):
            target.write(piece)
            digest.update(piece)
            size += len(piece)
    if size != part.size or digest.hexdigest() != part.sha256:
        raise BackupUnreadable(f"{part.name} in the backup is not as it was written.")


def applied_migrations() -> dict[str, list[str]]:
    """Return what the database has been migrated to, by app."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationLoader(connection).applied_migrations):
        found.setdefault(app, []).append(name)
    return found


def unknown_migrations(manifest: Manifest) -> list[str]:
    """Return migrations of a backup that this version does not have: it was made by a newer one."""
    known = set(MigrationLoader(None).disk_migrations)
    said = {(app, name) for app, names in manifest.migrations.items() for name in names}
    return sorted(f"{app}.{name}" for app, name in said - known)


def put_back(path: Path, *, key: bytes | None, replace: bool, at: datetime) -> tuple[Manifest, list[Path]]:
    """Put a backup back, database and files. Returns what it said, and where what was here before lies.

    Raises BackupUnreadable; RestoreRefused when there is something here already and `replace` was not said.
    """
    with unpacked(path, key=key) as (manifest, folder):
        if manifest.vendor != connection.vendor:
            raise databases.RestoreRefused(f"The backup is of {manifest.vendor}; this is {connection.vendor}.")
        if newer := unknown_migrations(manifest):
            raise databases.RestoreRefused(f"The backup was made by a newer version of Tillit: {newer[-1]}.")
        root = Path(settings.MEDIA_ROOT)
        if not replace and (databases.has_data() or (root.is_dir() and any(root.iterdir()))):
            raise databases.RestoreRefused("There is data here already. Say --replace to put the backup in its place.")
        kept = [before] if (before := databases.put_back(folder / DATABASE, at=at)) else []
        kept += _put_files_back(folder / FILES, root, at=at)
        kept += _put_anchor_back(folder / ANCHOR, at=at)
    return manifest, kept


def _put_files_back(source: Path, root: Path, *, at: datetime) -> list[Path]:
    kept = []
    if root.is_dir() and any(root.iterdir()):
        kept = [root.with_name(f"{root.name}.before-{at:%Y%m%dT%H%M%S}")]
        root.replace(kept[0])
    if source.is_dir():
        beside = root.with_name(f"{root.name}.restoring")
        shutil.copytree(source, beside)
        if root.is_dir():
            root.rmdir()
        beside.replace(root)
    return kept


def _put_anchor_back(source: Path, *, at: datetime) -> list[Path]:
    """The hash kept beside the database follows it. The one that was here is kept: it shows what was lost."""
    if not settings.LOG_ANCHOR_FILE:
        return []
    path, kept = Path(settings.LOG_ANCHOR_FILE), []
    if path.exists():
        kept = [path.with_name(f"{path.name}.before-{at:%Y%m%dT%H%M%S}")]
        path.replace(kept[0])
    if source.exists():
        shutil.copyfile(source, path)
    return kept


@contextmanager
def _private_folder() -> Iterator[Path]:
    """Yield a folder beside the data that nobody else can read, and take it away afterwards."""
    base = Path(settings.MEDIA_ROOT).parent
    base.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="backup-", dir=base) as folder:
        yield Path(folder)


def age_in_words(manifest: Manifest) -> str:
    """Return when the backup was made, and how long ago."""
    made = datetime.fromisoformat(manifest.made_at)
    return f"made {made:%Y-%m-%d %H:%M} UTC, {(clock.now() - made).days} days ago"
