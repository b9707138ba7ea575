"""The timeline's merge: newest first, nothing lost or said twice, whichever way the streams are cut."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tillit.pages.citizen.rules.timeline import Happening, Kind, Page, Stream, page_of

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ASKED = 3


def at(minutes_ago: int, title: str = "", kind: Kind = Kind.NOTE) -> Happening:
    return Happening(NOON - timedelta(minutes=minutes_ago), kind, title or str(minutes_ago), "NotePencil")


def titles(page: Page) -> list[str]:
    return [row.title for row in page.rows]


class TestPageOf:
    def test_lays_rooms_together_newest_first(self) -> None:
        page = page_of([Stream([at(5), at(30)]), Stream([at(1), at(20)])], before=NOON, most=10)

        assert titles(page) == ["1", "5", "20", "30"]
        assert page.older_than is None

    def test_a_page_ends_where_the_next_begins(self) -> None:
        streams = [Stream([at(5), at(30)]), Stream([at(1), at(20)])]

        first = page_of(streams, before=NOON, most=2)
        assert titles(first) == ["1", "5"] and first.older_than == NOON - timedelta(minutes=5)
        assert titles(page_of(streams, before=first.older_than, most=2)) == ["20", "30"]

    def test_what_is_of_one_moment_is_never_parted(self) -> None:
        page = page_of([Stream([at(5, "a"), at(5, "b"), at(5, "c"), at(9)])], before=NOON, most=2)

        assert titles(page) == ["a", "b", "c"]

    def test_nothing_is_shown_below_a_stream_that_is_cut(self) -> None:
        cut = Stream([at(1), at(2), at(3)], read_to=at(3).at)  # what is 3 minutes old may have more beside it
        page = page_of([cut, Stream([at(4), at(50)])], before=NOON, most=10)

        assert titles(page) == ["1", "2"]
        assert page.older_than == NOON - timedelta(minutes=2)

    def test_goes_on_below_what_was_read_and_is_not_shown(self) -> None:
        removed = Stream([], read_to=at(3).at)
        page = page_of([removed, Stream([at(9)])], before=NOON, most=10)

        assert page.rows == () and page.older_than is not None
        assert at(3).at < page.older_than < at(2).at

    def test_nothing_is_nothing(self) -> None:
        assert page_of([Stream([]), Stream([at(-1)])], before=NOON, most=5) == Page(())

    @given(
        st.lists(st.lists(st.integers(0, 400), max_size=12, unique=True), max_size=4),
        st.integers(1, 5),
        st.booleans(),
    )
    def test_page_after_page_gives_everything_once_in_order(
        self, rooms: list[list[int]], most: int, cuts: bool
    ) -> None:
        whole = [[at(ago, f"{room}:{ago}") for ago in sorted(minutes)] for room, minutes in enumerate(rooms)]
        found: list[Happening] = []
        before: datetime | None = NOON + timedelta(minutes=1)
        while before is not None:
            older = [[row for row in rows if row.at < before] for rows in whole]
            streams = [
                Stream(rows[:ASKED], rows[ASKED - 1].at if cuts and len(rows) > ASKED else None)
                if cuts
                else Stream(rows)
                for rows in older
            ]
            page = page_of(streams, before=before, most=most)
            found += page.rows
            before = page.older_than

        assert sorted(row.title for row in found) == sorted(row.title for rows in whole for row in rows)
        assert [row.at for row in found] == sorted((row.at for row in found), reverse=True)
