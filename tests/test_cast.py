"""The stored cast is the cast: the same rows and people as `assemble` makes, for each test anew."""

import dataclasses
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from tests import builders
from tests.cast import MONDAY, Cast, Member, assemble
from tests.cast_stored import StoredCast, assembled
from tillit.foundation.access.models import User
from tillit.foundation.workforce.actors import actor_of

#: Differs each time: salted, the second it was stored, or follows from an id. A number given out is not given out again
#: on PostgreSQL, nor on SQLite after a test that really stored rows.
_OWN_EACH_TIME = {"password", "created_at", "path", "number", "street", "latitude", "longitude"}


def _rows() -> dict[str, list[dict[str, Any]]]:
    """Every row there is, with what is the same however often the database is asked to store it."""
    found = {}
    for model in apps.get_models():
        keys = {field.attname for field in model._meta.concrete_fields if field.is_relation or field.primary_key}
        left_out = _OWN_EACH_TIME | keys
        rows = [
            {name: value for name, value in row.items() if name not in left_out}
            for row in model._base_manager.order_by("pk").values()
        ]
        if rows:
            found[model._meta.label] = rows
    return found


@pytest.mark.django_db
class TestTheStoredCast:
    def test_stores_what_assembling_stores(self, stored_cast: StoredCast) -> None:
        with transaction.atomic():
            stored_cast.store()
            stored = _rows()
            transaction.set_rollback(True)
        before = _rows()
        assemble()
        assert stored == _rows() != before
        assert len(stored["citizens.Citizen"]) == 3

    def test_returns_the_rows_it_stored(self, cast: Cast) -> None:
        for field in dataclasses.fields(Cast):
            one = getattr(cast, field.name)
            if isinstance(one, Member):
                assert one.actor == actor_of(user_id=one.user.pk, name=one.user.name, at=MONDAY)
                assert one.employee.user is one.user
                _same(one.employee)
                _same(one.user)
            else:
                _same(one)

    def test_everybody_has_the_same_id_each_time(self, stored_cast: StoredCast) -> None:
        ids = []
        for _ in range(2):
            with transaction.atomic():
                ids.append(stored_cast.store().per.pk)
                transaction.set_rollback(True)
        assert ids[0] == ids[1]

    def test_what_one_test_changes_another_does_not_see(self, stored_cast: StoredCast) -> None:
        with transaction.atomic():
            stored_cast.store().olga.given_name = "Changed"
            transaction.set_rollback(True)
        assert stored_cast.store().olga.given_name == "Olga"

    def test_what_is_stored_afterwards_has_ids_of_its_own(self, cast: Cast) -> None:
        assert builders.citizen("Eva", "Li", cast.bekkedal, serial=504).pk > cast.per.pk
        assert builders.unit("Team Nes", parent=cast.south).pk > cast.fjelldal.pk

    def test_also_when_the_counters_have_begun_anew(self, stored_cast: StoredCast) -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT setval(pg_get_serial_sequence('organisation_unit', 'id'), 1, false)")
        cast = stored_cast.store()

        assert builders.unit("Team Nes", parent=cast.south).pk > cast.fjelldal.pk

    def test_where_an_id_is_taken_it_is_made_from_the_beginning(self, stored_cast: StoredCast) -> None:
        with transaction.atomic():
            taken = stored_cast.store().nils.user.pk
            transaction.set_rollback(True)
        User.objects.create(pk=taken, username="was.first", name="Was First")
        cast = stored_cast.store()
        assert cast.nils.user.pk != taken
        _same(cast.nils.user)
        assert User.objects.filter(name="Ingrid Solheim").count() == 1

    def test_with_other_data_keys_it_is_made_from_the_beginning(self, stored_cast: StoredCast) -> None:
        other = dataclasses.replace(stored_cast, inserts=(), data_keys="elsewhere")
        _same(other.store().olga)

    def test_making_it_leaves_nothing(self) -> None:
        before = _rows()
        assembled()
        assert _rows() == before


def test_it_is_stored_for_others_to_see_where_no_transaction_is_around(emptied_afterwards: None, cast: Cast) -> None:
    _same(cast.olga)


def _same(one: models.Model) -> None:
    stored = type(one)._base_manager.get(pk=one.pk)
    names = [field.attname for field in one._meta.concrete_fields]
    assert {name: getattr(one, name) for name in names} == {name: getattr(stored, name) for name in names}
