"""Stored visits come through changes of the tables."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from tests.builders_visits import visit
from tests.cast import Cast
from tillit.care.visits.models import VisitHelper

DAY = date(2026, 11, 24)


@pytest.mark.django_db
def test_every_helper_is_given_the_day_of_the_visit(cast: Cast) -> None:
    fill = import_module("tillit.care.visits.migrations.0002_a_day_found_at_once").fill
    one, other = (
        visit(cast.olga, cast.bekkedal, DAY + timedelta(days=more), cast.kari.employee, cast.amir.employee)
        for more in (0, 1)
    )
    VisitHelper.objects.update(on=date(2000, 1, 1))

    fill(apps, connection.schema_editor())

    assert set(VisitHelper.objects.values_list("visit_id", "on")) == {(one.pk, one.on), (other.pk, other.on)}
