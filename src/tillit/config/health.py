"""Whether the process answers and the database with it. For load balancers; tells nothing else."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tillit.foundation.access.guard import requires
from tillit.foundation.access.permissions import PUBLIC

PLAIN = "text/plain; charset=utf-8"


@require_safe
@requires(PUBLIC)
def view(request: HttpRequest) -> HttpResponse:
    """Answer 200 "ok", or 503 when the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database", status=503, content_type=PLAIN)
    return HttpResponse("ok", content_type=PLAIN)
