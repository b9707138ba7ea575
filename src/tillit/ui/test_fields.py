"""Days and times as people write them."""

from datetime import date, time

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from tillit.ui.fields import DayField, TimeField

LEAP_DAY = date(2028, 2, 29)


class TestDayField:
    @pytest.mark.parametrize(
        "text", ["29.02.2028", "29.2.2028", "29.2.28", "29022028", "290228", "2028-02-29", "29/2/2028", " 29.02.2028 "]
    )
    def test_reads_what_people_write(self, text: str) -> None:
        assert DayField().clean(text) == LEAP_DAY

    def test_says_that_a_day_does_not_exist(self) -> None:
        with translation.override("nb"), pytest.raises(forms.ValidationError) as refused:
            DayField().clean("31.02.2027")

        assert refused.value.messages == ["31.02.2027 finnes ikke. Skriv en dato som 26.02.2027."]

    @pytest.mark.parametrize("text", ["i morgen", "2027", "1.2", "-1.2.2027"])
    def test_refuses_what_is_no_day(self, text: str) -> None:
        with pytest.raises(forms.ValidationError):
            DayField().clean(text)

    def test_may_be_left_out(self) -> None:
        assert DayField(required=False).clean("") is None

    def test_shows_a_day_as_it_is_written(self) -> None:
        class Form(forms.Form):
            day = DayField(initial=LEAP_DAY)

        assert 'value="29.02.2028"' in str(Form()["day"])


class TestTimeField:
    @pytest.mark.parametrize(
        ("text", "moment"),
        [("08.15", time(8, 15)), ("8:15", time(8, 15)), ("0815", time(8, 15)), ("8", time(8)), ("23.59", time(23, 59))],
    )
    def test_reads_what_people_write(self, text: str, moment: time) -> None:
        assert TimeField().clean(text) == moment

    @pytest.mark.parametrize("text", ["24.00", "8.60", "åtte", "8.5"])
    def test_refuses_what_is_no_time(self, text: str) -> None:
        with pytest.raises(forms.ValidationError):
            TimeField().clean(text)


@pytest.mark.parametrize("text", ["31.12.9999", "1000-01-01", "01.01.1849", "1.1.2200"])
def test_a_day_nobody_can_mean_is_refused_and_not_counted_from(text: str) -> None:
    with pytest.raises(ValidationError, match="for langt unna"):
        DayField().clean(text)
