"""Somebody moves to the municipality: received where the table says, ready on the day (R04, R07, R19)."""

from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests import builders_decisions as cases
from tests import builders_responsibility as map_builders
from tests.builders_decisions import MODEL_1, MODEL_2, Office
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.care.citizens import rules as citizen_rules
from tillit.care.citizens.actions import register_citizen
from tillit.care.citizens.models import Home, Move
from tillit.care.citizens.rules.moving import MovesIn
from tillit.care.decisions import actions
from tillit.care.decisions.models import Case, CaseEvent, Holding, Origin
from tillit.care.decisions.queries.placing import rows_of_cases
from tillit.care.decisions.rules.next_holder import NextRow, next_row
from tillit.care.decisions.rules.states import State
from tillit.foundation.access.actor import Actor
from tillit.foundation.responsibility.rules.routing import Arrival, Rows, rows_for
from tillit.kernel import clock

THE_DAY = MONDAY_DATE + timedelta(days=10)
HOME = citizen_rules.HomeText(street="Nygata 3", postal_code="6790", place="Fjordvik")
RUTH = actions.NewCitizen(given_name="Ruth", family_name="Berg", numbers=citizen_rules.Numbers.SYNTHETIC, home=HOME)


@pytest.fixture
def office(cast: Cast) -> Office:
    """The office and the teams for new citizens; Solvik has the area she moves to."""
    map_builders.area(cast.solvik, codes=["6790"])
    return cases.office(cast)


def said(*codes: str, urgent_from: date | None = None, help_before: str = "Hjemmesykepleie, Alver") -> actions.Asked:
    asked = cases.asked(*codes, urgent_from=urgent_from)
    return actions.Asked(
        **{name: getattr(asked, name) for name in asked.__dataclass_fields__ if name != "moves_in"},
        moves_in=MovesIn(THE_DAY, help_before),
    )


def moves_in(actor: Actor, asked: actions.Asked) -> Case:
    return actions.receive_case(actor=actor, citizen=RUTH, asked=asked, at=MONDAY)[0]


class TestReceived:
    def test_with_an_application_it_goes_where_the_table_of_the_new_address_says_R04(
        self, cast: Cast, office: Office
    ) -> None:
        cases.follows_model(cast.bekkedal, MODEL_1)
        cases.follows_model(cast.solvik, MODEL_2, "Modell 2")

        case = moves_in(cast.ingrid.actor, said("HOME_NURSING"))

        offer = Holding.objects.get(case=case, answer="")
        assert (offer.unit, offer.responsibility) == (office.unit, "NEW_CASE_WORK")
        assert CaseEvent.objects.get(case=case, step="APPLY").data["arrival"] == Arrival.MOVED_IN
        assert rows_of_cases([case])[case.pk] == rows_for(Arrival.MOVED_IN, is_new=True)
        assert Home.objects.get(citizen=case.citizen).valid_from == THE_DAY
        assert Move.objects.get().help_before == "Hjemmesykepleie, Alver"

    def test_the_team_has_it_itself_in_model_1_R04(self, cast: Cast, office: Office) -> None:
        cases.follows_model(cast.solvik, MODEL_1)

        case = moves_in(cast.nils.actor, said("HOME_NURSING"))

        assert (case.unit, Holding.objects.filter(answer="").exists()) == (cast.solvik, False)

    def test_help_that_cannot_wait_begins_the_day_she_moves_R21(self, cast: Cast, office: Office) -> None:
        cases.follows_model(cast.solvik, MODEL_1)

        case = moves_in(cast.nils.actor, said("HOME_NURSING", urgent_from=MONDAY_DATE))

        case.refresh_from_db()
        assert case.urgent_from == THE_DAY

    def test_the_weeks_of_the_assessment_team_begin_the_day_she_moves_R07(self, cast: Cast, office: Office) -> None:
        version = cases.follows_model(cast.solvik, MODEL_2 | {"NEW_CASE_WORK": "ASSESSMENT_TEAM"})
        version.rows.filter(responsibility="NEW_ASSESS").update(weeks=4)
        case = moves_in(cast.nils.actor, said("HOME_NURSING"))

        actions.accept_case(actor=office.vera.actor, holding_id=Holding.objects.get(case=case, answer="").pk, at=MONDAY)

        case.refresh_from_db()
        assert case.assessment_until == THE_DAY + timedelta(weeks=4)


class TestRegistered:
    def test_whoever_is_only_registered_is_received_as_a_contact_R04(self, cast: Cast, office: Office) -> None:
        cases.follows_model(cast.bekkedal, MODEL_2)

        ruth = register_citizen(
            actor=cast.ingrid.actor,
            given_name="Ruth",
            family_name="Berg",
            unit_id=cast.bekkedal.pk,
            valid_from=MONDAY_DATE,
            numbers=citizen_rules.Numbers.SYNTHETIC,
            home=HOME,
            moves_in=MovesIn(THE_DAY, "Hjemmesykepleie, Alver"),
            at=MONDAY,
        )

        case = Case.objects.get(citizen=ruth)
        assert (case.state, case.origin, case.words) == ("CONTACT", Origin.OWN_INITIATIVE, "Hjemmesykepleie, Alver")
        assert Holding.objects.get(case=case, answer="").unit == office.unit
        assert Move.objects.count() == 1

    def test_on_the_page_and_on_to_where_it_went_R04(
        self, cast: Cast, office: Office, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(clock, "now", lambda: MONDAY)
        cases.follows_model(cast.bekkedal, MODEL_2)
        client.force_login(cast.ingrid.user)
        about = {
            "given_name": "Ruth", "family_name": "Berg", "street": "Bekken 1", "postal_code": "6700",
            "place": "Fjordvik", "unit": cast.bekkedal.pk, "valid_from": "2026-11-23", "moves_in": "on",
        }  # fmt: skip
        assert client.post("/brukere/ny/", about).status_code == 422  # which day?

        answer = client.post("/brukere/ny/", about | {"moves_on": THE_DAY.isoformat()}, follow=True)

        text = answer.content.decode()
        assert "Sendt til Tjenestekontoret" in text and "Hvorfor her?" in text
        assert "Flytter hit" in text and "Skriv hjelpen før" in text
        case = Case.objects.get()
        for page in (f"/saker/{case.pk}/", "/saker/?ko=ours", f"/brukere/{case.citizen_id}/flytter-hit/"):
            shown = client.get(page)
            assert shown.status_code == 200
            assert "Flytter hit" in shown.content.decode()


ROWS = Rows("R", "A", "W", "D", "G")
KNOWN = Rows("K", "K", "K", "", "P")
UNITS = {"R": (1,), "A": (2,), "W": (1,), "D": (3,), "K": (4,)}


class TestWhereNext:
    @pytest.mark.parametrize(
        ("state", "is_assessed", "holder", "row", "is_now"),
        [
            (State.RECEIVED, False, 4, "R", True),  # it lies with those who do not receive
            (State.RECEIVED, False, 1, "A", True),
            (State.ASSESSMENT, False, 2, "W", False),  # they assess first
            (State.ASSESSMENT, True, 2, "W", True),
            (State.ASSESSMENT, True, 1, "D", False),  # it is assessed: not back to those who did; they prepare first
            (State.PROPOSED, True, 1, "D", True),
            (State.ACTIVE, True, 1, "K", True),  # decided: on to the team
            (State.NOTIFIED, True, 1, "K", True),
            (State.ACTIVE, True, 4, "", False),
        ],
    )
    def test_one_row_is_next_R04_R07(
        self, state: State, is_assessed: bool, holder: int, row: str, is_now: bool
    ) -> None:
        found = next_row(state, rows=ROWS, known=KNOWN, is_assessed=is_assessed, holder_id=holder, units=UNITS)
        assert found == NextRow(row, is_now)

    @given(
        st.sampled_from(list(State)),
        st.booleans(),
        st.integers(1, 5),
        st.dictionaries(st.sampled_from(["R", "A", "W", "D", "K"]), st.lists(st.integers(1, 5), max_size=2).map(tuple)),
    )
    def test_never_to_those_who_have_it_and_never_to_nobody(
        self, state: State, is_assessed: bool, holder: int, units: dict[str, tuple[int, ...]]
    ) -> None:
        found = next_row(state, rows=ROWS, known=KNOWN, is_assessed=is_assessed, holder_id=holder, units=units)
        assert not found.code or (units[found.code] and holder not in units[found.code])

    def test_the_case_says_whose_turn_it_is_by_the_table_alone_R04(
        self, cast: Cast, office: Office, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(clock, "now", lambda: MONDAY)
        cases.follows_model(cast.bekkedal, MODEL_2)
        case = cases.received(cast.ingrid.actor, cast.olga)
        actions.accept_case(actor=office.olav.actor, holding_id=Holding.objects.get(case=case, answer="").pk, at=MONDAY)
        client.force_login(office.olav.user)
        assert "Send til Vurderingsteamet" in client.get(f"/saker/{case.pk}/").content.decode()

        case.refresh_from_db()
        actions.offer_case(
            actor=office.olav.actor, case_id=case.pk, edition=case.edition, unit_id=office.assessors.pk,
            must_know="Ring.", at=MONDAY,
        )  # fmt: skip
        offer = Holding.objects.get(case=case, answer="")
        actions.accept_case(actor=office.vera.actor, holding_id=offer.pk, at=MONDAY)
        client.force_login(office.vera.user)
        text = client.get(f"/saker/{case.pk}/").content.decode()
        assert "Start vurderingen" in text and "Send til" not in text

    def test_the_form_begins_with_it_and_tells_why_R07(
        self, cast: Cast, office: Office, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(clock, "now", lambda: MONDAY)
        cases.follows_model(cast.bekkedal, MODEL_2)
        case = cases.received(cast.ingrid.actor, cast.olga)
        actions.accept_case(actor=office.olav.actor, holding_id=Holding.objects.get(case=case, answer="").pk, at=MONDAY)
        case.refresh_from_db()
        client.force_login(office.olav.user)
        address = f"/saker/{case.pk}/send-videre/"

        page = client.get(address)

        assert page.context["form"].fields["unit"].initial == str(office.assessors.pk)
        text = page.content.decode()
        assert "Vurderingsteamet: vurdere behovet" in text and "Hvorfor dit?" in text
        sent = {"unit": office.assessors.pk, "must_know": "Ring først.", "edition": case.edition}
        assert client.post(address, sent | {"must_know": ""}).status_code == 422
        assert client.post(address, sent | {"other": cast.solvik.pk}).status_code == 302
        offer = Holding.objects.get(case=case, answer="")
        assert (offer.unit, offer.responsibility) == (cast.solvik, "")
