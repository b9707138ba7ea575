"""What is not to be kept longer goes by night, kind by kind, with a trace; what is held or younger stays."""

from datetime import timedelta

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.exchange.files.models import ImportFile, ImportRun
from tillit.foundation.access import reading, sealing, verifying
from tillit.foundation.access.actor import Scope, system
from tillit.foundation.access.models import AccessEntry, AuditEntry, LogKeeping
from tillit.foundation.jobs.models import Job, JobState
from tillit.foundation.keeping import actions, retention
from tillit.foundation.keeping.models import Removal, RetentionRule
from tillit.foundation.keeping.retention import Batch, InForce, Kind
from tillit.foundation.login.models import Device, DeviceUser, LoginSession
from tillit.kernel.errors import NotAllowed
from tillit.teamwork.planning.models import DayLists, Proposal, ProposedChange

pytestmark = pytest.mark.django_db
NIGHT = system("nattjobben")


def removed(code: str) -> dict[str, int]:
    """What the night deleted of a kind, table by table."""
    retention.remove_due(actor=NIGHT, at=MONDAY)
    found = Removal.objects.filter(kind=code).first()
    return found.counts if found else {}


def days(count: int) -> timedelta:
    return timedelta(days=count)


class TestKinds:
    def test_are_all_there_with_bounds_a_source_and_a_rule(self) -> None:
        codes = [kind.code for kind in retention.kinds()]
        assert codes == [
            "RECORDS", "LOGS", "DELIVERIES", "WAYS_IN", "UPLOADS", "EXPORTS", "PLANS", "NOTICES", "CHANGEOVERS",
            "DEVIATIONS", "PILOTS", "SURVEYS", "JOBS",
        ]  # fmt: skip
        for kind in retention.kinds():
            assert kind.least <= kind.shipped.length <= kind.most and kind.shipped.basis and str(kind.source)

    def test_jobs_go_and_those_under_way_or_still_pointed_at_stay(self, cast: Cast) -> None:
        old, young = MONDAY - days(91), MONDAY - days(89)
        lists = DayLists.objects.create(unit=cast.bekkedal, on=MONDAY_DATE, shift_kind="DAY", changed_at=MONDAY)
        for number, (ended, state) in enumerate(
            ((old, JobState.DONE), (young, JobState.DONE), (None, JobState.RUNNING), (old, JobState.FAILED))
        ):
            job = Job.objects.create(kind=f"x{number}", unit_path="", asked_at=old, ended_at=ended, state=state)
            if number == 3:
                Proposal.objects.create(lists=lists, job=job, asked_at=old, based_on_edition=1)
        for finished in (old, young):
            DBTaskResult.objects.create(
                status=TaskResultStatus.SUCCESSFUL, args_kwargs={"args": [], "kwargs": {}}, task_path="x",
                backend_name="default", run_after=old, finished_at=finished,
            )  # fmt: skip

        assert removed("JOBS") == {"jobs.Job": 1, "django_tasks_database.DBTaskResult": 1}
        assert set(Job.objects.values_list("kind", flat=True)) == {"x1", "x2", "x3"}

    def test_ways_in_go_and_what_is_used_stays(self, cast: Cast) -> None:
        old, young = MONDAY - days(366), MONDAY - days(10)
        devices = [Device.objects.create(token_hash=str(n), kind="OFFICE", made_at=old) for n in range(2)]
        for device, last in zip(devices, (old, young), strict=True):
            DeviceUser.objects.create(device=device, user=cast.kari.user, last_at=last)
            LoginSession.objects.create(
                user=cast.kari.user, device=device, mark="x", door="password", browser="", kind="OFFICE", began_at=last,
                used_at=last, proved_at=last, ended_at=last,
            )  # fmt: skip

        assert removed("WAYS_IN") == {"login.LoginSession": 1, "login.DeviceUser": 1, "login.Device": 1}
        assert Device.objects.get() == devices[1]
        assert LoginSession.objects.get().device_id == devices[1].pk

    def test_uploads_and_plans_go_with_what_hangs_on_them(self, cast: Cast) -> None:
        for age in (31, 29):
            run = ImportRun.objects.create(unit=cast.bekkedal, at=MONDAY - days(age))
            ImportFile.objects.create(run=run, name="a.xlsx", content=b"x")
        for age in (91, 89):
            on = MONDAY_DATE - days(age)
            lists = DayLists.objects.create(unit=cast.bekkedal, on=on, shift_kind="DAY", changed_at=MONDAY)
            proposal = Proposal.objects.create(lists=lists, asked_at=MONDAY - days(age), based_on_edition=1)
            ProposedChange.objects.create(proposal=proposal, rank=1, kind="MOVE", rows=[])

        assert removed("UPLOADS") == {"files.ImportFile": 1, "files.ImportRun": 1}
        assert Removal.objects.get(kind="PLANS").counts == {"planning.ProposedChange": 1, "planning.Proposal": 1}
        assert ImportFile.objects.count() == Proposal.objects.count() == 1 and DayLists.objects.count() == 2

    def test_log_goes_in_whole_stretches_and_still_verifies_R18(self, cast: Cast) -> None:
        long_ago = MONDAY - days(11 * 366)
        for citizen in (cast.olga, cast.arne):
            reading.write(reading.Watch({citizen.pk: False}), actor=NIGHT, door="x", at=long_ago)
            sealing.seal(at=long_ago)
        reading.write(reading.Watch({cast.olga.pk: False}), actor=NIGHT, door="x", at=MONDAY)
        sealing.seal(at=MONDAY)
        actions.place_hold(actor=NIGHT, about=Scope(("",), cast.arne.pk), reason="Tilsyn", at=MONDAY)

        assert retention.count_due(retention.kind_of("LOGS"), at=MONDAY) == 1
        assert removed("LOGS") == {"ACCESS": 1}
        sealing.seal(at=MONDAY)
        assert sorted(AccessEntry.objects.filter(at=long_ago).values_list("citizen_id", flat=True)) == [cast.arne.pk]
        assert [str(one) for one in verifying.verify(verifying.Walk(), at=MONDAY)] == []


class TestRules:
    def test_of_the_whole_municipality_are_its_administrators_to_decide(self, cast: Cast) -> None:
        jobs, tomorrow = retention.kind_of("JOBS"), MONDAY_DATE + days(1)

        def decide(actor: object, **other: object) -> None:
            wanted = {"length": 30, "valid_from": tomorrow, "basis": "Vedtak 7/26"} | other
            actions.decide_retention(actor=actor, kind=jobs, at=MONDAY, **wanted)  # type: ignore[arg-type]

        for refused in (cast.marit, cast.ingrid):
            with pytest.raises(NotAllowed):
                decide(refused.actor)
        for length in (6, 366):
            with pytest.raises(actions.OutOfBounds):
                decide(cast.admin.actor, length=length)
        with pytest.raises(actions.NotAhead):
            decide(cast.admin.actor, valid_from=MONDAY_DATE)
        with pytest.raises(actions.BasisNeeded):
            decide(cast.admin.actor, basis=" ")
        assert not RetentionRule.objects.exists()
        decide(cast.admin.actor)
        assert retention.in_force(jobs, on=MONDAY_DATE) == jobs.shipped
        assert retention.in_force(jobs, on=tomorrow) == InForce(30, "Vedtak 7/26", tomorrow)
        assert AuditEntry.objects.get(action="keeping.decide_retention").change["length"] == 30

    def test_of_the_logs_are_kept_with_the_logs(self, cast: Cast) -> None:
        tomorrow = MONDAY_DATE + days(1)
        actions.decide_retention(
            actor=cast.admin.actor,
            kind=retention.kind_of("LOGS"),
            length=15,
            valid_from=tomorrow,
            basis="Plan",
            at=MONDAY,
        )
        assert LogKeeping.objects.get().years == 15 and not RetentionRule.objects.exists()
        assert retention.in_force(retention.kind_of("LOGS"), on=tomorrow).length == 15

    def test_a_kind_that_fails_leaves_nothing_half_and_the_others_go_on(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def breaks(_due: object, keep: object) -> bool:
            keep(Batch({"x": 1}))  # type: ignore[operator]
            raise ValueError("Olga Hansen")

        kinds = dict(retention._kinds)
        broken = Kind(
            code="BROKEN", title="x", what="x", source="x", shipped=InForce(1, "x"), least=1, most=2,
            count=lambda _due: 1, remove=breaks,
        )  # fmt: skip
        monkeypatch.setattr(retention, "_kinds", {"BROKEN": broken} | kinds)
        ImportRun.objects.create(unit=cast.bekkedal, at=MONDAY - days(31))

        assert removed("UPLOADS") == {"files.ImportRun": 1}
        assert not Removal.objects.filter(kind="BROKEN").exists()
        assert "BROKEN" in caplog.text
