"""Two people changing the same thing: the second is told who was first, and when. Nothing is overwritten."""

from datetime import datetime

from django.utils.translation import gettext as _

from tillit.foundation.access.models import AuditEntry
from tillit.kernel import oslo
from tillit.kernel.errors import ChangedMeanwhile
from tillit.ui import formats
from tillit.ui.language import page_language


def refuse_if_changed(subject: str, *, seen: int | None, now: int, at: datetime) -> None:
    """Raise ChangedMeanwhile when the edition somebody saw is not the one there is. Call it with the row locked.

    subject: as in the audit trail, which knows who was first. seen: None when no page was shown: imports, commands.
    """
    if seen is not None and seen != now:
        raise changed_meanwhile(subject, seen=seen, now=now, at=at)


def changed_meanwhile(subject: str, *, seen: int, now: int, at: datetime) -> ChangedMeanwhile:
    """Return the refusal: who changed it last and when, by the audit trail."""
    last = AuditEntry.objects.filter(subject=subject).order_by("-at", "-pk").first()
    if last is None:
        return ChangedMeanwhile(_("Noen andre endret dette mens du skrev."), seen=seen, now=now)
    when = formats.near_moment(last.at, today=oslo.day_of(at), language=page_language())
    text = _("%(who)s endret dette %(when)s, mens du skrev.") % {"who": last.actor_name, "when": when}
    return ChangedMeanwhile(text, seen=seen, now=now)
