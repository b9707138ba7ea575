"""The municipality's principles: shipped once, then its own (R57)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import everywhere
from tillit.foundation.responsibility.models import Principle, Principles
from tillit.foundation.responsibility.permissions import KEEP_PRINCIPLES
from tillit.foundation.responsibility.shipped_principles import PRINCIPLES, SOURCE
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile

#: More than this is no list to hold a change against.
MOST = 12


class PrinciplesRefused(ActionRefused):
    """The principles cannot be kept like this."""


def ship_principles(*, at: datetime) -> None:
    """Store the shipped principles where there are none. What a municipality has written is left alone."""
    if Principles.objects.exists():
        return
    version = Principles.objects.create(number=1, source=SOURCE, made_at=at)
    Principle.objects.bulk_create(
        Principle(version=version, rank=rank, title=one.title, text=one.text)
        for rank, one in enumerate(PRINCIPLES, start=1)
    )


@transaction.atomic
def keep_principles(
    *, actor: Actor, seen: int, source: str, entries: Sequence[tuple[str, str]], at: datetime
) -> Principles:
    """Store a new version of the principles: (title, text) in order; the newest counts from now on.

    seen: the number of the version the actor edited, 0 for none. Those without a title are left out. Nothing new is
    no version. Raises NotAllowed, PrinciplesRefused, ChangedMeanwhile.
    """
    scope = everywhere()
    require(actor, KEEP_PRINCIPLES, scope)
    newest = Principles.objects.select_for_update().order_by("-number").first()
    number = newest.number if newest else 0
    if number != seen:
        raise ChangedMeanwhile(
            _("Noen andre lagret nye prinsipper mens du skrev. Det du skrev, er ikke lagret."), seen=seen, now=number
        )
    wanted = [(" ".join(title.split()), text.strip()) for title, text in entries if title.strip()]
    if not wanted:
        raise PrinciplesRefused(_("Skriv minst ett prinsipp."))
    if len(wanted) > MOST:
        raise PrinciplesRefused(_("Det er for mange prinsipper. Skriv høyst %(most)s.") % {"most": MOST})
    if any(len(title) > 120 for title, _text in wanted):
        raise PrinciplesRefused(_("Et prinsipp er for langt. Skriv høyst 120 tegn, og resten i forklaringen."))
    if any(text and not title.strip() for title, text in entries):
        raise PrinciplesRefused(
            _("En forklaring mangler prinsippet sitt. Skriv prinsippet, eller ta bort forklaringen.")
        )
    if newest is not None and newest.source == source.strip():
        stored = list(newest.entries.order_by("rank").values_list("title", "text"))
        if stored == wanted:
            return newest
    version = Principles.objects.create(
        number=number + 1, source=source.strip(), made_by_id=actor.employee_id, made_at=at
    )
    Principle.objects.bulk_create(
        Principle(version=version, rank=rank, title=title, text=text)
        for rank, (title, text) in enumerate(wanted, start=1)
    )
    audit.record(actor, KEEP_PRINCIPLES, f"principles:{version.pk}", scope, at=at, change={"version": version.number})
    return version
