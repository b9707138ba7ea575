"""Launch, answer, close: what is stored, what is refused, and who sees which numbers when."""

from datetime import timedelta

import pytest

from tests import builders, builders_surveys
from tests.builders_surveys import actor, alike, answered, closed, launched, people
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import UnitKind
from tillit.foundation.workforce.models import Profession
from tillit.foundation.workforce.queries.electorate import home_teams
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile, NotAllowed, NotFound
from tillit.learning.surveys import actions, queries
from tillit.learning.surveys.models import Answer, Campaign, Group, Urn

pytestmark = pytest.mark.django_db


class TestWhoIsAsked:
    def test_those_of_the_team_and_its_work_groups_but_its_leader_each_once_R40(self, cast: Cast) -> None:
        group = builders.unit("Lag A", UnitKind.WORK_GROUP, parent=cast.bekkedal)
        inside = builders.employee("Siv", "Lag", Profession.NURSE, group)
        team = home_teams({cast.bekkedal.pk, cast.solvik.pk}, on=MONDAY_DATE)
        assert team == {
            **{one.employee.pk: cast.bekkedal.pk for one in (cast.ingrid, cast.amir, cast.kari)},
            inside.pk: cast.bekkedal.pk, cast.nils.employee.pk: cast.solvik.pk,
        }  # fmt: skip

    def test_a_launch_with_fewer_than_five_is_refused_R40(self, cast: Cast) -> None:
        with pytest.raises(actions.TooFew):
            launched(cast)
        assert not Campaign.objects.exists() and not Urn.objects.exists()
        people(cast.bekkedal, 2, family="Berg")
        assert launched(cast).groups.count() == 1

    def test_only_those_who_may_and_where_they_may(self, cast: Cast) -> None:
        people(cast.bekkedal, 3, family="Berg")
        assert launched(cast, by=cast.marit.actor).key
        with pytest.raises(NotAllowed):
            launched(cast, by=cast.ingrid.actor)
        with pytest.raises(NotFound):
            launched(cast, cast.fjelldal, by=cast.marit.actor)


class TestAnswering:
    def test_counts_once_and_writes_the_urn_alone_R40(self, cast: Cast) -> None:
        people(cast.bekkedal, 3, family="Berg")
        campaign = launched(cast)
        before = AuditEntry.objects.count()
        actions.cast_ballot(actor=cast.ingrid.actor, campaign_id=campaign.pk, said=alike("team", 4), at=MONDAY)
        with pytest.raises(actions.AlreadyAnswered):
            actions.cast_ballot(actor=cast.ingrid.actor, campaign_id=campaign.pk, said=alike("team", 1), at=MONDAY)
        assert Urn.objects.get().ballots == 1 and not Answer.objects.exists()
        assert AuditEntry.objects.count() == before  # who answered is in no log

    def test_is_refused_for_those_who_are_not_asked_and_when_it_is_over(self, cast: Cast) -> None:
        people(cast.bekkedal, 3, family="Berg")
        campaign = launched(cast)
        with pytest.raises(actions.NotAsked):
            actions.cast_ballot(actor=cast.marit.actor, campaign_id=campaign.pk, said=alike("team", 4), at=MONDAY)
        with pytest.raises(NotFound):
            actions.cast_ballot(actor=cast.nils.actor, campaign_id=campaign.pk, said=alike("team", 4), at=MONDAY)
        with pytest.raises(actions.Empty):
            actions.cast_ballot(actor=cast.amir.actor, campaign_id=campaign.pk, said={"A1": "9"}, at=MONDAY)
        with pytest.raises(actions.Closed):
            actions.cast_ballot(
                actor=cast.amir.actor, campaign_id=campaign.pk, said=alike("team", 4), at=campaign.closes_at
            )


class TestProgress:
    def test_is_in_tenths_and_nothing_for_a_team_of_four_R40(self, cast: Cast) -> None:
        everybody = [
            cast.ingrid.employee,
            cast.amir.employee,
            cast.kari.employee,
            *people(cast.bekkedal, 4, family="Berg"),
        ]
        campaign = launched(cast, cast.bekkedal, cast.solvik)
        answered(campaign, everybody[:5], [alike("team", 4)] * 5)
        assert [(one.group.unit.name, one.tenths) for one in queries.progress_of(campaign)] == [
            ("Team Bekkedal", 7), ("Team Solvik", None),
        ]  # fmt: skip


class TestClosing:
    def test_leaves_answers_without_ways_back_R40(self, cast: Cast) -> None:
        everybody = [
            cast.ingrid.employee,
            cast.amir.employee,
            cast.kari.employee,
            *people(cast.bekkedal, 3, family="Berg"),
        ]
        campaign = launched(cast)
        answered(campaign, everybody, [alike("team", step) for step in (1, 2, 3, 4, 5, 5)])
        closed(campaign)
        assert campaign.key == "" and not Urn.objects.exists()
        assert sorted(one.given["A1"] for one in Answer.objects.all()) == [1, 2, 3, 4, 5, 5]
        group = Group.objects.get()
        assert (group.invited, group.answered) == (6, 6)

    def test_lays_small_teams_together_and_tells_nobody_how_small_R40(self, cast: Cast) -> None:
        big = people(cast.bekkedal, 6, family="Berg")
        some, few = people(cast.solvik, 3, family="Sol"), people(cast.fjelldal, 2, family="Fjell")
        campaign = launched(cast, cast.bekkedal, cast.solvik, cast.fjelldal)
        answered(campaign, [*big, *some, *few], [alike("team", 3)] * 11)
        closed(campaign)
        rows = {(one.unit.name, one.is_joint): one for one in Group.objects.select_related("unit")}
        assert rows["Team Bekkedal", False].answered == 6
        assert rows["Team Solvik", False].answered is None is rows["Team Fjelldal", False].answered
        joint = rows["Fjordvik kommune", True]
        assert joint.answered == 5 and joint.answers.count() == 5
        assert {rows[name, False].joined_to_id for name in ("Team Solvik", "Team Fjelldal")} == {joint.pk}

    def test_deletes_what_finds_no_company_R40(self, cast: Cast) -> None:
        big, few = people(cast.bekkedal, 6, family="Berg"), people(cast.solvik, 4, family="Sol")
        campaign = launched(cast, cast.bekkedal, cast.solvik)
        answered(campaign, [*big, *few], [alike("team", 3)] * 10)
        closed(campaign)
        assert Answer.objects.count() == 6 and Group.objects.get(unit=cast.solvik).joined_to is None

    def test_comes_by_itself_when_the_day_is_over_and_once(self, cast: Cast) -> None:
        everybody = people(cast.bekkedal, 6, family="Berg")
        campaign = launched(cast)
        answered(campaign, everybody, [alike("team", 3)] * 6)
        assert actions.close_due(actor=builders_surveys.KEEPER, at=campaign.closes_at - timedelta(seconds=1)) == 0
        assert actions.close_due(actor=builders_surveys.KEEPER, at=campaign.closes_at) == 1
        assert actions.close_due(actor=builders_surveys.KEEPER, at=campaign.closes_at) == 0
        assert Answer.objects.count() == 6

    def test_is_for_one_who_leads_all_the_teams_that_are_asked(self, cast: Cast) -> None:
        people(cast.bekkedal, 3, family="Berg")
        campaign = launched(cast, cast.bekkedal, cast.fjelldal)
        with pytest.raises(NotAllowed):
            actions.close_survey(actor=cast.marit.actor, campaign_id=campaign.pk, edition=None, at=MONDAY)

    def test_two_at_once_are_told(self, cast: Cast) -> None:
        people(cast.bekkedal, 3, family="Berg")
        campaign = launched(cast)
        with pytest.raises(ChangedMeanwhile):
            actions.close_survey(actor=cast.marit.actor, campaign_id=campaign.pk, edition=7, at=MONDAY)


class TestReminders:
    def test_are_two_at_most_and_one_a_day(self, cast: Cast) -> None:
        people(cast.bekkedal, 3, family="Berg")
        campaign = launched(cast)
        for day in (0, 3):
            actions.remind(
                actor=cast.marit.actor, campaign_id=campaign.pk, edition=None, at=MONDAY + timedelta(days=day)
            )
            with pytest.raises(ActionRefused):
                actions.remind(
                    actor=cast.marit.actor, campaign_id=campaign.pk, edition=None, at=MONDAY + timedelta(days=day)
                )
        with pytest.raises(ActionRefused, match="to ganger"):
            actions.remind(actor=cast.marit.actor, campaign_id=campaign.pk, edition=None, at=MONDAY + timedelta(days=6))


class TestWhoSees:
    def test_the_team_its_own_and_those_above_sums_of_several_R40(self, cast: Cast) -> None:
        big, other = people(cast.bekkedal, 6, family="Berg"), people(cast.solvik, 7, family="Sol")
        leader = builders.employee("Dina", "Over", Profession.LEADER, cast.south)
        builders.role(leader, Role.DISTRICT_LEADER, cast.south)
        campaign = launched(cast, cast.bekkedal, cast.solvik)
        answered(campaign, [*big, *other], [alike("team", 3)] * 13)
        closed(campaign, at=MONDAY + timedelta(days=1))

        def seen(who: object) -> list[tuple[str, bool]]:
            return [(one.name, one.is_sum) for one in queries.views_of(actor=who, campaign=campaign)]  # type: ignore[arg-type]

        assert seen(cast.ingrid.actor) == [("Team Bekkedal", False)] == seen(actor(big[0]))
        assert seen(cast.nils.actor) == [("Team Solvik", False)]
        assert seen(cast.marit.actor) == [("Team Bekkedal", False), ("Team Solvik", False)]
        assert seen(actor(leader)) == [("Sør", True)] and seen(cast.frida.actor) == []
        view = queries.views_of(actor=actor(leader), campaign=campaign)[0]
        assert (view.answered, view.from_on) == (13, MONDAY_DATE + timedelta(days=15))
        for who, days in ((cast.marit.actor, 1), (actor(big[0]), 1), (actor(leader), 15), (cast.frida.actor, None)):
            on = None if days is None else MONDAY_DATE + timedelta(days=days)
            assert queries.seen_from(actor=who, campaign=campaign) == on

    def test_a_sum_of_one_team_is_that_team_and_is_not_shown_R40(self, cast: Cast) -> None:
        leader = builders.employee("Dina", "Over", Profession.LEADER, cast.south)
        builders.role(leader, Role.DISTRICT_LEADER, cast.south)
        everybody = people(cast.bekkedal, 6, family="Berg")
        campaign = launched(cast)
        answered(campaign, everybody, [alike("team", 3)] * 6)
        closed(campaign)
        assert queries.views_of(actor=actor(leader), campaign=campaign) == []

    def test_what_the_team_does_next_is_written_by_the_team(self, cast: Cast) -> None:
        everybody = people(cast.bekkedal, 6, family="Berg")
        campaign = launched(cast)
        answered(campaign, everybody, [alike("team", 3)] * 6)

        def write(who: object, words: str = "Vi prøver nye lister.") -> None:
            actions.write_next_step(
                actor=who, campaign_id=campaign.pk, unit_id=cast.bekkedal.pk, words=words, look_again_on=None, at=MONDAY  # type: ignore[arg-type]
            )  # fmt: skip

        with pytest.raises(ActionRefused, match="åpen"):
            write(cast.ingrid.actor)
        closed(campaign)
        write(cast.ingrid.actor)
        for refused in (cast.nils.actor, cast.frida.actor):
            with pytest.raises(NotFound):
                write(refused)
        steps = queries.next_steps(campaign_id=campaign.pk, unit_id=cast.bekkedal.pk)
        assert [one.words for one in steps] == ["Vi prøver nye lister."]
