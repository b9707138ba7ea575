from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders, builders_journal, builders_visits
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast, Member
from tillit.care.citizens.models import Alert, AlertKind, Whereabouts, WhereaboutsKind
from tillit.care.visits.models import CancelledBy, Urgency, Visit, VisitReport, VisitState
from tillit.foundation.access.models import AccessEntry
from tillit.foundation.organisation.models import TeamMeeting
from tillit.foundation.workforce.models import Shift, ShiftKind
from tillit.kernel import oslo
from tillit.pages.myday.contexts.day import DayPage, day_page
from tillit.pages.myday.contexts.notices import notices_shown
from tillit.teamwork.planning.models import DayLists, ListState, Notice
from tillit.teamwork.planning.queries import NoticeLine
from tillit.ui.parts import DayRow

SignIn = Callable[[Member], Client]
SetClock = Callable[[datetime], None]


def plain(text: str) -> str:
    """Without the signs that keep words on one line."""
    return text.replace("\u00a0", " ").replace("\u2060", "")


def page_of(member: Member, *, on: date | None = None, now: datetime = MONDAY) -> DayPage:
    return day_page(actor=member.actor, on=on, now=now, press_key="key")


def rows_of(page: DayPage) -> list[tuple[str, str]]:
    assert page.rest is not None
    return [(item.starts, item.name) for item in page.rest.items if isinstance(item, DayRow)]


def notice(cast: Cast, visit: Visit, kind: str, **times: datetime) -> Notice:
    lists, _ = DayLists.objects.get_or_create(
        unit=cast.bekkedal,
        on=MONDAY_DATE,
        shift_kind=ShiftKind.DAY,
        defaults={"state": ListState.CHANGED, "changed_at": MONDAY},
    )
    return Notice.objects.create(lists=lists, employee=cast.amir.employee, visit=visit, kind=kind, at=MONDAY, **times)


class TestMyDay:
    def test_shows_the_next_visit_and_the_rest_in_the_order_they_begin(self, cast: Cast) -> None:
        builders.shift(cast.amir.employee, cast.bekkedal, MONDAY_DATE)
        builders_visits.visit(cast.arne, cast.bekkedal, MONDAY_DATE, cast.amir.employee, at=time(9, 15))
        builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.amir.employee, at=time(8, 40))

        page = page_of(cast.amir)

        assert page.card is not None
        assert (page.card.name, plain(page.card.time)) == ("Olga Hansen", "08.40–09.10")
        assert ("09.15", "Arne Kvam") in rows_of(page)
        assert page.note == "Mandag 23. november · 2 besøk"

    def test_the_card_carries_what_one_needs_at_the_door(self, cast: Cast) -> None:
        builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.amir.employee)
        builders_visits.matters(cast.olga, "Ikke skynd dere med meg.", said_on=MONDAY_DATE)
        for kind, text in ((AlertKind.AID, "Går med rullator"), (AlertKind.ALLERGY, "penicillin")):
            Alert.objects.create(citizen=cast.olga, kind=kind, text=text, valid_from=builders.LONG_AGO)
        home = cast.olga.homes.get()
        home.way_in, home.door_code = "Ring på først", "4711#"
        home.save()

        card = page_of(cast.amir).card

        assert card is not None and card.matters is not None and card.door is not None
        assert card.matters.text == "Ikke skynd dere med meg."
        assert [(tag.text, tag.colour) for tag in card.tags[:2]] == [
            ("Allergi: penicillin", "danger"),
            ("Går med rullator", "neutral"),
        ]
        assert card.door.heading == "Ring på først"
        assert card.place.endswith(" · 88 år")
        assert card.actions[1].href.startswith("geo:61.9")

    def test_never_holds_a_door_code(self, cast: Cast, client_of: SignIn) -> None:
        builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.amir.employee)
        cast.olga.homes.update(door_code="4711#")

        text = client_of(cast.amir).get("/min-dag/").content.decode()

        assert "Vis kode" in text and "4711" not in text

    def test_says_so_when_nobody_has_asked_what_matters(self, cast: Cast) -> None:
        builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.amir.employee)

        card = page_of(cast.amir).card

        assert card is not None and card.matters is not None
        assert card.matters.missing and "Olga" in card.matters.label

    def test_folds_what_is_done_and_keeps_a_late_visit_as_the_next(self, cast: Cast) -> None:
        done = builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.amir.employee, at=time(7, 30))
        builders_visits.report(done, cast.amir.employee, MONDAY, note="Gikk fint.")
        builders_visits.visit(cast.arne, cast.bekkedal, MONDAY_DATE, cast.amir.employee, at=time(7, 0))

        page = page_of(cast.amir)

        assert page.done_words == "1 besøk er ferdig"
        assert page.done is not None and isinstance(page.done.items[0], DayRow)
        assert plain(page.done.items[0].note) == "Ferdig med notat kl. 08.00"
        assert page.card is not None and page.card.name == "Arne Kvam"

    def test_says_with_whom_what_changed_and_where_she_is(self, cast: Cast) -> None:
        builders_visits.visit(
            cast.olga,
            cast.bekkedal,
            MONDAY_DATE,
            cast.amir.employee,
            cast.kari.employee,
            changed_at=MONDAY - timedelta(hours=1),
        )
        Whereabouts.objects.create(citizen=cast.olga, kind=WhereaboutsKind.HOSPITAL, from_at=MONDAY)

        card = page_of(cast.amir).card

        assert card is not None
        assert [tag.text for tag in card.tags[:3]] == ["På sykehus", "Endret i morges", "Sammen med Kari"]

    def test_a_visit_for_two_that_lacks_one_is_said_out_loud(self, cast: Cast) -> None:
        builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.amir.employee, number_of_helpers=2)

        card = page_of(cast.amir).card

        assert card is not None and card.tags[0].text == "Skal være to, én mangler"

    def test_a_cancelled_visit_says_why_and_one_gone_from_the_plan_is_gone(self, cast: Cast) -> None:
        for citizen, by in ((cast.olga, CancelledBy.RELATIVE), (cast.arne, CancelledBy.PLAN)):
            found = builders_visits.visit(
                citizen, cast.bekkedal, MONDAY_DATE, cast.amir.employee, state=VisitState.CANCELLED
            )
            found.cancelled_by = by
            found.save()

        page = page_of(cast.amir)

        assert page.card is None and page.rest is not None
        assert [(row.name, row.note) for row in page.rest.items if isinstance(row, DayRow)] == [
            ("Olga Hansen", "Pårørende tar det")
        ]

    def test_has_the_break_and_the_meeting_in_their_places(self, cast: Cast) -> None:
        builders.shift(cast.amir.employee, cast.bekkedal, MONDAY_DATE)
        builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.amir.employee, at=time(9))
        builders_visits.visit(cast.arne, cast.bekkedal, MONDAY_DATE, cast.amir.employee, at=time(12, 30))
        TeamMeeting.objects.create(
            unit=cast.bekkedal,
            name="Teammøte",
            weekdays="1",
            starts=time(14),
            minutes=30,
            valid_from=builders.LONG_AGO,
        )

        rows = rows_of(page_of(cast.amir))

        assert [name for _starts, name in rows] == ["Pause", "Arne Kvam", "Teammøte"]
        assert "10.30" <= rows[0][0] <= "12.00"

    def test_of_others_is_not_hers(self, cast: Cast) -> None:
        builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.kari.employee)

        page = page_of(cast.amir)

        assert page.card is None and page.rest is None

    def test_writes_whom_she_read_about(self, cast: Cast, client_of: SignIn) -> None:
        builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.amir.employee)

        client_of(cast.amir).get("/min-dag/")

        assert AccessEntry.objects.get().citizen_id == cast.olga.pk

    def test_takes_the_same_number_of_queries_for_any_list(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.amir)
        builders.shift(cast.amir.employee, cast.bekkedal, MONDAY_DATE)

        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert client.get("/min-dag/").status_code == 200
            return len(captured)

        builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.amir.employee, cast.kari.employee)
        few = queries()
        for hour in range(9, 21):
            builders_visits.visit(
                cast.arne, cast.bekkedal, MONDAY_DATE, cast.amir.employee, cast.ingrid.employee, at=time(hour)
            )
            builders_visits.follow_up(cast.olga, cast.kari.employee, cast.amir.employee, MONDAY)

        assert queries() == few <= 44


class TestAnEmptyDay:
    def test_says_when_the_next_shift_is(self, cast: Cast) -> None:
        builders.shift(cast.amir.employee, cast.bekkedal, date(2026, 11, 26))

        nothing = page_of(cast.amir).nothing

        assert nothing is not None
        assert nothing.title == "Du er ikke på vakt i dag"
        assert plain(nothing.text) == "Neste vakt er torsdag 26.11. kl. 07.30–15.00 i Team Bekkedal."

    def test_and_that_there_is_none(self, cast: Cast) -> None:
        nothing = page_of(cast.amir).nothing

        assert nothing is not None and nothing.text == "Det er ikke satt opp flere vakter på deg."

    def test_says_that_the_lists_are_not_in_use_yet(self, cast: Cast) -> None:
        builders.shift(cast.amir.employee, cast.bekkedal, MONDAY_DATE)

        nothing = page_of(cast.amir).nothing

        assert nothing is not None and "07.30" in nothing.text and "fordeleren" in nothing.text

    def test_says_that_one_is_at_the_office(self, cast: Cast) -> None:
        builders.shift(cast.amir.employee, cast.bekkedal, MONDAY_DATE)
        Shift.objects.update(office=True)

        nothing = page_of(cast.amir).nothing

        assert nothing is not None and nothing.title == "Du er på kontoret i dag"


class TestOtherDays:
    def test_are_reached_by_arrows_and_have_no_next_visit(self, cast: Cast, client_of: SignIn) -> None:
        builders_visits.visit(cast.olga, cast.bekkedal, TUESDAY_DATE, cast.amir.employee)
        client = client_of(cast.amir)

        today = client.get("/min-dag/").content.decode()
        tomorrow = client.get("/min-dag/2026-11-24/")

        assert 'href="/min-dag/2026-11-24/"' in today and 'href="/min-dag/2026-11-22/"' in today
        page = tomorrow.context["page"]
        assert page.card is None and page.finish is None
        assert rows_of(page) == [("08.40", "Olga Hansen")]
        assert page.now_href == "/min-dag/"

    @pytest.mark.parametrize("address", ["/min-dag/2026-02-31/", "/min-dag/1826-11-24/", "/min-dag/2226-11-24/"])
    def test_that_do_not_exist_are_not_found(self, cast: Cast, client_of: SignIn, address: str) -> None:
        assert client_of(cast.amir).get(address).status_code == 404


class TestNight:
    @pytest.mark.parametrize(
        ("on", "hours"),
        [(MONDAY_DATE, 9), (date(2026, 3, 28), 8), (date(2026, 10, 24), 10)],
        ids=["ordinary", "spring: 23 hours", "autumn: 25 hours"],
    )
    def test_is_one_working_day_over_midnight(self, cast: Cast, on: date, hours: int) -> None:
        shift = builders.shift(
            cast.amir.employee, cast.bekkedal, on, kind=ShiftKind.NIGHT, starts=time(22), ends=time(7)
        )
        night = {"kind": ShiftKind.NIGHT}
        builders_visits.visit(cast.olga, cast.bekkedal, on, cast.amir.employee, at=time(23), **night)  # type: ignore[arg-type]
        builders_visits.visit(cast.arne, cast.bekkedal, on, cast.amir.employee, at=time(4), next_day=True, **night)  # type: ignore[arg-type]
        at_four = oslo.moment(on + timedelta(days=1), time(4))

        page = page_of(cast.amir, now=at_four)

        assert shift.ends_at - shift.starts_at == timedelta(hours=hours)
        assert page.on == on
        assert page.card is not None and (page.card.name, plain(page.card.time)) == ("Olga Hansen", "23.00–23.30")
        assert ("04.00", "Arne Kvam") in rows_of(page)

    def test_the_day_after_does_not_repeat_it(self, cast: Cast) -> None:
        builders.shift(
            cast.amir.employee, cast.bekkedal, MONDAY_DATE, kind=ShiftKind.NIGHT, starts=time(22), ends=time(7)
        )
        builders_visits.visit(
            cast.arne, cast.bekkedal, MONDAY_DATE, cast.amir.employee, at=time(4), next_day=True, kind=ShiftKind.NIGHT
        )

        later = oslo.moment(date(2026, 11, 25), time(12))
        assert page_of(cast.amir, on=TUESDAY_DATE, now=later).rest is None
        assert rows_of(page_of(cast.amir, on=MONDAY_DATE, now=later)) == [("03.00", "Pause"), ("04.00", "Arne Kvam")]

    def test_going_on_is_the_same_page_by_its_own_address(self, cast: Cast) -> None:
        builders.shift(
            cast.amir.employee, cast.bekkedal, MONDAY_DATE, kind=ShiftKind.NIGHT, starts=time(22), ends=time(7)
        )
        builders_visits.visit(
            cast.arne, cast.bekkedal, MONDAY_DATE, cast.amir.employee, at=time(4), next_day=True, kind=ShiftKind.NIGHT
        )
        at_three = oslo.moment(TUESDAY_DATE, time(3))

        by_address, as_today = page_of(cast.amir, on=MONDAY_DATE, now=at_three), page_of(cast.amir, now=at_three)

        assert by_address == as_today and by_address.card is not None
        assert not page_of(cast.amir, on=TUESDAY_DATE, now=at_three).is_now


class TestNotices:
    def test_say_what_changed_on_the_list(self, cast: Cast) -> None:
        visit = builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.amir.employee)
        moved = builders_visits.visit(cast.arne, cast.bekkedal, MONDAY_DATE, cast.amir.employee, at=time(10))
        notice(cast, visit, "NEW", becomes_at=visit.starts_at)  # type: ignore[arg-type]
        notice(cast, moved, "MOVED", was_at=datetime(2026, 11, 23, 8, 15, tzinfo=UTC), becomes_at=moved.starts_at)  # type: ignore[arg-type]

        texts = [plain(shown.text) for shown in page_of(cast.amir).notices]

        assert texts == [
            "Olga Hansen kl. 08.40 er ny på lista di.",
            "Arne Kvam er flyttet fra kl. 09.15 til kl. 10.00.",
        ]

    def test_are_gone_when_she_has_seen_them_but_not_those_that_came_later(self, cast: Cast, client_of: SignIn) -> None:
        visit = builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.amir.employee)
        seen = notice(cast, visit, "NEW", becomes_at=visit.starts_at)  # type: ignore[arg-type]
        client = client_of(cast.amir)
        shown = client.get("/min-dag/").context["page"].notice_ids
        later = notice(cast, visit, "OTHERS", becomes_at=visit.starts_at)  # type: ignore[arg-type]

        client.post("/min-dag/sett/", {"notice": shown})

        assert shown == (seen.pk,)
        assert [shown.notice_id for shown in page_of(cast.amir).notices] == [later.pk]


class TestWaiting:
    def test_shows_the_follow_ups_she_owns(self, cast: Cast) -> None:
        mine = builders_visits.follow_up(cast.olga, cast.kari.employee, cast.amir.employee, MONDAY)
        builders_visits.follow_up(cast.arne, cast.amir.employee, cast.kari.employee, MONDAY)

        page = page_of(cast.amir)

        assert page.waiting is not None and page.urgent == ()
        assert [(row.title, row.href) for row in page.waiting.rows] == [
            ("Klarer mer selv hos Olga Hansen", f"/oppfolging/{mine.pk}/")
        ]

    def test_what_cannot_wait_stands_above_the_next_visit(self, cast: Cast) -> None:
        builders_visits.follow_up(cast.olga, cast.kari.employee, cast.amir.employee, MONDAY, urgency=Urgency.NOW)

        page = page_of(cast.amir)

        assert page.waiting is None and len(page.urgent) == 1


class TestFinishingFromTheCard:
    def test_is_offered_when_the_visit_should_have_begun_and_takes_one_press(
        self, cast: Cast, client_of: SignIn, at: SetClock
    ) -> None:
        visit = builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.amir.employee, at=time(8, 40))
        client = client_of(cast.amir)
        before = client.get("/min-dag/").context["page"]
        at(oslo.moment(MONDAY_DATE, time(8, 40)))

        finish = client.get("/min-dag/").context["page"].finish
        client.post(finish.href, {"press_key": finish.press_key, "outcome": "AS_PLANNED"})

        assert before.finish is None
        visit.refresh_from_db()
        assert visit.state == VisitState.DONE
        assert VisitReport.objects.get().outcome == "AS_PLANNED"


class TestWithoutAnEmployee:
    def test_the_page_says_so(self, cast: Cast, client_of: SignIn) -> None:
        cast.amir.employee.roles.update(valid_to=date(2021, 1, 1))

        text = client_of(cast.amir).get("/min-dag/").content.decode()

        assert "Du er ikke registrert som medarbeider" in text


class TestLateNotices:
    @pytest.mark.parametrize(("kind", "days_ago", "told"), [("DAY", 0, True), ("DAY", 1, False), ("NIGHT", 1, True)])
    def test_a_list_that_is_over_is_not_said_to_be_ready(self, kind: str, days_ago: int, told: bool) -> None:
        on = oslo.day_of(MONDAY) - timedelta(days=days_ago)
        line = NoticeLine(1, "READY", 1, on, kind, None, None, None, None, MONDAY)

        assert bool(notices_shown([line], {}, now=MONDAY)) is told


class TestWhatWaitsForHerName:
    def test_stands_on_the_day_and_leads_to_the_signing(self, cast: Cast) -> None:
        assert page_of(cast.ingrid).waiting is None
        builders_journal.note(cast.olga, cast.ingrid, "Ringte datteren.", signed=False)

        waiting = page_of(cast.ingrid).waiting
        assert waiting is not None
        assert [(row.title, row.href) for row in waiting.rows] == [("1 ting venter på signering", "/signering/")]
