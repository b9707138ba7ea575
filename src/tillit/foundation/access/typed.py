"""What a person had written in a form that is refused as a whole: it is given back, so that nothing typed is lost."""

import re

from django.http import HttpRequest

_SECRET = re.compile(r"password|passord|pin|code|otp|token|secret|national|number", re.IGNORECASE)


def typed_in(request: HttpRequest) -> tuple[str, ...]:
    """Return the words a person wrote in what was posted, in the form's order, each once.

    Words, not choices: what has a space in it. Never secrets or numbers that identify. Nothing of a form that another
    site's page sent, so that nobody can put words on a page of ours.
    """
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return ()
    origin = request.headers.get("Origin", "")
    if origin and origin != f"{request.scheme}://{request.get_host()}":
        return ()
    found = {
        text: None
        for name, values in request.POST.lists()
        if not _SECRET.search(name)
        for value in values
        if " " in (text := value.strip())
    }
    return tuple(found)
