"""Two who write in the same conversation: what each has written is put together, field by field.

Each field is sent with a mark of the text it held when it was shown. Whoever changed a field alone is right. When both
changed the same field to different texts, the stored text stays and the other one is set aside for its writer to
choose. Nothing is lost.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256


def mark(text: str) -> str:
    """Return a short mark of a text, the same for the same text. Line ends and blanks around it do not count."""
    return sha256(_plain(text).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of putting two writers together."""

    values: dict[str, str]  # what is stored afterwards, all fields
    written: tuple[str, ...]  # fields that changed
    met: tuple[str, ...]  # fields where both had written differently: `mine` is to be set aside
    fresh: tuple[str, ...]  # fields where the other had written and I had not


def merge(
    stored: Mapping[str, str], mine: Mapping[str, str], seen: Mapping[str, str], own: Collection[str] = ()
) -> Merged:
    """Put `mine` together with what is `stored`.

    seen: field → mark of the text when it was shown to me; a field without a mark counts as shown empty.
    own: fields whose stored text I wrote last myself, from this very page; an answer that never reached the page then
    makes no meeting with myself. Fields that are stored but not sent stay. Both having written the same is no meeting.
    """
    values = dict(stored)
    written: list[str] = []
    met: list[str] = []
    fresh: list[str] = []
    empty = mark("")
    for field, text in mine.items():
        now = stored.get(field, "")
        base = seen.get(field, empty)
        i_wrote = mark(text) != base
        they_wrote = mark(now) != base
        if mark(text) == mark(now):
            continue
        if field in own:
            values[field] = _plain(text)
            written.append(field)
        elif not i_wrote:
            fresh.append(field)
        elif they_wrote:
            met.append(field)
        else:
            values[field] = _plain(text)
            written.append(field)
    return Merged(values=values, written=tuple(written), met=tuple(met), fresh=tuple(fresh))


def both(theirs: str, mine: str) -> str:
    """Return the two texts, one after the other."""
    return "\n\n".join(part for part in (_plain(theirs), _plain(mine)) if part)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
