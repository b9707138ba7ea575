"""Addresses of deviations."""

from django.urls import path

from tillit.teamwork.deviations.views import answering, counting, reporting

app_name = "deviations"
urlpatterns = [
    path("avvik/", reporting.index, name="list"),
    path("avvik/meld/", reporting.report, name="report"),
    path("avvik/sett/", reporting.seen, name="seen"),
    path("avvik/angre/", reporting.withdraw, name="withdraw"),
    path("avvik/<int:deviation_id>/", answering.show, name="show"),
    path("avvik/<int:deviation_id>/ser-paa/", answering.look, name="look"),
    path("team/<int:unit_id>/avvik/", counting.numbers, name="numbers"),
]
