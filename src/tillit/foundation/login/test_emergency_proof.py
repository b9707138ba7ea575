"""Emergency access asks who has a second step to show it again, and never keeps out who has none."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import MONDAY, Cast, Member
from tillit.foundation.login.models import CodeApp, Identity, LoginSession
from tillit.kernel import clock

WORD = "riktig hest batteri 1"
TYPED = {
    "name": "Per Fjell", "born_on": "03.03.1940", "number": "", "reason": "DANGER", "words": "Han ligger ute.",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


def logged_in(member: Member, *, ago: timedelta) -> Client:
    """A browser with a session of ours, proved some time ago."""
    user = member.user
    user.set_password(WORD)
    user.save()
    client = Client()
    client.post("/logg-inn/", {"username": user.username, "password": WORD})
    LoginSession.objects.filter(user=user).update(proved_at=MONDAY - ago)
    return client


@pytest.mark.django_db
class TestEmergencyProof:
    def test_is_asked_for_and_carries_the_form_along(self, cast: Cast) -> None:
        client = logged_in(cast.amir, ago=timedelta(minutes=6))
        CodeApp.objects.create(user=cast.amir.user, sealed_secret="x", made_at=MONDAY)
        LoginSession.objects.filter(user=cast.amir.user).update(second_step="CODE_APP")

        asked = client.post("/nodtilgang/", TYPED)
        assert asked.status_code == 403 and "Bekreft at det er deg" in asked.content.decode()
        assert 'name="name" value="Per Fjell"' in asked.content.decode()

        wrong = client.post("/nodtilgang/", {**TYPED, "proof_asked": "1", "proof_password": "feil"})
        assert wrong.status_code == 422 and 'value="Per Fjell"' in wrong.content.decode()

        opened = client.post("/nodtilgang/", {**TYPED, "proof_asked": "1", "proof_password": WORD})
        assert opened.status_code == 302 and opened["Location"] == f"/brukere/{cast.per.pk}/"

    def test_is_not_asked_for_within_five_minutes(self, cast: Cast) -> None:
        client = logged_in(cast.amir, ago=timedelta(minutes=4))
        CodeApp.objects.create(user=cast.amir.user, sealed_secret="x", made_at=MONDAY)
        LoginSession.objects.filter(user=cast.amir.user).update(second_step="CODE_APP")
        assert client.post("/nodtilgang/", TYPED).status_code == 302

    def test_never_keeps_out_who_has_no_second_step(self, cast: Cast) -> None:
        client = logged_in(cast.amir, ago=timedelta(hours=3))
        assert client.post("/nodtilgang/", TYPED).status_code == 302

    def test_never_waits_for_a_login_service(self, cast: Cast) -> None:
        client = logged_in(cast.amir, ago=timedelta(hours=3))
        Identity.objects.create(user=cast.amir.user, issuer="https://id.example", subject="a", made_at=MONDAY)
        assert client.post("/nodtilgang/", TYPED).status_code == 302

    def test_the_page_itself_is_always_shown(self, cast: Cast) -> None:
        client = logged_in(cast.amir, ago=timedelta(hours=3))
        CodeApp.objects.create(user=cast.amir.user, sealed_secret="x", made_at=MONDAY)
        LoginSession.objects.filter(user=cast.amir.user).update(second_step="CODE_APP")
        assert client.get("/nodtilgang/").status_code == 200
