"""What an answer may not tell, whoever asks: looked for in its bytes (R18).

Each citizen of the world has a word of her own in her name, her street and every text about her; one has a hidden
address, which nobody's page, map, sheet or paper tells but those of whoever goes there or answers for her.
"""

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZipFile, is_zipfile

from tests.policy.world import HIDDEN_LATITUDE, HIDDEN_LONGITUDE, HIDDEN_STREET, Stands, marker
from tillit.foundation.access.addresses import Address
from tillit.foundation.access.naming import Reach, reach_of

#: What gives the place away: the street, and the coordinates as far as they say which house.
TRACES = (HIDDEN_STREET.split()[0].encode(), str(HIDDEN_LATITUDE)[:6].encode(), str(HIDDEN_LONGITUDE)[:5].encode())
#: Between two units, by agreement: what stands in an offer, a question or a shared case is for both.
SHARED = frozenset({"handover:list", "questions:list", "decisions:queue", "decisions:appeals"})
#: The leader goes through the emergency accesses of those she leads, whoever they opened.
REVIEWED = "emergency:list"


def is_gathering(address: Address) -> bool:
    """Whether a page is not about one citizen: a list, a board, an overview."""
    reach = reach_of(address.door, address.names)
    return reach in (None, Reach.UNIT, Reach.EVERYBODY, Reach.WORD) and not address.door.startswith(
        ("ui:", "login:", "health")
    )


def opened(content: bytes) -> bytes:
    """Return the bytes of a file, and of what lies in it."""
    if not is_zipfile(BytesIO(content)):
        return content
    with ZipFile(BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def place_told(content: bytes) -> list[str]:
    """Return what an opened answer tells of where she with the hidden address lives."""
    return [trace.decode() for trace in TRACES if trace in content]


def strangers_told(door: str, content: bytes, out_of_reach: Iterable[Stands]) -> list[Stands]:
    """Return those out of reach whom a gathering page tells of, but for what two units share."""
    return [
        stands
        for stands in out_of_reach
        if marker(stands).encode() in content
        # The unit has her case, or has offered her to others, until it is closed.
        and not (stands in (Stands.ENDED, Stands.FORMER) and door in SHARED)
        and not (stands is not Stands.BARRED and door == REVIEWED)
    ]
