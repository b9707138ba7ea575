"""The page where those who answer for a citizen record whom she lets in."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.builders_consents import actor_at, let_in
from tests.cast import Cast
from tillit.care.consents.models import Consent, PrivateAccount
from tillit.care.consents.permissions import SEE_GOALS
from tillit.care.consents.rules import Part

pytestmark = pytest.mark.usefixtures("on_monday")

GIVEN = {
    "name": "Berit Hansen", "relation": "Datter", "parts": ["VISITS", "GOALS"], "basis": "CONSENT",
    "basis_words": "Sagt i samtale i dag.",
}  # fmt: skip


class TestPage:
    def test_the_nurse_lets_a_daughter_in_and_ends_it_R18(self, cast: Cast, client_of: Callable[..., Client]) -> None:
        client, path = client_of(cast.ingrid), f"/brukere/{cast.olga.pk}/min-side/"

        assert client.post(path, GIVEN).status_code == 302
        text = client.get(path).content.decode()
        consent = Consent.objects.get()
        assert "Berit Hansen" in text
        assert "Sagt i samtale i dag." in text
        assert SEE_GOALS.code in actor_at(consent.account.user).let_in[0].opens

        assert client.post(f"{path}{consent.pk}/avslutt/").status_code == 302
        assert actor_at(consent.account.user).let_in == ()
        client.post(path, GIVEN)
        assert PrivateAccount.objects.count() == 1  # the same daughter keeps her login

    def test_one_part_more_is_given_and_what_was_typed_comes_back_R18(
        self, cast: Cast, client_of: Callable[..., Client]
    ) -> None:
        berit, consent = let_in(cast.olga, Part.GOALS)
        client, path = client_of(cast.ingrid), f"/brukere/{cast.olga.pk}/min-side/{consent.pk}/gi/"

        refused = client.post(path, {"part": "CANCEL", "words": "Sagt på telefon."})
        given = client.post(path, {"part": "VISITS", "words": "Sagt på telefon."})

        assert refused.status_code == 422
        assert "Sagt på telefon." in refused.content.decode()
        assert given.status_code == 302
        assert "consents.see_visits" in actor_at(berit).let_in[0].opens

    def test_what_was_typed_comes_back_from_a_refusal(self, cast: Cast, client_of: Callable[..., Client]) -> None:
        answer = client_of(cast.ingrid).post(f"/brukere/{cast.olga.pk}/min-side/", GIVEN | {"parts": ["CANCEL"]})

        assert answer.status_code == 422
        assert "også se hvem som kommer" in answer.content.decode()
        assert "Sagt i samtale i dag." in answer.content.decode()
        assert not PrivateAccount.objects.exists()

    def test_others_do_not_R18(self, cast: Cast, client_of: Callable[..., Client]) -> None:
        _berit, consent = let_in(cast.olga)
        path = f"/brukere/{cast.olga.pk}/min-side/"

        assert client_of(cast.amir).get(path).status_code == 403
        assert client_of(cast.frida).get(path).status_code == 404
        assert client_of(cast.frida).post(f"{path}{consent.pk}/avslutt/").status_code == 404
        assert client_of(cast.ingrid).post(f"/brukere/{cast.arne.pk}/min-side/{consent.pk}/avslutt/").status_code == 404
