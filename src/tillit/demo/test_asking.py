"""The surveys of Fjordvik: two waves closed, one that small teams hide in, one open to answer (R39, R40)."""

from datetime import date, time

from tillit.demo.generate import generate
from tillit.foundation.access.models import User
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.actors import actor_of
from tillit.kernel import oslo
from tillit.learning.surveys import facts, queries
from tillit.learning.surveys.models import Answer, Campaign, Group, NextStep

TUESDAY = date(2026, 11, 24)


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

    user = User.objects.get(username="kari.nilsen")
    kari = actor_of(user_id=user.pk, name=user.name, at=now)
    (waiting,) = queries.to_answer(actor=kari, at=now)
    assert (waiting.campaign.instrument, waiting.has_answered) == ("pulse", False)
