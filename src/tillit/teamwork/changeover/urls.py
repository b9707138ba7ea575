"""Addresses of the change of shift. Days and shifts stand in addresses as in the work lists'."""

from django.urls import path

from tillit.teamwork.changeover.views import board

app_name = "changeover"
SHIFT = "team/<int:unit_id>/vaktskifte/<list_day:on>/<shift_kind:shift_kind>"
urlpatterns = [
    path("team/<int:unit_id>/vaktskifte/", board.current, name="current"),
    path(f"{SHIFT}/", board.board, name="board"),
    path(f"{SHIFT}/lest/", board.read, name="read"),
    path(f"{SHIFT}/linje/", board.write, name="write"),
]
