"""From notice to running help, and looking at it again: what starts a deadline, what stops a step (R14, R19, R20)."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from tests import builders_authority, builders_plan
from tests import builders_decisions as made
from tests.builders import LONG_AGO
from tests.builders_decisions import Office
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, TUESDAY_DATE, Cast
from tillit.care.citizens import actions as citizens
from tillit.care.citizens.events import CitizenAway
from tillit.care.citizens.models import Responsible, ResponsibleKind, Whereabouts
from tillit.care.decisions import listeners_whereabouts
from tillit.care.decisions.actions.advance_notice import record_reply, send_advance_notice
from tillit.care.decisions.actions.deciding import decide_case
from tillit.care.decisions.actions.interim import send_interim_reply
from tillit.care.decisions.actions.notifying import ask_for_reasons, notify_decision, send_reasons, send_written
from tillit.care.decisions.actions.pausing import follow_whereabouts, pause_help, resume_help
from tillit.care.decisions.actions.reassessing import keep_unchanged, open_reassessment
from tillit.care.decisions.actions.refusals import CaseRefused, StepBlocked
from tillit.care.decisions.actions.starting import end_finished, start_help
from tillit.care.decisions.models import Case, CasePractice, Decision, Line, NoticeWay
from tillit.care.decisions.queries.facts import dates_of
from tillit.care.decisions.queries.notices import appeal_period
from tillit.care.decisions.rules.states import Block, State
from tillit.care.letters.models import LetterKind, SentLetter
from tillit.foundation.access.actor import system
from tillit.foundation.access.roles import Role
from tillit.kernel import events, oslo

SYSTEM = system("nattjobben")


@pytest.fixture
def office(cast: Cast) -> Office:
    """Bekkedal follows Model 1; its leader decides everything at home."""
    found = made.office(cast)
    made.follows_model(cast.bekkedal, made.MODEL_1)
    cast.municipality.phone = "55 50 01 00"
    cast.municipality.save()
    for code in ("HOME_NURSING", "PRACTICAL_ASSISTANCE"):
        builders_authority.authority(found.services[code], Role.TEAM_LEADER)
    return found


def seen(case: Case) -> Case:
    """The case as it is now."""
    return Case.objects.get(pk=case.pk)


def decided(cast: Cast, office: Office, *, at: datetime = MONDAY, **line: Any) -> Case:
    """A decision on nursing at home that nobody has been told of."""
    said = made.asked("HOME_NURSING", received_on=oslo.day_of(at))
    case = made.received(office.nora.actor, cast.olga, said=said, at=at)
    made.assessed(office.nora.actor, case, cast.ingrid.employee, at=at)
    case = made.proposed(office.nora.actor, case, at=at)
    case.lines.update(**line)
    decide_case(actor=cast.marit.actor, case_id=case.pk, edition=case.edition, decided_on=oslo.day_of(at), at=at)
    return seen(case)


def told(cast: Cast, office: Office, *, way: NoticeWay = NoticeWay.DIGITAL, at: datetime = MONDAY, **line: Any) -> Case:
    """The same, and the citizen knows."""
    case = decided(cast, office, at=at, **line)
    notify_decision(
        actor=office.nora.actor, case_id=case.pk, edition=case.edition, way=way, sent_on=oslo.day_of(at), at=at
    )
    return seen(case)


def running(cast: Cast, office: Office, *, at: datetime = MONDAY, **line: Any) -> Case:
    """The same, and the help has begun."""
    case = told(cast, office, at=at, **line)
    if not Responsible.objects.filter(citizen=cast.olga).exists():
        Responsible.objects.create(
            citizen=cast.olga,
            kind=ResponsibleKind.SERVICE_RESPONSIBLE,
            employee=cast.ingrid.employee,
            valid_from=LONG_AGO,
        )
    start_help(actor=cast.ingrid.actor, case_id=case.pk, edition=case.edition, on=oslo.day_of(at), at=at)
    return seen(case)


def reassessed(cast: Cast, case: Case, *, by_citizen: bool = False, at: datetime = TUESDAY) -> Case:
    """The same, taken up again, and assessed afresh with her own view."""
    open_reassessment(
        actor=cast.ingrid.actor, case_id=case.pk, edition=case.edition, why="Målene er nådd", by_citizen=by_citizen,
        opened_by="CITIZEN" if by_citizen else "GOALS_MET", on=oslo.day_of(at), at=at,
    )  # fmt: skip
    return seen(case)


class TestNotify:
    @pytest.mark.parametrize(
        ("way", "known_on", "last_day"),
        [
            (NoticeWay.DIGITAL, date(2026, 11, 23), date(2026, 12, 21)),
            (NoticeWay.POST, date(2026, 11, 26), date(2026, 12, 24)),
            (NoticeWay.BY_HAND, date(2026, 11, 23), date(2026, 12, 21)),
        ],
    )
    def test_starts_the_appeal_period_when_it_reached_her(
        self, cast: Cast, office: Office, way: NoticeWay, known_on: date, last_day: date
    ) -> None:
        case = told(cast, office, way=way)
        period = appeal_period(case.decisions.get())
        assert (case.state, case.decisions.get().known_on) == (State.NOTIFIED, known_on)
        assert period is not None and (period.last_day, period.latest) == (last_day, date(2027, 11, 23))

    def test_by_mouth_owes_a_letter_and_the_period_runs_from_that(self, cast: Cast, office: Office) -> None:
        case = told(cast, office, way=NoticeWay.ORALLY)
        with pytest.raises(CaseRefused):
            send_written(
                actor=office.nora.actor, case_id=case.pk, edition=case.edition, way=NoticeWay.ORALLY,
                sent_on=TUESDAY_DATE, at=TUESDAY,
            )  # fmt: skip

        send_written(
            actor=office.nora.actor, case_id=case.pk, edition=case.edition, way=NoticeWay.POST, sent_on=TUESDAY_DATE,
            at=TUESDAY,
        )  # fmt: skip

        decision = seen(case).decisions.get()
        assert decision.known_on == date(2026, 11, 27)
        assert [notice.way for notice in decision.notices.order_by("pk")] == ["ORALLY", "POST"]
        with pytest.raises(CaseRefused):
            send_written(
                actor=office.nora.actor, case_id=case.pk, edition=seen(case).edition, way=NoticeWay.POST,
                sent_on=TUESDAY_DATE, at=TUESDAY,
            )  # fmt: skip

    def test_counts_the_municipalitys_own_days_by_post(self, cast: Cast, office: Office) -> None:
        CasePractice.objects.create(valid_from=MONDAY_DATE, post_days=5)
        assert told(cast, office, way=NoticeWay.POST).decisions.get().known_on == date(2026, 11, 28)

    def test_refuses_a_day_before_the_decision_or_ahead(self, cast: Cast, office: Office) -> None:
        case = decided(cast, office, at=TUESDAY)
        for wrong in (MONDAY_DATE, TUESDAY_DATE + timedelta(days=1)):
            with pytest.raises(CaseRefused):
                notify_decision(
                    actor=office.nora.actor, case_id=case.pk, edition=case.edition, way=NoticeWay.POST, sent_on=wrong,
                    at=TUESDAY,
                )  # fmt: skip
        assert seen(case).state == State.DECIDED


class TestReasonsAskedForAfterwards:
    def test_restart_the_period_and_only_one_with_authority_gives_them(self, cast: Cast, office: Office) -> None:
        case = made.received(office.nora.actor, cast.olga)
        made.assessed(office.nora.actor, case, cast.ingrid.employee)
        case = made.proposed(office.nora.actor, case)
        Case.objects.filter(pk=case.pk).update(reasons="")
        decide_case(actor=cast.marit.actor, case_id=case.pk, edition=case.edition, decided_on=MONDAY_DATE, at=MONDAY)
        case = seen(case)
        notify_decision(
            actor=office.nora.actor, case_id=case.pk, edition=case.edition, way=NoticeWay.DIGITAL, sent_on=MONDAY_DATE,
            at=MONDAY,
        )  # fmt: skip
        ask_for_reasons(
            actor=office.nora.actor, case_id=case.pk, edition=seen(case).edition, asked_on=TUESDAY_DATE, at=TUESDAY
        )
        press: dict[str, Any] = {
            "case_id": case.pk,
            "reasons": "Du har falt.",
            "way": NoticeWay.POST,
            "sent_on": TUESDAY_DATE,
            "at": TUESDAY,
        }
        with pytest.raises(CaseRefused):
            send_reasons(actor=cast.ingrid.actor, edition=seen(case).edition, **press)

        decision = send_reasons(actor=cast.marit.actor, edition=seen(case).edition, **press)

        period = appeal_period(decision)
        assert period is not None and (period.starts_on, period.last_day) == (date(2026, 11, 27), date(2026, 12, 28))
        assert decision.reasons == "" and decision.reasons_letter is not None and decision.letter is not None
        assert "Du har falt." in decision.reasons_letter.html and "Du har falt." not in decision.letter.html

    def test_are_not_asked_for_when_they_stand_there(self, cast: Cast, office: Office) -> None:
        case = told(cast, office)
        with pytest.raises(CaseRefused):
            ask_for_reasons(
                actor=office.nora.actor, case_id=case.pk, edition=case.edition, asked_on=TUESDAY_DATE, at=TUESDAY
            )


class TestStart:
    def test_wants_somebody_who_answers_for_her_and_a_plan_for_a_frame_R20(self, cast: Cast, office: Office) -> None:
        case = told(cast, office, span_percent=20)
        press: dict[str, Any] = {"case_id": case.pk, "edition": case.edition, "on": TUESDAY_DATE, "at": TUESDAY}
        with pytest.raises(StepBlocked) as nobody:
            start_help(actor=cast.ingrid.actor, **press)
        Responsible.objects.create(
            citizen=cast.olga,
            kind=ResponsibleKind.SERVICE_RESPONSIBLE,
            employee=cast.ingrid.employee,
            valid_from=MONDAY_DATE,
        )
        with pytest.raises(StepBlocked) as no_plan:
            start_help(actor=cast.ingrid.actor, **press)
        builders_plan.plan(cast.olga)

        started = start_help(actor=cast.ingrid.actor, **press)

        assert nobody.value.blocks == (Block.NO_RESPONSIBLE, Block.NO_PLAN)
        assert (no_plan.value.blocks, started.state) == ((Block.NO_PLAN,), State.ACTIVE)


class TestEndByItself:
    def test_ends_the_day_after_its_last_day_and_no_other(self, cast: Cast, office: Office) -> None:
        last = MONDAY_DATE + timedelta(days=20)
        case = running(cast, office, starts_on=MONDAY_DATE, ends_on=last)
        on_last, after = oslo.moment(last, time(3)), oslo.moment(last + timedelta(days=1), time(3))

        assert (end_finished(actor=SYSTEM, at=on_last), seen(case).state) == (0, State.ACTIVE)
        assert (end_finished(actor=SYSTEM, at=after), seen(case).state) == (1, State.ENDED)
        assert end_finished(actor=SYSTEM, at=after) == 0

    def test_leaves_help_without_a_last_day(self, cast: Cast, office: Office) -> None:
        running(cast, office)
        assert end_finished(actor=SYSTEM, at=MONDAY + timedelta(days=3000)) == 0


class TestRest:
    def test_follows_hospital_and_home_while_the_decision_stands(self, cast: Cast, office: Office) -> None:
        case = running(cast, office)
        row = Whereabouts.objects.create(citizen=cast.olga, kind="HOSPITAL", from_at=MONDAY)
        assert follow_whereabouts(actor=SYSTEM, at=TUESDAY) == 1
        paused = seen(case)
        assert follow_whereabouts(actor=SYSTEM, at=TUESDAY) == 0
        row.to_at = TUESDAY
        row.save()

        assert follow_whereabouts(actor=SYSTEM, at=TUESDAY + timedelta(hours=1)) == 1

        stop = case.stops.get()
        assert (paused.state, seen(case).state) == (State.PAUSED, State.ACTIVE)
        assert (stop.kind, stop.from_on, stop.to_on) == ("HOSPITAL", MONDAY_DATE, TUESDAY_DATE)

    def test_what_is_told_ahead_waits_for_its_day(self, cast: Cast, office: Office) -> None:
        case = running(cast, office)
        events.listen(CitizenAway, listeners_whereabouts.on_citizen_away)
        ahead = TUESDAY + timedelta(days=3)
        citizens.set_away(
            actor=cast.ingrid.actor,
            citizen_id=cast.olga.pk,
            kind="AWAY",
            place="",
            from_at=ahead,
            to_at=None,
            at=TUESDAY,
        )
        assert seen(case).state == State.ACTIVE
        assert follow_whereabouts(actor=SYSTEM, at=ahead + timedelta(hours=1)) == 1

    def test_her_own_wish_is_left_to_people(self, cast: Cast, office: Office) -> None:
        case = running(cast, office)
        pause_help(actor=cast.ingrid.actor, case_id=case.pk, edition=case.edition, on=MONDAY_DATE, at=MONDAY)
        assert (follow_whereabouts(actor=SYSTEM, at=TUESDAY), seen(case).state) == (0, State.PAUSED)
        resume_help(actor=cast.ingrid.actor, case_id=case.pk, edition=seen(case).edition, on=TUESDAY_DATE, at=TUESDAY)
        assert seen(case).state == State.ACTIVE


class TestInterimReply:
    def test_names_the_day_that_the_deadline_then_is(self, cast: Cast, office: Office) -> None:
        case = made.received(office.nora.actor, cast.olga)
        press: dict[str, Any] = {"actor": office.nora.actor, "case_id": case.pk, "edition": case.edition, "at": TUESDAY}
        with pytest.raises(CaseRefused):
            send_interim_reply(reason="", expected_on=date(2027, 1, 15), **press)
        with pytest.raises(CaseRefused):
            send_interim_reply(reason="Vi venter.", expected_on=TUESDAY_DATE, **press)

        send_interim_reply(reason="Vi venter.", expected_on=date(2027, 1, 15), **press)

        letter = SentLetter.objects.get()
        assert (seen(case).expected_on, letter.kind) == (date(2027, 1, 15), LetterKind.INTERIM_REPLY)
        assert "15. januar 2027" in letter.html and "hjemmesykepleie" in letter.html


class TestReassess:
    def test_takes_up_what_she_has_and_forgets_the_old_reasons(self, cast: Cast, office: Office) -> None:
        case = reassessed(cast, running(cast, office))
        line = case.lines.get(state=Line.State.OPEN)
        assert (case.state, case.reassessed_from, case.by_citizen) == (State.REASSESSMENT, TUESDAY_DATE, False)
        assert (case.reasons, line.outcome, line.was) == ("", "", case.decisions.get().lines.get())

    def test_unchanged_wants_a_fresh_assessment_and_sets_the_next_day(self, cast: Cast, office: Office) -> None:
        case = reassessed(cast, running(cast, office))
        press: dict[str, Any] = {
            "actor": cast.ingrid.actor,
            "case_id": case.pk,
            "evaluate_on": date(2027, 6, 1),
            "at": TUESDAY,
        }
        with pytest.raises(StepBlocked) as stale:
            keep_unchanged(edition=case.edition, **press)
        made.assessed(office.nora.actor, case, cast.ingrid.employee, at=TUESDAY)

        kept = keep_unchanged(edition=seen(case).edition, **press)

        assert (stale.value.blocks, kept.state) == ((Block.OLD_ASSESSMENT,), State.ACTIVE)
        assert dates_of([seen(case)])[case.pk].evaluate_on == date(2027, 6, 1)
        assert kept.decisions.get().evaluate_on != date(2027, 6, 1) and not kept.lines.filter(state="OPEN").exists()


class TestLessHelp:
    """R14: no step of the law can be left out."""

    def test_the_whole_way_R14(self, cast: Cast, office: Office) -> None:
        nora, marit = office.nora.actor, cast.marit.actor
        case = reassessed(cast, running(cast, office))
        warn: dict[str, Any] = {
            "actor": nora,
            "case_id": case.pk,
            "considered": "Fra 5 til 3 timer i uka.",
            "at": TUESDAY,
        }
        with pytest.raises(StepBlocked) as too_early:
            send_advance_notice(edition=case.edition, **warn)
        made.assessed(nora, case, cast.ingrid.employee, at=TUESDAY)
        case = made.proposed(nora, case, outcome="REDUCED", at=TUESDAY)
        with pytest.raises(StepBlocked) as unwarned:
            decide_case(actor=marit, case_id=case.pk, edition=case.edition, decided_on=TUESDAY_DATE, at=TUESDAY)
        notice = send_advance_notice(edition=case.edition, **warn)
        with pytest.raises(StepBlocked) as waiting:
            decide_case(actor=marit, case_id=case.pk, edition=seen(case).edition, decided_on=TUESDAY_DATE, at=TUESDAY)
        wednesday = TUESDAY + timedelta(days=1)
        record_reply(
            actor=cast.ingrid.actor, case_id=case.pk, edition=seen(case).edition, reply="Det er greit for meg.",
            replied_on=wednesday.date(), at=wednesday,
        )  # fmt: skip

        decision = decide_case(
            actor=marit, case_id=case.pk, edition=seen(case).edition, decided_on=wednesday.date(), at=wednesday
        )

        assert too_early.value.blocks == (Block.OLD_ASSESSMENT,)
        assert unwarned.value.blocks == (Block.NO_ADVANCE_NOTICE,)
        assert waiting.value.blocks == (Block.REPLY_WINDOW_OPEN,)
        assert (notice.sent_on, notice.reply_by) == (TUESDAY_DATE, date(2026, 12, 8))
        assert decision.letter is not None and decision.letter.kind == LetterKind.DECISION_REDUCED
        assert "Det er greit for meg." in decision.letter.html
        first = Decision.objects.order_by("pk")[0]
        assert decision.supersedes == first and first.lines.get().stopped_on == decision.lines.get().starts_on

    def test_the_window_closes_after_its_last_day_R14(self, cast: Cast, office: Office) -> None:
        case = reassessed(cast, running(cast, office))
        made.assessed(office.nora.actor, case, cast.ingrid.employee, at=TUESDAY)
        case = made.proposed(office.nora.actor, case, outcome="REDUCED", at=TUESDAY)
        send_advance_notice(
            actor=office.nora.actor, case_id=case.pk, edition=case.edition, considered="Mindre.", at=TUESDAY
        )
        for on, opens in ((date(2026, 12, 8), False), (date(2026, 12, 9), True)):
            at = oslo.moment(on, time(9))
            press: dict[str, Any] = {
                "actor": cast.marit.actor,
                "case_id": case.pk,
                "edition": seen(case).edition,
                "decided_on": on,
                "at": at,
            }
            if opens:
                assert decide_case(**press)
            else:
                with pytest.raises(StepBlocked):
                    decide_case(**press)

    def test_needs_no_warning_when_she_asked_herself_R14(self, cast: Cast, office: Office) -> None:
        case = reassessed(cast, running(cast, office), by_citizen=True)
        made.assessed(office.nora.actor, case, cast.ingrid.employee, at=TUESDAY)
        case = made.proposed(office.nora.actor, case, outcome="REDUCED", at=TUESDAY)
        decision = decide_case(
            actor=cast.marit.actor, case_id=case.pk, edition=case.edition, decided_on=TUESDAY_DATE, at=TUESDAY
        )
        assert decision.outcome == "REDUCED" and decision.by_citizen
