from collections.abc import Callable
from datetime import date, time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders, builders_visits
from tests import builders_planning as build
from tests.builders_delivery import Device, outcomes, post
from tests.cast import TUESDAY, TUESDAY_DATE, Cast, Member
from tillit.care.citizens.models import HelperWish, WishKind
from tillit.care.visits.models import Visit, VisitHelper, VisitState
from tillit.foundation.access.models import AccessEntry
from tillit.foundation.delivery.models import Undelivered
from tillit.foundation.workforce.models import Profession, ShiftKind
from tillit.kernel import oslo
from tillit.pages.myday.contexts.day import DayPage
from tillit.pages.myday.contexts.handing import HandOverPage
from tillit.pages.myday.contexts.mates import MatesPage
from tillit.pages.myday.rules import ShiftLine, is_new_to, shift_of
from tillit.teamwork.planning import actions, queries
from tillit.teamwork.planning.models import Notice

SignIn = Callable[[Member], Client]
SetClock = Callable[..., None]
EARLY = build.at(time(6, 30))


@pytest.fixture
def morning(cast: Cast, at: SetClock) -> build.Morning:
    """Bekkedal's Tuesday at eight, lists in use: Amir has Arne, Kari one half of the visit for two; Olga's is free."""
    at(TUESDAY)
    found = build.morning(cast)
    for visit, member in ((found.arne, cast.amir), (found.pair, cast.kari)):
        actions.allocate_visit(
            actor=cast.kari.actor,
            unit_id=cast.bekkedal.pk,
            on=found.on,
            shift_kind="DAY",
            visit_id=visit.pk,
            from_employee_id=None,
            to_employee_id=member.employee.pk,
            starts_at=None,
            edition=queries.head_of(unit_id=cast.bekkedal.pk, on=found.on, shift_kind="DAY").edition,
            at=EARLY,
        )
    edition = queries.head_of(unit_id=cast.bekkedal.pk, on=found.on, shift_kind="DAY").edition
    actions.publish_lists(
        actor=cast.kari.actor, unit_id=cast.bekkedal.pk, on=found.on, shift_kind="DAY", edition=edition, at=EARLY
    )
    Notice.objects.all().delete()
    return found


def helpers(visit: Visit) -> set[int]:
    return set(VisitHelper.objects.filter(visit=visit).values_list("employee_id", flat=True))


def day_of(client: Client) -> DayPage:
    found: DayPage = client.get("/min-dag/").context["page"]
    return found


def mates_of(client: Client) -> MatesPage:
    found: MatesPage = client.get("/min-dag/kollegene/").context["page"]
    return found


class TestGivingAVisitAway:
    def test_two_presses_and_the_mate_sees_from_whom_R24(
        self, cast: Cast, client_of: SignIn, morning: build.Morning
    ) -> None:
        amir, kari = client_of(cast.amir), client_of(cast.kari)
        href = day_of(amir).hand_over_href
        page: HandOverPage = amir.get(href).context["page"]
        assert {mate.name for mate in page.choices} == {"Ingrid", "Kari"}

        answer = amir.post(page.give_href, {"to": cast.kari.employee.pk})

        assert (answer.status_code, helpers(morning.arne)) == (302, {cast.kari.employee.pk})
        hers = day_of(kari)
        assert hers.from_mate is not None and hers.from_mate.given is not None and not hers.notices
        assert hers.from_mate.text.replace("\u00a0", " ") == "Arne Kvam kl. 08.30 er ny på lista di, fra Amir."
        assert not day_of(amir).notices

        given = hers.from_mate.given
        assert given.from_whom == "Fra Amir"
        assert kari.get(f"/min-dag/besok/{morning.arne.pk}/").context["page"].given == given

        assert kari.post(given.back_href, {"edition": given.edition}).status_code == 302

        assert helpers(morning.arne) == {cast.amir.employee.pk}
        assert "Tilbake fra Kari" in amir.get("/min-dag/").content.decode()

    def test_a_wrong_name_is_undone_with_one_press(self, cast: Cast, client_of: SignIn, morning: build.Morning) -> None:
        amir = client_of(cast.amir)
        amir.post(f"/min-dag/besok/{morning.arne.pk}/gi/", {"to": cast.kari.employee.pk})
        assert f"/min-dag/besok/{morning.arne.pk}/gi/angre/" in amir.get("/min-dag/").content.decode()

        assert amir.post(f"/min-dag/besok/{morning.arne.pk}/gi/angre/").status_code == 302
        assert helpers(morning.arne) == {cast.amir.employee.pk}

        assert amir.post(f"/min-dag/besok/{morning.arne.pk}/gi/angre/").status_code == 409

    def test_says_what_speaks_against_and_keeps_a_no_to_oneself(
        self, cast: Cast, client_of: SignIn, morning: build.Morning
    ) -> None:
        HelperWish.objects.create(
            citizen=cast.arne, kind=WishKind.MUST_NOT, employee=cast.ingrid.employee, valid_from=builders.LONG_AGO
        )
        HelperWish.objects.create(
            citizen=cast.arne, kind=WishKind.RATHER_NOT, employee=cast.kari.employee, valid_from=builders.LONG_AGO
        )

        page: HandOverPage = client_of(cast.amir).get(f"/min-dag/besok/{morning.arne.pk}/gi/").context["page"]

        (kari,) = page.choices
        assert kari.name == "Kari" and len(kari.doubts) == 1
        assert [(mate.name, mate.why) for mate in page.without] == [("Ingrid Solheim", "")]

    def test_a_refusal_leaves_it_and_says_why(self, cast: Cast, client_of: SignIn, morning: build.Morning) -> None:
        answer = client_of(cast.amir).post(f"/min-dag/besok/{morning.arne.pk}/gi/", {"to": cast.nils.employee.pk})

        assert answer.status_code == 409
        assert "kan ikke ta besøket" in answer.content.decode()
        assert helpers(morning.arne) == {cast.amir.employee.pk}

    def test_of_another_team_is_not_found(self, cast: Cast, client_of: SignIn, morning: build.Morning) -> None:
        nils = client_of(cast.nils)
        assert nils.get(f"/min-dag/besok/{morning.arne.pk}/gi/").status_code == 404
        for act in ("gi", "ta", "tilbake"):
            assert nils.post(f"/min-dag/besok/{morning.olga.pk}/{act}/", {"to": "1"}).status_code == 404

    def test_only_she_whose_visit_it_is_can_give_it(
        self, cast: Cast, client_of: SignIn, morning: build.Morning
    ) -> None:
        page: HandOverPage = client_of(cast.ingrid).get(f"/min-dag/besok/{morning.arne.pk}/gi/").context["page"]

        assert page.nothing and not page.choices

    def test_only_the_one_visited_is_noted_as_read(self, cast: Cast, client_of: SignIn, morning: build.Morning) -> None:
        client_of(cast.amir).get(f"/min-dag/besok/{morning.arne.pk}/gi/")

        assert {entry.citizen_id for entry in AccessEntry.objects.filter(door="myday:hand_over")} == {cast.arne.pk}


class TestTheMates:
    def test_shows_how_far_and_when_free_and_no_place_R29(
        self, cast: Cast, client_of: SignIn, morning: build.Morning
    ) -> None:
        Visit.objects.filter(pk=morning.arne.pk).update(state=VisitState.DONE)

        answer = client_of(cast.ingrid).get("/min-dag/kollegene/")
        page: MatesPage = answer.context["page"]

        far = {mate.person.mark.name: mate.person.note.replace("\u00a0", " ") for mate in page.mates}
        assert far == {"Amir Rahimi": "1 av 1 ferdig", "Kari Nilsen": "0 av 1 ferdig · neste kl. 09.30"}
        assert all(mate.free.startswith("Ledig") for mate in page.mates)
        assert "Arne" not in answer.content.decode()  # whom they are with is not what is asked
        assert {entry.citizen_id for entry in AccessEntry.objects.filter(door="myday:mates")} == {cast.olga.pk}

    def test_a_free_visit_is_taken_with_one_press_and_undone_with_one(
        self, cast: Cast, client_of: SignIn, morning: build.Morning
    ) -> None:
        ingrid = client_of(cast.ingrid)
        assert "2\u00a0ledige" in ingrid.get("/min-dag/").content.decode()
        first = mates_of(ingrid).free[0]
        assert (first.name, first.visit_id) == ("Olga Hansen", morning.olga.pk)

        assert ingrid.post(first.take_href).status_code == 302
        assert helpers(morning.olga) == {cast.ingrid.employee.pk}

        assert ingrid.post(f"/min-dag/besok/{morning.olga.pk}/tilbake/").status_code == 302
        assert helpers(morning.olga) == set()

    def test_who_lacks_training_sees_why_and_has_no_press(
        self, cast: Cast, client_of: SignIn, morning: build.Morning
    ) -> None:
        visit = next(one for one in mates_of(client_of(cast.amir)).free if one.visit_id == morning.olga.pk)

        assert (visit.take_href, visit.why_not) == ("", "Besøket krever sykepleier")

    def test_shows_the_evenings_people_once_they_have_come(
        self, cast: Cast, client_of: SignIn, morning: build.Morning, at: SetClock
    ) -> None:
        eva = builders.employee("Eva", "Kveld", Profession.HEALTH_WORKER, cast.bekkedal)
        builders.shift(eva, cast.bekkedal, TUESDAY_DATE, kind=ShiftKind.EVENING, starts=time(14, 30), ends=time(22))
        assert "Eva Kveld" not in {mate.person.mark.name for mate in mates_of(client_of(cast.ingrid)).mates}

        at(oslo.moment(TUESDAY_DATE, time(14, 40)))

        found = {mate.person.mark.name: mate.person.note for mate in mates_of(client_of(cast.ingrid)).mates}
        assert found["Eva Kveld"].startswith("Kveld")

    def test_who_comes_second_is_told(self, cast: Cast, client_of: SignIn, morning: build.Morning) -> None:
        actions.take_visit(actor=cast.ingrid.actor, visit_id=morning.olga.pk, at=TUESDAY)

        answer = client_of(cast.ingrid).post(f"/min-dag/besok/{morning.arne.pk}/ta/")

        assert answer.status_code == 409 and "Amir har det" in answer.content.decode()

    def test_without_a_shift_there_is_nobody_to_show(
        self, cast: Cast, client_of: SignIn, morning: build.Morning
    ) -> None:
        page = mates_of(client_of(cast.marit))

        assert page.nothing and not page.mates and not page.free

    def test_takes_the_same_number_of_queries_for_any_team(
        self, cast: Cast, client_of: SignIn, morning: build.Morning
    ) -> None:
        client = client_of(cast.ingrid)

        def queries_of() -> int:
            with CaptureQueriesContext(connection) as captured:
                client.get("/min-dag/kollegene/")
            return len(captured)

        few = queries_of()
        for number in range(4):
            more = builders.employee("Ny", f"Kollega{number}", Profession.HEALTH_WORKER, cast.bekkedal)
            builders.shift(more, cast.bekkedal, TUESDAY_DATE)
            build.open_visit(cast.arne, cast.bekkedal, wished=time(10))

        assert queries_of() == few


class TestWithoutCoverage:
    def test_is_delivered_once_R14(self, cast: Cast, client_of: SignIn, morning: build.Morning) -> None:
        amir = client_of(cast.amir)
        device = Device.enrolled(amir)
        fields = {"visit_id": morning.arne.pk, "to": str(cast.kari.employee.pk)}

        first = post(amir, device.write("visit.hand_over", fields, at=TUESDAY, press_key="a"))
        again = post(amir, device.write("visit.hand_over", fields, at=TUESDAY, press_key="b"))

        assert (outcomes(first), outcomes(again)) == (["APPLIED"], ["ALREADY"])
        assert helpers(morning.arne) == {cast.kari.employee.pk}

    def test_the_form_and_the_queue_are_one_press_also_when_it_was_given_back_R14(
        self, cast: Cast, client_of: SignIn, morning: build.Morning
    ) -> None:
        """The answer to the form was lost, so the phone sends it again; meanwhile Kari has given the visit back."""
        amir = client_of(cast.amir)
        page: HandOverPage = amir.get(f"/min-dag/besok/{morning.arne.pk}/gi/").context["page"]
        said = {"to": str(cast.kari.employee.pk)}
        amir.post(page.give_href, {**said, "edition": page.edition})
        actions.give_back_visit(actor=cast.kari.actor, visit_id=morning.arne.pk, at=TUESDAY)

        fields = {"visit_id": morning.arne.pk, **said}
        device = Device.enrolled(amir)
        post(amir, device.write("visit.hand_over", fields, at=TUESDAY, press_key="a", edition=page.edition))
        assert helpers(morning.arne) == {cast.amir.employee.pk}

        anew: HandOverPage = amir.get(page.give_href).context["page"]
        post(amir, device.write("visit.hand_over", fields, at=TUESDAY, press_key="b", edition=anew.edition))
        assert helpers(morning.arne) == {cast.kari.employee.pk}

    def test_what_somebody_else_has_taken_is_refused_and_kept_R14(
        self, cast: Cast, client_of: SignIn, morning: build.Morning
    ) -> None:
        kari = client_of(cast.kari)
        device = Device.enrolled(kari)
        half = morning.pair.pk
        actions.take_visit(actor=cast.ingrid.actor, visit_id=half, at=TUESDAY)
        fields = {"visit_id": morning.arne.pk}

        refused = post(kari, device.write("visit.take", fields, at=TUESDAY, press_key="a"))
        mine = post(kari, device.write("visit.take", {"visit_id": half}, at=TUESDAY, press_key="b"))

        assert (outcomes(refused), outcomes(mine)) == (["REFUSED"], ["ALREADY"])
        letter = Undelivered.objects.get()
        page = kari.get(f"/ikke-gjennom/{letter.pk}/").content.decode()
        assert "Amir" in page
        assert helpers(morning.arne) == {cast.amir.employee.pk}

    @pytest.mark.parametrize("fields", [{}, {"visit_id": "å", "to": []}, {"visit_id": True}, {"visit_id": 10**30}])
    def test_an_order_nobody_understands_is_kept_R14(
        self, cast: Cast, client_of: SignIn, fields: dict[str, object]
    ) -> None:
        amir = client_of(cast.amir)
        device = Device.enrolled(amir)
        for act in ("visit.hand_over", "visit.take", "visit.give_back"):
            assert outcomes(post(amir, device.write(act, fields, at=TUESDAY, press_key=act))) == ["REFUSED"]
        for letter in Undelivered.objects.all():
            assert amir.get(f"/ikke-gjennom/{letter.pk}/").status_code == 200


class TestOneMinuteBeforeTheDoor:
    """E8: what matters, how she wants to be met, risks, the way in, what to do first, who to call."""

    def visit(self, cast: Cast, at: SetClock) -> Visit:
        at(TUESDAY)
        return builders_visits.visit(cast.olga, cast.bekkedal, TUESDAY_DATE, cast.amir.employee, tasks=("Stell", "Mat"))

    def test_is_shown_to_one_who_is_new_to_her(self, cast: Cast, client_of: SignIn, at: SetClock) -> None:
        visit = self.visit(cast, at)
        words = builders_visits.matters(cast.olga, "Ikke skynd dere.", said_on=date(2026, 11, 1))
        words.rather_not = "Å bli snakket over hodet på"
        words.save()

        answer = client_of(cast.amir).get(f"/min-dag/besok/{visit.pk}/")
        page, text = answer.context["page"], answer.content.decode()

        assert (page.minute.first, page.minute.matters.more[0].text) == ("Stell", "Å bli snakket over hodet på")
        assert text.index("Ett minutt før døra") < text.index("Ikke skynd dere.") < text.index('id="besok"')
        assert text.count("Ikke skynd dere.") == 1

    def test_is_not_shown_to_one_who_was_there_lately(self, cast: Cast, client_of: SignIn, at: SetClock) -> None:
        visit = self.visit(cast, at)
        build.been_there(cast.amir.employee, cast.olga, cast.bekkedal, 1)

        page = client_of(cast.amir).get(f"/min-dag/besok/{visit.pk}/").context["page"]

        assert page.minute is None

    def test_nor_of_a_visit_that_is_somebody_elses(self, cast: Cast, client_of: SignIn, at: SetClock) -> None:
        visit = self.visit(cast, at)

        assert client_of(cast.ingrid).get(f"/min-dag/besok/{visit.pk}/").context["page"].minute is None

    def test_what_was_typed_stands_open_when_it_was_refused(self, cast: Cast, client_of: SignIn, at: SetClock) -> None:
        visit = self.visit(cast, at)

        answer = client_of(cast.amir).post(
            f"/min-dag/besok/{visit.pk}/ferdig/", {"press_key": "a", "outcome": "DIFFERENT", "note": ""}
        )

        assert answer.status_code == 422 and answer.context["page"].more_open

    def test_new_is_counted_for_each_helper(self) -> None:
        assert is_new_to(helper_id=1, citizen_id=2, visits={(3, 2): 4})
        assert not is_new_to(helper_id=1, citizen_id=2, visits={(1, 2): 1})
        assert not is_new_to(helper_id=None, citizen_id=2, visits={})


def shift(number: int, first: time, last: time) -> ShiftLine:
    begins, ends = oslo.moment(TUESDAY_DATE, first), oslo.moment(TUESDAY_DATE, last)
    return ShiftLine(number, 1, "Team", TUESDAY_DATE, "DAY", begins, ends, False)


def test_the_shift_that_goes_on_is_the_one_shown() -> None:
    morning, evening = shift(1, time(7, 30), time(12)), shift(2, time(15), time(22))

    assert shift_of([morning, evening], oslo.moment(TUESDAY_DATE, time(8))) == morning
    assert shift_of([morning, evening], oslo.moment(TUESDAY_DATE, time(16))) == evening
    assert shift_of([evening], oslo.moment(TUESDAY_DATE, time(8))) == evening
    assert shift_of([], TUESDAY) is None
