import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.kernel import national_id
from tillit.kernel.national_id import IdKind

VALID = [
    "13097248022", "29029648784", "29020075838", "15021951940", "53097248016", "13527248013", "10915596784",
    "68467038838", "50846202355", "02013299997", "30108299920", "70108299914", "15076500565", "13116900216",
]  # fmt: skip
ONLY_FROM_2032 = "30108299939"
INVALID = ["02013299987", "02013299996", "13097248032", "13097248023", "13057444850", "28077820638"]


class TestRead:
    @pytest.mark.parametrize("number", [*VALID, ONLY_FROM_2032])
    def test_accepts_published_numbers(self, number: str) -> None:
        assert national_id.read(number).value == number

    @pytest.mark.parametrize("number", INVALID)
    def test_refuses_numbers_that_do_not_fit(self, number: str) -> None:
        with pytest.raises(national_id.UnreadableNationalId):
            national_id.read(number)

    @pytest.mark.parametrize(
        ("number", "kind", "synthetic"),
        [
            ("13097248022", IdKind.FNR, False),
            ("53097248016", IdKind.DNR, False),
            ("13527248013", IdKind.HNR, False),
            ("10915596784", IdKind.FNR, True),
            ("50846202355", IdKind.DNR, True),
            ("123456789012", IdKind.DUF, False),
        ],
    )
    def test_tells_the_kind(self, number: str, kind: IdKind, synthetic: bool) -> None:
        found = national_id.read(number)

        assert (found.kind, found.is_synthetic) == (kind, synthetic)

    @pytest.mark.parametrize(
        ("text", "reason"),
        [("1309724802x", "not-digits"), ("130972", "length"), ("", "not-digits"), ("13097248023", "control")],
    )
    def test_says_why_not(self, text: str, reason: str) -> None:
        with pytest.raises(national_id.UnreadableNationalId) as refused:
            national_id.read(text)

        assert refused.value.reason == reason

    def test_ignores_blanks_as_people_write_them(self) -> None:
        assert national_id.read(" 130972 48022 ").value == "13097248022"

    @given(st.integers(1, 28), st.integers(1, 12), st.integers(1930, 2020), st.integers(0, 999))
    def test_accepts_every_synthetic_number_we_make(self, day: int, month: int, year: int, serial: int) -> None:
        number = national_id.synthetic(day=day, month=month, year=year, serial=serial)
        if number is not None and number[0] not in "89":
            found = national_id.read(number)
            assert found.is_synthetic

    @given(st.sampled_from(VALID), st.integers(0, 10), st.integers(1, 9))
    def test_one_wrong_digit_never_passes_the_old_rule_unnoticed(self, number: str, at: int, change: int) -> None:
        wrong = number[:at] + str((int(number[at]) + change) % 10) + number[at + 1 :]
        second = sum(w * int(d) for w, d in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), wrong[:10], strict=True)) + int(
            wrong[10]
        )
        if second % 11:
            assert not national_id.is_valid(wrong)


class TestOrganisationNumber:
    @pytest.mark.parametrize("number", ["974760673", "889640782", "958935420", "983971709", "964338531"])
    def test_accepts_real_ones(self, number: str) -> None:
        assert national_id.is_valid_organisation_number(number)

    @pytest.mark.parametrize("number", ["974760674", "999888777", "12345678", "97476067x"])
    def test_refuses_others(self, number: str) -> None:
        assert not national_id.is_valid_organisation_number(number)
