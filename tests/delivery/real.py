"""The product itself: envelopes sealed and signed, posted to its addresses, carried out in its database."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from unittest.mock import patch

from django.test import Client
from django.urls import reverse

from tests.builders_delivery import Device
from tests.delivery.histories import CANCEL, MOVE, PHOTO, Effect, Kept, Receipt, Said, Sent, Written, clock_of
from tests.test_photos import picture
from tillit.care.photos.actions import add_photo
from tillit.care.photos.models import Photo
from tillit.care.visits.actions import VisitNotPlanned, cancel_visit, move_visit, report_visit
from tillit.care.visits.models import Visit, VisitReport
from tillit.care.visits.queries.editions import editions
from tillit.care.visits.rules.moving import seen_start
from tillit.foundation.access import reading, sources
from tillit.foundation.access.models import AuditEntry, User
from tillit.foundation.delivery.actions import go_on, receiving
from tillit.foundation.delivery.models import Envelope, Undelivered
from tillit.foundation.delivery.rules.envelopes import packed, read
from tillit.kernel import clock, oslo

PICTURE = picture((8, 6))


@dataclass(slots=True)
class RealServer:
    """Plays against the addresses, as several people who are signed in. The clock is the history's own."""

    people: list[User]
    clients: list[Client]
    visits: list[Visit]
    now: datetime
    devices: list[Device] = field(default_factory=list)
    moves: dict[str, Said] = field(default_factory=dict)

    def enrol(self, author: int, clock_minutes: int) -> int:
        with self._at():
            self.devices.append(Device.enrolled(self.clients[author], clock=timedelta(minutes=clock_minutes)))
        return len(self.devices) - 1

    def edition(self, visit: int, act: str) -> str:
        pk = self.visits[visit].pk
        if act == MOVE:
            return seen_start(Visit.objects.get(pk=pk).starts_at)
        return editions([pk])[pk]

    def seal(self, phone: int, number: int, written: Written) -> Any:
        self.now += timedelta(minutes=1)
        said = written.said
        fields = {
            "visit_id": self.visits[said.visit].pk, "outcome": "AS_PLANNED", "cancelled_by": "CITIZEN", "of": "FORM",
            "note": said.note, "words": said.note, "to": clock_of(said), "file": packed(PICTURE),
        }  # fmt: skip
        self._remember(said)
        return self.devices[phone].write(
            said.act, fields, at=self.now, press_key=written.key, edition=written.edition, number=number
        )

    def digest(self, envelope: Any) -> str:
        return read(envelope).digest

    def post(self, carrier: int, sent: Sequence[Sent], *, dies: bool) -> list[Receipt] | None:
        self.now += timedelta(seconds=10)
        body = json.dumps({"envelopes": [one.envelope for one in sent]})
        with self._at():
            if dies:
                with patch.object(receiving, "settle_all", side_effect=RuntimeError("the machine stops here")):
                    answer = self.clients[carrier].post("/levering/", body, content_type="application/json")
                assert answer.status_code == 500
                return None
            answer = self.clients[carrier].post("/levering/", body, content_type="application/json")
        assert answer.status_code == 200, answer.content
        told = answer.json()
        assert told["left"] == []
        places = {device.code: place for place, device in enumerate(self.devices)}
        for one in told["receipts"]:
            assert Envelope.objects.filter(phone__code=one["phone"], digest=one["digest"]).exists(), "not stored"
        return [Receipt(places[one["phone"]], one["number"], one["outcome"], one["digest"]) for one in told["receipts"]]

    def press(self, author: int, said: Said) -> None:
        self.now += timedelta(seconds=30)
        self._remember(said)
        user, visit = self.people[author], self.visits[said.visit]
        actor = sources.actor_for(user_id=user.pk, name=user.name, at=self.now)
        with reading.door("tests", actor=actor), suppress(VisitNotPlanned):
            if said.act == PHOTO:
                add_photo(
                    actor=actor, citizen_id=visit.citizen_id, visit_id=visit.pk, file=PICTURE, of="FORM",
                    words=said.note, press_key=said.key, at=self.now,
                )  # fmt: skip
            elif said.act == MOVE:
                move_visit(actor=actor, visit_id=visit.pk, starts_at=self._moment(said), at=self.now)
            elif said.act == CANCEL:
                cancel_visit(
                    actor=actor, visit_id=visit.pk, by="CITIZEN", reason=said.note, press_key=said.key, at=self.now
                )
            else:
                report_visit(
                    actor=actor, visit_id=visit.pk, outcome="AS_PLANNED", note=said.note, press_key=said.key,
                    at=self.now,
                )  # fmt: skip

    def set_clock(self, phone: int, minutes: int) -> None:
        self.devices[phone].clock = timedelta(minutes=minutes)

    def go_on(self, *, days: int) -> None:
        later = self.now + timedelta(days=days)
        go_on(at=later)

    def next_of(self, phone: int) -> int:
        device = self.devices[phone]
        client = next(one for one in self.clients if one.get(self._phone(device)).status_code == 200)
        with self._at():
            return int(client.get(self._phone(device)).json()["next"])

    def effects(self) -> list[Effect]:
        authors = {user.employee.pk: place for place, user in enumerate(self.people)}
        reports = VisitReport.objects.filter(visit__in=self.visits).order_by("pk")
        photos = Photo.objects.filter(visit__in=self.visits).order_by("pk")
        users = {user.pk: place for place, user in enumerate(self.people)}
        moved = AuditEntry.objects.filter(action="visits.plan_visits", change__has_key="start").order_by("pk")
        moves = [(self.moves[row.change["start"]], row) for row in moved if row.change["start"] in self.moves]
        return [
            *(Effect(row.press_key, authors[row.reported_by_id or 0], row.note) for row in reports),
            *(Effect(row.press_key, authors[row.taken_by_id or 0], row.words) for row in photos),
            *(Effect(said.key, users[row.user_id or 0], said.note) for said, row in moves),
        ]

    def _remember(self, said: Said) -> None:
        if said.act == MOVE:
            self.moves[self._moment(said).isoformat()] = said

    def _moment(self, said: Said) -> datetime:
        return oslo.moment(oslo.day_of(self.visits[said.visit].earliest_at), time.fromisoformat(clock_of(said)))

    def kept(self) -> list[Kept]:
        codes = [device.code for device in self.devices]
        rows = Undelivered.objects.filter(envelope__phone__code__in=codes).select_related("envelope").order_by("pk")
        return [
            Kept(
                row.content["press_key"], row.content["fields"]["note"], row.envelope.outcome == "CONFLICT",
                json.dumps(row.stood) if row.stood else "",
            )
            for row in rows
        ]  # fmt: skip

    def waiting(self) -> int:
        codes = [device.code for device in self.devices]
        return Envelope.objects.filter(phone__code__in=codes, outcome="WAITING").count()

    def _phone(self, device: Device) -> str:
        return reverse("delivery:phone", args=[device.code])

    def _at(self) -> Any:
        return patch.object(clock, "now", lambda: self.now)
