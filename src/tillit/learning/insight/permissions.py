"""What one may do with numbers, and who may."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import IN_THE_TEAM, Role

#: Numbers of teams, never of anybody in them. Leaders above a team see them when the team has had its time with them.
SEE_FIGURES = define(
    "insight.see_figures",
    _("Se tall om teamet"),
    IN_THE_TEAM | {Role.DISTRICT_LEADER, Role.PROJECT_LEADER, Role.REPRESENTATIVE, Role.RESEARCHER},
)
#: Which citizens a point rests on: those who see the citizens anyway.
SEE_CITIZENS_BEHIND = define("insight.see_citizens_behind", _("Se hvilke brukere et tall bygger på"), IN_THE_TEAM)
ADD_MARK = define(
    "insight.add_mark",
    _("Merke av på tidslinja hva som skjedde"),
    {Role.TEAM_LEADER, Role.DISTRICT_LEADER, Role.PROJECT_LEADER},
)
#: Nobody counts by hand in Tillit, but a team has figures from before, and money and hours lie in other systems.
BRING_IN = define(
    "insight.bring_in",
    _("Hente inn tall fra lønn, regnskap og fra før Tillit"),
    {Role.TEAM_LEADER, Role.DISTRICT_LEADER, Role.PROJECT_LEADER},
)
#: Whoever makes a number follows its first count. Held in the municipality itself.
COUNT_FIGURES = define(
    "insight.count_figures", _("Telle opp tallene på nytt"), {Role.ADMINISTRATOR, Role.PROJECT_LEADER}
)
#: The definitions hold for the whole municipality, so the role must be held there. Figures each sees as before.
DEFINE_FIGURES = define(
    "insight.define_figures", _("Lage kommunens egne tall"), {Role.PROJECT_LEADER, Role.ADMINISTRATOR}
)
