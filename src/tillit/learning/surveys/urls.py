"""Addresses of surveys. None carries a person or a code."""

from django.urls import path

from tillit.learning.surveys.views import answering, asking, building, cards, gatherings, preview, screening, showing

app_name = "surveys"
urlpatterns = [
    path("undersokelser/", asking.index, name="list"),
    path("undersokelser/ny/", asking.ask, name="ask"),
    path("undersokelser/egne/", building.index, name="own"),
    path("undersokelser/egne/nytt/", building.new, name="own_new"),
    path("undersokelser/egne/<int:own_id>/", building.build, name="own_build"),
    path("undersokelser/egne/<int:own_id>/navn/", building.head, name="own_head"),
    path("undersokelser/egne/<int:own_id>/sporsmal/", building.question, name="own_question"),
    path("undersokelser/egne/<int:own_id>/tema/", building.theme, name="own_theme"),
    path("undersokelser/egne/<int:own_id>/rekkefolge/", building.order, name="own_order"),
    path("undersokelser/egne/<int:own_id>/prov/", preview.preview, name="own_preview"),
    path("undersokelser/egne/<int:own_id>/bruk/", building.use, name="own_use"),
    path("undersokelser/egne/<int:own_id>/ny-versjon/", building.copy, name="own_copy"),
    path("undersokelser/egne/<int:own_id>/slett/", building.discard, name="own_discard"),
    path("undersokelser/<int:campaign_id>/", showing.show, name="show"),
    path("undersokelser/<int:campaign_id>/svar/", answering.answer, name="answer"),
    path("undersokelser/<int:campaign_id>/mote/", showing.meeting, name="meeting"),
    path("undersokelser/<int:campaign_id>/videre/", showing.next_step, name="next"),
    path("undersokelser/<int:campaign_id>/minn/", asking.remind, name="remind"),
    path("undersokelser/<int:campaign_id>/kort/", cards.sheet, name="cards"),
    path("undersokelser/<int:campaign_id>/papir/", cards.paper, name="paper"),
    path("undersokelser/<int:campaign_id>/skriv-inn/", cards.enter, name="enter"),
    path("undersokelser/<int:campaign_id>/slett-nokkel/", asking.end_series, name="end_series"),
    path("undersokelser/<int:campaign_id>/leser/", screening.name, name="screener"),
    path("undersokelser/<int:campaign_id>/ord/", screening.read, name="words"),
    path("undersokelser/samlinger/ny/", gatherings.new, name="gathering_new"),
    path("undersokelser/samlinger/<int:gathering_id>/", gatherings.show, name="gathering"),
    path("svar/", cards.door, name="card"),
    path("undersokelser/<int:campaign_id>/lukk/", asking.close, name="close"),
]
