"""What a pilot can show, by hand and against the numbers of statistics §5; and its page."""

from datetime import date
from math import sqrt

import pytest
from django.urls import reverse

from tests.builders_pilots import Told, a_pilot, measured
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.kernel import clock
from tillit.learning.improvement.rules import power as rules
from tillit.learning.improvement.rules.power import Plan, Source, Spread
from tillit.learning.improvement.test_actions import MAY
from tillit.learning.improvement.test_views import _count, signed_in
from tillit.learning.insight.rules.months import Month, add_months

HELPERS = Spread(rules.DEFAULT_SD["K-1-28"], Source.DEFAULT)


def months(*values: float) -> tuple[Month, ...]:
    return tuple(Month(add_months(date(2026, 1, 1), at), value, 60) for at, value in enumerate(values))


class TestTheSpread:
    def test_is_pooled_about_each_teams_own_mean_by_hand(self) -> None:
        found = rules.spread("V-2", [months(10, 11, 12, 13), months(20, 21, 22, 23)])

        assert found == Spread(pytest.approx(sqrt(10 / 6)), Source.OWN, 8, 2)  # type: ignore[arg-type]

    def test_of_too_few_months_is_the_documented_one_or_none(self) -> None:
        assert rules.spread("K-1-28", [months(10, 11)]) == HELPERS
        assert rules.spread("V-2", [months(10, 11)]) is None


class TestThePower:
    def test_is_two_helpers_for_four_against_four_as_in_the_statistics(self) -> None:
        found = rules.power(Plan(4, 4, 1, 1), HELPERS)

        assert found.least == pytest.approx(2.0, abs=0.01) and found.can_be_told

    def test_grows_less_with_more_teams_and_more_months(self) -> None:
        plan = Plan(4, 4, 6, 5)
        least = rules.power(plan, HELPERS).least
        assert least is not None
        for better in rules.what_helps(plan):
            other = rules.power(better, HELPERS).least
            assert other is not None and other < least

    def test_two_against_two_can_never_be_told_from_chance(self) -> None:
        assert not rules.power(Plan(2, 2, 6, 5), HELPERS).can_be_told

    def test_one_team_alone_has_no_answer(self) -> None:
        assert rules.power(Plan(1, 0, 6, 5), HELPERS).least is None
        assert rules.what_helps(Plan(1, 0, 6, 5))[0] == Plan(1, 1, 6, 5)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Figures that the test decides; it is Monday."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    return Told().answering(monkeypatch)


@pytest.mark.django_db
class TestThePage:
    def test_answers_for_the_pilot_as_it_is_planned_and_for_what_is_asked(self, cast: Cast, told: Told) -> None:
        told.say(cast.bekkedal, MAY, {"K-1-28": [14, 15, 13, 14, 16, 12]})
        pilot = a_pilot(cast.marit.actor, cast.bekkedal, cast.bekkedal, at=MONDAY, joined_on=MONDAY_DATE)
        measured(cast.marit.actor, pilot, at=MONDAY)
        client, url = signed_in(cast.marit.user), reverse("improvement:power", args=[pilot.pk])

        assert "Med ett team alene" in client.get(url).content.decode()
        asked = client.get(url, {"tall": "K-1-28", "team": "8", "mot": "8", "maneder": "5"}).content.decode()
        assert "Med 8 team mot 8 i 5 måneder kan dere se en endring på minst" in asked
        assert "Vi har brukt et anslag" in asked  # five to spare are too few for its own
        wrong = client.get(url, {"tall": "K-1-28", "team": "mange", "mot": "-1", "maneder": "5"}).content.decode()
        assert "Skriv et helt tall." in wrong and "Tallet må være minst 0." in wrong and 'value="mange"' in wrong

    def test_answers_before_there_is_a_pilot_of_all_teams_the_reader_sees(self, cast: Cast, told: Told) -> None:
        told.say(cast.bekkedal, MAY, {"K-1-28": [14, 15, 13, 14]})
        told.say(cast.solvik, MAY, {"K-1-28": [10, 11, 12, 11, 10]})
        client, url = signed_in(cast.marit.user), reverse("improvement:power_ahead")

        page = client.get(url).content.decode()
        assert "Med 4 team mot 4 i 5 måneder kan dere se en endring på minst" in page
        assert "Regnet av 9 måneder i 2 av teamene" in page  # seven to spare
        assert "Regnet av" not in signed_in(cast.amir.user).get(url).content.decode()  # he sees one of them: three
        wrong = client.get(url, {"tall": "K-1-28", "team": "x", "mot": "4", "maneder": "5"}).content.decode()
        assert 'value="x"' in wrong and url in client.get(reverse("improvement:index")).content.decode()

    def test_takes_as_many_queries_whatever_is_asked(self, cast: Cast, told: Told) -> None:
        pilot = a_pilot(cast.marit.actor, cast.bekkedal, cast.bekkedal, at=MONDAY, joined_on=MONDAY_DATE)
        client, url = signed_in(cast.marit.user), reverse("improvement:power", args=[pilot.pk])
        asked = f"{url}?tall=K-1-28&mot=8&maneder=5&team="

        assert _count(client, asked + "8") == _count(client, asked + "50")
