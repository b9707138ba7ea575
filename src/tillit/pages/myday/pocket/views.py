"""What the phone fetches for its pocket: the packet, the page to show it in, the worker, and what makes it an app."""

import hashlib
import json

from django.http import HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tillit.care.visits.permissions import READ_VISITS
from tillit.foundation.access import reading
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.models import User
from tillit.foundation.access.permissions import PUBLIC
from tillit.foundation.login.middleware import by_itself, open_when_locked
from tillit.kernel import clock
from tillit.kernel.errors import NotFound
from tillit.pages.myday.pocket import worker
from tillit.pages.myday.pocket.packet import packet
from tillit.ui.language import page_language


@by_itself
@require_GET
@requires(READ_VISITS)
def fetch(request: ActorRequest) -> HttpResponse:
    """Hand out the day. A phone that has this very packet learns that, and nobody has been looked at again."""
    me = request.actor.employee_id
    user = request.user
    if me is None or not isinstance(user, User):
        raise NotFound(_("Siden finnes ikke."))
    with reading.watching() as looked_at:
        found = packet(
            actor=request.actor, me=me, now=clock.now(), language=page_language(), scheme=user.colour_scheme
        ).as_json()
    content = json.dumps(found, sort_keys=True, ensure_ascii=False)
    tag = f'"{hashlib.sha256(f"{user.pk} {content}".encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    for citizen_id in looked_at.seen:
        reading.note(citizen_id, why=looked_at.why.get(citizen_id))
    return HttpResponse(content, content_type="application/json", headers={"ETag": tag})


@require_GET
@open_when_locked
@requires(PUBLIC)
def shell(request: ActorRequest) -> HttpResponse:
    """Show the page the phone draws the day in. It is the same for everybody."""
    return HttpResponse(worker.shell_page())


@require_GET
@open_when_locked
@requires(PUBLIC)
def service_worker(request: ActorRequest) -> HttpResponse:
    """Hand out the worker, from the root so that it reaches every page."""
    told = json.dumps(worker.settings_of())
    script = f'import {{ serve }} from "{static("myday/pocket/worker.js")}";\n\nserve({told});\n'
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_GET
@open_when_locked
@requires(PUBLIC)
def manifest(request: ActorRequest) -> HttpResponse:
    """Say how Tillit stands on the phone's own screen."""
    icons = [(f"myday/icons/tillit-{size}.png", size, "any") for size in (192, 512)]
    icons.append(("myday/icons/maskable-512.png", 512, "maskable"))
    return JsonResponse(
        {
            "id": "/",
            "name": "Tillit",
            "short_name": "Tillit",
            "lang": page_language(),
            "start_url": reverse("myday:today"),
            "scope": "/",
            "display": "standalone",
            "background_color": "#f2f4f4",
            "theme_color": "#0b5566",
            "icons": [
                {"src": static(name), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
                for name, size, purpose in icons
            ],
        },
        content_type="application/manifest+json",
    )
