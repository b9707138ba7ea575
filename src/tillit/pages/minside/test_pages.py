"""Min side as the citizen and her daughter see it, and what nobody sees there (R18)."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders_appeals, builders_circle, builders_plan
from tests.builders_consents import let_in, own_login
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast
from tillit.care.consents.rules import Basis, Part
from tillit.care.decisions.models import Decision
from tillit.care.evaluations.models import Asked, Thought
from tillit.care.journal.models import Entry
from tillit.care.notices.actions import answer_notice
from tillit.care.notices.models import Notice
from tillit.care.visits.models import Visit, VisitReport
from tillit.foundation.access.models import AccessEntry, AuditEntry, User
from tillit.kernel import oslo

pytestmark = pytest.mark.usefixtures("on_monday")


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _visit(cast: Cast, on: date = TUESDAY_DATE, clock: time = time(14, 10), **more: object) -> Visit:
    found = builders_plan.visit(cast.olga, cast.bekkedal, cast.amir.employee, on=on, task="Stell")
    start: datetime = oslo.moment(on, clock)
    Visit.objects.filter(pk=found.pk).update(
        starts_at=start, earliest_at=start, latest_at=start + timedelta(hours=1), state="PLANNED", **more
    )
    return found


class TestWhoComes:
    def test_olga_sees_who_comes_by_first_name_and_an_hour_R18(self, cast: Cast) -> None:
        _visit(cast, on=MONDAY_DATE)

        text = _client(own_login(cast.olga)).get("/", follow=True).content.decode()

        assert "Hei, Olga" in text
        assert "Mellom kl. 13.30 og 14.30" in text
        assert "Amir, helsefagarbeider" in text
        assert "Rahimi" not in text

    def test_her_daughter_sees_when_and_who_and_not_what_for_R18(self, cast: Cast) -> None:
        _visit(cast, on=MONDAY_DATE)
        user, consent = let_in(cast.olga, Part.VISITS)

        text = _client(user).get(f"/min-side/{cast.olga.pk}/").content.decode()

        assert "Amir" in text
        assert "Stell" not in text
        assert "Avlys" not in text
        entry = AccessEntry.objects.get(user=user)
        assert (entry.door, entry.ground_subject) == ("minside:page", f"consent:{consent.pk}")

    def test_asks_as_much_for_many_visits_as_for_one(self, cast: Cast) -> None:
        client = _client(own_login(cast.olga))
        _visit(cast)
        few = _queries(client, f"/min-side/{cast.olga.pk}/")
        for number in range(1, 4):
            _visit(cast, on=TUESDAY_DATE + timedelta(days=number))

        assert _queries(client, f"/min-side/{cast.olga.pk}/") == few


class TestWhatIsShut:
    @pytest.mark.parametrize("place", ["mal/", "vedtak/", "hvem-har-sett/", "skriv/"])
    def test_a_part_that_is_not_given_is_not_found_R18(self, cast: Cast, place: str) -> None:
        user, _consent = let_in(cast.olga, Part.VISITS)
        client = _client(user)

        refused = client.get(f"/min-side/{cast.olga.pk}/{place}")
        nobodys = client.get(f"/min-side/987654/{place}")

        assert (refused.status_code, nobodys.status_code) == (404, 404)
        assert _client(own_login(cast.olga)).get(f"/min-side/{cast.olga.pk}/{place}").status_code == 200

    def test_the_pages_of_the_work_are_not_hers_R18(self, cast: Cast) -> None:
        client = _client(own_login(cast.olga))

        for path in (f"/brukere/{cast.olga.pk}/", "/min-dag/", "/meg/hva-jeg-har-sett/", "/brukere/"):
            assert client.get(path).status_code == 403, path

    def test_min_side_is_no_employees_R18(self, cast: Cast, client_of: Callable[..., Client]) -> None:
        assert client_of(cast.ingrid).get(f"/min-side/{cast.olga.pk}/").status_code == 403

    def test_a_hidden_address_and_the_way_in_stand_nowhere_R18(self, cast: Cast) -> None:
        home = cast.olga.homes.get()
        home.way_in, home.door_code = "Nøkkel hos naboen", "4711"
        home.save()
        client = _client(let_in(cast.olga, *Part)[0])

        for place in ("", "mal/", "vedtak/", "hvem-har-sett/", "skriv/", "hvem-ser/"):
            text = client.get(f"/min-side/{cast.olga.pk}/{place}").content.decode()
            assert not [one for one in (home.street, "Nøkkel hos", "4711") if one in text]

    def test_who_nobody_lets_in_any_more_is_logged_out_R18(self, cast: Cast) -> None:
        user, consent = let_in(cast.olga, Part.VISITS)
        client = _client(user)
        client.post(f"/min-side/{cast.olga.pk}/hvem-ser/{consent.pk}/slutt/")

        assert client.get(f"/min-side/{cast.olga.pk}/").status_code in (302, 404)
        assert "Ingen slipper deg inn" in Client().get("/logg-inn/?why=NOT_LET_IN").content.decode()


class TestWhoHasRead:
    @pytest.mark.parametrize(("basis", "shown"), [(Basis.CONSENT, "Ingrid"), (Basis.GUARDIAN, "Ingrid Solheim")])
    def test_one_who_is_let_in_sees_first_names_and_who_stands_for_her_the_log_as_it_is_R18(
        self, cast: Cast, client_of: Callable[..., Client], basis: Basis, shown: str
    ) -> None:
        client_of(cast.ingrid).get(f"/brukere/{cast.olga.pk}/")
        place = f"/min-side/{cast.olga.pk}/hvem-har-sett/"
        _client(own_login(cast.olga)).get(place)

        text = _client(let_in(cast.olga, Part.LOOKUPS, basis=basis)[0]).get(place).content.decode()
        hers = _client(User.objects.get(private_account__citizen=cast.olga)).get(place).content.decode()

        assert f'<p class="ti-h3">{shown}</p>' in text
        assert '<p class="ti-h3">Ingrid Solheim</p>' in hers
        assert '<p class="ti-h3">Olga Hansen</p>' not in hers  # that she looks at herself is no news to her


class TestCancel:
    def test_says_no_and_the_team_knows_R18(self, cast: Cast) -> None:
        visit = _visit(cast)
        client = _client(own_login(cast.olga))
        path = f"/min-side/{cast.olga.pk}/besok/{visit.pk}/avlys/"

        shown = client.get(path)
        client.post(path, {"press_key": "en"})
        again = client.post(path, {"press_key": "en"})

        assert "Du kan avlyse til" in shown.content.decode()
        assert again.status_code in (302, 409)
        visit.refresh_from_db()
        assert (visit.state, visit.cancelled_by) == ("CANCELLED", "CITIZEN")
        notice = Notice.objects.get(citizen=cast.olga)
        assert (notice.written_name, notice.unit) == ("Olga Hansen", cast.bekkedal)
        assert "tirsdag 24. november" in notice.text
        assert VisitReport.objects.count() == 1
        assert AuditEntry.objects.filter(action="consents.cancel_visit").count() == 2

    def test_too_late_and_too_important_are_for_the_telephone_R18(self, cast: Cast) -> None:
        late, must = _visit(cast, on=MONDAY_DATE, clock=time(9, 30)), _visit(cast, priority=1)
        client = _client(own_login(cast.olga))

        for visit in (late, must):
            answer = client.post(f"/min-side/{cast.olga.pk}/besok/{visit.pk}/avlys/", {"press_key": "x"})
            assert answer.status_code == 409
            assert "Ring teamet" in answer.content.decode()
        assert not VisitReport.objects.exists()

    def test_a_daughter_without_that_part_and_another_citizens_visit_are_not_found_R18(self, cast: Cast) -> None:
        visit = _visit(cast)
        daughter = _client(let_in(cast.olga, Part.VISITS)[0])
        arne = _client(own_login(cast.arne))

        assert daughter.post(f"/min-side/{cast.olga.pk}/besok/{visit.pk}/avlys/").status_code == 404
        assert arne.post(f"/min-side/{cast.arne.pk}/besok/{visit.pk}/avlys/").status_code == 404
        visit.refresh_from_db()
        assert visit.state == "PLANNED"


class TestWrite:
    def test_stands_in_the_journal_in_her_name_and_waits_for_an_answer_R18(self, cast: Cast) -> None:
        user, _consent = let_in(cast.olga, Part.MESSAGES)
        client = _client(user)

        for _press in range(2):
            client.post(f"/min-side/{cast.olga.pk}/skriv/", {"text": "Mor er svimmel.", "press_key": "en"})

        notice = Notice.objects.get()
        assert (notice.text, notice.written_name, notice.written_by_id) == ("Mor er svimmel.", "Berit Hansen", None)
        entry = Entry.objects.get()
        assert (entry.author_name, entry.author_id, entry.author_role) == ("Berit Hansen", None, "")
        assert notice.due_at > MONDAY

    def test_the_answer_is_hers_who_wrote_and_nobody_elses_R18(self, cast: Cast) -> None:
        berit, olga = let_in(cast.olga, Part.MESSAGES)[0], own_login(cast.olga)
        place = f"/min-side/{cast.olga.pk}/"
        _client(berit).post(f"{place}skriv/", {"text": "Mor er svimmel.", "press_key": "en"})
        waits = _client(berit).get(f"{place}skriv/").content.decode()
        answer_notice(actor=cast.ingrid.actor, notice_id=Notice.objects.get().pk, answer="Vi ringer legen.", at=MONDAY)

        assert "Teamet har ikke svart" in waits
        for where in ("", "skriv/"):
            text = _client(berit).get(place + where).content.decode()
            assert "Ingrid svarte" in text
            assert "Vi ringer legen." in text
            assert "svimmel" not in _client(olga).get(place + where).content.decode()

    def test_who_wrote_it_and_what_is_locked_R18(self, cast: Cast) -> None:
        _client(own_login(cast.olga)).post(f"/min-side/{cast.olga.pk}/skriv/", {"text": "Ring meg.", "press_key": "en"})

        for change in ({"written_name": "En annen"}, {"text": "Ikke ring."}, {"written_user": None}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Notice.objects.update(**change)
        assert Notice.objects.get().written_name == "Olga Hansen"

    def test_empty_words_come_back(self, cast: Cast) -> None:
        answer = _client(own_login(cast.olga)).post(f"/min-side/{cast.olga.pk}/skriv/", {"text": " "})

        assert answer.status_code == 422
        assert not Notice.objects.exists()


class TestGoals:
    def test_her_goals_stand_in_her_words_and_a_draft_does_not_R18(self, cast: Cast) -> None:
        plan = builders_plan.plan(cast.olga)
        goal = builders_plan.goal(plan, "Gå til butikken selv")
        builders_plan.intervention(plan, "Følge på tur", serves=goal)
        builders_plan.goal(builders_plan.plan(cast.olga, in_use_from=None), "Et utkast")

        text = _client(own_login(cast.olga)).get(f"/min-side/{cast.olga.pk}/mal/").content.decode()

        assert "Gå til butikken selv" in text
        assert "Følge på tur" in text
        assert "Et utkast" not in text


class TestDecisions:
    def test_what_is_told_stands_there_and_what_is_not_sent_does_not_R18(self, cast: Cast) -> None:
        told, waiting = builders_appeals.decision(cast), builders_appeals.decision(cast)
        Decision.objects.filter(pk__in=(told.pk, waiting.pk)).update(known_on=None)
        told.notices.create(way="POST", sent_on=MONDAY_DATE, reached_on=MONDAY_DATE, told_at=MONDAY)

        text = _client(own_login(cast.olga)).get(f"/min-side/{cast.olga.pk}/vedtak/").content.decode()

        assert f"Sak {told.case.number}" in text
        assert "innvilges delvis" in text
        assert f"Sak {waiting.case.number}" not in text

    def test_one_that_was_told_on_paper_before_stands_there_and_a_replaced_one_is_older_R18(self, cast: Cast) -> None:
        old, new = builders_appeals.decision(cast), builders_appeals.decision(cast)
        Decision.objects.filter(pk=old.pk).update(known_on=MONDAY_DATE)
        Decision.objects.filter(pk=new.pk).update(known_on=MONDAY_DATE, supersedes=old)

        newest, _fold, older = (
            _client(own_login(cast.olga))
            .get(f"/min-side/{cast.olga.pk}/vedtak/")
            .content.decode()
            .partition("Eldre vedtak")
        )

        assert f"Sak {new.case.number}" in newest
        assert f"Sak {old.case.number}" in older


class TestThink:
    def _asked(self, cast: Cast) -> Asked:
        goal = builders_plan.goal(builders_plan.plan(cast.olga), "Gå til butikken selv")
        return builders_circle.asked(goal)

    def test_she_answers_once_and_the_team_reads_it_R18(self, cast: Cast, client_of: Callable[..., Client]) -> None:
        asked, client = self._asked(cast), _client(own_login(cast.olga))
        page, path = f"/min-side/{cast.olga.pk}/", f"/min-side/{cast.olga.pk}/hva-du-synes/{asked.pk}/"
        assert path in client.get(page).content.decode()

        answer = {"helped": "YES", "decided": "PARTLY", "words": "Jeg gikk helt ned."}
        assert client.post(path, {"helped": "YES", "words": "Bare det ene."}).status_code == 422
        assert client.post(path, answer).status_code == 302

        thought = Thought.objects.get()
        assert (thought.helped, thought.decided, thought.words) == ("YES", "PARTLY", "Jeg gikk helt ned.")
        assert path not in client.get(page).content.decode()
        assert client.post(path, answer | {"helped": "NO"}).status_code == 409
        teams = client_of(cast.ingrid).get(f"/brukere/{cast.olga.pk}/evaluering/").content.decode()
        assert "Fikk være med og bestemme? Litt." in teams
        assert "Jeg gikk helt ned." in teams
        assert "Jeg gikk" not in str(AuditEntry.objects.get(action="consents.say").change)

    def test_nobody_answers_for_her_R18(self, cast: Cast) -> None:
        asked, daughter = self._asked(cast), _client(let_in(cast.olga, *Part)[0])

        for client, citizen in ((daughter, cast.olga), (_client(own_login(cast.arne)), cast.arne)):
            path = f"/min-side/{citizen.pk}/hva-du-synes/{asked.pk}/"
            assert client.post(path, {"helped": "YES", "decided": "YES"}).status_code == 404
        assert not Thought.objects.exists()


class TestSharing:
    def test_the_citizen_sees_everybody_and_a_relative_only_herself_R18(self, cast: Cast) -> None:
        berit, _consent = let_in(cast.olga, Part.VISITS)
        let_in(cast.olga, Part.GOALS, name="Jon Hansen")

        hers = _client(own_login(cast.olga)).get(f"/min-side/{cast.olga.pk}/hvem-ser/").content.decode()
        berits = _client(berit).get(f"/min-side/{cast.olga.pk}/hvem-ser/").content.decode()

        assert "Berit Hansen" in hers
        assert "Jon Hansen" in hers
        assert "Jon Hansen" not in berits


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)
