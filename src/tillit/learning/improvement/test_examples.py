"""Published figures of others: read whole, reckoned as the guide does by hand, and never said more of than they bear."""

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from tests.cast import Cast
from tillit.learning.improvement.contexts.examples import EXAMPLES, examples_page
from tillit.learning.improvement.queries.examples import rows_of
from tillit.learning.improvement.rules import examples as rules
from tillit.learning.improvement.test_views import signed_in
from tillit.learning.insight.rules.claims import Rung, too_strong


class TestWhatIsReckoned:
    def test_citizens_for_each_full_time_equivalent_where_both_are_said(self) -> None:
        found = rules.oslo_units(rows_of("oslo_pilot_teams"))

        assert [one.per_fte and round(one.per_fte, 1) for one in found] == [6.0, 5.0, 5.2, None, 4.5, 6.1]
        assert [one.district for one in found if one.fte is None] == ["Grorud"]

    def test_an_interval_of_a_share_is_wilsons_of_all_who_were_asked(self) -> None:
        medicines = rules.answered(rows_of("homecare_informational_continuity_2020"))[0]

        # docs/how-we-count/examples.md, by hand.
        assert (medicines.value, medicines.n) == (0.428, 1612)
        assert (round(medicines.low, 3), round(medicines.high, 3)) == (0.404, 0.452)

    def test_what_is_printed_stands_as_it_is(self) -> None:
        first = rules.differences(rows_of("reablement_multicenter_2019"))[0]
        used = rules.time_used(rows_of("homecare_time_use_2021"))
        survey = rules.satisfied(rows_of("oslo_user_survey_2015"))

        assert (first.value, first.low, first.high, first.n, first.n_control) == (1.61, 1.13, 2.10, 707, 121)
        assert [one.value for one in used[:2]] == [0.32, 0.18] and all(one.n is None for one in used)
        assert [one.value for one in survey] == [0.86, 0.86, 4.8, 4.8, None]
        assert rules.related(rows_of("homecare_informational_continuity_2020"))[-1].value == 8


class TestWhatIsSaid:
    @pytest.mark.parametrize("name", EXAMPLES)
    def test_is_never_more_than_the_first_step_of_the_ladder_bears_R41(self, name: str) -> None:
        one = examples_page(asked=name).example
        told = " ".join((one.title, one.lead, one.note, *one.say, *one.cannot, one.beside))

        assert one.say and one.cannot and one.beside and one.source
        assert not too_strong(told, Rung.DESCRIPTION)

    def test_nothing_is_drawn_without_an_interval(self) -> None:
        drawn = {name for name in EXAMPLES if examples_page(asked=name).example.figure is not None}

        assert drawn == {"hverdagsrehabilitering", "opplysninger"}


@pytest.mark.django_db
class TestThePage:
    def test_shows_each_table_with_its_source_and_says_that_tillit_did_not_count_it(self, cast: Cast) -> None:
        client, url = signed_in(cast.ingrid.user), reverse("improvement:examples")
        first = client.get(url, {"tabell": "finnes ikke"}).content.decode()

        assert "Ikke talt av Tillit" in first and "Beskrivelse" in first
        text = re.sub(r"\s+", " ", strip_tags(first))
        assert "5 av 6 enheter" in text and "4,5 til 6,1 brukere per årsverk" in text and "minst 1,4 ulike" in text
        for name, told in (("hverdagsrehabilitering", "1,13–2,10"), ("opplysninger", "40,4–45,2"), ("tid", "32"),
                           ("brukere", "4,8")):  # fmt: skip
            page = client.get(url, {"tabell": name}).content.decode()
            assert told in page and "Kilden" in page
        assert url in client.get(reverse("improvement:index")).content.decode()
