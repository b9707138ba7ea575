"""Addresses of Min dag."""

from datetime import date

from django.urls import path, register_converter

from tillit.pages.myday.pocket import views as pocket
from tillit.pages.myday.views import change, day, follow_up, handing, moving, visit


class DayConverter:
    """A day in the address: 2026-11-24."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Return the day. A ValueError, for a day that does not exist, is a 404."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """Return the day as it stands in an address."""
        return value.isoformat() if isinstance(value, date) else value


register_converter(DayConverter, "working_day")

app_name = "myday"
urlpatterns = [
    path("min-dag/", day.today, name="today"),
    path("min-dag/<working_day:on>/", day.another_day, name="day"),
    path("min-dag/pakke/", pocket.fetch, name="packet"),
    path("min-dag/uten-dekning/", pocket.shell, name="shell"),
    path("sw.js", pocket.service_worker, name="worker"),
    path("tillit.webmanifest", pocket.manifest, name="manifest"),
    path("min-dag/sett/", day.see_notices, name="see_notices"),
    path("min-dag/besok/<int:visit_id>/", visit.show, name="visit"),
    path("min-dag/besok/<int:visit_id>/ferdig/", visit.report, name="report"),
    path("min-dag/besok/<int:visit_id>/angre/", visit.undo, name="undo"),
    path("min-dag/besok/<int:visit_id>/kode/", visit.show_code, name="door"),
    path("min-dag/besok/<int:visit_id>/endret/", change.tell, name="change"),
    path("min-dag/besok/<int:visit_id>/flytt/", moving.move, name="move"),
    path("min-dag/besok/<int:visit_id>/avlys/", moving.cancel, name="cancel"),
    path("min-dag/besok/<int:visit_id>/gi/", handing.hand_over, name="hand_over"),
    path("min-dag/besok/<int:visit_id>/gi/angre/", handing.undo, name="undo_hand_over"),
    path("min-dag/besok/<int:visit_id>/ta/", handing.take, name="take"),
    path("min-dag/besok/<int:visit_id>/tilbake/", handing.give_back, name="give_back"),
    path("min-dag/kollegene/", handing.mates, name="mates"),
    path("oppfolging/<int:follow_up_id>/", follow_up.show, name="follow_up"),
]
