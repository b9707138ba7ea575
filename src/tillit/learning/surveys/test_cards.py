"""Cards: made of the key, good for one answer, forgotten when the survey is closed; paper by others than the team."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests import builders, builders_surveys
from tests.builders_surveys import alike
from tests.cast import MONDAY, Cast
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.roles import Role
from tillit.foundation.login.models import Throttle
from tillit.foundation.login.rules.limits import Bound, Door
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, NotAllowed, NotFound
from tillit.learning.surveys import actions, queries
from tillit.learning.surveys.models import Answer, Campaign, Urn
from tillit.learning.surveys.rules import cards
from tillit.learning.surveys.rules.shipped import shipped

pytestmark = pytest.mark.django_db


def _codes(campaign: Campaign) -> tuple[str, ...]:
    return queries.cards_of(campaign, campaign.groups.get())


class TestCodes:
    def test_are_the_same_each_time_and_all_different(self) -> None:
        made = [cards.card_code("k" * 64, 7, number) for number in range(1, 201)]

        assert made == [cards.card_code("k" * 64, 7, number) for number in range(1, 201)]
        assert len(set(made)) == 200
        assert cards.card_code("k" * 64, 8, 1) != made[0]
        assert cards.card_code("j" * 64, 7, 1) != made[0]

    @pytest.mark.parametrize("typed", ["abc def ghj", " ABC-DEF-GHJ ", "abcdefghj"])
    def test_are_read_as_people_type_them(self, typed: str) -> None:
        assert cards.read_code(typed) == "ABCDEFGHJ"

    @pytest.mark.parametrize("typed", ["", "ABC DEF GH", "ABC DEF GH0", "ABC DEF GHJK", "æøå æøå æøå"])
    def test_what_no_card_has_is_no_code(self, typed: str) -> None:
        assert cards.read_code(typed) is None

    def test_what_is_printed_is_read_back(self) -> None:
        code = cards.card_code("k" * 64, 7, 1)
        assert cards.read_code(cards.spaced(code)) == code


class TestAnsweringByCard:
    def test_counts_once_for_each_card_and_leaves_no_trace_R40(self, cast: Cast) -> None:
        campaign = builders_surveys.by_cards(cast)
        code = _codes(campaign)[0]
        before = AuditEntry.objects.count()

        actions.cast_card(card=code, said=alike("citizens", 3), at=MONDAY)
        with pytest.raises(actions.AlreadyAnswered):
            actions.cast_card(card=code, said=alike("citizens", 1), at=MONDAY)

        assert Urn.objects.get().ballots == 1
        assert AuditEntry.objects.count() == before

    def test_cards_are_nothing_when_the_survey_is_closed(self, cast: Cast) -> None:
        campaign = builders_surveys.by_cards(cast)
        codes = _codes(campaign)
        for code in codes[:6]:
            actions.cast_card(card=code, said=alike("citizens", 3), at=MONDAY)
        builders_surveys.closed(campaign)

        assert queries.find_card(codes[6], at=MONDAY) is None
        assert _codes(campaign) == ()
        with pytest.raises(actions.UnknownCard):
            actions.cast_card(card=codes[6], said=alike("citizens", 3), at=MONDAY)
        group = campaign.groups.get()
        assert (group.invited, group.answered, Answer.objects.count()) == (8, 6, 6)

    def test_a_card_of_another_survey_is_no_card_of_this(self, cast: Cast) -> None:
        first, second = builders_surveys.by_cards(cast), builders_surveys.by_cards(cast, instrument="relatives")

        with pytest.raises(actions.UnknownCard):
            actions.cast_card(card=_codes(first)[0], said={}, at=MONDAY, campaign_id=second.pk)

    @pytest.mark.parametrize("count", [0, 4, 201])
    def test_too_few_or_too_many_cards_are_refused(self, cast: Cast, count: int) -> None:
        with pytest.raises(ActionRefused):
            builders_surveys.by_cards(cast, cards=count)

    def test_those_outside_are_asked_by_cards_and_the_team_in_the_app(self, cast: Cast) -> None:
        builders_surveys.people(cast.bekkedal, 4, family="Berg")
        with pytest.raises(ActionRefused):
            builders_surveys.by_cards(cast, instrument="team")
        with pytest.raises(ActionRefused):
            builders_surveys.launched(cast, instrument="citizens")

    def test_nobody_is_reminded_of_cards(self, cast: Cast) -> None:
        campaign = builders_surveys.by_cards(cast)
        with pytest.raises(ActionRefused):
            actions.remind(actor=builders_surveys.KEEPER, campaign_id=campaign.pk, edition=1, at=MONDAY)


class TestPaper:
    @pytest.fixture
    def outside(self, cast: Cast) -> Any:
        """The union's representative, who works elsewhere."""
        one = builders_surveys.people(cast.fjelldal, 1, family="Fjell")[0]
        builders.role(one, Role.REPRESENTATIVE, cast.municipality)
        return builders_surveys.actor(one)

    def test_is_typed_in_by_one_outside_the_team_on_its_card_R40(self, cast: Cast, outside: Any) -> None:
        campaign = builders_surveys.by_cards(cast)

        actions.enter_answers(
            actor=outside, campaign_id=campaign.pk, card=cards.spaced(_codes(campaign)[1]).lower(),
            said=alike("citizens", 2), at=MONDAY,
        )  # fmt: skip

        assert Urn.objects.get().ballots == 1
        assert queries.enters(outside, campaign)

    def test_members_are_refused_whatever_else_they_are_R40(self, cast: Cast) -> None:
        builders.role(cast.ingrid.employee, Role.REPRESENTATIVE, cast.municipality)
        ingrid = builders_surveys.actor(cast.ingrid.employee)
        campaign = builders_surveys.by_cards(cast)

        with pytest.raises(NotAllowed):
            actions.enter_answers(
                actor=ingrid, campaign_id=campaign.pk, card=_codes(campaign)[0], said=alike("citizens", 2), at=MONDAY
            )
        assert not queries.enters(ingrid, campaign)
        assert Urn.objects.get().ballots == 0

    def test_others_do_not_find_it(self, cast: Cast) -> None:
        campaign = builders_surveys.by_cards(cast)
        with pytest.raises((NotAllowed, NotFound)):
            actions.may_enter(cast.nils.actor, campaign.pk)


class TestPages:
    def test_the_door_leads_from_the_card_to_the_urn_without_a_login(self, cast: Cast, client: Client) -> None:
        campaign = builders_surveys.by_cards(cast, at=clock.now())
        code = _codes(campaign)[0]

        wrong = client.post("/svar/", {"card": "ABC DEF GHJ"})
        first = client.post("/svar/", {"card": code.lower()})
        sent = client.post("/svar/", {"card": code, "go": "send", **alike("citizens", 3)})
        again = client.post("/svar/", {"card": code})

        assert wrong.status_code == 422 and "ABC DEF GHJ" in wrong.content.decode()
        assert f'name="card" value="{code}"' in first.content.decode()
        assert "Svarene dine ligger i urna" in sent.content.decode()
        assert "Kortet er brukt" in again.content.decode()
        assert Urn.objects.get().ballots == 1
        assert client.get("/svar/").status_code == 200
        assert client.post("/svar/", {"card": ""}).status_code == 422

    def test_larger_text_goes_from_the_door_through_every_press_and_is_kept_nowhere_R39(
        self, cast: Cast, client: Client
    ) -> None:
        code = _codes(builders_surveys.by_cards(cast, at=clock.now()))[0]
        on, carried = 'class="ti-larger"', 'name="large" value="1"'

        def page(**said: str) -> str:
            return client.post("/svar/", said).content.decode()

        door = page(card=code[:4], go="larger")
        assert on in door and carried in door and f'value="{code[:4]}"' in door and "Fant ikke" not in door
        assert on not in page(card="", go="usual", large="1")
        first = page(card=code, large="1")
        chosen = page(card=code, large="1", at="H1", H1="3", go="next")
        assert "ti-larger" in first and "ti-larger" in chosen and carried in chosen
        back = page(card=code, large="1", at="H2", H1="3", H2="4", go="usual")
        assert "ti-larger" not in back and 'value="4" checked' in back and 'name="at" value="H2"' in back
        assert "ti-larger" in page(card=code, large="1", go="send", H1="3")  # thanks, in the same size
        assert not client.cookies.keys() - {"csrftoken"}
        assert "ti-larger" not in client.get("/svar/").content.decode()  # the next one begins anew

    def test_guessing_from_one_address_has_to_wait_and_a_whole_team_there_does_not_R40(
        self, cast: Cast, client: Client, settings: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        settings.LIMITS = {door: Bound(3, timedelta(seconds=2)) for door in Door}
        codes = _codes(builders_surveys.by_cards(cast, at=clock.now(), cards=10))

        for code in codes[:8]:  # all at once, three presses each, behind the same address
            for _press in range(3):
                assert client.post("/svar/", {"card": code}).status_code == 200
        assert not Throttle.objects.exists()  # nothing says that anybody was there

        answers = [client.post("/svar/", {"card": f"ZZZ ZZZ ZZ{letter}"}) for letter in "ABCDE"]

        assert [one.status_code for one in answers] == [422, 422, 422, 429, 429]
        assert 0 < int(answers[-1]["Retry-After"]) <= 2 and "ZZZ ZZZ ZZE" in answers[-1].content.decode()
        assert client.post("/svar/", {"card": codes[9]}).status_code == 429
        assert Client(REMOTE_ADDR="203.0.113.9").post("/svar/", {"card": codes[9]}).status_code == 200
        said = [one.getMessage() for one in caplog.records if "Too often" in one.getMessage()]
        assert set(said) == {"Too often in vain through the door CARD"}

    def test_the_sheet_has_every_card_and_no_code_in_an_address(self, cast: Cast, client: Client) -> None:
        campaign = builders_surveys.by_cards(cast, at=clock.now())
        assert cast.marit.employee.user is not None
        client.force_login(cast.marit.employee.user)

        page = client.get(f"/undersokelser/{campaign.pk}/kort/").content.decode()

        assert all(cards.spaced(code) in page for code in _codes(campaign))
        assert "/svar/?" not in page
        assert client.get(f"/undersokelser/{campaign.pk}/kort/?enhet=999999").status_code == 404

    def test_the_questions_are_printed_for_those_who_hand_out_in_the_language_chosen_R39(
        self, cast: Cast, client: Client
    ) -> None:
        campaign = builders_surveys.by_cards(cast, at=clock.now())
        address = f"/undersokelser/{campaign.pk}/papir/"
        assert cast.marit.employee.user is not None and cast.ingrid.employee.user is not None
        client.force_login(cast.marit.employee.user)

        paper, english = (client.get(f"{address}?sprak={one}").content.decode() for one in ("xx", "en"))

        found = shipped("citizens")
        assert found is not None
        asked = [f"{number}. {item.text.nb}" for number, item in enumerate(found.items, 1)]
        assert all(text in paper for text in asked) and paper.count("Vet ikke") == 11
        assert "13. Did you get help to answer?" in english and '<html lang="en"' in english
        assert address in client.get(f"/undersokelser/{campaign.pk}/").content.decode()
        client.force_login(cast.ingrid.employee.user)
        assert client.get(address).status_code in (403, 404)

    def test_a_paper_without_its_card_comes_back_with_what_was_typed(self, cast: Cast, client: Client) -> None:
        campaign = builders_surveys.by_cards(cast, instrument="relatives", at=clock.now())
        one = builders_surveys.people(cast.fjelldal, 1, family="Fjell")[0]
        builders.role(one, Role.REPRESENTATIVE, cast.municipality)
        assert one.user is not None
        client.force_login(one.user)

        answer = client.post(f"/undersokelser/{campaign.pk}/skriv-inn/", {"card": "x", "P1": "4", "P8": "Takk"})
        sent = client.post(f"/undersokelser/{campaign.pk}/skriv-inn/", {"card": _codes(campaign)[0], "P1": "4"})

        page = answer.content.decode()
        assert answer.status_code == 422 and "Takk" in page and 'value="4" checked' in page
        assert sent.status_code == 200 and Urn.objects.get().ballots == 1

    def test_a_paper_with_an_answer_nothing_led_to_is_told_before_it_is_stored_R39(
        self, cast: Cast, client: Client
    ) -> None:
        own = builders_surveys.an_own_instrument(cast.bekkedal, for_whom="CITIZENS")
        actions.put_in_use(actor=cast.marit.actor, own_id=own.pk, edition=1, at=MONDAY)
        campaign = builders_surveys.by_cards(cast, instrument=own.code, at=clock.now())
        one = builders_surveys.people(cast.fjelldal, 1, family="Fjell")[0]
        builders.role(one, Role.REPRESENTATIVE, cast.municipality)
        assert one.user is not None
        client.force_login(one.user)
        address, code = f"/undersokelser/{campaign.pk}/skriv-inn/", _codes(campaign)[0]

        empty = client.get(address).content.decode()
        typed = {"card": code, "Q1": "", "Q2": "2", "Q3": "Nøkkelen lå ute"}
        refused = client.post(address, typed)
        page = refused.content.decode()

        assert "Bare hvis svaret på 2 er «Litt enig» eller «Helt enig». Ellers: hopp over." in empty
        assert refused.status_code == 422 and Urn.objects.get().ballots == 0
        assert "Nøkkelen lå ute" in page and 'value="2" checked' in page and f'value="{code}"' in page
        assert 'name="Q1" value="" checked' in page  # that the paper has no answer is kept as well
        assert "Rett svaret på 2, eller tøm feltet her." in page and 'href="#id_Q3"' in page
        assert client.post(address, {**typed, "Q2": "4"}).status_code == 200
        assert Urn.objects.get().ballots == 1
