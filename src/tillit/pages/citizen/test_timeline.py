"""The timeline: what each room knows stands there once, what the reader may not read does not, and it costs the same."""

from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests.builders_circle import course
from tests.builders_observations import a_watch
from tests.cast import Cast, Member
from tillit.care.careplans.models import CarePlan, Goal
from tillit.care.citizens import actions as citizens
from tillit.care.citizens.models import Citizen, Home
from tillit.care.visits.models import FollowUp
from tillit.foundation.access.models import AccessEntry
from tillit.foundation.access.roles import Role
from tillit.kernel import clock, oslo
from tillit.teamwork.deviations.models import Deviation

SignIn = Callable[[Member], Client]
HOUR = timedelta(hours=1)


def a_life(cast: Cast, citizen: Citizen, *, times: int) -> None:
    """One thing of each kind, and `times` of what there may be many of."""
    at = clock.now() - timedelta(days=2)
    watch = a_watch(citizen)
    watch.opened_at = at
    watch.save()
    course(citizen)
    plan = CarePlan.objects.create(citizen=citizen, made_at=at, changed_at=at, valid_from=at)
    Goal.objects.create(plan=plan, words="Gå til postkassa", state="REACHED", state_on=oslo.day_of(at))
    citizens.set_away(actor=cast.ingrid.actor, citizen_id=citizen.pk, kind="HOSPITAL", from_at=at, at=at)
    for number in range(times):
        told = at - number * HOUR
        FollowUp.objects.create(
            citizen=citizen, kind="WORSE", words=f"Endring {number}", urgency="TODAY", told_by=cast.amir.employee,
            told_at=told, due_at=told,
        )  # fmt: skip
        Deviation.objects.create(
            citizen=citizen, unit=cast.bekkedal, kind="FALL", about="CITIZEN", words=f"Fall {number}",
            reported_by=cast.amir.employee, reported_at=told,
        )  # fmt: skip


def page_of(client: Client, citizen: Citizen, **query: str) -> str:
    return client.get(reverse("citizens:timeline", args=[citizen.pk]), query).content.decode()


class TestTimeline:
    def test_tells_what_every_room_knows_R12(self, cast: Cast, client_of: SignIn) -> None:
        a_life(cast, cast.olga, times=1)

        page = page_of(client_of(cast.marit), cast.olga)

        for told in (
            "Endring 0", "Ikke som vanlig", "Ny plan tatt i bruk", "«Gå til postkassa»", "Målet er nådd", "På sykehus",
            "Hverdagsrehabilitering begynte", "Team Bekkedal", "Avvik: fall",
        ):  # fmt: skip
            assert told in page
        assert AccessEntry.objects.filter(citizen_id=cast.olga.pk).latest("pk").door == "citizens:timeline"

    def test_one_kind_alone_by_a_link(self, cast: Cast, client_of: SignIn) -> None:
        a_life(cast, cast.olga, times=1)

        page = page_of(client_of(cast.marit), cast.olga, slag="opphold")

        assert "På sykehus" in page and "Endring 0" not in page and "Ny plan" not in page

    def test_what_one_may_not_read_is_not_there_R06(self, cast: Cast, client_of: SignIn) -> None:
        a_life(cast, cast.olga, times=1)
        builders.role(cast.nils.employee, Role.DISTRICT_LEADER, cast.south)

        others = page_of(client_of(cast.ingrid), cast.olga)
        district = page_of(client_of(cast.nils), cast.olga)

        assert "Endring 0" in others and "Fall 0" not in others  # told by another, answered by the leader
        assert "Fall 0" in page_of(client_of(cast.amir), cast.olga)  # she told it herself
        assert "Team Bekkedal" in district and "Fall 0" in district  # answers for deviations in the district
        for health in ("Endring 0", "Ikke som vanlig", "Gå til postkassa", "Hverdagsrehabilitering"):
            assert health not in district

    def test_nobody_outside_finds_it(self, cast: Cast, client_of: SignIn) -> None:
        assert client_of(cast.frida).get(reverse("citizens:timeline", args=[cast.olga.pk])).status_code == 404

    def test_a_move_is_not_told_to_whom_the_address_is_hidden_from(self, cast: Cast, client_of: SignIn) -> None:
        today = oslo.day_of(clock.now())
        Home.objects.filter(citizen=cast.olga).update(valid_to=today)
        Home.objects.create(citizen=cast.olga, street="Nyveien 1", postal_code="0001", place="Ny", valid_from=today)
        client = client_of(cast.kari)
        assert "Ny adresse" in page_of(client, cast.olga)

        Citizen.objects.filter(pk=cast.olga.pk).update(is_secret_address=True)

        assert "Ny adresse" not in page_of(client, cast.olga)

    def test_older_pages_say_everything_once(self, cast: Cast, client_of: SignIn) -> None:
        a_life(cast, cast.olga, times=60)
        client = client_of(cast.marit)
        found, asked = [], {"slag": "helse"}
        for _page in range(4):
            answer = client.get(reverse("citizens:timeline", args=[cast.olga.pk]), asked)
            found += [
                row.more for month in answer.context["page"].months for day in month.days for row in day.rows.rows
            ]
            older = answer.context["page"].older_href
            if not older:
                break
            asked = dict(pair.split("=") for pair in older.partition("?")[2].replace("%3A", ":").split("&"))

        changes = [more for more in found if more.startswith("Endring")]
        assert changes == [f"Endring {number}" for number in range(60)]

    def test_a_moment_or_kind_nobody_knows_is_no_filter(self, cast: Cast, client_of: SignIn) -> None:
        a_life(cast, cast.olga, times=1)

        assert "Endring 0" in page_of(client_of(cast.ingrid), cast.olga, slag="tull", eldre="i fjor")

    def test_asks_as_often_for_much_as_for_little(self, cast: Cast, client_of: SignIn) -> None:
        a_life(cast, cast.olga, times=1)
        a_life(cast, cast.arne, times=30)
        client = client_of(cast.marit)
        counts = []
        for citizen in (cast.olga, cast.olga, cast.arne):
            with CaptureQueriesContext(connection) as asked:
                page_of(client, citizen)
            counts.append(len(asked))

        assert counts[1] == counts[2] <= 45
