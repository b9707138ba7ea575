"""The pages of models: editing, comparing, checking, putting into force, principles."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests import builders_responsibility as more
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.foundation.access.actor import system
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit
from tillit.foundation.responsibility import actions, queries, sources
from tillit.foundation.responsibility.models import Enactment, ModelVersion, Principles, RowChange, TeamModel
from tillit.foundation.responsibility.rules.tables import Cell
from tillit.foundation.responsibility.sources import Fate, InFlight
from tillit.kernel import clock

SignIn = Callable[[Member], Client]


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    yield
    sources.forget_in_flight_sources()


@pytest.fixture
def leader(cast: Cast, client_of: SignIn) -> Client:
    """Marit leads the southern district."""
    builders.role(cast.marit.employee, Role.DISTRICT_LEADER, cast.south)
    return client_of(cast.marit)


@pytest.fixture
def draft(cast: Cast) -> ModelVersion:
    one = more.shipped(MONDAY)[0]
    return actions.copy_model(
        actor=system("tests"),
        version_id=one.pk,
        owner_id=cast.south.pk,
        name="Vår modell",
        description="Innsatsteamet på sykehus",
        at=MONDAY,
    )


def text_of(client: Client, name: str, *args: int, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def typed(edition: int = 1, **cell: str) -> dict[str, str]:
    return {"holder": "RAPID_RESPONSE_TEAM", "note": "", "weeks": "", "edition": str(edition), "seen": "0", **cell}


def cell_at(version: ModelVersion, code: str = "HOSPITAL") -> str:
    return reverse("responsibility:change-cell", args=[version.pk, code])


class TestEditing:
    def test_a_district_leader_makes_a_variant_with_a_name_ready_R04(
        self, cast: Cast, leader: Client, client_of: SignIn
    ) -> None:
        one = more.shipped(MONDAY)[0]
        address = reverse("responsibility:copy-model", args=[one.pk])
        assert "Modell 1, vår variant" in leader.get(address).content.decode()

        answer = leader.post(address, {"name": "Modell 1, vår variant", "owner": str(cast.south.pk)})

        made = ModelVersion.objects.get(is_draft=True)
        assert answer.headers["Location"] == reverse("responsibility:model", args=[made.pk])
        assert made.model.owner == cast.south
        assert "Modell 1, vår variant 2" in leader.get(address).content.decode()
        assert client_of(cast.ingrid).post(address, {}).status_code == 403

    def test_a_cell_is_saved_at_once_marked_and_undone_R04(self, leader: Client, draft: ModelVersion) -> None:
        page = leader.post(cell_at(draft), typed(), headers={"HX-Request": "true"}).content.decode()

        assert page.count(" data-diff>") == 1
        assert "1 oppgave ligger annerledes enn i Modell 1." in page
        assert "<html" not in page
        undo = reverse("responsibility:undo-cell", args=[RowChange.objects.get().pk])
        assert f'action="{undo}"' in page

        leader.post(undo)

        assert " data-diff>" not in text_of(leader, "responsibility:model", draft.pk)

    def test_works_without_script(self, leader: Client, draft: ModelVersion) -> None:
        answer = leader.post(cell_at(draft), typed(weeks="3", note="Sammen"))

        assert answer.headers["Location"].endswith("#rad-hospital")
        assert queries.rows_of(draft.pk)["HOSPITAL"].cell == Cell("RAPID_RESPONSE_TEAM", "Sammen", 3)

    def test_two_at_the_same_cell_see_what_stands_and_keep_what_was_chosen(
        self, cast: Cast, leader: Client, draft: ModelVersion
    ) -> None:
        actions.change_cell(
            actor=cast.admin.actor,
            version_id=draft.pk,
            code="HOSPITAL",
            cell=Cell("PROVIDER", "Dagtid"),
            edition=1,
            at=MONDAY,
        )

        answer = leader.post(cell_at(draft), typed(note="Hver dag"))
        page = answer.content.decode()

        assert answer.status_code == 409
        assert "Valget ditt er ikke lagret. Nå står det:" in words(page)
        assert "Anne Data har også endret: Følge opp på sykehus" in words(page)
        assert '<option value="RAPID_RESPONSE_TEAM" selected>' in page
        assert 'value="Hver dag"' in page
        assert leader.post(cell_at(draft), typed(edition=2, note="Hver dag")).status_code == 302

    @pytest.mark.parametrize("wrong", [{"weeks": "mange"}, {"weeks": "0"}, {"holder": "WHO"}, {"note": "x" * 201}])
    def test_what_cannot_stand_there_is_told_in_its_row(
        self, leader: Client, draft: ModelVersion, wrong: dict[str, str]
    ) -> None:
        answer = leader.post(cell_at(draft), typed() | wrong)

        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
        assert not RowChange.objects.exists()

    def test_others_read_only_and_a_settled_version_is_adjusted_in_a_draft(
        self, cast: Cast, leader: Client, draft: ModelVersion, client_of: SignIn
    ) -> None:
        assert "<select" not in text_of(client_of(cast.ingrid), "responsibility:model", draft.pk)
        assert client_of(cast.ingrid).post(cell_at(draft), typed()).status_code == 403
        ModelVersion.objects.filter(pk=draft.pk).update(is_draft=False)

        assert leader.post(cell_at(draft), typed()).status_code == 409
        answer = leader.post(reverse("responsibility:adjust-model", args=[draft.pk]))

        new = ModelVersion.objects.get(is_draft=True)
        assert answer.headers["Location"] == reverse("responsibility:model", args=[new.pk])
        assert "Åpne utkastet" in text_of(leader, "responsibility:model", draft.pk)
        leader.post(reverse("responsibility:discard-draft", args=[new.pk]))
        assert not ModelVersion.objects.filter(is_draft=True).exists()

    def test_asks_the_same_few_questions_for_a_long_history(self, leader: Client, draft: ModelVersion) -> None:
        def count() -> int:
            text_of(leader, "responsibility:model", draft.pk)
            with CaptureQueriesContext(connection) as seen:
                text_of(leader, "responsibility:model", draft.pk)
            return len(seen)

        few = count()
        for edition, holder in enumerate(("PROVIDER", "TEAM") * 6, start=1):
            leader.post(cell_at(draft), typed(edition=edition, holder=holder))

        assert count() == few


class Flying:
    """What a case app would answer."""

    def in_flight(self, *, unit_ids: Collection[int], codes: Collection[str], on: date) -> Sequence[InFlight]:
        assert unit_ids
        assert on == date(2026, 12, 1)
        return [
            InFlight(Fate.STAYS, "", 3, "saker blir hos teamet"),
            InFlight(Fate.MOVES, "HOSPITAL", 2, f"oppfølginger flyttes ({','.join(codes)})"),
            InFlight(Fate.MOVES, "HOSPITAL", 0, "ingenting"),
        ]


class TestPuttingIntoForce:
    def posted(self, draft: ModelVersion, team: Unit, do: str = "save", **more_fields: str) -> dict[str, str]:
        principles = queries.principles_now()
        assert principles is not None
        return {
            "team": str(team.pk),
            "valid_from": "01.12.2026",
            "seen": f"{draft.pk}.{draft.edition}:{team.pk}:2026-12-01",
            "words": "Fordi innsatsteamet er der hver dag",
            f"prinsipp-{principles.entries[0].principle_id}": "SERVES",
            f"prinsipp-{principles.entries[1].principle_id}": "",
            "do": do,
            **more_fields,
        }

    @pytest.fixture
    def following(self, cast: Cast, draft: ModelVersion) -> ModelVersion:
        """Bekkedal follows the original; the draft gives hospital follow-up away."""
        original = draft.model.original
        assert original is not None
        TeamModel.objects.create(unit=cast.bekkedal, version=original, valid_from=MONDAY_DATE)
        actions.change_cell(
            actor=system("tests"),
            version_id=draft.pk,
            code="HOSPITAL",
            cell=Cell("RAPID_RESPONSE_TEAM"),
            edition=1,
            at=MONDAY,
        )
        draft.refresh_from_db()
        return draft

    def test_shows_what_changes_what_is_under_way_and_what_is_undefined_before_anything_is_done_R04_R08(
        self, cast: Cast, leader: Client, following: ModelVersion
    ) -> None:
        sources.register_in_flight_source(Flying())

        page = words(
            leader.get(
                reverse("responsibility:enact", args=[following.pk]), {"team": str(cast.bekkedal.pk)}
            ).content.decode()
        )

        assert "For Team Bekkedal får 1 oppgave ny ansvarlig fra tirsdag 1. desember." in page
        assert "2 oppfølginger flyttes (HOSPITAL)" in page
        assert page.index("oppfølginger flyttes") < page.index("3 saker blir hos teamet")
        assert "ingenting" not in page
        assert "Tabellen sier «Innsatsteam», men det finnes ikke noen slik enhet for Team Bekkedal." in page
        assert TeamModel.objects.count() == 1

    def test_says_nothing_of_what_is_under_way_when_nobody_knows(
        self, cast: Cast, leader: Client, following: ModelVersion
    ) -> None:
        page = text_of(leader, "responsibility:enact", following.pk, team=str(cast.bekkedal.pk))

        assert "Det som er i gang" not in page

    def test_one_press_puts_it_into_force_and_it_stands_on_the_teams_page_and_in_the_history_R57(
        self, cast: Cast, leader: Client, following: ModelVersion
    ) -> None:
        answer = leader.post(
            reverse("responsibility:enact", args=[following.pk]), self.posted(following, cast.bekkedal)
        )

        assert answer.status_code == 302
        for name, number in (("organisation:unit", cast.bekkedal.pk), ("responsibility:model", following.pk)):
            page = words(text_of(leader, name, number))
            assert "Fra 01.12.2026 for Team Bekkedal" in page
            assert "Bestemt av Marit Aune" in page
            assert "Støtter: Tillit og ansvar til de ansatte" in page
            assert "Fordi innsatsteamet er der hver dag" in page

        leader.post(reverse("responsibility:take-back", args=[Enactment.objects.get().pk]))

        assert "kommer 01.12.2026" not in text_of(leader, "organisation:unit", cast.bekkedal.pk)
        assert "tatt tilbake" in text_of(leader, "responsibility:model", following.pk)

    @pytest.mark.parametrize(
        ("other", "status", "told"),
        [
            ({"seen": ""}, 409, "Se over på nytt"),
            ({"valid_from": "02.12.2026"}, 409, "Se over på nytt"),
            ({"valid_from": "22.11.2026"}, 422, "Velg i dag eller en senere dag"),
            ({"valid_from": "i morgen"}, 422, "Skriv dagen som dag, måned og år"),
            ({"team": ""}, 422, "Velg hvilke team det gjelder"),
        ],
    )
    def test_only_what_was_looked_at_is_put_into_force_and_nothing_typed_is_lost(
        self, cast: Cast, leader: Client, following: ModelVersion, other: dict[str, str], status: int, told: str
    ) -> None:
        answer = leader.post(
            reverse("responsibility:enact", args=[following.pk]), self.posted(following, cast.bekkedal) | other
        )
        page = answer.content.decode()

        assert answer.status_code == status
        assert told in page
        assert "Fordi innsatsteamet er der hver dag" in page
        assert not Enactment.objects.exists()

    def test_asks_for_a_principle_or_a_word_R57(self, cast: Cast, leader: Client, following: ModelVersion) -> None:
        fields = self.posted(following, cast.bekkedal, words="")
        bare = {name: value for name, value in fields.items() if value != "SERVES"}

        answer = leader.post(reverse("responsibility:enact", args=[following.pk]), bare)

        assert answer.status_code == 422
        assert "Velg minst ett prinsipp" in answer.content.decode()

    def test_looking_swaps_the_preview_only(self, cast: Cast, leader: Client, following: ModelVersion) -> None:
        fields = self.posted(following, cast.bekkedal, do="")

        answer = leader.post(
            reverse("responsibility:enact", args=[following.pk]), fields, headers={"HX-Request": "true"}
        )

        assert answer.content.decode().lstrip().startswith('<div id="virkning"')
        assert not Enactment.objects.exists()

    def test_teams_of_others_are_not_there(self, cast: Cast, leader: Client, following: ModelVersion) -> None:
        page = text_of(leader, "responsibility:enact", following.pk, team=str(cast.fjelldal.pk))

        assert "Team Fjelldal" not in page
        assert "Team Solvik" in page

    def test_a_team_chooses_from_its_own_page_and_is_chosen_already(
        self, cast: Cast, leader: Client, following: ModelVersion, client_of: SignIn
    ) -> None:
        page = text_of(leader, "organisation:choose-model", cast.bekkedal.pk)

        assert f"{reverse('responsibility:enact', args=[following.pk])}?team={cast.bekkedal.pk}" in page
        assert "Følger nå" in page
        answer = client_of(cast.ingrid).get(reverse("organisation:choose-model", args=[cast.bekkedal.pk]))
        assert answer.status_code == 403


class TestOverviews:
    def test_the_check_says_what_and_who_mends_it_for_ones_own_teams_R08(
        self, cast: Cast, leader: Client, draft: ModelVersion
    ) -> None:
        heltom = more.shipped(MONDAY)[3]
        TeamModel.objects.create(unit=cast.bekkedal, version=heltom, valid_from=MONDAY_DATE)

        page = words(text_of(leader, "responsibility:check"))

        assert "Ja, for 1 av 1 team. Ordne det før noen går uten hjelp." in page
        assert "Tabellen sier ikke hvem som har ansvaret. Følge opp på sykehus, helsehus og KAD, nye brukere" in page
        assert "Lederen i distriktet bestemmer det i tabellen." in page
        assert "Team Solvik" in page
        assert "Team Fjelldal" not in page

    def test_the_original_beside_its_variants_shows_the_different_rows_R04(
        self, cast: Cast, leader: Client, draft: ModelVersion
    ) -> None:
        assert "Variantene er like originalen" in text_of(leader, "responsibility:variants")
        leader.post(cell_at(draft), typed())

        page = text_of(leader, "responsibility:variants")

        assert page.count('<th scope="row">') == 1
        assert "Vår modell, utkast" in page
        assert text_of(leader, "responsibility:variants", vis="alle").count('<th scope="row">') == 24

    def test_the_comparison_links_rows_variants_and_principles(
        self, cast: Cast, leader: Client, draft: ModelVersion
    ) -> None:
        page = text_of(leader, "responsibility:models", hoyre=str(draft.pk))

        assert 'id="rad-hospital"' in page
        assert "Vår modell, utkast" in page
        assert reverse("responsibility:principles") in page

    def test_before_any_model_is_stored_the_pages_say_so(self, cast: Cast, leader: Client) -> None:
        assert "Ingen modeller ennå" in text_of(leader, "responsibility:variants")
        assert "Ingen av teamene dine følger en modell ennå." in text_of(leader, "responsibility:check")
        assert "Ingen prinsipper ennå" in text_of(leader, "responsibility:principles")


class TestPrinciplesPage:
    def test_everybody_reads_them_and_the_keeper_writes_a_new_version_R57(
        self, cast: Cast, client_of: SignIn, draft: ModelVersion
    ) -> None:
        address = reverse("responsibility:edit-principles")
        assert "Åpenhet, klare mål og dialog" in text_of(client_of(cast.ingrid), "responsibility:principles")
        assert client_of(cast.ingrid).get(address).status_code == 403
        client = client_of(cast.admin)
        assert "Tjenester som vi vet virker" in text_of(client, "responsibility:edit-principles")

        fields = {
            "seen": "1",
            "source": "Kommunestyret",
            "title_1": "Brukeren først",
            "text_1": "Alltid",
            "title_2": "",
        }
        assert client.post(address, fields).status_code == 302

        page = text_of(client, "responsibility:principles")
        assert "Kilde: Kommunestyret" in page
        assert "Versjon 2 gjelder nå." in page
        assert "Åpenhet, klare mål og dialog" in page

    def test_two_who_write_are_told_and_keep_what_they_wrote(
        self, cast: Cast, client_of: SignIn, draft: ModelVersion
    ) -> None:
        client = client_of(cast.admin)
        address = reverse("responsibility:edit-principles")
        client.post(address, {"seen": "1", "source": "", "title_1": "Den første"})

        answer = client.post(address, {"seen": "1", "source": "", "title_1": "Den andre"})

        assert answer.status_code == 409
        assert "Den første" in answer.content.decode()
        assert 'value="Den andre"' in answer.content.decode()
        assert Principles.objects.count() == 2
        assert client.post(address, {"seen": "2", "source": "", "title_1": ""}).status_code == 422
