"""Many units at once from a file: made, moved and changed by the page's own acts; twice changes nothing."""

from dataclasses import replace
from typing import Any

import pytest

from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.organisation import actions, queries
from tillit.foundation.organisation.actions import UnitTold
from tillit.foundation.organisation.events import AreaChanged
from tillit.foundation.organisation.models import Area, Unit
from tillit.kernel import events
from tillit.kernel.geo import Place

LIA = UnitTold("LIA", "Team Lia", "TEAM", "nord", postal_codes=frozenset({"6780", "6781"}))
GROUP = UnitTold("LIA-1", "Lag 1", "WORK_GROUP", "LIA")


def take_in(cast: Cast, *rows: UnitTold, actor: Any = None) -> list[tuple[bool, bool]]:
    done = actions.take_in_units(actor=actor or cast.admin.actor, rows=rows, on=MONDAY_DATE, at=MONDAY)
    return [(one.is_new, one.is_changed) for one in done]


def why_not(cast: Cast, *rows: UnitTold, actor: Any = None) -> list[str]:
    found = actions.foresee_units(actor=actor or cast.admin.actor, rows=rows)
    return [one.refused.field if one.refused else "" for one in found]


def codes(unit_code: str) -> list[str]:
    rows = queries.areas_shown(on=MONDAY_DATE)
    return [code for row in rows if row.unit_name == Unit.objects.get(code=unit_code).name for code in row.postal_codes]


class TestTakeIn:
    def test_parents_come_first_and_paths_are_the_organisations_own(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        news: list[object] = []
        monkeypatch.setattr(events, "publish", news.append)

        assert take_in(cast, GROUP, LIA) == [(True, False), (True, False)]

        lia, group = Unit.objects.get(code="LIA"), Unit.objects.get(code="LIA-1")
        assert lia.path == f"{cast.north.path}{lia.pk}." and group.path == f"{lia.path}{group.pk}."
        assert lia.everyone_may_allocate and codes("LIA") == ["6780", "6781"]
        assert [type(event) for event in news] == [AreaChanged]
        acts = AuditEntry.objects.filter(subject=f"unit:{lia.pk}").order_by("pk").values_list("action", flat=True)
        assert list(acts) == ["organisation.make_unit", "organisation.edit_unit"]

    def test_twice_changes_nothing(self, cast: Cast) -> None:
        take_in(cast, LIA, GROUP)
        before = AuditEntry.objects.count(), Area.objects.count()

        assert take_in(cast, LIA, GROUP) == [(False, False), (False, False)]
        assert before == (AuditEntry.objects.count(), Area.objects.count())

    def test_a_team_moves_with_all_below_it(self, cast: Cast) -> None:
        take_in(cast, LIA, GROUP)

        assert take_in(cast, replace(LIA, parent="sør")) == [(False, True)]

        lia, group = Unit.objects.get(code="LIA"), Unit.objects.get(code="LIA-1")
        assert lia.path == f"{cast.south.path}{lia.pk}." and group.path == f"{lia.path}{group.pk}."
        assert AuditEntry.objects.filter(subject=f"unit:{lia.pk}", change__to=lia.path).exists()

    def test_an_empty_cell_says_nothing(self, cast: Cast) -> None:
        take_in(cast, replace(LIA, phone="1", base_street="Gata", base=Place(61.9, 6.0)))

        assert take_in(cast, replace(LIA, postal_codes=frozenset())) == [(False, False)]
        assert codes("LIA") == ["6780", "6781"] and Unit.objects.get(code="LIA").phone == "1"

    def test_a_postal_code_goes_from_one_team_to_another_and_what_was_drawn_stays(self, cast: Cast) -> None:
        rest = replace(LIA, code="RIA", name="Team Ria", postal_codes=frozenset({"6790"}))
        take_in(cast, LIA, rest)
        ring = [[0.0, 0.0], [0.0, 1.0], [1.0, 1.0]]
        Area.objects.create(unit=cast.bekkedal, name="Tegnet", ring=ring, postal_codes=["6000"], valid_from=MONDAY_DATE)

        gains = replace(rest, postal_codes=frozenset({"6780", "6790"}))
        take_in(cast, gains, replace(LIA, postal_codes=frozenset({"6781"})))

        assert (codes("LIA"), codes("RIA")) == (["6781"], ["6780", "6790"])
        drawn = UnitTold(cast.bekkedal.code, cast.bekkedal.name, "TEAM", "sør", postal_codes=frozenset({"6000"}))
        assert take_in(cast, drawn)[0][0] is False
        assert Area.objects.filter(unit=cast.bekkedal, valid_to__isnull=True).count() == 1

    def test_refuses_what_the_page_refuses(self, cast: Cast) -> None:
        take_in(cast, LIA, GROUP)

        assert why_not(cast, replace(GROUP, code="X", parent="nord")) == ["parent"]
        assert why_not(cast, replace(LIA, kind="OFFICE")) == ["kind"]
        assert why_not(cast, replace(LIA, code="X", postal_codes=frozenset({"6780"}))) == ["postal_codes"]
        assert why_not(cast, UnitTold("K2", "Ny kommune", "MUNICIPALITY")) == ["code"]
        assert why_not(cast, replace(LIA, parent="finnes-ikke"), replace(LIA, code="Y", parent="")) == ["parent"] * 2
        assert why_not(cast, replace(LIA, parent="LIA-1"), replace(GROUP, parent="LIA")) == ["parent", "parent"]
        assert why_not(cast, replace(LIA, phone="1")) == [""]
        with pytest.raises(actions.UnitRefused):
            take_in(cast, replace(LIA, phone="1"), actor=cast.marit.actor)
        assert Unit.objects.get(code="LIA").phone == ""
