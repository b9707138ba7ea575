"""Who takes turns at the duties of an invented team."""

from datetime import date

from tillit.demo.people.duties import duty_lists, in_turn
from tillit.demo.people.hiring import brought_by
from tillit.demo.people.staff import Member


def member(number: int, profession: str, *codes: str, flavour: str = "MIXED") -> Member:
    held = brought_by(profession) | frozenset(codes)
    return Member(
        number, f"M{number}", "Vera", f"V{number}", profession, "K", 100, 1, flavour, 450, False, 2.0, held,
        date(2020, 1, 1), travel="CAR",
    )  # fmt: skip


NURSES = [member(number, "NURSE") for number in range(1, 6)]
ALLOCATORS = [member(number, "HEALTH_WORKER", "FORDELER") for number in range(11, 16)]
OTHERS = [member(number, "HEALTH_WORKER") for number in range(21, 26)]


def ids(members: list[Member]) -> list[int]:
    return [one.id for one in members]


def test_nobody_is_on_two_lists_where_there_are_enough_people_R05() -> None:
    lists = duty_lists([*NURSES, *ALLOCATORS, *OTHERS], everyone_may_allocate=False)

    assert sorted(ids(lists["ACUTE"])) == ids(NURSES)
    assert sorted(ids(lists["ALLOCATOR"])) == ids(ALLOCATORS)
    assert sorted(ids(lists["MESSAGES"])) == ids(OTHERS)


def test_lists_with_the_same_people_begin_at_different_ones_R05() -> None:
    lists = duty_lists([*NURSES, *ALLOCATORS], everyone_may_allocate=False)

    assert sorted(ids(lists["ALLOCATOR"])) == sorted(ids(lists["MESSAGES"])) == ids(ALLOCATORS)
    pairs = zip(ids(lists["ALLOCATOR"]), ids(lists["MESSAGES"]), strict=True)
    assert all(one != other for one, other in pairs)


def test_those_who_never_work_by_day_are_left_out_R05() -> None:
    night = member(31, "NURSE", flavour="NIGHT")
    evening = member(32, "HEALTH_WORKER", "FORDELER", flavour="EVENING")

    lists = duty_lists([*NURSES, night, evening], everyone_may_allocate=False)

    assert not {31, 32} & {one.id for members in lists.values() for one in members}


def test_a_list_of_nobody_has_no_beginning() -> None:
    assert in_turn([], 2) == []
