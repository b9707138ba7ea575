"""What one may do with the journal, and who may."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import define
from tillit.foundation.access.roles import IN_THE_TEAM, Role

READ_JOURNAL = define("journal.read_journal", _("Lese journalen"), IN_THE_TEAM)
READ_REQUEST = define(
    "journal.read_request", _("Se krav om retting og sletting i journalen"), IN_THE_TEAM | {Role.DISTRICT_LEADER}
)
READ_WAITING = define(
    "journal.read_waiting", _("Se hva som venter på signatur eller svar"), IN_THE_TEAM | {Role.DISTRICT_LEADER}
)
WRITE_NOTE = define("journal.write_note", _("Skrive et notat i journalen"), IN_THE_TEAM)
SIGN_OWN = define("journal.sign_own", _("Signere det hun selv har skrevet"), IN_THE_TEAM)
CORRECT_ENTRY = define("journal.correct_entry", _("Rette noe i journalen"), IN_THE_TEAM)
#: Never one's own. Health personnel with authorisation of their own, and the leader of the team.
COUNTERSIGN = define(
    "journal.countersign", _("Medsignere det andre har skrevet"), {Role.NURSE, Role.THERAPIST, Role.TEAM_LEADER}
)
ASK_CHANGE = define("journal.ask_change", _("Be om at noe rettes eller slettes i journalen"), IN_THE_TEAM)
#: The one who answers for the information. Never what one wrote or asked for oneself, see `rules.requests`.
DECIDE_CHANGE = define(
    "journal.decide_change",
    _("Avgjøre om noe skal rettes eller slettes i journalen"),
    {Role.TEAM_LEADER, Role.DISTRICT_LEADER},
)
DECIDE_TERMS = define("journal.decide_terms", _("Bestemme kommunens regler for signering"), {Role.ADMINISTRATOR})
