"""Who reaches whom is found by indexes, on both databases, with as many citizens as makes a difference (R18).

Not timed: the database says how it would go about it. Nothing is forbidden it (`enable_seqscan` stays on); so a
question about one team or one citizen that would read a table of the whole municipality fails here.
"""

from typing import Any

import pytest
from django.db import connection

from bench.reach import TODAY, People, fill, read_whole
from tillit.care.citizens import queries
from tillit.care.citizens.models import Following
from tillit.foundation.access import reading
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound

CITIZENS, TEAMS = 6_000, 120


@pytest.fixture
def people(db: None) -> People:
    found = fill(citizens=CITIZENS, teams=TEAMS, seed=1)
    _count_rows()
    return found


def _count_rows() -> None:
    """Let the database see how large the tables are: those with rows alone.

    PostgreSQL remembers what it saw when the test's rows are gone, and would take the others for empty in later tests.
    """
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT 1 FROM {name} LIMIT 1")
            if cursor.fetchone():
                cursor.execute(f"ANALYZE {name}")


def statements(question: Any) -> dict[str, Any]:
    """Return the SQL a question comes to."""
    kept: dict[str, Any] = {}

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        kept.setdefault(sql, params)
        return execute(sql, params, many, context)

    with reading.watching(), connection.execute_wrapper(keep):
        question()
    return kept


def whole(question: Any) -> set[str]:
    """Return the big tables that a question reads from end to end."""
    return {table for sql, params in statements(question).items() for table in read_whole(sql, params)}


def opened(actor: Any, citizen_id: int) -> bool:
    try:
        queries.get_citizen(actor=actor, citizen_id=citizen_id, at=oslo.whole_day(TODAY).start)
    except NotFound:
        return False
    return True


def test_no_question_about_a_team_or_a_citizen_reads_the_whole_municipality_R18(people: People) -> None:
    team, nurse = people.teams[0], people.actors["nurse, 1 team"]
    asked = {
        "list": lambda: queries.list_ids(actor=nurse, unit_id=team, on=TODAY),
        "former": lambda: queries.former_ids(actor=nurse, unit_id=team, on=TODAY),
        "count": lambda: queries.reachable(nurse, on=TODAY).count(),
        "in reach": lambda: opened(nurse, people.inside[10]),
        "out of reach": lambda: opened(nurse, people.outside[10]),
        "scopes": lambda: queries.scopes_of(people.inside[:5], on=TODAY),
        "numbers": lambda: queries.citizen_ids_of_unit(team, TODAY),
    }

    assert {name: found for name, question in asked.items() if (found := whole(question))} == {}


def test_what_it_says_is_what_is_there(people: People) -> None:
    nurse = people.actors["nurse, 1 team"]

    assert opened(nurse, people.inside[10])
    assert not opened(nurse, people.outside[10])
    assert len(queries.list_ids(actor=nurse, unit_id=people.teams[0], on=TODAY)) > 20


def test_a_question_that_reads_everything_would_be_found(people: People) -> None:
    everything = Following.objects.filter(part="x").values("pk")  # no index has the part

    assert whole(lambda: list(everything.all())) == {"citizens_following"}
