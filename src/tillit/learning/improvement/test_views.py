"""The pages of pilots: from a new pilot to a team that is in it, by pressing; and what is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders, builders_insight
from tests.builders_pilots import Told, a_pilot, a_told_pilot, measured
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.foundation.access.roles import Role
from tillit.kernel import clock
from tillit.learning.improvement import actions
from tillit.learning.improvement.models import Baseline, BaselineValue, LogEntry, Pilot, PilotTeam
from tillit.learning.improvement.test_actions import MAY
from tillit.learning.insight.rules.claims import Rung, too_strong
from tillit.learning.insight.rules.months import add_months

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Figures that the test decides; it is Monday."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    return Told().answering(monkeypatch)


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

    def test_of_a_comparison_do_not_grow_with_its_teams(
        self, cast: Cast, told: Told, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pilot = a_running_pilot(cast, told, monkeypatch)
        client = signed_in(cast.marit.user)
        url = reverse("improvement:comparison", args=[pilot.pk])
        few = _count(client, url)
        for number in range(6):
            unit = builders.unit(f"Team {number}", parent=cast.south)
            PilotTeam.objects.create(
                pilot=pilot, unit=unit, variant="MODEL_2", joined_on=MONDAY_DATE, began_on=MONDAY_DATE,
                without_reason="Nytt team",
            )  # fmt: skip

        assert _count(client, url) == few


def _count(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


FEBRUARY = datetime(2027, 2, 22, 9, tzinfo=UTC)


def a_running_pilot(cast: Cast, told: Told, monkeypatch: pytest.MonkeyPatch) -> Pilot:
    """Bekkedal tries model 1, Solvik works as before: six months before, begun in November, looked at in February."""
    actor = replace(cast.marit.actor, grants=tuple(
        replace(grant, path=cast.south.path) for grant in cast.marit.actor.grants
    ))  # fmt: skip
    told.say(cast.bekkedal, MAY, {"K-1-28": [14, 15, 13, 14, 16, 12, 13, 10, 11, 9], "T-3": [7] * 10})
    told.say(cast.solvik, MAY, {"K-1-28": [12, 12, 13, 12, 13, 12, 12, 12, 13, 12], "T-3": [5] * 10})
    pilot = a_pilot(actor, cast.south, cast.bekkedal, at=MONDAY, joined_on=MONDAY_DATE)
    actions.add_team(
        actor=actor, pilot_id=pilot.pk, edition=None, unit_id=cast.solvik.pk, variant="ORDINARY", own_words="",
        joined_on=MONDAY_DATE, at=MONDAY,
    )  # fmt: skip
    measured(actor, pilot, at=MONDAY)
    actions.freeze_baseline(actor=actor, pilot_id=pilot.pk, edition=None, months=6, at=MONDAY)
    actions.start_pilot(actor=actor, pilot_id=pilot.pk, edition=None, at=MONDAY)
    monkeypatch.setattr(clock, "now", lambda: FEBRUARY)
    return pilot


class TestTheComparison:
    def test_shows_each_team_with_its_months_and_interval_R41(
        self, cast: Cast, told: Told, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pilot = a_running_pilot(cast, told, monkeypatch)
        builders.role(cast.frida.employee, Role.RESEARCHER, cast.municipality)
        page = signed_in(cast.frida.user).get(reverse("improvement:comparison", args=[pilot.pk])).content.decode()

        assert "Før og etter, mot team i ordinær drift" in page
        # December and January: 10 and 11; before: 14, 15, 13, 14, 16, 12, that is 14.
        assert "14,0 (6 måneder)" in page and "10,5 (2 måneder)" in page and "−3,5 (95 % KI" in page
        assert page.index("Team Bekkedal") < page.index("Team Solvik")

    def test_never_says_because_and_says_that_teams_are_few_R41(
        self, cast: Cast, told: Told, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pilot = a_running_pilot(cast, told, monkeypatch)
        builders.role(cast.frida.employee, Role.RESEARCHER, cast.municipality)
        page = signed_in(cast.frida.user).get(reverse("improvement:comparison", args=[pilot.pk])).content.decode()

        assert "For få team til å skille modellene (Modell 1 mot Ordinær drift: 1 mot 1)" in page
        assert "10,5 i månedene i pilot, mot 14,0 i nullpunktet" in page
        assert "Ingen har skrevet hvordan teamene kom med" in page
        assert not too_strong(page, Rung.BEYOND)

    def test_hides_what_the_reader_does_not_reach(
        self, cast: Cast, told: Told, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pilot = a_running_pilot(cast, told, monkeypatch)
        page = signed_in(cast.amir.user).get(reverse("improvement:comparison", args=[pilot.pk])).content.decode()

        assert "Utenfor det du når" in page and "Du når ikke alle teamene" in page
        assert "12,3" not in page and all(cast.solvik.pk not in units for units, _codes, _days in told.asked[-1:])

    def test_before_it_has_begun_says_that_there_is_nothing_after(self, cast: Cast, told: Told) -> None:
        pilot = a_pilot(cast.marit.actor, cast.bekkedal, cast.bekkedal, at=MONDAY, joined_on=MONDAY_DATE)
        measured(cast.marit.actor, pilot, at=MONDAY)
        page = signed_in(cast.marit.user).get(reverse("improvement:comparison", args=[pilot.pk])).content.decode()

        assert "Ingen team er i pilot ennå" in page

    def test_a_team_that_began_without_a_baseline_is_named(self, cast: Cast, told: Told) -> None:
        pilot = a_told_pilot(cast.marit.actor, cast.bekkedal, at=MONDAY, on=MONDAY_DATE)
        page = signed_in(cast.marit.user).get(reverse("improvement:comparison", args=[pilot.pk])).content.decode()

        assert "Uten nullpunkt, fordi: Teamet begynte før Tillit." in page


class TestOnInsightsOwnPage:
    def test_the_indicator_tells_before_and_after_from_the_frozen_baseline_R41(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(clock, "now", lambda: MONDAY)
        rows = builders_insight.figures(cast.bekkedal, [0.13, 0.14, 0.15, 0.10, 0.11, 0.12], code="P-1")
        client, url = signed_in(cast.marit.user), reverse("insight:indicator", args=[cast.bekkedal.pk, "P-1"])
        assert 'id="endring' not in client.get(url).content.decode()  # nothing is frozen
        pilot = a_pilot(cast.marit.actor, cast.bekkedal, cast.bekkedal, at=MONDAY, joined_on=date(2026, 8, 1))
        team = PilotTeam.objects.get(pilot=pilot)
        PilotTeam.objects.update(began_on=team.joined_on, has_baseline=True)
        frozen = Baseline.objects.create(
            team=team, first_on=MAY, after_on=date(2026, 8, 1), timing="AHEAD", signed_at=MONDAY
        )
        BaselineValue.objects.bulk_create(
            BaselineValue(
                baseline=frozen, code="P-1", version=row.version, starts_on=row.starts_on,
                ends_on=add_months(row.starts_on, 1), value=row.value, n=row.n,
            )
            for row in rows[:3]
        )  # fmt: skip

        page = client.get(url).content.decode().replace("\N{NO-BREAK SPACE}", " ")

        assert "11 % etterpå, mot 14 % før. Forskjellen i prosentpoeng er −3 (95 % KI −5 til −1)." in page
        assert "Etter: august–oktober 2026" in page
