"""What is asked on one database only can not tell the two apart."""

import pytest

from tests import installation
from tests.asked_of_the_database import asks
from tests.cast import Cast


@pytest.fixture
def beside(cast: Cast) -> Cast:
    return cast


class TestAsks:
    @pytest.mark.django_db
    def test_by_a_mark(self, request: pytest.FixtureRequest) -> None:
        assert asks(request.node)

    def test_by_a_fixture_behind_another(self, beside: Cast, request: pytest.FixtureRequest) -> None:
        assert asks(request.node)

    def test_not_at_all(self, request: pytest.FixtureRequest) -> None:
        assert not asks(request.node)

    def test_by_making_one_of_its_own(self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(request.node.module, "made_here", installation.empty_installation, raising=False)

        assert asks(request.node)
