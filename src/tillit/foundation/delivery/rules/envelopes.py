"""The shape of an envelope and of what lies in it. What does not fit is nobody's words: no phone of ours made it."""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from tillit.foundation.delivery.rules.moments import Told

VERSION = 1
#: So many in one post, and so much.
MOST_AT_ONCE = 50
LARGEST_POST = 20 * 1024 * 1024
_HIGHEST_NUMBER = 2**31 - 1
_COORDINATE = 32
_NONCE = 12
_SIGNATURE = 64
_KEY_ID = re.compile(r"[0-9a-zA-Z_-]{1,16}\Z")
_ACT = re.compile(r"[a-z_]{1,30}\.[a-z_]{1,30}\Z")
_LONGEST_EDITION = 64
_LONGEST_KEY = 64


class NotAnEnvelope(ValueError):
    """It has not the shape of an envelope."""


@dataclass(frozen=True, slots=True)
class Point:
    """A public key of the curve P-256, as JWK has it: x and y in base64url."""

    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """What arrives: numbered, sealed to the server, signed by the phone."""

    phone: UUID
    number: int
    seal_key_id: str
    epk: Point
    iv: str
    sealed: str
    signature: str

    @property
    def bound_to(self) -> bytes:
        """What the seal is bound to, so that it cannot be moved to another phone or number."""
        return f"{VERSION}|{self.phone}|{self.number}".encode()

    @property
    def signed(self) -> bytes:
        """What the phone signed."""
        parts = (VERSION, self.phone, self.number, self.seal_key_id, self.epk.x, self.epk.y, self.iv, self.sealed)
        return "|".join(str(part) for part in parts).encode()

    @property
    def digest(self) -> str:
        """What the envelope is known again by."""
        return hashlib.sha256(self.signed).hexdigest()


def read(found: object) -> Envelope:
    """Return the envelope in what was posted. Raises NotAnEnvelope."""
    if not isinstance(found, dict) or found.get("v") != VERSION:
        raise NotAnEnvelope
    number = found.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= _HIGHEST_NUMBER:
        raise NotAnEnvelope
    key_id, sealed = found.get("seal_key_id"), found.get("sealed")
    if not isinstance(key_id, str) or not _KEY_ID.match(key_id) or not isinstance(sealed, str) or not sealed:
        raise NotAnEnvelope
    unpacked(sealed)
    return Envelope(
        phone=_uuid(found.get("phone")),
        number=number,
        seal_key_id=key_id,
        epk=read_point(found.get("epk")),
        iv=_exactly(found.get("iv"), _NONCE),
        sealed=sealed,
        signature=_exactly(found.get("signature"), _SIGNATURE),
    )


def as_json(envelope: Envelope) -> str:
    """Return the envelope as text, for the wait."""
    return json.dumps(
        {
            "v": VERSION, "phone": str(envelope.phone), "number": envelope.number, "seal_key_id": envelope.seal_key_id,
            "epk": {"x": envelope.epk.x, "y": envelope.epk.y, "kty": "EC", "crv": "P-256"},
            "iv": envelope.iv, "sealed": envelope.sealed, "signature": envelope.signature,
        }
    )  # fmt: skip


def read_point(found: object) -> Point:
    """Return the public key in a JWK. Raises NotAnEnvelope."""
    if not isinstance(found, dict) or found.get("kty") != "EC" or found.get("crv") != "P-256":
        raise NotAnEnvelope
    return Point(_exactly(found.get("x"), _COORDINATE), _exactly(found.get("y"), _COORDINATE))


def unpacked(text: str) -> bytes:
    """Return what base64url without padding says. Raises NotAnEnvelope."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise NotAnEnvelope from None


def packed(content: bytes) -> str:
    """Return bytes as base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _exactly(found: object, length: int) -> str:
    if not isinstance(found, str) or len(found) > 2 * length or len(unpacked(found)) != length:
        raise NotAnEnvelope
    return found


def _uuid(found: object) -> UUID:
    if not isinstance(found, str) or len(found) != 36:
        raise NotAnEnvelope
    try:
        return UUID(found)
    except ValueError:
        raise NotAnEnvelope from None


@dataclass(frozen=True, slots=True)
class Content:
    """What lay in an envelope. told: None when the moments cannot be understood."""

    act: str
    fields: Mapping[str, Any]
    edition: str
    press_key: str
    told: Told | None


def read_content(opened: bytes) -> Content:
    """Return what lay in an opened envelope. Raises NotAnEnvelope when there is no act in it."""
    try:
        whole = json.dumps(json.loads(opened.decode()), ensure_ascii=False)
        found = json.loads(whole.encode(errors="replace"))  # halves of signs, which cannot be stored, become «?»
    except (ValueError, RecursionError):
        raise NotAnEnvelope from None
    if not isinstance(found, dict):
        raise NotAnEnvelope
    act, fields = found.get("act"), found.get("fields")
    if not isinstance(act, str) or not _ACT.match(act) or not isinstance(fields, dict):
        raise NotAnEnvelope
    return Content(
        act=act,
        fields=fields,
        edition=str(found.get("edition") or "")[:_LONGEST_EDITION],
        press_key=_press_key(found.get("press_key")),
        told=_told(found),
    )


def _press_key(found: object) -> str:
    if not isinstance(found, str) or not 1 <= len(found) <= _LONGEST_KEY or not found.isprintable():
        raise NotAnEnvelope
    return found


def _told(found: Mapping[str, Any]) -> Told | None:
    try:
        return Told(
            made_at=_moment(found.get("made_at")),
            offset=timedelta(milliseconds=float(found.get("offset_ms") or 0)),
            contact_at=_moment(found.get("contact_at")),
        )
    except (TypeError, ValueError, OverflowError):
        return None


def _moment(found: object) -> datetime:
    moment = datetime.fromisoformat(str(found))
    if moment.tzinfo is None:
        raise ValueError
    return moment.astimezone(UTC)
