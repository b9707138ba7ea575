"""How a citizen and those she lets in come in outside the demo, and when their logins go (R18)."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.conf import LazySettings
from django.test import Client

from tests import builders
from tests.builders_consents import actor_at, give, let_in, own_login
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.care.citizens.models import Identifier
from tillit.care.consents import actions
from tillit.care.consents.actions.forgetting import close_logins, part_from
from tillit.care.consents.models import Consent, ConsentPart, PrivateAccount
from tillit.care.consents.queries.leaving import logins_that_go
from tillit.care.consents.rules import Part
from tillit.foundation.access.models import User
from tillit.foundation.login.actions import identities
from tillit.foundation.login.models import IdentityKey
from tillit.foundation.login.oidc.providers import CITIZENS
from tillit.foundation.login.test_oidc import PROVIDER
from tillit.foundation.login.views.services import refuse_the_other_side

pytestmark = pytest.mark.usefixtures("on_monday")
#: Synthetic numbers, as Tenor makes them.
NUMBERS = ("21883649874", "05898597468")


@pytest.fixture
def service(settings: LazySettings) -> str:
    """ID-porten, as it is set up."""
    settings.LOGIN_PROVIDERS = (replace(PROVIDER, slug="idporten", name="ID-porten", key_claim="pid", opens=CITIZENS),)
    return "idporten"


def _come(number: str) -> User:
    return identities.recognise(provider="idporten", issuer="https://id", subject=number[::-1], key=number, at=MONDAY)


def _let_in(cast: Cast, citizen_id: int, number: str, name: str = "Berit Hansen") -> Consent:
    return actions.let_somebody_in(
        actor=cast.ingrid.actor, citizen_id=citizen_id, name=name, relation="Datter", basis="CONSENT",
        basis_words="Sagt i dag.", parts=[Part.VISITS], number=number, at=MONDAY,
    )  # fmt: skip


class TestOwnLogin:
    def test_is_opened_by_the_number_she_is_registered_with_R18(
        self, cast: Cast, client_of: Callable[..., Client], service: str
    ) -> None:
        number = Identifier.objects.get(citizen=cast.olga).value
        path = f"/brukere/{cast.olga.pk}/min-side/"
        assert "Gi innlogging" in client_of(cast.ingrid).get(path).content.decode()

        for _press in range(2):
            assert client_of(cast.ingrid).post(f"{path}innlogging/").status_code == 302

        assert _come(number).private_account.citizen == cast.olga
        assert actor_at(_come(number)).let_in[0].citizen_id == cast.olga.pk
        assert "kan logge inn selv" in client_of(cast.ingrid).get(path).content.decode()
        assert PrivateAccount.objects.count() == 1
        assert number not in str(list(IdentityKey.objects.values()))

    def test_is_not_given_where_no_service_is_set_up(self, cast: Cast, client_of: Callable[..., Client]) -> None:
        assert client_of(cast.ingrid).post(f"/brukere/{cast.olga.pk}/min-side/innlogging/").status_code == 409
        assert not PrivateAccount.objects.exists()


class TestTheTwoSides:
    def test_a_service_for_citizens_opens_no_employees_account_and_the_other_way_round_R18(
        self, cast: Cast, service: str
    ) -> None:
        for_citizens = replace(PROVIDER, opens=CITIZENS)
        hers = own_login(cast.olga)

        for provider, user in ((for_citizens, cast.ingrid.user), (PROVIDER, hers)):
            with pytest.raises(identities.UnknownIdentity):
                refuse_the_other_side(provider, user, MONDAY)
        refuse_the_other_side(for_citizens, hers, MONDAY)
        refuse_the_other_side(PROVIDER, cast.ingrid.user, MONDAY)


class TestARelativesNumber:
    def test_one_who_helps_two_has_one_login_R18(self, cast: Cast, service: str) -> None:
        other = builders.citizen("Tora", "Hansen", cast.bekkedal, serial=703)
        _let_in(cast, cast.olga.pk, NUMBERS[0])
        _let_in(cast, other.pk, NUMBERS[0], name="Berit Lid Hansen")

        assert PrivateAccount.objects.count() == 1
        assert {one.citizen_id for one in actor_at(_come(NUMBERS[0])).let_in} == {cast.olga.pk, other.pk}

    def test_a_login_is_never_moved_to_another_number_R18(self, cast: Cast, service: str) -> None:
        consent = _let_in(cast, cast.olga.pk, NUMBERS[0])

        with pytest.raises(actions.OneLoginOnly):
            actions.know_by_number(
                actor=cast.ingrid.actor, citizen_id=cast.olga.pk, consent_id=consent.pk, number=NUMBERS[1], at=MONDAY
            )
        with pytest.raises(identities.UnknownIdentity):
            _come(NUMBERS[1])

    def test_a_wrong_number_is_said_and_nothing_is_stored(self, cast: Cast, service: str) -> None:
        with pytest.raises(actions.NoNumber):
            _let_in(cast, cast.olga.pk, "12345678901")

        assert not PrivateAccount.objects.exists()


class TestOnePartMore:
    def test_is_given_with_how_it_was_said_R18(self, cast: Cast) -> None:
        user, consent = let_in(cast.olga, Part.VISITS)

        actions.give_part(
            actor=cast.ingrid.actor, citizen_id=cast.olga.pk, consent_id=consent.pk, part=Part.GOALS,
            words="Sagt på telefon.", at=MONDAY,
        )  # fmt: skip

        assert ConsentPart.objects.get(part="GOALS").words == "Sagt på telefon."
        assert "consents.see_goals" in actor_at(user).let_in[0].opens

    @pytest.mark.parametrize(("part", "words"), [(Part.VISITS, "Sagt."), (Part.GOALS, " ")])
    def test_is_refused_when_it_is_given_or_nothing_is_said(self, cast: Cast, part: Part, words: str) -> None:
        _user, consent = let_in(cast.olga, Part.VISITS)

        with pytest.raises((actions.GivenAlready, actions.ConsentIncomplete)):
            actions.give_part(
                actor=cast.ingrid.actor, citizen_id=cast.olga.pk, consent_id=consent.pk, part=part, words=words,
                at=MONDAY,
            )  # fmt: skip


class TestWhenARecordIsDeleted:
    def test_her_login_that_another_lets_in_stays_a_relatives_and_the_rest_go_R18(self, cast: Cast) -> None:
        hers = own_login(cast.olga)
        berit, _consent = let_in(cast.olga, Part.VISITS)
        at_arnes = Consent.objects.create(
            citizen=cast.arne, account=hers.private_account, relation="Søster", basis="CONSENT", basis_words="Sagt.",
            valid_from=MONDAY_DATE, recorded_at=MONDAY,
        )  # fmt: skip
        give(at_arnes, [Part.VISITS])

        part_from(citizen_ids=[cast.olga.pk])
        going = logins_that_go([cast.olga.pk])
        close_logins(user_ids=[berit.pk])

        assert going == [berit.private_account.pk]
        assert [one.citizen_id for one in actor_at(hers).let_in] == [cast.arne.pk]
        berit.refresh_from_db()
        assert (berit.name, berit.is_active) == ("", False)
