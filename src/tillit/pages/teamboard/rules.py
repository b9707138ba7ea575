"""When a new team can begin. Pure; what it is asked comes from the page's context."""

FEWEST = 2
"""One alone can relieve nobody, and a visit for two needs two."""
MINUTES_A_DAY = 7 * 60
"""What one at work has for visits and the way on a day: a shift of seven and a half hours, less the break."""


def enough_to_begin(people: int, *, busiest_minutes: int) -> bool:
    """Whether so many who visit can make the busiest day there is.

    people: those with a position in the team who visit. busiest_minutes: visits and way of the fullest day ahead, 0
    when none is planned. Everybody is counted as at work, so this is the least, not what a rota needs.
    """
    return people >= max(FEWEST, -(-busiest_minutes // MINUTES_A_DAY))
