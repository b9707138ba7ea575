"""A row's signature and a stretch of ids: pure rules."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tillit.foundation.access.rules.signing import Digest, content_of, gaps_between, is_signed, sign

KEY, OTHER = b"k" * 32, b"o" * 32
AT = datetime(2026, 11, 22, 13, 30, 0, 5, tzinfo=UTC)

plain = some.one_of(
    some.none(), some.booleans(), some.integers(), some.text(), some.datetimes(timezones=some.just(UTC))
)
rows = some.lists(plain, min_size=1, max_size=6)


class TestContent:
    def test_is_the_row_as_canonical_json_with_the_logs_name_R18(self) -> None:
        content = content_of("ACCESS", (7, AT, None, "Åse", True, {"b": 1, "a": [2.0]}))

        assert content == rb'["ACCESS",7,"2026-11-22T13:30:00.000005+00:00",null,"\u00c5se",true,{"a":[2],"b":1}]'

    def test_is_the_same_in_every_time_zone(self) -> None:
        assert content_of("A", (AT,)) == content_of("A", (AT.astimezone(timezone(timedelta(hours=1))),))

    @given(rows, rows)
    def test_two_rows_have_the_same_content_only_when_they_are_the_same(self, one: list[Any], other: list[Any]) -> None:
        same = json.dumps(one, default=str) == json.dumps(other, default=str)

        assert same or content_of("A", one) != content_of("A", other)

    @given(some.floats(allow_nan=False, allow_infinity=False) | some.integers())
    def test_a_number_counts_by_value_as_it_comes_back_from_either_database(self, number: float) -> None:
        back = json.loads(json.dumps(number))
        as_digits = int(number) if isinstance(number, float) and number.is_integer() else number  # PostgreSQL's jsonb

        assert (
            content_of("A", ({"n": number},)) == content_of("A", ({"n": back},)) == content_of("A", ({"n": as_digits},))
        )


class TestSignature:
    def test_is_hmac_sha256(self) -> None:
        assert sign(KEY, b"row") == hmac.new(KEY, b"row", hashlib.sha256).hexdigest()

    @pytest.mark.parametrize(
        ("key", "content"), [(OTHER, b"row"), (KEY, b"raw"), (None, b"row")], ids=["other key", "altered", "no key"]
    )
    def test_holds_for_its_content_and_key_alone(self, key: bytes | None, content: bytes) -> None:
        assert is_signed(KEY, b"row", sign(KEY, b"row"))
        assert not is_signed(key, content, sign(KEY, b"row"))

    def test_a_row_without_signature_is_not_signed(self) -> None:
        assert not is_signed(KEY, b"row", "")


class TestDigest:
    @given(some.lists(some.binary(max_size=9), max_size=5), some.lists(some.binary(max_size=9), max_size=5))
    def test_differs_when_the_rows_do(self, one: list[bytes], other: list[bytes]) -> None:
        first, second = Digest(), Digest()
        for content in one:
            first.add(content, "s")
        for content in other:
            second.add(content, "s")

        assert (first.hex() == second.hex()) == (one == other)


class TestGaps:
    def test_by_hand(self) -> None:
        assert gaps_between(2, 9, [4, 5, 8]) == ((3, 3), (6, 7), (9, 9))

    @given(some.integers(0, 50), some.sets(some.integers(1, 60)))
    def test_gaps_and_rows_are_the_whole_stretch_once(self, after: int, steps: set[int]) -> None:
        ids = sorted(after + step for step in steps)
        to = after + 60
        in_gaps = [one for first, last in gaps_between(after, to, ids) for one in range(first, last + 1)]

        assert sorted([*ids, *in_gaps]) == list(range(after + 1, to + 1))
