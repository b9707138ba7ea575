"""Seal the logs: every stretch of new rows gets a seal, chained to the one before it.

Called by the keeper each minute (`tillit keeper`), by the night's work and before verification. Several may run at
once: a seal's number is unique, and whoever comes second leaves the work to the first.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, models, transaction

from tillit.foundation.access import keys
from tillit.foundation.access.models import LogSeal
from tillit.foundation.access.rules.signing import FIRST, Digest, SealFacts, gaps_between, sign
from tillit.foundation.access.signed import LOGS, Log

logger = logging.getLogger(__name__)

ROWS, OLD_ROWS, REMOVED = "ROWS", "OLD_ROWS", "REMOVED"
MOST_ROWS = 5_000
"""Rows under one seal: what is held in memory, and how closely an error is placed."""
WAIT_SECONDS = 2.0
"""How long a round waits for transactions that are under way. Those that last longer are left to the next round."""
_LOOK_AGAIN = 0.02
_UNDER_WAY = """
SELECT under_way::text FROM pg_snapshot_xip(pg_current_snapshot()) AS under_way
WHERE NOT EXISTS (
    SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'transactionid' AND mode = 'ExclusiveLock' AND transactionid = under_way::xid
    AND datname <> current_database()
)
"""


def newest_seal_at() -> datetime | None:
    """Return when the newest seal was made; None when nothing is sealed."""
    return LogSeal.objects.order_by("-number").values_list("sealed_at", flat=True).first()


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one round did. waiting: transactions were under way, so nothing was sealed."""

    seals: int
    rows: int
    waiting: bool


def seal(*, at: datetime, wait: float = WAIT_SECONDS, most_rows: int = MOST_ROWS) -> Sealed:
    """Seal every row whose place can no longer be disputed, and write the newest seal's hash to the anchor file.

    A row may be given a low id and be committed late. So the highest ids are read first, then we wait until every
    transaction that was under way at that moment has ended: after that no row can come at or below those ids.
    """
    highest = {log.name: _highest(log) for log in LOGS}
    if not _all_ended(_under_way(), wait):
        return Sealed(0, 0, waiting=True)
    seals = rows = 0
    with suppress(IntegrityError):  # somebody else seals at this moment
        for log in LOGS:
            while made := _seal_next(log, highest[log.name], at=at, most_rows=most_rows):
                seals, rows = seals + 1, rows + made.count
    if seals:
        _keep_anchor()
    return Sealed(seals, rows, waiting=False)


def _highest(log: Log) -> int:
    return int(log.model._default_manager.aggregate(highest=models.Max("pk"))["highest"] or 0)


def _under_way() -> set[str]:
    """Return the transactions under way but our own. On SQLite writers are one at a time: what is read is settled.

    A snapshot knows those of every database of the server; what is known to be at work in another one is left out.
    """
    if connection.vendor != "postgresql":
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_UNDER_WAY)
        return {str(row[0]) for row in cursor.fetchall()}


def _all_ended(begun: set[str], wait: float) -> bool:
    patience = monotonic() + wait
    while begun and (begun := begun & _under_way()):
        if monotonic() >= patience:
            return False
        sleep(_LOOK_AGAIN)
    return True


def newest() -> LogSeal | None:
    """Return the newest seal of the chain."""
    return LogSeal.objects.order_by("-number").first()


def rows_between(log: Log, after: int, to: int, *, most: int | None = None) -> Iterator[tuple[Any, ...]]:
    """Return the rows of a stretch by id: the signed columns, then the signature."""
    rows = log.model._default_manager.filter(pk__gt=after, pk__lte=to).order_by("pk").values_list(*log.columns, "mac")
    return (rows[:most] if most else rows).iterator(chunk_size=1_000)


def _seal_next(log: Log, highest: int, *, at: datetime, most_rows: int) -> SealFacts | None:
    """Make the log's next seal, or return None when there is nothing to seal at or below `highest`.

    The rows are read outside the transaction: they never change, and their place is settled.
    """
    before = newest()  # first: if another seal comes meanwhile, the number is taken and this one is not stored
    of_log = LogSeal.objects.filter(log=log.name).exclude(kind=REMOVED).order_by("-to_id")
    last = of_log.first()
    after = last.to_id if last else 0
    if after >= highest:
        return None
    rows = list(rows_between(log, after, highest, most=most_rows + 1))
    kind = ROWS if last is not None and last.kind == ROWS else _kind_of(rows)
    if kind == OLD_ROWS:  # up to the first that is signed
        signed_at = next((index for index, row in enumerate(rows) if row[-1]), len(rows))
        rows, is_cut = rows[: min(signed_at, most_rows)], signed_at < len(rows) or len(rows) > most_rows
    else:
        rows, is_cut = rows[:most_rows], len(rows) > most_rows
    if not rows:
        return None  # all that was there has been rolled back: the ids are covered by the next seal
    to = int(rows[-1][0]) if is_cut else highest
    return _store(
        before, log=log.name, kind=kind, after_id=after, to_id=to, count=len(rows), digest=digest_of(log, rows),
        gaps=gaps_between(after, to, (int(row[0]) for row in rows)), newest_at=max(row[1] for row in rows), of=None,
        at=at,
    )  # fmt: skip


def _kind_of(rows: list[tuple[Any, ...]]) -> str:
    return OLD_ROWS if rows and not rows[0][-1] else ROWS


def digest_of(log: Log, rows: list[tuple[Any, ...]]) -> str:
    """Return the digest a seal keeps of its rows."""
    digest = Digest()
    for row in rows:
        digest.add(log.content(row[:-1]), row[-1])
    return digest.hex()


def seal_removal(seal_of_rows: LogSeal, *, at: datetime) -> SealFacts:
    """Say in the chain that the rows of a seal leave: who they were is gone, that they were and how many stays."""
    return _store(
        newest(), log=seal_of_rows.log, kind=REMOVED, after_id=seal_of_rows.after_id, to_id=seal_of_rows.to_id,
        count=seal_of_rows.count, digest=seal_of_rows.digest, gaps=tuple((a, b) for a, b in seal_of_rows.gaps),
        newest_at=seal_of_rows.newest_at, of=seal_of_rows.number, at=at,
    )  # fmt: skip


def _store(before: LogSeal | None, *, at: datetime, **said: Any) -> SealFacts:
    """Store the seal after `before`. Raises IntegrityError when somebody has stored one there already."""
    known = keys.log_keys()
    with transaction.atomic():
        facts = SealFacts(
            number=before.number + 1 if before else 1,
            previous=before.hash if before else FIRST,
            sealed_at=at,
            key_id=known.signing_id,
            **said,
        )
        LogSeal.objects.create(
            **{name: getattr(facts, name) for name in facts.__dataclass_fields__ if name != "gaps"},
            gaps=[list(gap) for gap in facts.gaps],
            hash=facts.hash(),
            mac=sign(known.signing_key, facts.content()),
        )
    return facts


def facts_of(stored: LogSeal) -> SealFacts:
    """Return what a stored seal says."""
    gaps = tuple((int(first), int(last)) for first, last in stored.gaps)
    return SealFacts(
        **{name: getattr(stored, name) for name in SealFacts.__dataclass_fields__ if name != "gaps"}, gaps=gaps
    )


def _keep_anchor() -> None:
    """Keep the newest seal outside the database: a file, and the process's own log, which often leaves the machine."""
    last = newest()
    assert last is not None
    logger.info("Logs sealed up to seal %d, hash %s", last.number, last.hash)
    if not settings.LOG_ANCHOR_FILE:
        return
    path = Path(settings.LOG_ANCHOR_FILE)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        beside.write_text(f"{last.number}:{last.hash}\n", encoding="ascii")
        beside.replace(path)
    except OSError:
        logger.exception("The anchor of the logs could not be written beside the database.")


def kept_anchor() -> str:
    """Return the anchor that was kept outside the database, as "number:hash", or nothing."""
    path = Path(settings.LOG_ANCHOR_FILE) if settings.LOG_ANCHOR_FILE else None
    return path.read_text(encoding="ascii").strip() if path and path.exists() else ""
