"""The plan page: guided, without and with htmx, for two writers, for those who may."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders_plan as build
from tests.cast import MONDAY, Cast, Member
from tillit.care.careplans import actions, sources
from tillit.care.careplans.models import CarePlan, Goal, Intervention, Need
from tillit.care.careplans.sources import Consequences, UsualMinutes
from tillit.care.citizens.models import Whereabouts
from tillit.kernel import clock

SignIn = Callable[[Member], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """It is Monday morning, and nobody answers for visits unless a test says so."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    before = sources._source
    sources.register_visit_source(None)
    yield
    sources.register_visit_source(before)


class Answers:
    """Somebody who knows the visits."""

    def consequences(self, *, citizen_id: int, plan_id: int, at: datetime) -> Consequences:
        return Consequences(days=14, new=12, changed=3, gone=1)

    def usual_minutes(self, citizen_id: int) -> dict[int, UsualMinutes]:
        line = Intervention.objects.values_list("line", flat=True).first()
        return {line: UsualMinutes(25, 14)} if line else {}


class NothingNow(Answers):
    """The coming visits stay as they are."""

    def consequences(self, *, citizen_id: int, plan_id: int, at: datetime) -> Consequences:
        return Consequences(days=14, new=0, changed=0, gone=0)


def page_of(cast: Cast, what: str = "plan_edit", *more: int) -> str:
    return reverse(f"careplans:{what}", args=[cast.olga.pk, *more])


def draft_with(cast: Cast) -> tuple[CarePlan, Goal, Intervention]:
    """A draft with one goal and one intervention."""
    draft = build.plan(cast.olga, in_use_from=None)
    matters = build.words(cast.olga)
    aim = build.goal(draft, matters=matters, responsible=cast.amir.employee)
    return draft, aim, build.intervention(draft, "Gåtrening", serves=aim)


INTERVENTION = {
    "title": "Gåtrening i trapp",
    "at_MORNING": "on",
    "from_MORNING": "08.00",
    "to_MORNING": "09.30",
    "weekdays": ["1", "3", "5"],
    "minutes": "20",
    "belongs": "",
    "kind": "TRAINING",
    "every_weeks": "1",
    "starts_on": "23.11.2026",
    "on_holidays": "AS_USUAL",
    "helpers": "1",
    "priority": "2",
}


class TestShow:
    def test_without_a_plan_it_says_what_to_do(self, cast: Cast, client_of: SignIn) -> None:
        answer = client_of(cast.ingrid).get(page_of(cast))

        assert answer.status_code == 200
        assert "Lag den første planen" in answer.content.decode()

    def test_what_matters_comes_first_and_the_plan_in_use_is_read_only(self, cast: Cast, client_of: SignIn) -> None:
        plan = build.plan(cast.olga)
        aim = build.goal(plan, matters=build.words(cast.olga))
        build.intervention(plan, "Gåtrening", serves=aim)

        text = client_of(cast.ingrid).get(page_of(cast)).content.decode()

        assert text.index("Jeg vil gå ned til postkassa selv.") < text.index("«Gå ned til postkassa selv»")
        assert "Hver dag, morgen" in text
        assert "Juster planen" in text
        assert "Nytt tiltak" not in text

    def test_out_of_reach_is_404_and_an_administrator_is_403(self, cast: Cast, client_of: SignIn) -> None:
        assert client_of(cast.nils).get(page_of(cast)).status_code == 404
        assert client_of(cast.admin).get(page_of(cast)).status_code == 403
        assert client_of(cast.ingrid).get(page_of(cast)).status_code == 200

    def test_the_number_of_queries_does_not_grow_with_the_plan(self, cast: Cast, client_of: SignIn) -> None:
        draft, _aim, _one = draft_with(cast)
        client = client_of(cast.ingrid)

        def asked() -> int:
            with CaptureQueriesContext(connection) as seen:
                client.get(page_of(cast))
            return len(seen)

        few = asked()
        for number in range(8):
            need = build.need(draft, f"Behov {number}")
            more = build.goal(draft, f"Mål {number}", about=need, responsible=cast.amir.employee)
            build.intervention(draft, f"Tiltak {number}", serves=more, parts=("MORNING", "EVENING"))

        assert asked() == few

    def test_the_draft_says_what_is_missing_and_what_happens_with_the_visits(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        sources.register_visit_source(Answers())
        _draft, aim, _one = draft_with(cast)
        aim.evaluate_on = None
        aim.save()

        text = client_of(cast.ingrid).get(page_of(cast)).content.decode()

        assert "mangler dato for evaluering" in text
        assert "De neste 14 dagene: 12 nye besøk, 3 besøk endres og 1 besøk faller bort." in text
        assert "Tar vanligvis 25 min, lært av 14 besøk" in text

    def test_the_draft_beside_the_plan_in_use_shows_what_differs(self, cast: Cast, client_of: SignIn) -> None:
        plan = build.plan(cast.olga)
        aim = build.goal(plan, matters=build.words(cast.olga))
        build.intervention(plan, "Gåtrening", serves=aim)
        build.intervention(plan, "Rengjøring", serves=aim)
        draft = actions.start_draft(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, at=MONDAY)
        draft.interventions.filter(title="Rengjøring").delete()
        draft.interventions.filter(title="Gåtrening").update(weekdays="135")

        text = client_of(cast.ingrid).get(page_of(cast)).content.decode()

        assert "Dette er annerledes" in text
        assert "Borte" in text
        assert "Når. Før: Hver dag, morgen, 20 min" in text

    def test_an_example_fills_the_form_and_unknown_ones_do_nothing(self, cast: Cast, client_of: SignIn) -> None:
        draft_with(cast)
        client = client_of(cast.ingrid)

        filled = client.get(page_of(cast) + "?skriv=tiltak&eksempel=rent").content.decode()
        strange = client.get(page_of(cast) + "?skriv=tiltak&eksempel=finnes-ikke")

        assert 'value="Rengjøring"' in filled
        assert strange.status_code == 200

    def test_htmx_gets_the_part_and_others_the_page(self, cast: Cast, client_of: SignIn) -> None:
        draft_with(cast)
        client = client_of(cast.ingrid)

        part = client.get(page_of(cast) + "?skriv=behov", headers=HTMX)
        whole = client.get(page_of(cast) + "?skriv=behov")

        assert b"<html" not in part.content
        assert b"<html" in whole.content
        assert "HX-Request" in part["Vary"]
        assert part.content.count(b'id="skjema"') == whole.content.count(b'id="skjema"') == 1


class TestWrite:
    def test_from_nothing_to_a_plan_in_use_R13(self, cast: Cast, client_of: SignIn) -> None:
        build.words(cast.olga)
        client = client_of(cast.amir)

        def edition() -> int:
            return CarePlan.objects.get().edition

        client.post(page_of(cast, "begin"))
        client.post(page_of(cast, "add_need"), {"edition": edition(), "text": "Tungt i trappa"})
        need = Need.objects.get()
        client.post(
            page_of(cast, "add_goal"),
            {
                "edition": edition(),
                "words": "Gå ned til postkassa selv",
                "evaluate_on": "15.1.2027",
                "responsible_id": str(cast.amir.employee.pk),
                "from_matters": "on",
                "need_id": str(need.pk),
            },
        )
        aim = Goal.objects.get()
        client.post(page_of(cast, "add_intervention"), {**INTERVENTION, "edition": edition(), "belongs": str(aim.pk)})
        done = client.post(page_of(cast, "start"), {"edition": edition()})

        assert done.status_code == 302
        plan = CarePlan.objects.get()
        assert plan.is_in_use
        assert (aim.need, aim.responsible, aim.evaluate_on) == (need, cast.amir.employee, date(2027, 1, 15))
        assert aim.matters is not None
        one = plan.interventions.get()
        assert (one.goal, one.weekdays, one.line) == (aim, "135", one.pk)
        assert [(time.part_of_day, f"{time.earliest:%H.%M}") for time in one.times.all()] == [("MORNING", "08.00")]

    def test_a_form_with_errors_comes_back_with_what_was_typed(self, cast: Cast, client_of: SignIn) -> None:
        draft, _aim, _one = draft_with(cast)

        answer = client_of(cast.amir).post(
            page_of(cast, "add_intervention"),
            {**INTERVENTION, "edition": draft.edition, "to_MORNING": "07.00", "starts_on": "31.02.2027"},
            headers=HTMX,
        )

        text = answer.content.decode()
        assert answer.status_code == 422
        assert "Senest er før tidligst. Bytt om." in text
        assert "31.02.2027 finnes ikke" in text
        assert "Gåtrening i trapp" in text
        assert '<details class="ds-details" open>' in text  # the error is under «Mer»
        assert Intervention.objects.count() == 1

    def test_two_writers_are_told_and_nothing_typed_is_lost(self, cast: Cast, client_of: SignIn) -> None:
        draft, aim, one = draft_with(cast)
        actions.change_intervention(
            actor=cast.kari.actor,
            plan_id=draft.pk,
            edition=draft.edition,
            intervention_id=one.pk,
            facts=actions.InterventionFacts(title="Gåtur ute", minutes=40, starts_on=date(2026, 11, 23)),
            at=MONDAY,
        )
        client = client_of(cast.amir)
        mine = {**INTERVENTION, "edition": draft.edition, "belongs": str(aim.pk)}

        answer = client.post(page_of(cast, "change_intervention", one.pk), mine, headers=HTMX)

        text = answer.content.decode()
        assert answer.status_code == 409
        assert "Kari endret planen mens du skrev" in text
        assert "Gåtur ute" in text
        assert 'value="Gåtrening i trapp"' in text
        assert 'name="edition" value="2"' in text
        one.refresh_from_db()
        assert one.title == "Gåtur ute"

        client.post(page_of(cast, "change_intervention", one.pk), {**mine, "edition": 2}, headers=HTMX)
        one.refresh_from_db()
        assert one.title == "Gåtrening i trapp"

    def test_taken_out_with_one_press(self, cast: Cast, client_of: SignIn) -> None:
        draft, aim, one = draft_with(cast)
        client = client_of(cast.amir)

        answer = client.post(
            page_of(cast, "change_goal", aim.pk), {"edition": draft.edition, "act": "remove"}, headers=HTMX
        )

        assert answer.status_code == 200
        assert "Målet er tatt ut av utkastet" in answer.content.decode()
        one.refresh_from_db()
        assert one.goal is None
        assert not Goal.objects.exists()

    def test_says_how_many_visits_came_of_it_with_a_way_to_the_week_R12(self, cast: Cast, client_of: SignIn) -> None:
        draft, _aim, _one = draft_with(cast)
        sources.register_visit_source(Answers())

        done = client_of(cast.amir).post(page_of(cast, "start"), {"edition": draft.edition}, follow=True)

        page = done.content.decode()
        assert "Planen er tatt i bruk. De neste 14 dagene: 12 nye besøk, 3 besøk endres og 1 besøk faller bort." in page
        assert f'href="{reverse("citizens:page", args=[cast.olga.pk])}#uke"' in page

    def test_somebody_in_hospital_gets_the_visits_when_she_is_home_R12(self, cast: Cast, client_of: SignIn) -> None:
        draft_with(cast)
        sources.register_visit_source(NothingNow())
        Whereabouts.objects.create(citizen=cast.olga, kind="HOSPITAL", from_at=MONDAY - timedelta(days=2))

        page = client_of(cast.amir).get(page_of(cast)).content.decode()

        assert "Besøkene kommer når Olga er hjemme igjen." in page
        assert "Ingen kommende besøk endres." not in page
        Whereabouts.objects.update(to_at=MONDAY)
        assert "Ingen kommende besøk endres." in client_of(cast.amir).get(page_of(cast)).content.decode()

    def test_the_day_for_looking_at_the_goal_is_not_called_optional(self, cast: Cast, client_of: SignIn) -> None:
        draft_with(cast)

        page = client_of(cast.amir).get(page_of(cast), {"skriv": "mal"}).content.decode()

        label = page[page.index("Når ser dere på målet sammen?") :].partition("</label>")[0]
        assert "valgfritt" not in label
        assert "Trengs før planen tas i bruk" in page
        assert "valgfritt" in page  # other fields still say so

    def test_a_plan_that_is_not_ready_is_not_taken_into_use(self, cast: Cast, client_of: SignIn) -> None:
        draft, _aim, _one = draft_with(cast)
        Goal.objects.update(evaluate_on=None)

        answer = client_of(cast.amir).post(page_of(cast, "start"), {"edition": draft.edition})

        assert answer.status_code == 422
        assert "Planen er ikke klar ennå" in answer.content.decode()
        draft.refresh_from_db()
        assert draft.is_draft

    def test_the_draft_is_put_away(self, cast: Cast, client_of: SignIn) -> None:
        draft, _aim, _one = draft_with(cast)

        client_of(cast.amir).post(page_of(cast, "drop"), {"edition": draft.edition})

        draft.refresh_from_db()
        assert draft.dropped_at == MONDAY

    def test_a_draft_that_is_gone_is_404(self, cast: Cast, client_of: SignIn) -> None:
        answer = client_of(cast.amir).post(page_of(cast, "add_need"), {"edition": 1, "text": "Noe"})

        assert answer.status_code == 404

    def test_another_team_writes_nothing(self, cast: Cast, client_of: SignIn) -> None:
        _draft, _aim, _one = draft_with(cast)

        answer = client_of(cast.nils).post(page_of(cast, "add_need"), {"edition": 1, "text": "Noe"})

        assert answer.status_code == 404
        assert not Need.objects.exists()


class TestPreview:
    def test_reads_back_what_was_chosen(self, cast: Cast, client_of: SignIn) -> None:
        text = client_of(cast.amir).post(page_of(cast, "preview"), INTERVENTION).content.decode()

        assert "Blir: mandager, onsdager og fredager 08.00–09.30, 20 min." in text

    def test_is_silent_while_something_is_missing(self, cast: Cast, client_of: SignIn) -> None:
        answer = client_of(cast.amir).post(page_of(cast, "preview"), {**INTERVENTION, "minutes": ""})

        assert "Blir" not in answer.content.decode()


class TestProgress:
    def test_written_down_and_shown(self, cast: Cast, client_of: SignIn) -> None:
        plan = build.plan(cast.olga)
        aim = build.goal(plan)
        client = client_of(cast.amir)

        client.post(page_of(cast, "progress", aim.pk), {"on": "23.11.2026", "words": "60 meter"})

        assert "Nå: 60 meter" in client.get(page_of(cast)).content.decode()

    def test_nothing_said_is_422(self, cast: Cast, client_of: SignIn) -> None:
        aim = build.goal(build.plan(cast.olga))

        answer = client_of(cast.amir).post(page_of(cast, "progress", aim.pk), {"on": "23.11.2026"})

        assert answer.status_code == 422
        assert "Skriv hvor langt brukeren er kommet" in answer.content.decode()

    def test_reached_and_taken_back(self, cast: Cast, client_of: SignIn) -> None:
        aim = build.goal(build.plan(cast.olga))
        client = client_of(cast.amir)

        client.post(page_of(cast, "goal_state", aim.pk), {"state": "REACHED"})
        aim.refresh_from_db()
        assert (aim.state, aim.state_on) == ("REACHED", date(2026, 11, 23))
        client.post(page_of(cast, "goal_state", aim.pk))
        aim.refresh_from_db()
        assert aim.state == "ACTIVE"
