"""Addresses of shifts and absence."""

from django.urls import path

from tillit.foundation.workforce import views

app_name = "workforce"

urlpatterns = [
    path("team/<int:unit_id>/vaktliste/", views.shifts, name="shifts"),
    path("team/<int:unit_id>/vaktliste/ny/", views.add_shift, name="add-shift"),
    path("team/<int:unit_id>/vaktliste/<int:shift_id>/ta-bort/", views.remove_shift, name="remove-shift"),
    path("team/<int:unit_id>/fravaer/", views.report_absence, name="report-absence"),
    path("team/<int:unit_id>/fravaer/<int:absence_id>/endre/", views.extend_absence, name="extend-absence"),
    path("team/<int:unit_id>/fravaer/<int:absence_id>/trekk-tilbake/", views.withdraw_absence, name="withdraw-absence"),
]
