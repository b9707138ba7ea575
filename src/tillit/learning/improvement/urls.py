"""Addresses of improvement."""

from django.urls import path

from tillit.learning.improvement.views import baselines, benefits, comparison, examples, log, pilots, power

app_name = "improvement"
_PILOT = "forbedring/piloter/<int:pilot_id>/"
urlpatterns = [
    path("forbedring/", pilots.index, name="index"),
    path("forbedring/eksempler/", examples.examples, name="examples"),
    path("forbedring/hva-kan-vi-se/", power.ahead, name="power_ahead"),
    path("forbedring/ny-pilot/", pilots.new, name="new"),
    path(_PILOT, pilots.pilot, name="pilot"),
    path(_PILOT + "endre/", pilots.change, name="change"),
    path(_PILOT + "team/", pilots.add_team, name="add_team"),
    path(_PILOT + "team/<int:team_id>/", pilots.change_team, name="change_team"),
    path(_PILOT + "team/<int:team_id>/i-gang/", pilots.begin_team, name="begin_team"),
    path(_PILOT + "team/<int:team_id>/ut/", pilots.remove_team, name="remove_team"),
    path(_PILOT + "i-pilot/", pilots.start, name="start"),
    path(_PILOT + "evaluer/", pilots.evaluate, name="evaluate"),
    path(_PILOT + "fortsett/", pilots.go_on, name="go_on"),
    path(_PILOT + "avslutt/", pilots.end, name="end"),
    path(_PILOT + "nullpunkt/", baselines.baseline, name="baseline"),
    path(_PILOT + "nullpunkt/velg/", baselines.choose, name="choose"),
    path(_PILOT + "nullpunkt/frys/", baselines.freeze, name="freeze"),
    path(_PILOT + "nullpunkt/uten/", baselines.without, name="without"),
    path(_PILOT + "nullpunkt/apne/", baselines.open_again, name="open_again"),
    path(_PILOT + "sammenligning/", comparison.comparison, name="comparison"),
    path(_PILOT + "hva-kan-vi-se/", power.power, name="power"),
    path(_PILOT + "gevinster/", benefits.plan, name="benefits"),
    path(_PILOT + "gevinster/ny/", benefits.add, name="add_benefit"),
    path(_PILOT + "gevinster/<int:benefit_id>/", benefits.change, name="benefit"),
    path(_PILOT + "gevinster/<int:benefit_id>/okonomi/", benefits.confirm, name="confirm_benefit"),
    path(_PILOT + "gevinster/<int:benefit_id>/fjern/", benefits.remove, name="remove_benefit"),
    path(_PILOT + "logg/", log.write, name="write_log"),
    path(_PILOT + "logg/<int:entry_id>/ta-tilbake/", log.take_back, name="take_back"),
]
