"""Addresses about citizens: the pages of this room and the forms of the app below, in one name space."""

from django.urls import path

from tillit.care.citizens import views as forms
from tillit.pages.citizen.views import ambulance, over_time, showing, timeline

app_name = "citizens"
urlpatterns = [
    path("brukere/", showing.list_citizens, name="list"),
    path("brukere/sok/", showing.search, name="search"),
    path("brukere/ny/", forms.register, name="register"),
    path("brukere/<int:citizen_id>/", showing.show, name="page"),
    path("brukere/<int:citizen_id>/uke/<str:day>/", showing.show_week, name="week"),
    path("brukere/<int:citizen_id>/tidslinje/", timeline.show, name="timeline"),
    path("brukere/<int:citizen_id>/over-tid/", over_time.show, name="over_time"),
    path("brukere/<int:citizen_id>/ambulanse/", ambulance.show, name="ambulance"),
    path("brukere/<int:citizen_id>/kode/", showing.show_door_code, name="door_code"),
    path("brukere/<int:citizen_id>/ansvarlige/", forms.responsible, name="responsible"),
    path("brukere/<int:citizen_id>/hvor/", forms.whereabouts, name="whereabouts"),
    path("brukere/<int:citizen_id>/hjemme/", forms.set_home, name="set_home"),
    path("brukere/<int:citizen_id>/egne-folk/", forms.network, name="network"),
    path("brukere/<int:citizen_id>/onsker/", forms.wishes, name="wishes"),
    path("brukere/<int:citizen_id>/varsler/", forms.alerts, name="alerts"),
    path("brukere/<int:citizen_id>/adresse/", forms.home, name="home"),
    path("brukere/<int:citizen_id>/flytter-hit/", forms.move_in, name="move_in"),
    path("brukere/<int:citizen_id>/vei-inn/", forms.way_in, name="way_in"),
    path("brukere/<int:citizen_id>/team/", forms.following, name="following"),
    path("brukere/<int:citizen_id>/opplysninger/", forms.facts, name="facts"),
    path("brukere/<int:citizen_id>/dodsfall/", forms.death, name="death"),
    path("brukere/<int:citizen_id>/avslutt/", forms.end_help, name="end_help"),
    path("brukere/<int:citizen_id>/ta-opp-igjen/", forms.resume_help, name="resume_help"),
    path("brukere/<int:citizen_id>/sla-sammen/", forms.merge_search, name="merge_search"),
    path("brukere/<int:citizen_id>/sla-sammen/<int:right_id>/", forms.merge, name="merge"),
    path("brukere/<int:citizen_id>/sla-sammen/<int:wrong_id>/angre/", forms.undo_merge, name="undo_merge"),
]
