from collections.abc import Callable

import pytest
from django.test import Client

from tests import builders_visits
from tests.cast import MONDAY, Cast, Member
from tillit.care.visits.models import FollowUp, Urgency
from tillit.foundation.access.models import AccessEntry, AuditEntry

SignIn = Callable[[Member], Client]


@pytest.fixture
def told(cast: Cast) -> FollowUp:
    """Kari saw something at Olga's; Amir is to look at it."""
    return builders_visits.follow_up(
        cast.olga, cast.kari.employee, cast.amir.employee, MONDAY, words="Klarte trappa alene.", urgency=Urgency.NOW
    )


class TestFollowUp:
    def test_shows_what_was_seen_by_whom_and_about_whom(self, cast: Cast, client_of: SignIn, told: FollowUp) -> None:
        answer = client_of(cast.amir).get(f"/oppfolging/{told.pk}/")

        text = answer.content.decode()
        assert "Klarte trappa alene." in text and "Olga Hansen" in text and "Kari Nilsen" in text
        assert AccessEntry.objects.get().citizen_id == cast.olga.pk

    def test_is_closed_with_what_was_done(self, cast: Cast, client_of: SignIn, told: FollowUp) -> None:
        client = client_of(cast.amir)

        answer = client.post(f"/oppfolging/{told.pk}/", {"answer": "Snakket med henne. Vi prøver uten støtte."})

        told.refresh_from_db()
        assert answer["Location"] == "/min-dag/"
        assert (told.closed_by, told.answer) == (cast.amir.employee, "Snakket med henne. Vi prøver uten støtte.")
        assert AuditEntry.objects.get().action == "visits.close_follow_up"
        assert client.get("/min-dag/").context["page"].urgent == ()

    def test_needs_a_sentence_about_what_is_done(self, cast: Cast, client_of: SignIn, told: FollowUp) -> None:
        answer = client_of(cast.amir).post(f"/oppfolging/{told.pk}/", {"answer": " "})

        told.refresh_from_db()
        assert answer.status_code == 422 and told.closed_at is None

    def test_that_a_colleague_has_closed_shows_the_answer_and_keeps_mine(
        self, cast: Cast, client_of: SignIn, told: FollowUp
    ) -> None:
        client_of(cast.ingrid).post(f"/oppfolging/{told.pk}/", {"answer": "Fulgt opp av Ingrid."})

        late = client_of(cast.amir).post(f"/oppfolging/{told.pk}/", {"answer": "Mitt eget svar."})

        told.refresh_from_db()
        text = late.content.decode()
        assert late.status_code == 409 and told.answer == "Fulgt opp av Ingrid."
        assert "Fulgt opp av Ingrid." in text and "Mitt eget svar." in text

    def test_of_another_team_s_citizen_is_not_found(self, cast: Cast, client_of: SignIn, told: FollowUp) -> None:
        nils = client_of(cast.nils)

        assert client_of(cast.ingrid).get(f"/oppfolging/{told.pk}/").status_code == 200
        assert nils.get(f"/oppfolging/{told.pk}/").status_code == 404
        assert nils.post(f"/oppfolging/{told.pk}/", {"answer": "x"}).status_code == 404
