"""Every answer is whole sentences in plain Norwegian, without codes."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests import builders_authority
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast
from tillit.foundation.access.actor import system
from tillit.foundation.access.roles import Role
from tillit.foundation.authority import queries, words
from tillit.foundation.authority.models import ServiceType
from tillit.foundation.authority.queries import InRole
from tillit.foundation.organisation.models import UnitKind

Ask = Callable[..., words.Words]


@pytest.fixture
def services(cast: Cast) -> dict[str, ServiceType]:
    return builders_authority.services(MONDAY)


@pytest.fixture
def ask(cast: Cast, services: dict[str, ServiceType]) -> Ask:
    """Marit asks about five hours of nursing a week for half a year in Bekkedal; say what is otherwise."""

    def asked(**more: Any) -> words.Words:
        question: dict[str, Any] = {
            "actor": cast.marit.actor,
            "code": "HOME_NURSING",
            "extent": Decimal(5),
            "days": 180,
            "unit_id": cast.bekkedal.pk,
            "on": MONDAY_DATE,
        }
        return words.words_for(queries.may_decide(**(question | more)))

    return asked


class TestWords:
    def test_a_named_person_and_a_document_without_an_end(
        self, cast: Cast, services: dict[str, ServiceType], ask: Ask
    ) -> None:
        document = builders_authority.delegation("2026-07", valid_to=None)
        builders_authority.authority(services["HOME_NURSING"], document=document, employee=cast.marit.employee)

        said = ask()
        refused = ask(actor=cast.ingrid.actor)

        assert said.because == "Fordi kommunedirektøren har delegert hjemmesykepleie til deg ved navn."
        assert said.source == "Delegering 2026-07, uten sluttdato"
        assert (refused.heading, refused.tag) == ("Dette avgjør Marit Aune", "Marit Aune avgjør")

    def test_too_long_and_without_an_end(self, services: dict[str, ServiceType], ask: Ask) -> None:
        builders_authority.authority(services["HOME_NURSING"], max_days=90)
        builders_authority.authority(services["HOME_NURSING"], Role.DISTRICT_LEADER)

        assert ask().because.startswith(
            "Fordi du kan avgjøre hjemmesykepleie i vedtak for høyst 90 dager. Dette er for 180 dager."
        )
        assert "Dette har ingen sluttdato." in ask(days=None).because

    def test_too_much_before_it_is_written_how_much(self, services: dict[str, ServiceType], ask: Ask) -> None:
        builders_authority.authority(services["HOME_NURSING"], max_extent=1)
        builders_authority.authority(services["HOME_NURSING"], Role.DISTRICT_LEADER)

        assert "Du kan avgjøre hjemmesykepleie for inntil 1 time i uka. Skriv hvor mye" in ask(extent=None).because

    def test_above_what_anybody_may(self, cast: Cast, services: dict[str, ServiceType], ask: Ask) -> None:
        builders_authority.authority(services["HOME_NURSING"], Role.DISTRICT_LEADER, max_extent=1)

        assert ask().heading == "Ingen kan avgjøre dette"
        assert ask().because.startswith("Ingen har fått delegert så mye hjemmesykepleie.")

    def test_the_system_and_a_service_that_has_ended(self, services: dict[str, ServiceType], ask: Ask) -> None:
        builders_authority.authority(services["HOME_NURSING"])
        assert ask(actor=system("nightly")).heading == "Bare et menneske kan fatte vedtak"

        ServiceType.objects.filter(code="HOME_NURSING").update(valid_to=MONDAY_DATE)

        assert ask().because == "Kommunen gir ikke hjemmesykepleie den dagen vedtaket fattes."
        assert (ask().tag, ask().may) == ("Ikke i bruk", False)

    def test_disqualified_names_no_subordinate_who_stands_in(
        self, cast: Cast, services: dict[str, ServiceType], ask: Ask
    ) -> None:
        builders_authority.authority(services["HOME_NURSING"])
        builders_authority.acting_leader(cast.kari.employee, cast.bekkedal, MONDAY_DATE, TUESDAY_DATE)

        said = ask(disqualified_ids={cast.marit.employee.pk})

        assert said.because == (
            "Derfor kan du ikke avgjøre hjemmesykepleie. En som er direkte underordnet deg, kan heller ikke. "
            "Den som leder deg, bestemmer hvem som tar saken."
        )
        assert said.tag == "Du er inhabil"

    def test_a_whole_group_is_called_by_its_name(self, services: dict[str, ServiceType], ask: Ask) -> None:
        builders_authority.authority(group="HOME")

        assert "har delegert alt i gruppa «Hjelp hjemme» til deg." in ask().because

    def test_nothing_is_decided_by_nobody(self) -> None:
        with pytest.raises(ValueError, match="nothing to decide"):
            words.words_for_all(())


class TestPieces:
    @pytest.mark.parametrize(
        ("extent_in", "extent", "said"),
        [
            ("HOURS_A_WEEK", "1", "1 time i uka"),
            ("HOURS_A_WEEK", "9.5", "9,5 timer i uka"),
            ("DAYS", "14", "14 døgn"),
            ("TIMES_A_WEEK", "1", "1 gang i uka"),
            ("PIECES", "2", "2 stykker"),
        ],
    )
    def test_extents(self, extent_in: str, extent: str, said: str) -> None:
        assert words.extent_in_words(extent_in, Decimal(extent)) == said

    @pytest.mark.parametrize(
        ("role", "kind", "said"),
        [
            (Role.TEAM_LEADER, UnitKind.TEAM, "teamleder for Sør"),
            (Role.TEAM_LEADER, UnitKind.OFFICE, "leder av Sør"),
            (Role.DISTRICT_LEADER, UnitKind.DISTRICT, "leder i Sør"),
            (Role.CASE_WORKER, UnitKind.OFFICE, "saksbehandler i Sør"),
            (Role.CARE_WORKER, UnitKind.TEAM, "medarbeider i Sør"),
        ],
    )
    def test_roles_in_units(self, role: Role, kind: UnitKind, said: str) -> None:
        assert words.place_in_words(InRole(role, 1, "Sør", kind)) == said
        assert words.place_in_words(InRole(role, 1, "Sør", kind, acting=True)) == f"fungerende {said}"

    def test_the_last_day_is_the_day_before_the_first_it_does_not_hold(self) -> None:
        assert words.until(date(2026, 1, 1), date(2028, 1, 1), on=MONDAY_DATE) == "Til og med 31.12.2027"
        assert words.until(TUESDAY_DATE, None, on=MONDAY_DATE) == "Fra 24.11.2026, uten sluttdato"

    def test_names_in_the_middle_of_a_sentence(self) -> None:
        assert [words.in_sentence(name) for name in ("Hjemmesykepleie", "BPA", "TT-kort")] == [
            "hjemmesykepleie", "BPA", "TT-kort",
        ]  # fmt: skip
        assert words.listed(["a", "b", "c"]) == "a, b og c"
