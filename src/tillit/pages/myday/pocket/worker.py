"""What the service worker is told: where things are, and which files the phone keeps to show the day without coverage.

The version follows the files themselves: a release that changes any of them gives every phone a new worker.
"""

import hashlib
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation

from tillit.care.observations.contexts.asked import asked_of_anybody
from tillit.care.observations.words import PARAMETERS

_ADDRESS = re.compile(r'(?:href|src)="([^"#]+)"')
#: What the page's own files load in their turn.
_LOADED = (
    "myday/pocket/acts.js",
    "myday/pocket/answer.js",
    "myday/pocket/carry.js",
    "myday/pocket/check.js",
    "myday/pocket/content.js",
    "myday/pocket/crypto.js",
    "myday/pocket/draw.js",
    "myday/pocket/moments.js",
    "myday/pocket/news2.js",
    "myday/pocket/numbers.js",
    "myday/pocket/picture.js",
    "myday/pocket/pin.js",
    "myday/pocket/queue.js",
    "myday/pocket/state.js",
    "myday/pocket/store.js",
    "myday/pocket/waits.js",
    "myday/pocket/worker.js",
    "ui/js/drafts.js",
    "ui/js/htmx-manners.js",
    "ui/js/toasts.js",
)
_SPRITE = "ui/vendor/aksel/icons.svg"


def shell_page() -> str:
    """Return the page a phone shows the day in: no name, no number, nothing of anybody."""
    names = {code.value: str(name).lower() for code, name in PARAMETERS.items()}
    return render_to_string("myday/pocket/shell.html", {"asked": asked_of_anybody(), "parameters": names})


def files() -> tuple[str, ...]:
    """Return the addresses of the files the shell page needs."""
    prefix = settings.STATIC_URL
    on_the_page = (address for address in _ADDRESS.findall(shell_page()) if address.startswith(prefix))
    # Modules and the fonts of stylesheets are asked for under their plain names.
    plain = (f"{prefix}{name}" for name in _LOADED)
    return tuple(sorted({*on_the_page, *plain, static(_SPRITE)}))


def settings_of() -> dict[str, object]:
    """Return what the worker is told."""
    return {
        "version": version(),
        "shell": reverse("myday:shell"),
        "files": files(),
        "day": reverse("myday:today"),
        "logout": reverse("login:log-out"),
        "login": reverse("login:log-in"),
        "lock": reverse("login:lock"),
        "unlock": reverse("login:locked"),
        "pin": reverse("login:pin"),
    }


@cache
def version() -> str:
    """Return what changes when any of the files does, whatever language the page is in."""
    with translation.override(settings.LANGUAGE_CODE):
        content = hashlib.sha256(shell_page().encode())
    for name in (*_LOADED, _SPRITE, "myday/pocket/shell.js", "myday/myday.css"):
        found = finders.find(name)
        if isinstance(found, str):
            content.update(Path(found).read_bytes())
    return content.hexdigest()[:16]
