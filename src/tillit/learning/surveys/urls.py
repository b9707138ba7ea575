"""Addresses of surveys. None carries a person or a code."""

from django.urls import path

from tillit.learning.surveys.views import answering, asking, cards, gatherings, screening, showing

app_name = "surveys"
urlpatterns = [
    path("undersokelser/", asking.index, name="list"),
    path("undersokelser/ny/", asking.ask, name="ask"),
    path("undersokelser/<int:campaign_id>/", showing.show, name="show"),
    path("undersokelser/<int:campaign_id>/svar/", answering.answer, name="answer"),
    path("undersokelser/<int:campaign_id>/mote/", showing.meeting, name="meeting"),
    path("undersokelser/<int:campaign_id>/videre/", showing.next_step, name="next"),
    path("undersokelser/<int:campaign_id>/minn/", asking.remind, name="remind"),
    path("undersokelser/<int:campaign_id>/kort/", cards.sheet, name="cards"),
    path("undersokelser/<int:campaign_id>/skriv-inn/", cards.enter, name="enter"),
    path("undersokelser/<int:campaign_id>/leser/", screening.name, name="screener"),
    path("undersokelser/<int:campaign_id>/ord/", screening.read, name="words"),
    path("undersokelser/samlinger/ny/", gatherings.new, name="gathering_new"),
    path("undersokelser/samlinger/<int:gathering_id>/", gatherings.show, name="gathering"),
    path("svar/", cards.door, name="card"),
    path("undersokelser/<int:campaign_id>/lukk/", asking.close, name="close"),
]
