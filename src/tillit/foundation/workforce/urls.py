"""Addresses of shifts, absence, logins and roles."""

from django.urls import path

from tillit.foundation.workforce.views import logins, shifts

app_name = "workforce"

urlpatterns = [
    path("team/<int:unit_id>/vaktliste/", shifts.shifts, name="shifts"),
    path("team/<int:unit_id>/vaktliste/ny/", shifts.add_shift, name="add-shift"),
    path("team/<int:unit_id>/vaktliste/<int:shift_id>/ta-bort/", shifts.remove_shift, name="remove-shift"),
    path("team/<int:unit_id>/fravaer/", shifts.report_absence, name="report-absence"),
    path("team/<int:unit_id>/fravaer/<int:absence_id>/endre/", shifts.extend_absence, name="extend-absence"),
    path(
        "team/<int:unit_id>/fravaer/<int:absence_id>/trekk-tilbake/", shifts.withdraw_absence, name="withdraw-absence"
    ),
    path("tilganger/", logins.units, name="login-units"),
    path("tilganger/<int:unit_id>/", logins.unit, name="logins"),
    path("medarbeidere/<int:employee_id>/tilgang/", logins.employee, name="login"),
    path("medarbeidere/<int:employee_id>/tilgang/lenke/", logins.invite, name="invite"),
    path("medarbeidere/<int:employee_id>/tilgang/steng/", logins.close, name="close-login"),
    path(
        "medarbeidere/<int:employee_id>/tilgang/andre-steg/fjern/",
        logins.remove_second_step,
        name="remove-second-step",
    ),
    path("medarbeidere/<int:employee_id>/roller/ny/", logins.give_role, name="give-role"),
    path("medarbeidere/roller/<int:holding_id>/avslutt/", logins.end_role, name="end-role"),
]
