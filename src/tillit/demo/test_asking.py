"""The surveys of Fjordvik: two waves closed, one that small teams hide in, one open, and questions of its own (R39)."""

from datetime import date, time

from tillit.demo.generate import generate
from tillit.demo.words import shift_change as said
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.models import User
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.actors import actor_of
from tillit.kernel import oslo
from tillit.learning.surveys import facts, queries
from tillit.learning.surveys.models import Answer, Campaign, Group, NextStep, OwnInstrument, PairedChange, Series
from tillit.learning.surveys.rules import helped
from tillit.learning.surveys.rules.wording import COVER

TUESDAY = date(2026, 11, 24)


def _as(username: str) -> Actor:
    user = User.objects.get(username=username)
    return actor_of(user_id=user.pk, name=user.name, at=oslo.moment(TUESDAY, time(8)))


def test_the_town_has_been_asked_twice_and_is_asked_now(db: None) -> None:
    generate(anchor=TUESDAY, seed=3, scale=0.4, history_days=2)
    solvik = Unit.objects.get(name="Team Solvik")
    now = oslo.moment(TUESDAY, time(8))

    waves = list(Campaign.objects.filter(instrument="team").order_by("opens_at"))
    assert len(waves) == 2
    assert all(wave.closed_at is not None and not wave.key for wave in waves)
    autumn = waves[1]
    assert queries.wave_before(autumn) == waves[0]
    few = Group.objects.filter(campaign=autumn, is_joint=False, answered__isnull=True)
    assert set(few.values_list("unit__name", flat=True)) >= {"Team Neset helse", "Team Bjørkåsen"}
    assert not Answer.objects.filter(group__in=few).exists()

    means = {row["code"]: row["mean"] for row in facts.means().to_dicts()
             if row["unit"] == solvik.pk and row["campaign"] == autumn.pk}  # fmt: skip
    assert all(3 < means[code] < 5 for code in ("STYRKE", "AUTONOMI", "MENING"))
    assert NextStep.objects.filter(group__campaign=autumn, group__unit=solvik).count() == 2

    (waiting,) = queries.to_answer(actor=_as("kari.nilsen"), at=now)
    assert (waiting.campaign.instrument, waiting.has_answered) == ("pulse", False)

    paired = PairedChange.objects.filter(group__campaign=autumn, group__unit=solvik, code="AUTONOMI").get()
    assert paired.pairs >= 5 and paired.low > 0
    assert Series.objects.get().ended_at is None  # a third wave can go on with it
    _own_questions_are_read_by_somebody_outside(solvik)
    _the_team_has_met(autumn, solvik)
    _those_who_get_help_have_been_asked(solvik)


def _own_questions_are_read_by_somebody_outside(solvik: Unit) -> None:
    own = OwnInstrument.objects.get()
    assert own.in_use_at is not None
    items = queries.instrument_of(own).items
    assert [item.reverse for item in items].count(True) == 1 and [bool(item.only_if) for item in items].count(True) == 1
    first, second = Campaign.objects.filter(instrument=own.code).order_by("opens_at")
    assert second.closed_at is not None and queries.wave_before(second) == first

    gro = _as("gro.vatne")
    (reading,) = queries.readings(actor=gro)
    assert (reading.screening.campaign, reading.screening.screener_id) == (second, gro.employee_id)
    assert 0 < reading.read < reading.total
    assert queries.said_by([second.groups.get(unit=solvik).pk]) == []
    (shown,) = queries.said_by([first.groups.get(unit=solvik).pk])
    assert shown.held == 1 and len(shown.texts) >= 4
    assert any(COVER in text for text in shown.texts)
    assert not any(name in text for text in shown.texts for name in ("Kari", "Haugen"))


def _the_team_has_met(autumn: Campaign, solvik: Unit) -> None:
    kari = _as("kari.nilsen")
    assert {one.held_by.given_name for one in queries.list_gatherings(actor=kari)} == {"Ingrid", "Kari"}
    beside = queries.gatherings_beside(autumn, solvik.pk)
    assert len(beside) == 2 and len(queries.statements_of(beside)) == 10
    after = Campaign.objects.get(instrument="gathering").groups.get()
    assert (after.invited, after.answered) == (10, 8)


def _those_who_get_help_have_been_asked(solvik: Unit) -> None:
    spring, autumn = Campaign.objects.filter(instrument="citizens").order_by("opens_at")
    assert queries.wave_before(autumn) == spring
    unseen = Group.objects.get(campaign=autumn, unit__name="Team Neset helse")
    assert (unseen.answered, unseen.joined_to) == (None, None) and not Answer.objects.filter(group=unseen).exists()
    stored = queries.stored_groups(autumn)
    answers = queries.answers_of(group.pk for group in stored)
    assert sum(map(len, answers.values())) < 60
    found = helped.released(
        {group.unit.name: helped.Group(answers[group.pk], group.invited or 0) for group in stored}, "H13",
        above={group.unit.name: queries.unit_above(group) for group in stored},
    )  # fmt: skip
    assert {name: one.many_by_staff for name, one in found.each.items()} == {
        "Team Solvik": False, "Team Havna": True, "Team Lia": False
    }  # fmt: skip
    assert found.of(list(found.each)).counts[helped.STAFF] == 6
    assert NextStep.objects.filter(group__campaign=autumn, group__unit=solvik).count() == 1

    relatives = Campaign.objects.get(instrument="relatives")
    group = relatives.groups.get(unit=solvik)
    assert relatives.closed_at is None and (group.invited, group.urn.ballots) == (15, 9)
    assert len(queries.cards_of(relatives, group)) == 15 and not queries.list_words(relatives.screening)


def test_marks_in_the_texts_say_which_words_are_covered() -> None:
    text = "Takk til [Kari Nilsen]. Hos [Olga] var det fint."
    assert said.plain(text) == "Takk til Kari Nilsen. Hos Olga var det fint."
    assert said.covered(text) == (2, 3, 5)
    every = [text for wave in (said.FIRST, said.SECOND) for texts in wave.values() for text in texts]
    assert len({said.plain(text) for text in every}) == len(every)
