"""The pages of pilots: from a new pilot to a team that is in it, by pressing; and what is refused."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests.builders_pilots import Told, a_pilot, a_told_pilot, measured
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.foundation.access.roles import Role
from tillit.kernel import clock
from tillit.learning.improvement.models import Baseline, LogEntry, Pilot, PilotTeam
from tillit.learning.improvement.queries import figures
from tillit.learning.improvement.test_actions import MAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    """Figures that the test decides; it is Monday."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    before, source = figures.source(), Told()
    figures.register(source)
    yield source
    figures.register(before)


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


class TestFromNothingToInPilot:
    def test_is_a_handful_of_presses_R46(self, cast: Cast, told: Told) -> None:
        told.say(cast.bekkedal, MAY, {"K-1-28": [14, 15, 13, 14, 16, 12], "T-3": [7] * 6})
        client = signed_in(cast.marit.user)
        made = client.post(reverse("improvement:new"), {
            "name": "Tillitspiloten", "tries": "Teamet planlegger dagen selv.", "unit": cast.bekkedal.pk,
            "teams": [cast.bekkedal.pk], "variant": "MODEL_1", "joined_on": "23.11.2026",
        }, follow=True)  # fmt: skip
        pilot = Pilot.objects.get()
        assert "mangler" in made.content.decode().lower() and "Sett i pilot" not in made.content.decode()

        def press(name: str, **data: object) -> str:
            edition = Pilot.objects.get().edition
            return client.post(
                reverse(f"improvement:{name}", args=[pilot.pk]), {"edition": edition, **data}, follow=True
            ).content.decode()

        chosen = press("choose", CITIZENS="K-1-28")
        assert "14" in chosen and "6 av 6 måneder" in chosen and "60 brukere hver måned" in chosen
        assert "Kjøretid per besøk" in chosen  # what balances it comes by itself
        frozen = press("freeze", months=6)
        assert "Signert 23.11.2026 av Marit Aune" in frozen
        assert "Sett i pilot" in client.get(reverse("improvement:pilot", args=[pilot.pk])).content.decode()
        begun = press("start")
        assert "Piloten er i gang" in begun and PilotTeam.objects.get().began_on == MONDAY_DATE

    def test_a_reason_stands_on_both_pages_R46(self, cast: Cast, told: Told) -> None:
        pilot = a_told_pilot(cast.marit.actor, cast.bekkedal, at=MONDAY, on=MONDAY_DATE)
        client = signed_in(cast.amir.user)

        for name in ("pilot", "baseline"):
            page = client.get(reverse(f"improvement:{name}", args=[pilot.pk])).content.decode()
            assert "Uten nullpunkt, fordi: Teamet begynte før Tillit." in page
        assert "Uten nullpunkt" in client.get(reverse("improvement:index")).content.decode()


class TestWhatIsRefused:
    def test_keeps_what_was_typed_and_says_why(self, cast: Cast, told: Told) -> None:
        client = signed_in(cast.marit.user)
        answer = client.post(
            reverse("improvement:new"),
            {"name": "", "tries": "Noe helt nytt", "unit": cast.bekkedal.pk, "teams": [cast.bekkedal.pk],
             "variant": "OWN", "joined_on": "31.02.2026"},
        )  # fmt: skip

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Fyll ut «Hva heter piloten?»" in page
        assert "31.02.2026 finnes ikke" in page
        assert "Noe helt nytt" in page

    def test_too_few_months_are_named_on_the_page(self, cast: Cast, told: Told) -> None:
        pilot = a_pilot(cast.marit.actor, cast.bekkedal, cast.bekkedal, at=MONDAY, joined_on=MONDAY_DATE)
        pilot = measured(cast.marit.actor, pilot, at=MONDAY)
        answer = signed_in(cast.marit.user).post(
            reverse("improvement:freeze", args=[pilot.pk]), {"edition": pilot.edition, "months": 6}
        )

        assert answer.status_code == 422
        assert "Team Bekkedal har 0 punkter med tall" in answer.content.decode() and not Baseline.objects.exists()

    def test_a_stale_form_is_told_and_nothing_is_frozen_R06(self, cast: Cast, told: Told) -> None:
        pilot = a_pilot(cast.marit.actor, cast.bekkedal, cast.bekkedal, at=MONDAY, joined_on=MONDAY_DATE)
        pilot = measured(cast.marit.actor, pilot, at=MONDAY)
        url = reverse("improvement:freeze", args=[pilot.pk])

        assert signed_in(cast.marit.user).post(url, {"edition": 1, "months": 6}).status_code == 409
        assert signed_in(cast.marit.user).post(url, {"months": 6}).status_code == 409

    def test_who_only_sees_may_press_nothing(self, cast: Cast, told: Told) -> None:
        pilot = a_told_pilot(cast.marit.actor, cast.bekkedal, at=MONDAY, on=MONDAY_DATE)
        amir, nils = signed_in(cast.amir.user), signed_in(cast.nils.user)

        page = amir.get(reverse("improvement:pilot", args=[pilot.pk])).content.decode()
        assert "Sett i pilot" not in page and "Skriv i loggen" in page
        assert amir.post(reverse("improvement:start", args=[pilot.pk]), {"edition": pilot.edition}).status_code == 403
        assert nils.get(reverse("improvement:pilot", args=[pilot.pk])).status_code == 404

    def test_a_researcher_sees_the_pilot_and_writes_nothing(self, cast: Cast, told: Told) -> None:
        pilot = a_told_pilot(cast.marit.actor, cast.bekkedal, at=MONDAY, on=MONDAY_DATE)
        builders.role(cast.frida.employee, Role.RESEARCHER, cast.municipality)
        client = signed_in(cast.frida.user)
        log = reverse("improvement:write_log", args=[pilot.pk])

        assert client.get(reverse("improvement:baseline", args=[pilot.pk])).status_code == 200
        page = client.get(reverse("improvement:pilot", args=[pilot.pk])).content.decode()
        assert f'href="{log}"' not in page
        answer = client.post(log, {"kind": "LEARNED", "words": "Nytt", "happened_on": "23.11.2026"})
        assert answer.status_code == 403 and LogEntry.objects.count() == 3


class TestTheQueries:
    def test_do_not_grow_with_the_teams_or_the_log(self, cast: Cast, told: Told) -> None:
        pilot = a_told_pilot(cast.marit.actor, cast.bekkedal, at=MONDAY, on=MONDAY_DATE)
        client = signed_in(cast.marit.user)
        urls = [reverse("improvement:index"), reverse("improvement:pilot", args=[pilot.pk])]
        few = [_count(client, url) for url in urls]
        for number in range(6):
            unit = builders.unit(f"Team {number}", parent=cast.bekkedal)
            PilotTeam.objects.create(pilot=pilot, unit=unit, variant="MODEL_2", joined_on=MONDAY_DATE)
            LogEntry.objects.create(
                pilot=pilot, kind="LEARNED", words="Mer", happened_on=MONDAY_DATE, written_at=MONDAY
            )

        assert [_count(client, url) for url in urls] == few


def _count(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)
