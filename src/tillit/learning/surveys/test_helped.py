"""Who helped to answer: what is counted, what is shown of it, and which waves are compared though it was not asked (R39)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from tests import builders_surveys
from tests.builders_surveys import alike, people
from tests.cast import Cast
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused
from tillit.learning.surveys import actions, facts, queries
from tillit.learning.surveys.models import Campaign
from tillit.learning.surveys.rules import helped, steps
from tillit.learning.surveys.rules.helped import Group, Helped
from tillit.learning.surveys.rules.instruments import Instrument, fingerprint, measure_the_same
from tillit.learning.surveys.rules.shipped import EARLIER, comparable, shipped

H13 = "H13"


def group(alone: int, relative: int, staff: int, others: int, *, silent: int = 0, invited: int = 0) -> Group:
    """Answers by who helped; silent: those who passed the question by."""
    kinds = [1] * alone + [2] * relative + [3] * staff + [4] * others
    answers = [{"H1": 3, H13: kind} for kind in kinds] + [{"H1": 3}] * silent
    return Group(answers, invited or len(answers))


def one_team(team: Group) -> Helped:
    return helped.released({"a": team}, H13, above={"a": "1.2."}).of(["a"])


class TestWhatIsShown:
    def test_as_in_how_we_count_R39(self) -> None:
        """The examples by hand in docs/how-we-count/surveys.md."""
        whole = one_team(group(12, 6, 5, 0, silent=2))
        assert (whole.said, whole.helped, whole.counts) == (23, 11, {1: 12, 2: 6, 3: 5, 4: 0})
        assert whole.many_by_staff  # 5 of 23 is 22 %
        partly = one_team(group(12, 6, 2, 3))
        assert (partly.helped, partly.counts) == (11, {1: 12, 2: 6, 3: None, 4: None})  # 2 + 3 can be 5 + 0, 0 + 5
        assert partly.many_by_staff is None
        hardly = one_team(group(12, 3, 1, 0))
        assert (hardly.said, hardly.helped, hardly.counts) == (16, None, {1: None, 2: None, 3: None, 4: 0})
        assert one_team(group(7, 2, 0, 0)).why == ("too_few",)
        assert one_team(group(12, 6, 5, 0, invited=60)).why == ("low_response",)

    def test_a_sum_gives_no_team_away_R39(self) -> None:
        teams = {"a": group(12, 6, 5, 0), "b": group(10, 3, 6, 5), "c": group(7, 7, 3, 2)}
        all_three = helped.released(teams, H13, above=dict.fromkeys(teams, "1.2."))
        assert all_three.of(teams).counts == {1: 29, 2: 16, 3: 14, 4: 7}
        for kind in helped.KINDS:  # whoever knows the sum and what the teams see finds no team by taking away
            hidden = [name for name in teams if all_three.each[name].counts[kind] is None]
            assert len(hidden) != 1
        few = helped.released({**teams, "c": group(4, 3, 1, 0)}, H13, above=dict.fromkeys(teams, "1.2."))
        assert few.each["c"].why == ("too_few",) and few.of(teams).why == (helped.PROTECTED,)

    def test_a_sum_over_districts_is_what_the_districts_show_R39(self) -> None:
        teams = {"a": group(12, 6, 5, 0), "b": group(10, 5, 6, 5), "c": group(9, 8, 6, 2), "d": group(11, 9, 5, 4)}
        found = helped.released(teams, H13, above={"a": "1.2.", "b": "1.2.", "c": "1.3.", "d": "1.3."})
        west, east, city = found.of("ab"), found.of("cd"), found.of("abcd")
        assert west.counts == {1: 22, 2: 11, 3: 11, 4: 5} and east.counts == {1: 20, 2: 17, 3: 11, 4: 6}
        assert city.counts == {1: 42, 2: 28, 3: 22, 4: 11} and city.said == 103


class TestWhatIsCompared:
    def test_the_question_asked_last_leaves_earlier_waves_comparable_and_nothing_else_does(self) -> None:
        old, new = EARLIER[0], shipped("citizens")
        assert new is not None and (old.version, new.version) == (1, 2)
        assert fingerprint(old) != fingerprint(new) and measure_the_same(old, new)
        assert comparable("citizens", 2) == comparable("citizens", 1) == (old, new)
        assert comparable("own7", 1) == ()
        first, *rest = new.items
        reworded = replace(new, items=(replace(first, text=first.text._replace(en="Else?")), *rest))
        earlier = replace(new, items=(new.items[-1], *new.items[:-1]))
        without = replace(new, items=new.items[1:])
        assert not any(measure_the_same(old, other) for other in (reworded, earlier, without))

    def test_who_says_only_who_helped_has_answered_nothing(self) -> None:
        one = shipped("citizens")
        assert one is not None
        assert steps.ballot_of(one, {H13: "2"}) == {}
        assert steps.ballot_of(one, {"H1": "4", H13: "2"}) == {"H1": 4, H13: 2}
        assert steps.read_all(one, {H13: "5"}) == {}


@pytest.mark.django_db
def test_a_wave_with_the_question_is_compared_with_one_before_it_was_asked_R39(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = people(cast.bekkedal, 1, family="Berg")[0]
    now = clock.now()
    with monkeypatch.context() as before:
        before.setattr(queries, "instruments", lambda: EARLIER)
        spring = _wave(cast, EARLIER[0], [2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 3, 2], days_ago=200)
    found = shipped("citizens")
    assert found is not None
    autumn = _wave(cast, found, [4, 3, 4, 4, 3, 4, 4, 3, 4, 3, 4, 4], days_ago=20)

    assert (spring.version, autumn.version) == (1, 2) and queries.wave_before(autumn) == spring
    assert facts.means(instrument="citizens")["fingerprint"].unique().to_list() == [spring.fingerprint]
    with pytest.raises(ActionRefused, match="nyere utgave"):
        actions.ask_survey(
            actor=builders_surveys.KEEPER, instrument="citizens", version=1, unit_ids=[cast.bekkedal.pk], title="Igjen",
            closes_on=now.date() + timedelta(days=9), at=now, way="CARDS", cards=9,
        )  # fmt: skip
    assert one.user is not None
    client.force_login(one.user)
    new, old = (client.get(f"/undersokelser/{wave.pk}/").content.decode() for wave in (autumn, spring))
    assert "12 har svart på dette. Alle svarte selv." not in new
    assert "6 av 12 fikk hjelp til å svare." in new and "Mange fikk hjelp av en som jobber i hjemmetjenesten." in new
    assert "enn sist, kan det alene gi en endring" in new and "Sterkere" in new
    assert "Hjelp til å svare" not in old
    wall = client.get(f"/undersokelser/{autumn.pk}/mote/").content.decode()
    assert "Mange fikk hjelp av en som jobber i hjemmetjenesten." in wall  # the caution stands where the change is read
    assert "Ikke gjett hvem som har svart hva." in wall and "Ingen må si hva de svarte" not in wall


def _wave(cast: Cast, instrument: Instrument, each: list[int], *, days_ago: int) -> Campaign:
    at = clock.now() - timedelta(days=days_ago)
    campaign = actions.ask_survey(
        actor=builders_surveys.KEEPER, instrument="citizens", version=instrument.version, unit_ids=[cast.bekkedal.pk],
        title="Hjelpen du får", closes_on=at.date() + timedelta(days=10), at=at, way="CARDS", cards=len(each),
    )  # fmt: skip
    for number, (card, step) in enumerate(zip(queries.cards_of(campaign, campaign.groups.get()), each, strict=True)):
        said = {**alike("citizens", step), H13: "1" if number % 2 else "3"}
        actions.cast_card(card=card, said=said, at=at)
    return builders_surveys.closed(campaign, at=at + timedelta(hours=1))
