"""Stored visits come through changes of the tables."""

from datetime import date, time, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from tests.builders_visits import follow_up, visit
from tests.cast import Cast
from tillit.care.journal.models import Entry
from tillit.care.visits.models import FollowUp, VisitHelper, VisitReport
from tillit.kernel import oslo

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


@pytest.mark.django_db
def test_what_was_said_before_is_signed_and_tied_together(cast: Cast) -> None:
    migration = import_module("tillit.care.visits.migrations.0003_signed_entries")
    at = oslo.moment(DAY, time(9))
    twice, undone = (visit(cast.olga, cast.bekkedal, DAY, cast.kari.employee, at=time(hour)) for hour in (8, 10))
    for found, outcome, note in (
        (twice, "DIFFERENT", "Feil"), (twice, "DIFFERENT", "Rett"), (undone, "AS_PLANNED", ""), (undone, "UNDONE", ""),
    ):  # fmt: skip
        VisitReport.objects.create(
            visit=found, outcome=outcome, note=note, reported_by=cast.kari.employee, reported_at=at
        )
    told = follow_up(cast.olga, cast.amir.employee, None, at)
    FollowUp.objects.filter(pk=told.pk).update(closed_at=at, closed_by=cast.ingrid.employee, answer="Sett")
    editor = connection.schema_editor()

    for _again in range(2):
        migration.release_entries(apps, editor)
        migration.sign_what_was_said(apps, editor)
        migration.lock_entries(apps, editor)

    said = Entry.objects.filter(kind="REPORT").order_by("pk")
    assert [(one.author_name, one.author_profession, one.has_words, one.takes_back) for one in said] == [
        ("Kari Nilsen", "", True, False),
        ("Kari Nilsen", "", True, False),
        ("Kari Nilsen", "", False, False),
        ("Kari Nilsen", "", False, True),
    ]
    first, second, third, fourth = said
    assert [(one.corrects_id, one.root_id) for one in said] == [
        (None, None), (first.pk, first.pk), (None, None), (third.pk, third.pk),
    ]  # fmt: skip
    assert (second.happened_at, fourth.signed_at) == (twice.starts_at, at)
    others = Entry.objects.exclude(kind="REPORT").order_by("kind").values_list("kind", "author_name", "row_id")
    assert list(others) == [("ANSWER", "Ingrid Solheim", told.pk), ("CHANGE", "Amir Rahimi", told.pk)]
