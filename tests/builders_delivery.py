"""A phone as the browser has it, for the tests and the bench: it numbers, seals and signs what is written on it."""

import json
import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client

from tillit.care.visits.models import Visit
from tillit.foundation.access.models import User
from tillit.foundation.delivery import sealing
from tillit.foundation.delivery.models import Envelope, Phone, Undelivered
from tillit.foundation.delivery.rules.envelopes import Point, packed, read
from tillit.kernel.keyed import derived_key

_CURVE = ec.SECP256R1()


def jwk(key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    """Return a public key as WebCrypto exports it."""
    point = sealing.point_of(key)
    return {"kty": "EC", "crv": "P-256", "x": point.x, "y": point.y}


@dataclass(slots=True)
class Device:
    """One log in on a phone. clock: how far its clock is ahead of the true time."""

    code: str
    seal_key: ec.EllipticCurvePublicKey
    seal_key_id: str
    sign_key: ec.EllipticCurvePrivateKey
    contact_at: datetime
    clock: timedelta = timedelta(0)
    offset: timedelta = timedelta(0)
    number: int = 0
    unsent: dict[int, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def enrolled(cls, client: Client, *, clock: timedelta = timedelta(0)) -> "Device":
        """Make a phone known through the address a browser uses."""
        sign_key = ec.generate_private_key(_CURVE)
        answer = client.post(
            "/levering/telefon/", {"sign_key": jwk(sign_key.public_key())}, content_type="application/json"
        )
        assert answer.status_code == 201, answer.content
        told = answer.json()
        point = Point(told["seal_key"]["x"], told["seal_key"]["y"])
        now = datetime.fromisoformat(told["now"])
        return cls(told["phone"], sealing.public_key(point), told["seal_key_id"], sign_key, now, clock, offset=-clock)

    def write(
        self,
        act: str,
        fields: dict[str, Any],
        *,
        at: datetime,
        press_key: str,
        edition: str = "",
        number: int | None = None,
    ) -> dict[str, Any]:
        """Number, seal and sign one thing; keep it until its receipt is in hand. number: for a phone that errs."""
        if number is None:
            self.number += 1
            number = self.number
        content = {
            "act": act, "fields": fields, "edition": edition, "press_key": press_key,
            "made_at": (at + self.clock).isoformat(), "contact_at": self.contact_at.isoformat(),
            "offset_ms": self.offset / timedelta(milliseconds=1),
        }  # fmt: skip
        envelope = self.sealed(json.dumps(content).encode(), number)
        self.unsent[number] = envelope
        return envelope

    def sealed(self, content: bytes, number: int) -> dict[str, Any]:
        """Return an envelope around any content."""
        own = ec.generate_private_key(_CURVE)
        iv = os.urandom(12)
        box = AESGCM(derived_key(own.exchange(ec.ECDH(), self.seal_key), "tillit-envelope-v1"))
        sealed = packed(box.encrypt(iv, content, f"1|{self.code}|{number}".encode()))
        epk = jwk(own.public_key())
        return {
            "v": 1, "phone": self.code, "number": number, "seal_key_id": self.seal_key_id, "epk": epk,
            "iv": packed(iv), "sealed": sealed,
            "signature": self.signature(number, epk, packed(iv), sealed),
        }  # fmt: skip

    def signature(self, number: int, epk: dict[str, str], iv: str, sealed: str) -> str:
        """Sign as WebCrypto does: raw r and s."""
        text = "|".join(["1", self.code, str(number), self.seal_key_id, epk["x"], epk["y"], iv, sealed])
        r, s = decode_dss_signature(self.sign_key.sign(text.encode(), ec.ECDSA(SHA256())))
        return packed(r.to_bytes(32, "big") + s.to_bytes(32, "big"))

    def hear(self, receipts: list[dict[str, Any]]) -> None:
        """Let go of what there is a receipt for."""
        for receipt in receipts:
            envelope = self.unsent.get(receipt["number"]) if receipt["phone"] == self.code else None
            if envelope is not None and read(envelope).digest == receipt["digest"]:
                del self.unsent[receipt["number"]]


def post(client: Client, *envelopes: dict[str, Any]) -> dict[str, Any]:
    """Send envelopes and return the answer."""
    answer = client.post("/levering/", {"envelopes": list(envelopes)}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def outcomes(answer: dict[str, Any]) -> list[str]:
    """Return what became of each, in the answer's order."""
    return [one["outcome"] for one in answer["receipts"]]


def a_clash(user: User, visit: Visit, at: datetime) -> Undelivered:
    """Store what somebody wrote of a visit and that met what another had said."""
    phone = a_phone(user, at)
    envelope = Envelope.objects.create(
        phone=phone, number=1, digest="d" * 64, received_at=at, outcome="CONFLICT", act="visit.report", said_at=at,
        settled_at=at,
    )  # fmt: skip
    fields = {"visit_id": visit.pk, "outcome": "AS_PLANNED", "note": "Spiste godt og var i godt humør."}
    return Undelivered.objects.create(
        envelope=envelope,
        citizen_id=visit.citizen_id,
        content={"act": "visit.report", "fields": fields, "edition": "0", "press_key": f"key-{envelope.pk}"},
        stood={"lines": [["Notat", "Sov da jeg kom."]], "who": "Amir Rahimi", "when": "i dag kl. 08.00"},
    )


def a_phone(user: User, at: datetime) -> Phone:
    """Store a phone that holds somebody's day."""
    return Phone.objects.create(
        user=user, browser="Chrome, Android", sign_x="x", sign_y="y", logged_in_at=at,
        until=at + timedelta(hours=9), contact_at=at,
    )  # fmt: skip
