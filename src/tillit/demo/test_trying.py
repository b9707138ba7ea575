"""The pilots of Fjordvik: one under way, and one that cannot begin before its baseline is frozen (R38, R42, R46)."""

from datetime import date, time

from tillit.demo.generate import generate
from tillit.demo.story.money import MONTHS, bring_in_money
from tillit.demo.story.own_figure import define_one
from tillit.demo.story.trying import try_something
from tillit.foundation.access.actor import system
from tillit.kernel import oslo
from tillit.learning.improvement.models import Benefit, LogEntry, Pilot
from tillit.learning.insight.actions.counting import count_figures
from tillit.learning.insight.models import Figure, OwnVersion

TUESDAY = date(2026, 11, 24)


def test_one_is_under_way_and_one_lacks_its_baseline(db: None) -> None:
    generate(anchor=TUESDAY, seed=3, scale=0.4, history_days=2)
    define_one(TUESDAY)
    bring_in_money(TUESDAY)
    count_figures(actor=system("demo"), at=oslo.moment(TUESDAY, time(6)))
    try_something(TUESDAY)

    assert OwnVersion.objects.get().name == "Avlyste besøk"
    running, planned = Pilot.objects.order_by("pk")
    assert (running.phase, running.started_on) == ("RUNNING", date(2026, 10, 1))
    assert running.without_reason  # two days of history are too few to freeze
    assert (planned.phase, planned.baseline_at) == ("PREPARING", None)
    assert Benefit.objects.filter(pilot=running).count() == 3 and LogEntry.objects.count() == 3
    spent = Figure.objects.filter(indicator="O-1", unit__kind="MUNICIPALITY", replaced_at__isnull=True)
    shares = list(spent.order_by("starts_on").values_list("value", flat=True))
    assert len(shares) == MONTHS and all(share is not None and 0.9 < share < 1.2 for share in shares)
