"""What every answer says to the browser besides its page, and how much may be sent to us.

The content security policy and the cookies are in settings; here is what Django has no setting for. Outermost of all
middleware: answers of static files, redirects and error pages pass here too.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template import loader

NEVER_KEPT = "no-store, private"
"""Every page may hold a citizen's data: no browser and no proxy keeps one, so «back» after log out shows nothing."""

_CLOSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
_OURS = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS = ", ".join([*(f"{name}=()" for name in _CLOSED), *(f"{name}=(self)" for name in _OURS)])
"""Of what a browser can do, passkeys and copying a link are all we ask for."""

LARGEST_BODY = 27 * 1024 * 1024
"""Bytes of a request: the largest upload (25 MB of files to read in) and the form around it."""


class Headers:
    """Middleware: refuse what is too large before it is read, and set the headers of every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with headers."""
        sent = request.META.get("CONTENT_LENGTH") or "0"
        response: HttpResponseBase
        if sent.isascii() and sent.isdecimal() and len(sent) < 16 and int(sent) <= LARGEST_BODY:
            response = self.get_response(request)
        else:
            response = HttpResponse(loader.render_to_string("ui/errors/413.html"), status=413)
        headers = response.headers
        headers["Permissions-Policy"] = PERMISSIONS
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["X-Permitted-Cross-Domain-Policies"] = "none"
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", str(settings.SECURE_REFERRER_POLICY))
        headers.setdefault("X-Frame-Options", str(settings.X_FRAME_OPTIONS))
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        is_file = request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/") and response.status_code in {200, 304}
        if not is_file and "no-store" not in headers.get("Cache-Control", ""):
            headers["Cache-Control"] = NEVER_KEPT
        return response
