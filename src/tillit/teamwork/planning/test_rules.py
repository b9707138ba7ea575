"""The rules of the work lists, on days made by hand. Nothing here touches a database."""

import itertools
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.kernel import oslo
from tillit.teamwork.planning.rules import board, breaks, candidates, capacity, changes, grouping, numbers, objections
from tillit.teamwork.planning.rules.changes import Move, NoticeKind, ToTell
from tillit.teamwork.planning.rules.day import Call, Day, Meeting, Place, Row, Tie, Wish, Worker, on_grid
from tillit.teamwork.planning.rules.grouping import ChangeKind
from tillit.teamwork.planning.rules.objections import Against

TUESDAY = date(2026, 11, 24)
INGRID, AMIR, KARI = 1, 2, 3
OLGA, ARNE = 11, 12


def at(hour: int, minute: int = 0, *, on: date = TUESDAY) -> datetime:
    return oslo.moment(on, time(hour, minute))


def worker(employee_id: int = AMIR, **more: object) -> Worker:
    values: dict[str, object] = {
        "name": f"Kollega {employee_id}", "given_name": f"K{employee_id}", "initials": "KK",
        "starts_at": at(7, 30), "ends_at": at(15), "level": 1,
    }  # fmt: skip
    return Worker(employee_id, **{**values, **more})  # type: ignore[arg-type]


def call(visit_id: int = 101, **more: object) -> Call:
    values: dict[str, object] = {
        "citizen_id": OLGA, "minutes": 30, "earliest_at": at(8), "latest_at": at(10),
    }  # fmt: skip
    return Call(visit_id, **{**values, **more})  # type: ignore[arg-type]


def day(*calls: Call, workers: tuple[Worker, ...] = (worker(),), rows: tuple[Row, ...] = (), **more: object) -> Day:
    return Day(TUESDAY, "DAY", workers, calls, rows, **more)  # type: ignore[arg-type]


class Minutes:
    """Ways that take so many minutes between any two places."""

    def __init__(self, minutes: int) -> None:
        self._minutes = minutes

    def minutes(self, travel: str, start: Place | None, end: Place | None) -> int:
        return 0 if start == end else self._minutes


def codes(found: tuple[objections.Objection, ...]) -> list[Against]:
    return [each.code for each in found]


def against(of: Day, *, who: int = AMIR, start: datetime | None = None, visit_id: int = 101) -> list[Against]:
    return codes(objections.against(of, visit_id=visit_id, employee_id=who, starts_at=start or at(8, 30)))


class TestRefusals:
    def test_nothing_speaks_against_a_free_helper_in_the_window(self) -> None:
        assert against(day(call())) == []

    def test_a_missing_competence_is_refused_and_named(self) -> None:
        (found,) = objections.against(
            day(call(needs=frozenset({"SAR", "INJEKSJON"})), workers=(worker(competences=frozenset({"SAR"})),)),
            visit_id=101,
            employee_id=AMIR,
            starts_at=at(8, 30),
        )

        assert found.refuses
        assert (found.code, found.needs) == (Against.LACKS_COMPETENCE, ("INJEKSJON",))

    @pytest.mark.parametrize(("level", "refused"), [(0, True), (1, True), (2, False)])
    def test_a_nurses_visit_is_refused_to_others(self, level: int, refused: bool) -> None:
        found = against(day(call(level=2), workers=(worker(level=level),)))

        assert (found == [Against.LACKS_TRAINING]) is refused

    @pytest.mark.parametrize(
        ("wish", "expected"),
        [
            (Wish("MUST_NOT", AMIR), [Against.MUST_NOT]),
            (Wish("MUST_NOT", KARI), []),
            (Wish("MUST_NOT", None, "M"), [Against.MUST_NOT]),
            (Wish("MUST_NOT", None, "K"), []),
            (Wish("RATHER_NOT", AMIR), [Against.RATHER_NOT]),
        ],
    )
    def test_must_not_is_refused_and_rather_not_is_told(self, wish: Wish, expected: list[Against]) -> None:
        of = day(call(), workers=(worker(gender="M"),), wishes={OLGA: (wish,)})

        assert against(of) == expected

    def test_somebody_away_or_not_at_work_is_refused(self) -> None:
        assert against(day(call(), workers=(worker(is_absent=True),))) == [Against.ABSENT]
        assert against(day(call()), who=99) == [Against.NOT_AT_WORK]


class TestWarnings:
    def test_outside_the_window_is_told_with_minutes_and_allowed(self) -> None:
        (early,) = objections.against(day(call()), visit_id=101, employee_id=AMIR, starts_at=at(7, 40))
        (late,) = objections.against(day(call()), visit_id=101, employee_id=AMIR, starts_at=at(10, 5))

        assert (early.code, early.minutes, early.warns) == (Against.TOO_EARLY, 20, True)
        assert (late.code, late.minutes, late.warns) == (Against.TOO_LATE, 5, True)

    def test_the_window_bounds_the_start_and_its_ends_are_inside(self) -> None:
        assert against(day(call()), start=at(8)) == []
        assert against(day(call()), start=at(10)) == []

    def test_overtime_counts_to_the_end_of_the_visit(self) -> None:
        of = day(call(earliest_at=at(14), latest_at=at(15)))
        (found,) = objections.against(of, visit_id=101, employee_id=AMIR, starts_at=at(14, 50))

        assert (found.code, found.minutes) == (Against.OVERTIME, 20)

    def test_an_overlap_names_the_other_visit(self) -> None:
        of = day(call(), call(102), rows=(Row(102, AMIR, at(8, 45)),))
        (found,) = objections.against(of, visit_id=101, employee_id=AMIR, starts_at=at(8, 30))

        assert (found.code, found.visits) == (Against.OVERLAPS, (102,))

    def test_visits_that_touch_do_not_overlap(self) -> None:
        assert against(day(call(), call(102), rows=(Row(102, AMIR, at(9)),))) == []

    def test_its_own_row_is_left_out_of_account(self) -> None:
        assert against(day(call(), rows=(Row(101, AMIR, at(8, 30)),)), start=at(8, 40)) == []

    def test_too_short_a_way_is_told_with_what_is_missing(self) -> None:
        of = day(
            call(place=(60.0, 6.0)), call(102, place=(60.1, 6.0)), rows=(Row(102, AMIR, at(9, 5)),), ways=Minutes(12)
        )
        (found,) = objections.against(of, visit_id=101, employee_id=AMIR, starts_at=at(8, 30))

        assert (found.code, found.minutes, found.visits) == (Against.SHORT_WAY, 7, (102,))

    def test_a_meeting_and_the_office_are_told(self) -> None:
        meeting = Meeting("Teammøte", at(8, 45), at(9, 15))

        assert against(day(call(), workers=(worker(meetings=(meeting,)),))) == [Against.IN_MEETING]
        assert against(day(call(), workers=(worker(is_office=True),))) == [Against.AT_THE_OFFICE]

    def test_six_hours_between_medicines_is_told(self) -> None:
        of = day(
            call(), call(102, earliest_at=at(11), latest_at=at(14)),
            rows=(Row(101, AMIR, at(8, 30)),), ties=(Tie(101, 102, 240, 360),),
        )  # fmt: skip

        assert against(of, visit_id=102, start=at(12)) == [Against.TOO_SOON_AFTER]
        assert against(of, visit_id=102, start=at(12, 30)) == []
        assert against(of, visit_id=102, start=at(14)) == []
        assert Against.TOO_LONG_AFTER in against(of, visit_id=102, start=at(14, 35))

    def test_a_visit_that_leaves_no_break_is_told(self) -> None:
        filled = tuple(Row(200 + number, AMIR, at(10, 30) + number * timedelta(minutes=30)) for number in range(4))
        calls = tuple(call(row.visit_id, earliest_at=row.starts_at, latest_at=row.starts_at) for row in filled)
        of = day(call(earliest_at=at(12), latest_at=at(13)), *calls, rows=filled)

        assert against(of, start=at(12, 30)) == [Against.NO_BREAK]

    def test_far_from_the_wish_is_told_but_is_no_warning(self) -> None:
        of = day(call(wished_at=at(8, 30)))
        (found,) = objections.against(of, visit_id=101, employee_id=AMIR, starts_at=at(9))

        assert (found.code, found.minutes, found.warns, found.refuses) == (Against.OFF_WISH, 30, False, False)
        assert against(of, start=at(8, 45)) == []


class TestBreaks:
    def test_stands_near_quarter_past_eleven_when_all_is_free(self) -> None:
        assert breaks.of_worker(day(), worker()) == at(11, 15)

    def test_floats_to_where_the_visits_leave_room(self) -> None:
        of = day(call(earliest_at=at(11), latest_at=at(11), minutes=60), rows=(Row(101, AMIR, at(11)),))

        assert breaks.of_worker(of, worker()) == at(10, 30)

    def test_a_short_shift_has_none(self) -> None:
        short = worker(ends_at=at(12, 55))

        assert breaks.of_worker(day(workers=(short,)), short) is None
        assert not breaks.lacks_room(day(workers=(short,)), short)

    def test_a_nights_break_is_after_midnight_also_when_the_clocks_change(self) -> None:
        # The night to 25 October 2026 has 02–03 twice; the break window still begins at half past one.
        saturday = date(2026, 10, 24)
        found = breaks.window(
            on=saturday, shift_kind="NIGHT", starts_at=at(22, on=saturday), ends_at=at(7, on=date(2026, 10, 25))
        )

        assert found is not None
        assert found.earliest_at == datetime(2026, 10, 24, 23, 30, tzinfo=UTC)

    @given(st.lists(st.integers(0, 60), max_size=12))
    def test_never_overlaps_what_is_taken(self, offsets: list[int]) -> None:
        taken = [(at(10) + timedelta(minutes=5 * n), at(10) + timedelta(minutes=5 * n + 20)) for n in offsets]
        window = breaks.window(on=TUESDAY, shift_kind="DAY", starts_at=at(7, 30), ends_at=at(15))
        assert window is not None

        found = breaks.place(window, taken)

        if found is not None:
            assert window.earliest_at <= found <= window.latest_end_at - breaks.LENGTH
            assert all(found + breaks.LENGTH <= start or end <= found for start, end in taken)


class TestMoving:
    def test_gives_a_visit_nobody_had(self) -> None:
        assert changes.moved((), Move(101, None, AMIR, at(9)), helpers=1) == (Row(101, AMIR, at(9)),)

    def test_takes_a_visit_for_one_from_whoever_had_it(self) -> None:
        rows = (Row(101, AMIR, at(8), is_locked=True),)

        assert changes.moved(rows, Move(101, AMIR, KARI, at(9)), helpers=1) == (Row(101, KARI, at(9)),)

    def test_moves_one_half_and_the_other_follows_in_time(self) -> None:
        rows = (Row(101, AMIR, at(8)), Row(101, INGRID, at(8)))

        found = changes.moved(rows, Move(101, AMIR, KARI, at(9)), helpers=2)

        assert found == (Row(101, INGRID, at(9)), Row(101, KARI, at(9)))

    def test_never_gives_both_halves_to_one(self) -> None:
        rows = (Row(101, AMIR, at(8)), Row(101, INGRID, at(8)))

        assert changes.moved(rows, Move(101, AMIR, INGRID, at(8)), helpers=2) == (Row(101, INGRID, at(8)),)

    def test_to_nobody_takes_only_that_half_off(self) -> None:
        rows = (Row(101, AMIR, at(8)), Row(101, INGRID, at(8)))

        assert changes.moved(rows, Move(101, AMIR, None, at(8)), helpers=2) == (Row(101, INGRID, at(8)),)

    def test_rounds_to_five_minutes(self) -> None:
        assert on_grid(at(9, 2)) == at(9)
        assert on_grid(at(9, 3)) == at(9, 5)


class TestNotices:
    def test_tells_each_helper_what_is_different_for_her(self) -> None:
        before = (Row(101, AMIR, at(8)), Row(102, AMIR, at(9)), Row(103, KARI, at(9)))
        after = (Row(101, KARI, at(8)), Row(102, AMIR, at(9, 15)), Row(103, KARI, at(9), is_locked=True))

        assert [(one.employee_id, one.visit_id, one.kind) for one in changes.to_tell(before, after)] == [
            (AMIR, 101, NoticeKind.GONE),
            (AMIR, 102, NoticeKind.MOVED),
            (KARI, 101, NoticeKind.NEW),
        ]

    def test_tells_of_another_colleague_beside_her(self) -> None:
        before = (Row(101, AMIR, at(8)), Row(101, INGRID, at(8)))
        after = (Row(101, AMIR, at(8)), Row(101, KARI, at(8)))

        told = {one.employee_id: one.kind for one in changes.to_tell(before, after)}

        assert told == {AMIR: NoticeKind.OTHERS, INGRID: NoticeKind.GONE, KARI: NoticeKind.NEW}

    @pytest.mark.parametrize(
        ("first", "then", "expected"),
        [
            ((None, 9), (9, None), None),  # given and taken back before she looked
            ((8, None), (None, 8), None),
            ((8, None), (None, 9), (NoticeKind.MOVED, 8, 9)),
            ((8, 9), (9, 10), (NoticeKind.MOVED, 8, 10)),
            ((8, 9), (9, 8), None),
            ((None, 9), (9, 10), (NoticeKind.NEW, None, 10)),
            ((8, 9), (9, None), (NoticeKind.GONE, 8, None)),
        ],
    )
    def test_puts_together_what_she_has_not_seen(
        self,
        first: tuple[int | None, int | None],
        then: tuple[int | None, int | None],
        expected: tuple[NoticeKind, int | None, int | None] | None,
    ) -> None:
        def told(pair: tuple[int | None, int | None]) -> ToTell:
            was, becomes = (at(hour) if hour is not None else None for hour in pair)
            kind = NoticeKind.NEW if was is None else NoticeKind.GONE if becomes is None else NoticeKind.MOVED
            return ToTell(AMIR, 101, kind, was, becomes)

        found = changes.merged(told(first), told(then))

        if expected is None:
            assert found is None
        else:
            assert found is not None
            kind, was, becomes = expected
            assert (found.kind, found.was_at, found.becomes_at) == (
                kind,
                None if was is None else at(was),
                None if becomes is None else at(becomes),
            )


class TestNumbers:
    def test_of_a_day_summed_by_hand_R25(self) -> None:
        """Two visits at Olga's (Amir knows her, Kari does not), one for two at Arne's that lacks the second.

        Ways are 10 minutes between any two places. Amir: base–Olga–Arne–base = 30. Kari: base–Olga–base = 20.
        """
        base, olga, arne = (60.0, 6.0), (60.1, 6.0), (60.2, 6.0)
        of = day(
            call(101, place=olga, wished_at=at(8, 30)),
            call(102, place=olga, earliest_at=at(12), latest_at=at(13)),
            call(103, citizen_id=ARNE, place=arne, helpers=2, earliest_at=at(9), latest_at=at(10)),
            workers=(worker(AMIR, start_place=base), worker(KARI, start_place=base)),
            rows=(Row(101, AMIR, at(9)), Row(102, KARI, at(12)), Row(103, AMIR, at(10))),
            known={(AMIR, OLGA): 4},
            primary={OLGA: KARI},
            ways=Minutes(10),
        )

        assert numbers.count(of) == numbers.Numbers(
            visits=3, uncovered=1, rows=3, known=1, with_primary=1, primary_at_work=2, citizens=2, faces=3,
            travel_minutes=50, off_wish=1, overtime_minutes=0,
        )  # fmt: skip
        assert numbers.count(of).faces_per_citizen == 1.5

    def test_of_empty_lists_are_zeros_and_all_uncovered(self) -> None:
        found = numbers.count(day(call(), call(102)))

        assert (found.visits, found.uncovered, found.rows, found.faces_per_citizen) == (2, 2, 0, 0.0)

    def test_rows_of_somebody_away_do_not_count(self) -> None:
        of = day(call(), workers=(worker(is_absent=True),), rows=(Row(101, AMIR, at(9)),))

        assert [found.visit_id for found in of.uncovered] == [101]


class TestCapacity:
    def test_of_a_day_summed_by_hand_R26(self) -> None:
        """Have: 7 t 30 min less 30 min break less 30 min meeting = 390. Need: 30 + 2 × 45 + 3 ways of 6 = 138."""
        meeting = Meeting("Teammøte", at(14), at(14, 30))
        of = day(
            call(), call(102, minutes=45, helpers=2),
            workers=(worker(AMIR, meetings=(meeting,)), worker(KARI, is_absent=True), worker(INGRID, is_office=True)),
        )  # fmt: skip

        found = capacity.of_day(of, is_listed=True)

        assert (found.have_minutes, found.need_minutes, found.at_work, found.lacking_minutes) == (390, 138, 1, 0)

    def test_what_is_missing_is_said(self) -> None:
        assert capacity.of_day(day(call(), workers=()), is_listed=True).lacking_minutes == 36


def _able(people: tuple[Worker, ...]) -> tuple[Worker, ...]:
    return tuple(replace(each, competences=frozenset({"REHAB"})) for each in people)


class TestCandidates:
    def test_the_best_known_stands_first_and_the_impossible_last(self) -> None:
        of = day(
            call(),
            workers=(worker(AMIR), worker(KARI), worker(INGRID, level=0)),
            known={(KARI, OLGA): 9},
        )
        of = Day(of.on, of.shift_kind, of.workers, (call(level=1),), known=of.known)

        ranked = candidates.rank(of, 101)

        assert [each.employee_id for each in ranked] == [KARI, AMIR, INGRID]
        assert ranked[-1].refused

    def test_those_who_know_the_citizen_come_before_those_at_a_better_time_R25(self) -> None:
        busy = tuple(Row(102, KARI, at(8)) for _ in range(1))
        of = day(
            call(wished_at=at(8, 30)), call(102, minutes=60),
            workers=(worker(AMIR), worker(KARI), worker(INGRID)),
            rows=busy, known={(KARI, OLGA): 4, (INGRID, OLGA): 1},
        )  # fmt: skip

        ranked = candidates.rank(of, 101)

        # Kari is there once a week and is free at nine; Amir is free at half past eight, but a stranger.
        assert [each.employee_id for each in ranked] == [KARI, INGRID, AMIR]
        assert [each.starts_at for each in ranked] == [at(9), at(8, 30), at(8, 30)]

    def test_somebody_with_a_collision_comes_after_a_stranger_without_R25(self) -> None:
        of = day(
            call(earliest_at=at(8, 30), latest_at=at(8, 30)), call(102, minutes=60),
            workers=(worker(AMIR), worker(KARI)), rows=(Row(102, KARI, at(8)),), known={(KARI, OLGA): 8},
        )  # fmt: skip

        ranked = candidates.rank(of, 101)

        assert [(each.employee_id, each.collides) for each in ranked] == [(AMIR, False), (KARI, True)]

    def test_a_therapist_comes_last_for_ordinary_care_and_is_told_why_R10(self) -> None:
        people = (worker(AMIR, is_therapist=True), worker(INGRID, level=2), worker(KARI, level=0))

        ranked = candidates.rank(day(call(), workers=people), 101)
        theirs = candidates.rank(day(call(needs=frozenset({"REHAB"})), workers=_able(people)), 101)

        assert [each.employee_id for each in ranked] == [KARI, INGRID, AMIR]
        assert codes(ranked[-1].objections) == [Against.FROM_THERAPY]
        assert not ranked[-1].collides  # allowed, and told
        assert [each.employee_id for each in theirs] == [KARI, AMIR, INGRID]

    def test_then_the_shortest_added_way_decides(self) -> None:
        home, off = (61.0, 6.0), (61.1, 6.1)
        of = day(
            call(place=off), call(102, place=off, minutes=20, latest_at=at(11)), call(103, place=home, latest_at=at(11)),
            workers=(worker(AMIR, start_place=home), worker(KARI, start_place=home)),
            rows=(Row(103, AMIR, at(10)), Row(102, KARI, at(10))), ways=Minutes(7),
        )  # fmt: skip

        ranked = candidates.rank(of, 101)

        # Kari goes there anyway; Amir's seven there and seven back come on top.
        assert [(each.employee_id, each.added_way) for each in ranked] == [(KARI, 0), (AMIR, 14)]

    def test_the_office_comes_after_colleagues_who_must_move_something(self) -> None:
        of = day(
            call(earliest_at=at(8, 30), latest_at=at(8, 30)), call(102, minutes=60),
            workers=(worker(AMIR, is_office=True), worker(KARI)), rows=(Row(102, KARI, at(8)),),
        )  # fmt: skip

        assert [each.employee_id for each in candidates.rank(of, 101)] == [KARI, AMIR]

    def test_no_time_that_has_passed_is_named(self) -> None:
        of = day(call(wished_at=at(8, 30)))

        (soon,) = candidates.rank(of, 101, now=at(9, 2))
        (late,) = candidates.rank(of, 101, now=at(11, 2))

        assert soon.starts_at == at(9, 15)  # the next quarter of its window
        assert (late.starts_at, codes(late.objections)) == (at(11, 5), [Against.TOO_LATE])

    def test_finds_a_time_after_the_visit_she_has(self) -> None:
        of = day(
            call(wished_at=at(8, 30)), call(102, minutes=55),
            rows=(Row(102, AMIR, at(8)),),
        )  # fmt: skip

        (found,) = candidates.rank(of, 101)

        assert found.starts_at == at(9)  # half past eight collides; 08.55 is free, five minutes are kept to get out
        assert [each.code for each in found.objections] == [Against.OFF_WISH]


class TestGrouping:
    def test_an_empty_list_gets_a_round_for_each_helper(self) -> None:
        of = day(call(101), call(102), call(103), workers=(worker(AMIR), worker(KARI)))
        proposed = (Row(101, AMIR, at(8)), Row(102, AMIR, at(9)), Row(103, KARI, at(8)))

        found = grouping.group(of, proposed)

        assert [(one.kind, one.visits) for one in found] == [
            (ChangeKind.ROUND, (101, 102)),
            (ChangeKind.ROUND, (103,)),
        ]

    def test_changes_that_are_not_in_each_others_way_stand_alone(self) -> None:
        present = (Row(101, AMIR, at(8)), Row(103, KARI, at(8)))
        of = day(call(101), call(102), call(103), workers=(worker(AMIR), worker(KARI)), rows=present)
        proposed = (Row(101, AMIR, at(8, 5)), Row(102, KARI, at(9)), Row(103, KARI, at(8)))

        found = grouping.group(of, proposed)

        assert [(one.kind, one.visits) for one in found] == [(ChangeKind.COVER, (102,)), (ChangeKind.MOVE, (101,))]

    def test_small_moves_are_one_change_together(self) -> None:
        present = (Row(101, AMIR, at(8)), Row(102, AMIR, at(9)), Row(103, AMIR, at(12)), Row(104, KARI, at(8)))
        of = day(
            *(call(number) for number in (101, 102, 103, 104, 105)),
            workers=(worker(AMIR), worker(KARI)),
            rows=present,
        )
        proposed = (
            Row(101, AMIR, at(8, 5)),
            Row(102, AMIR, at(9, 10)),
            Row(103, AMIR, at(12, 15)),
            Row(104, KARI, at(7, 50)),
            Row(105, KARI, at(11)),
        )

        found = grouping.group(of, proposed)

        # 12.00 to 12.15 is more than ten minutes, and stands alone.
        assert [(one.kind, one.visits) for one in found] == [
            (ChangeKind.COVER, (105,)),
            (ChangeKind.MOVE, (103,)),
            (ChangeKind.SMALL_MOVES, (101, 102, 104)),
        ]

    def test_two_who_swap_are_one_change(self) -> None:
        present = (Row(101, AMIR, at(8)), Row(102, KARI, at(8)))
        of = day(call(101), call(102), workers=(worker(AMIR), worker(KARI)), rows=present)

        (found,) = grouping.group(of, (Row(101, KARI, at(8)), Row(102, AMIR, at(8))))

        assert (found.kind, found.visits) == (ChangeKind.SWAP, (101, 102))

    def test_a_visit_that_must_leave_first_comes_along(self) -> None:
        present = (Row(101, AMIR, at(8)), Row(103, KARI, at(12)))
        of = day(call(101), call(102), call(103), workers=(worker(AMIR), worker(KARI)), rows=present)
        proposed = (Row(102, AMIR, at(8)), Row(101, KARI, at(9)), Row(103, KARI, at(12)))

        (found,) = grouping.group(of, proposed)

        assert (found.kind, found.visits) == (ChangeKind.COVER, (101, 102))

    @given(st.permutations([AMIR, KARI, INGRID]), st.permutations([8, 9, 10]))
    def test_accepting_all_gives_the_proposal(self, people: list[int], hours: list[int]) -> None:
        calls = tuple(call(101 + number) for number in range(3))
        present = tuple(Row(101 + number, who, at(8 + number)) for number, who in enumerate((AMIR, KARI, INGRID)))
        proposed = tuple(
            Row(101 + number, who, at(hour)) for number, (who, hour) in enumerate(zip(people, hours, strict=True))
        )
        of = day(*calls, workers=(worker(AMIR), worker(KARI), worker(INGRID)), rows=present)

        rows = present
        for one in grouping.group(of, proposed):
            rows = changes.replaced(rows, one.visits, one.after)

        assert rows == tuple(sorted(proposed))


class TestBoard:
    def test_shows_the_usual_hours_and_more_when_somebody_works_longer(self) -> None:
        usual = board.frame(on=TUESDAY, shift_kind="DAY", spans=[])
        longer = board.frame(on=TUESDAY, shift_kind="DAY", spans=[(at(6, 45), at(16, 10))])

        assert (usual.starts_at, usual.slots) == (at(7), 102)
        assert (longer.starts_at, longer.ends_at) == (at(6), at(16, 30))

    def test_a_nights_board_crosses_midnight_and_the_change_of_clocks(self) -> None:
        saturday = date(2026, 10, 24)
        found = board.frame(on=saturday, shift_kind="NIGHT", spans=[])

        assert found.slots == 11 * 12  # 22–08 is eleven hours this night

    @pytest.mark.parametrize(
        ("clock", "kind", "on"),
        [
            (time(7), "DAY", TUESDAY),
            (time(15), "EVENING", TUESDAY),
            (time(23), "NIGHT", TUESDAY),
            (time(3), "NIGHT", TUESDAY - timedelta(days=1)),
        ],
    )
    def test_knows_which_lists_one_wants_now(self, clock: time, kind: str, on: date) -> None:
        now = oslo.moment(TUESDAY, clock)

        assert (board.usual_kind(now), board.usual_day(now)) == (kind, on)

    def test_visits_at_the_same_time_clash_and_those_that_touch_do_not(self) -> None:
        spans = [(at(8), at(9)), (at(8, 59), at(10)), (at(10), at(11))]

        assert board.clashing(spans) == {0, 1}
        assert board.clashing(spans[1:]) == set()

    @given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 10)), max_size=30))
    def test_stacked_visits_never_overlap_in_a_row(self, drawn: list[tuple[int, int]]) -> None:
        spans = sorted(
            (at(7) + timedelta(minutes=5 * start), at(7) + timedelta(minutes=5 * (start + length)))
            for start, length in drawn
        )

        rows = board.stacked(spans)

        by_row: Mapping[int, list[tuple[datetime, datetime]]] = {
            row: [span for span, own in zip(spans, rows, strict=True) if own == row] for row in set(rows)
        }
        assert all(first[1] <= then[0] for own in by_row.values() for first, then in itertools.pairwise(own))
