"""Whether the process answers and the database with it. For load balancers; tells nothing else."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from tillit.foundation.access.guard import requires
from tillit.foundation.access.permissions import PUBLIC


@requires(PUBLIC)
def view(request: HttpRequest) -> HttpResponse:
    """Answer 200 "ok", or 503 when the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")
