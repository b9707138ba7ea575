"""What stands in the fields of an act: sent by a phone, perhaps by an older one, or by one that means harm."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from tillit.foundation.delivery.rules.envelopes import NotAnEnvelope, unpacked
from tillit.kernel.errors import ActionRefused

#: As the forms on the phone have it.
LONGEST_TEXT = 4000
_HIGHEST = 2**63 - 1


def code(found: object) -> str:
    """Return a code as it stands; empty for anything that is no text."""
    return found if isinstance(found, str) else ""


def codes(found: object) -> list[str]:
    """Return the codes in a list."""
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def text(found: object) -> str:
    """Return words, without space around them. Raises ActionRefused for what cannot be stored, or is too long."""
    if found is None:
        return ""
    if not isinstance(found, str) or "\x00" in found:
        raise ActionRefused(_("Teksten kan ikke lagres slik den er."))
    if len(found) > LONGEST_TEXT:
        raise ActionRefused(
            _("Notatet er for langt. Kort det ned til %(limit_value)s tegn.") % {"limit_value": LONGEST_TEXT}
        )
    return found.strip()


def number(found: object) -> int | None:
    """Return a whole number that a database can hold; a form on the phone may send it as text."""
    if isinstance(found, bool):
        return None
    if isinstance(found, str) and len(found) < 20 and found.isascii() and found.removeprefix("-").isdecimal():
        found = int(found)
    return found if isinstance(found, int) and -_HIGHEST <= found <= _HIGHEST else None


def numbers(found: object) -> list[int]:
    """Return the whole numbers in a list."""
    return [one for one in map(number, found) if one is not None] if isinstance(found, list) else []


def file(fields: Mapping[str, Any], name: str) -> bytes:
    """Return a file that lies in a field as base64url; empty when there is none that can be read."""
    try:
        return unpacked(code(fields.get(name)))
    except NotAnEnvelope:
        return b""
