"""How notices are told."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.notices.queries import NoticeLine
from tillit.care.notices.rules.whose import By, waited
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language

#: Rows show so much of the words; the whole stands on the notice's own page.
LONGEST = 160


def whose_text(line: NoticeLine, *, employee_id: int | None) -> str:
    """Whose it is now, or why it is nobody's."""
    by = line.whose.by
    if by is By.OWNER:
        return _("Din") if line.owner_id == employee_id else _("%(name)s har den") % {"name": line.owner_name}
    if by is By.DUTY:
        who = _("du") if line.whose.employee_id == employee_id else line.holder_name
        return _("%(duty)s: %(name)s i dag") % {"duty": line.duty_name, "name": who}
    if by is By.OWNER_AWAY:
        return _("%(name)s er borte") % {"name": line.owner_name}
    if by is By.DUTY_EMPTY:
        return _("%(duty)s: ingen i dag") % {"duty": line.duty_name}
    return _("Ingen har tatt den")


def waited_text(line: NoticeLine, *, at: datetime) -> str:
    """For how long it has waited: in days from the day after, else by the clock."""
    days = (oslo.day_of(at) - oslo.day_of(line.written_at)).days
    if days:
        return ngettext("ventet %(count)d dag", "ventet %(count)d dager", days) % {"count": days}
    length = waited(line.written_at, until=at)
    return _("ventet %(time)s") % {"time": formats.duration(length, page_language())}


def near(moment: datetime, *, at: datetime) -> str:
    """A moment in words."""
    return formats.near_moment(moment, today=oslo.day_of(at), language=page_language())


def cut(text: str) -> str:
    """The words in a row."""
    clean = " ".join(text.split())
    return clean if len(clean) <= LONGEST else f"{clean[:LONGEST].rsplit(' ', 1)[0]} …"
