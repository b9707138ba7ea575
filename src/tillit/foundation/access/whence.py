"""From where somebody looked (hvorfra), as the log keeps it: what kind of device, and inside or outside our networks.

No address and no name of a device. The log is kept for years, and those who follow up look-ups read it. They must
know whether it was the phone on the shift or a machine elsewhere, and nothing that follows an employee about. An
address is held only while guesses are counted (`login.Throttle`), as a keyed hash, for a day.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Whence:
    """device: SHARED_PHONE, OWN_PHONE, OFFICE or SERVER. network: INSIDE or OUTSIDE. Empty: not known."""

    device: str = ""
    network: str = ""


SERVER = Whence("SERVER", "INSIDE")
"""A command or a job, on the product's own machine."""

SHOWN, REFUSED, FAILED = "SHOWN", "REFUSED", "FAILED"
"""What came of it (utfall): it was answered; she was told no; it broke, and may have shown something."""

_DEVICES: dict[str, str | Promise] = {
    "SHARED_PHONE": _("telefon teamet deler på"),
    "OWN_PHONE": _("egen telefon"),
    "OFFICE": _("PC på kontoret"),
    "SERVER": _("systemet"),
}
_NETWORKS: dict[str, str | Promise] = {
    "INSIDE": _("på kommunens nett"),
    "OUTSIDE": _("utenfor kommunens nett"),
}


def text_of(whence: Whence) -> str:
    """Return from where in plain Norwegian; empty for rows from before it was kept."""
    parts = (_DEVICES.get(whence.device), _NETWORKS.get(whence.network) if whence.device != "SERVER" else None)
    return ", ".join(str(part) for part in parts if part)


def of(request: HttpRequest) -> Whence:
    """Return from where a request came, as the login session says; nothing where there is none."""
    found = getattr(request, "whence", None)
    return found if isinstance(found, Whence) else Whence()
