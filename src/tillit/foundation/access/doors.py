"""What kind of data each door opens, in words a citizen understands: the one table of the access log.

A door is the name of an address ("citizens:page"), a command ("tillit nightly") or a kind of job ("planning.propose").
The table answers for whole name spaces and for single doors; a test asks it for every address there is.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of data. code: stable, for rules. about_one: the door opens one citizen, not a list with many."""

    code: str
    text: str | Promise
    about_one: bool = True


LISTS = Kind("LISTS", _("navnet i lister for teamet"), about_one=False)
POCKET = Kind("POCKET", _("dagens besøk, lagt på telefonen til den som drar dit"), about_one=False)
BOARD = Kind("BOARD", _("teamets tavle og arbeidslister"), about_one=False)
OVERVIEW = Kind("OVERVIEW", _("oversikten på brukerens side"))
HISTORY = Kind("HISTORY", _("det som har skjedd, og hjelpen over tid"))
AMBULANCE = Kind("AMBULANCE", _("arket til ambulansen"))
FACTS = Kind("FACTS", _("navn, adresse, telefon og vei inn"))
DOOR_CODE = Kind("DOOR_CODE", _("koden til døra"))
PEOPLE = Kind("PEOPLE", _("egne folk og ansvarlige"))
WISHES = Kind("WISHES", _("ønsker om hjelpere"))
ALERTS = Kind("ALERTS", _("varsler, som allergi"))
NOTICES = Kind("NOTICES", _("beskjeder mellom kolleger"))
WHEREABOUTS = Kind("WHEREABOUTS", _("hjemme eller et annet sted"))
FOLLOWING = Kind("FOLLOWING", _("hvilket team som gir hjelpen"))
CONVERSATION = Kind("CONVERSATION", _("samtalen om hva som er viktig"))
PLAN = Kind("PLAN", _("mål og tiltak i planen"))
THERAPY = Kind("THERAPY", _("saker hos ergo- eller fysioterapeut"))
EVALUATIONS = Kind("EVALUATIONS", _("evalueringer av mål, og målinger"))
VISITS = Kind("VISITS", _("besøk og det som er skrevet om dem"))
OBSERVATIONS = Kind("OBSERVATIONS", _("observasjoner og målinger"))
PHOTOS = Kind("PHOTOS", _("bilder i journalen"))
DEVIATIONS = Kind("DEVIATIONS", _("avvik"))
FIGURES = Kind("FIGURES", _("brukerne bak et tall om teamet"), about_one=False)
SURVEYS = Kind("SURVEYS", _("undersøkelser, der ingen brukere er med"), about_one=False)
JOURNAL = Kind("JOURNAL", _("journalen: notater, endringer og rettelser"))
CASES = Kind("CASES", _("søknader, saker og vedtak"))
CASE_LISTS = Kind("CASE_LISTS", _("lister over saker"), about_one=False)
APPEALS = Kind("APPEALS", _("klager"))
LETTERS = Kind("LETTERS", _("brev"))
HANDOVER = Kind("HANDOVER", _("overlevering til et annet team"))
QUESTIONS = Kind("QUESTIONS", _("spørsmål til andre fagfolk"))
PROTECTION = Kind("PROTECTION", _("hvem som kan se i journalen"))
EMERGENCY = Kind("EMERGENCY", _("hele journalen, med nødtilgang"))
LOG = Kind("LOG", _("hvem som har sett i journalen"))
WHOLE = Kind("WHOLE", _("alt som er lagret, for å gi det ut"))
FILES = Kind("FILES", _("regneark som er lest inn eller hentet ut"), about_one=False)
PLANNER = Kind("PLANNER", _("forslag til arbeidslister, laget av systemet"), about_one=False)
NIGHT = Kind("NIGHT", _("fast arbeid i systemet: besøk lages og frister følges"), about_one=False)
OWN_PAGE = Kind("OWN_PAGE", _("Min side"))
CONSENTS = Kind("CONSENTS", _("hvem som kan se på Min side"))
OTHER = Kind("OTHER", _("annet i journalen"))

#: The longest beginning that fits a door says what it opens.
_BY_BEGINNING = {
    "citizens:": OVERVIEW,
    "citizens:list": LISTS,
    "citizens:search": LISTS,
    "citizens:merge_search": LISTS,
    "citizens:register": FACTS,
    "citizens:facts": FACTS,
    "citizens:home": FACTS,
    "citizens:move_in": FACTS,
    "citizens:way_in": FACTS,
    "citizens:door_code": DOOR_CODE,
    "citizens:responsible": PEOPLE,
    "citizens:network": PEOPLE,
    "citizens:wishes": WISHES,
    "citizens:alerts": ALERTS,
    "citizens:whereabouts": WHEREABOUTS,
    "citizens:set_home": WHEREABOUTS,
    "citizens:following": FOLLOWING,
    "citizens:week": VISITS,
    "citizens:timeline": HISTORY,
    "citizens:over_time": HISTORY,
    "citizens:ambulance": AMBULANCE,
    "observations:": OBSERVATIONS,
    "photos:": PHOTOS,
    "journal:": JOURNAL,
    "journal:waiting": LISTS,
    "journal:terms": LISTS,
    "notices:": NOTICES,
    "notices:list": LISTS,
    "notices:write": LISTS,
    "notices:write_about": NOTICES,
    "needs:": CONVERSATION,
    "careplans:": PLAN,
    "careplans:sharing": LISTS,
    "evaluations:": EVALUATIONS,
    "evaluations:due": LISTS,
    "courses:": EVALUATIONS,
    "courses:list": LISTS,
    "courses:terms": LISTS,
    "therapy:": THERAPY,
    "therapy:mine": LISTS,
    "therapy:groups": LISTS,
    "therapy:waiting": LISTS,
    "therapy:numbers": LISTS,
    "therapy:terms": LISTS,
    "therapy:referred": LISTS,
    "myday:": VISITS,
    "myday:today": BOARD,
    "myday:day": BOARD,
    "myday:mates": BOARD,
    "myday:packet": POCKET,
    "myday:door": DOOR_CODE,
    "decisions:": CASES,
    "decisions:queue": CASE_LISTS,
    "decisions:appeals": CASE_LISTS,
    "decisions:numbers": CASE_LISTS,
    "decisions:practice": CASE_LISTS,
    "decisions:new_practice": CASE_LISTS,
    "decisions:new_rate": CASE_LISTS,
    "decisions:appeal": APPEALS,
    "decisions:new_appeal": APPEALS,
    "decisions:letter_pdf": LETTERS,
    "decisions:decision_pdf": LETTERS,
    "letters:": LETTERS,
    "handover:": HANDOVER,
    "handover:list": LISTS,
    "stays:": WHEREABOUTS,
    "stays:list": LISTS,
    "consents:": CONSENTS,
    "minside:": OWN_PAGE,
    "questions:": QUESTIONS,
    "questions:list": LISTS,
    "protection:": PROTECTION,
    "emergency:": EMERGENCY,
    "emergency:list": PROTECTION,
    "emergency:review": PROTECTION,
    "oversight:": LOG,
    "oversight:mine": LISTS,
    "oversight:review": LISTS,
    "oversight:privacy": LISTS,
    "oversight:acts": LISTS,
    "teamboard:": BOARD,
    "planning:": BOARD,
    "deviations:": DEVIATIONS,
    "changeover:": BOARD,
    "improvement:": LISTS,
    "surveys:": SURVEYS,
    "insight:": LISTS,
    "insight:behind": FIGURES,
    "organisation:": LISTS,
    "workforce:": LISTS,
    "responsibility:": LISTS,
    "authority:": CASE_LISTS,
    "person:": WHOLE,
    "person.": WHOLE,
    "tillit person": WHOLE,
    "files:": FILES,
    "home:": LISTS,
    "delivery:": VISITS,
    "delivery:undelivered": LISTS,
    "access:": OTHER,
    "login:": OTHER,
    "planning.": PLANNER,
    "files.": FILES,
    "insight.": NIGHT,
    "keeping.": NIGHT,
    "tillit ": NIGHT,
    "tillit nightly": NIGHT,
    "tillit plan": PLANNER,
    "tillit import": FILES,
    "tillit export": FILES,
    "tillit demo": NIGHT,
}
_LONGEST_FIRST = sorted(_BY_BEGINNING, key=len, reverse=True)


def kind_of(door: str) -> Kind:
    """Return the kind of data behind a door; OTHER when nobody has said."""
    return next((_BY_BEGINNING[one] for one in _LONGEST_FIRST if door.startswith(one)), OTHER)


def door_is_a_list() -> Q:
    """Return what an entry's door begins with when it opens lists: most entries, left out in the database.

    What is left is asked one by one with `kind_of`.
    """
    found = Q(pk__in=())
    for beginning, kind in _BY_BEGINNING.items():
        if not kind.about_one:
            found |= Q(door__startswith=beginning)
    return found
