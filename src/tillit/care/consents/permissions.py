"""What one may do with consents, and what a citizen and those she lets in may do on her own page."""

from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.permissions import Permission, define
from tillit.foundation.access.roles import Private, Role

#: Those who may receive what a citizen says about who is to see, and read a guardian's mandate.
_RECEIVES = frozenset({Role.NURSE, Role.THERAPIST, Role.CASE_WORKER, Role.TEAM_LEADER})
RECORD_CONSENT = define(
    "consents.record_consent",
    _("Registrere hvem brukeren slipper inn på Min side, og avslutte det"),
    _RECEIVES,
)
OPEN_ACCOUNT = define(
    "consents.open_account",
    _("Gi en bruker eller pårørende innlogging til Min side"),
    _RECEIVES,
)

#: For whoever is let in to anything of a page.
OPEN_PAGE = define("consents.open_page", _("Åpne Min side"), (), Private)
SEE_VISITS = define("consents.see_visits", _("Se hvem som kommer og når, på Min side"), (), Private)
SEE_GOALS = define("consents.see_goals", _("Se mål og plan på Min side"), (), Private)
SEE_DECISIONS = define("consents.see_decisions", _("Se vedtak på Min side"), (), Private)
SEE_LOOKUPS = define("consents.see_lookups", _("Se hvem som har sett i journalen, på Min side"), (), Private)
CANCEL_VISIT = define("consents.cancel_visit", _("Si fra seg et besøk på Min side"), (), Private)
WRITE_TO_TEAM = define("consents.write_to_team", _("Skrive til teamet fra Min side"), (), Private)
#: What she thinks is hers: nobody is let in to say it.
SAY_WHAT_SHE_THINKS = define("consents.say", _("Si hva en synes, på Min side"), (), {Private.CITIZEN})
END_OWN = define("consents.end_own", _("Avslutte et samtykke på Min side"), (), Private)

#: The permission each part (`rules.Part`) opens, by its code. A test says that every part has one.
OPENED_BY: dict[str, Permission] = {
    "VISITS": SEE_VISITS,
    "GOALS": SEE_GOALS,
    "DECISIONS": SEE_DECISIONS,
    "LOOKUPS": SEE_LOOKUPS,
    "CANCEL": CANCEL_VISIT,
    "MESSAGES": WRITE_TO_TEAM,
}
#: What a citizen holds on her own page.
ALL_HERS = (OPEN_PAGE, *OPENED_BY.values(), SAY_WHAT_SHE_THINKS, END_OWN)
#: What everybody who is let in to something holds besides that.
WITH_ANY_PART = (OPEN_PAGE, END_OWN)
