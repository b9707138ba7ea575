"""From where a request comes: its address, its device's cookie, what its browser calls itself."""

import ipaddress
import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tillit.foundation.access.whence import Whence
from tillit.foundation.login.actions.passkeys import Here
from tillit.foundation.login.actions.sessions import Place

#: Under https a browser takes a cookie with this prefix from this very host alone, for all of it.
_PREFIX = "__Host-" if settings.SESSION_COOKIE_SECURE else ""
DEVICE_COOKIE = f"{_PREFIX}tillit_device"
#: Lets a page that the browser shows from its own memory see that it belongs to a session that is over.
MARK_COOKIE = f"{_PREFIX}tillit_mark"
_A_YEAR = 365 * 24 * 60 * 60
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung"), ("Firefox", "Firefox"),
             ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
_SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
            ("Mac OS X", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip
_PHONE = re.compile(r"Mobi|iPhone|Android(?!.*Tablet)")


def place_of(request: HttpRequest) -> Place:
    """Return from where the request comes."""
    agent = request.headers.get("User-Agent", "")
    return Place(
        address=address_of(request),
        device_token=request.COOKIES.get(DEVICE_COOKIE, "")[:100],
        browser=browser_of(agent),
        is_phone=bool(_PHONE.search(agent)),
    )


def here(request: HttpRequest) -> Here:
    """Return where we are to a passkey."""
    return Here(host=request.get_host().rsplit(":", 1)[0], origin=f"{request.scheme}://{request.get_host()}")


def address_of(request: HttpRequest) -> str:
    """Return the sender's address, as the last proxy that is ours saw it; of IPv6 the network.

    settings.PROXIES says how many proxies stand in front. What a sender writes in the header himself stands further
    left, and is not looked at.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
        if len(passed) >= settings.PROXIES:
            address = passed[-settings.PROXIES]
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return "unknown"
    if found.version == 6:
        return str(ipaddress.ip_network(f"{found}/64", strict=False).network_address)
    return str(found)


def whence_of(request: HttpRequest, kind: str) -> Whence:
    """Return from where the request comes, as the access log keeps it. settings.NETWORKS says which are ours."""
    if not settings.NETWORKS:
        return Whence(kind)
    try:
        address = ipaddress.ip_address(address_of(request))
    except ValueError:
        return Whence(kind)
    return Whence(kind, "INSIDE" if any(address in one for one in settings.NETWORKS) else "OUTSIDE")


def browser_of(agent: str) -> str:
    """Return what one recognises a browser by, such as «Chrome, Android»; the whole text tells too much."""
    browser = next((name for sign, name in _BROWSERS if sign in agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in agent), "")
    return ", ".join(part for part in (browser, system) if part)


def remember_device(answer: HttpResponse, *, token: str, mark: str) -> None:
    """Leave the device's cookie, which no script reads, and the session's mark, which a script compares."""
    secure = settings.SESSION_COOKIE_SECURE
    answer.set_cookie(DEVICE_COOKIE, token, max_age=_A_YEAR, secure=secure, httponly=True, samesite="Lax")
    answer.set_cookie(MARK_COOKIE, mark, secure=secure, httponly=False, samesite="Strict")


def forget_here(answer: HttpResponse) -> None:
    """Let nothing of a session be seen with the browser's back button afterwards."""
    answer.delete_cookie(MARK_COOKIE, samesite="Strict")
    answer.headers["Clear-Site-Data"] = '"cache"'
