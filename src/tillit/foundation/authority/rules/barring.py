"""Who may not decide because whoever leads her is disqualified. Pure.

Source: forvaltningsloven § 6 third paragraph: «Er den overordnede tjenestemann ugild, kan avgjørelse i saken heller
ikke treffes av en direkte underordnet tjenestemann i samme forvaltningsorgan.» It bars deciding, not preparing. The
fourth paragraph has an exception where it is evident that the tie cannot have mattered; that is for people to judge,
outside this rule. § 9: a stand-in is appointed when needed. The act of 2025 has its rules in §§ 26–27.
"""

from collections.abc import Iterable, Mapping

Led = Mapping[str, frozenset[int]]
"""Path of a unit → who leads just that unit."""


def superiors(employee_id: int, works_at: Iterable[str], leaders: Led, acting: Led) -> frozenset[int]:
    """Return those directly above an employee: who leads the unit where she works, or the nearest above that is led.

    works_at: paths of the units where she has her own roles, not those she only stands in for: whoever stands in for
    her leader is below that leader all the same. acting: who stands in; they are above the others as long as they do.
    A unit that she leads herself does not count: then it is the one above. Two who lead a unit together are equals.
    """
    found: set[int] = set()
    for path in works_at:
        for place in at_and_above(path):
            own = leaders.get(place, frozenset())
            above = (own | acting.get(place, frozenset())) - {employee_id}
            if above and employee_id not in own:
                found |= above
                break
    return frozenset(found)


def at_and_above(path: str) -> tuple[str, ...]:
    """Return the path and those above it, nearest first: "1.4.9." gives itself, "1.4." and "1."."""
    parts = path.rstrip(".").split(".")
    return tuple(".".join(parts[:length]) + "." for length in range(len(parts), 0, -1))
