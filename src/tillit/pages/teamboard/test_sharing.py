"""What falls between two teams is shown to the one that does it meanwhile, and to nobody else."""

from collections.abc import Callable
from datetime import date, time

import pytest
from django.test import Client

from tests import builders_plan as build
from tests import builders_planning
from tests.cast import TUESDAY_DATE, Cast, Member
from tillit.care.citizens.models import Following
from tillit.kernel import clock

SignIn = Callable[[Member], Client]


@pytest.fixture(autouse=True)
def _tuesday(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tuesday morning in Bekkedal, with people at work."""
    monkeypatch.setattr(clock, "now", lambda: builders_planning.at(time(7, 42)))
    builders_planning.morning(cast)


def pages(client: Client, unit_id: int) -> tuple[str, str]:
    """The board and all that waits."""
    board, everything = (client.get(f"/team/{unit_id}/tavle/{more}").content.decode() for more in ("", "venter/"))
    return board, everything


@pytest.mark.parametrize(("after", "is_shown"), [(TUESDAY_DATE, True), (None, False)])
def test_a_plan_that_names_a_team_which_follows_no_more_waits_for_the_main_team_R04(
    cast: Cast, client_of: SignIn, after: date | None, is_shown: bool
) -> None:
    Following.objects.create(
        citizen=cast.olga, unit=cast.solvik, part="Helsehjelp", valid_from=date(2026, 1, 1), valid_to=after
    )
    Following.objects.create(citizen=cast.olga, unit=cast.fjelldal, part="Netter", valid_from=date(2026, 1, 1))
    build.intervention(build.plan(cast.olga), "Medisiner", by=cast.solvik)

    board, everything = pages(client_of(cast.ingrid), cast.bekkedal.pk)
    of_others = pages(client_of(cast.frida), cast.fjelldal.pk)

    assert ("Team Solvik følger ikke Olga Hansen lenger" in board) is is_shown
    assert ("Team Solvik følger ikke brukeren lenger. Vi gjør det de hadde." in everything) is is_shown
    assert ("Planer å justere" in everything) is is_shown
    assert "følger ikke" not in "".join(of_others)


def test_a_team_that_is_to_begin_needs_no_adjusting(cast: Cast, client_of: SignIn) -> None:
    Following.objects.create(citizen=cast.olga, unit=cast.solvik, part="Helsehjelp", valid_from=date(2026, 12, 1))
    build.intervention(build.plan(cast.olga), "Medisiner", by=cast.solvik)

    assert "følger ikke" not in "".join(pages(client_of(cast.ingrid), cast.bekkedal.pk))
