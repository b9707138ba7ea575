"""What people write in cells with a choice: bokmål first, then nynorsk and English. The first word is exported."""


def _words(**codes: str) -> dict[str, str]:
    """Return word → stored code, from "word, word, word" for each code."""
    return {word.strip(): code for code, words in codes.items() for word in words.split(",")}


#: What sort of unit.
UNIT_KINDS = _words(
    MUNICIPALITY="kommune, municipality",
    DISTRICT="distrikt, bydel, sone, district",
    TEAM="team",
    WORK_GROUP="arbeidslag, work group",
    OFFICE="tjenestekontor, søknadskontor, tenestekontor, service office",
    SPECIAL_TEAM="spesialteam, special team",
)
#: Which training.
PROFESSIONS = _words(
    NURSE="sykepleier, sjukepleiar, nurse",
    HEALTH_WORKER="helsefagarbeider, hjelpepleier, omsorgsarbeider, helsefagarbeidar, hjelpepleiar, "
    "omsorgsarbeidar, health worker",
    HOME_HELPER="hjemmehjelp, hjemmehjelper, assistent, heimehjelp, home helper",
    OCCUPATIONAL_THERAPIST="ergoterapeut, occupational therapist",
    PHYSIOTHERAPIST="fysioterapeut, physiotherapist",
    SOCIAL_EDUCATOR="vernepleier, vernepleiar",
    CASE_WORKER="saksbehandler, sakshandsamar, saksbehandlar, case worker",
    LEADER="teamleder, leder, teamleiar, leiar, team leader",
    OTHER="annen",
)
#: Parts of the day the service is staffed by.
SHIFT_KINDS = _words(
    DAY="dag, dagvakt, d, day",
    EVENING="kveld, aften, kveldsvakt, a, evening",
    NIGHT="natt, nattevakt, n, night",
)
#: How one gets from door to door.
TRAVEL = _words(
    CAR="bil, car",
    BIKE="sykkel, bike",
    FOOT="til fots, gående, on foot",
)
#: How one is employed.
EMPLOYMENT = _words(
    PERMANENT="fast",
    TEMPORARY="vikar, tilkalling",
)
#: What one may see and do.
ROLES = _words(
    CARE_WORKER="medarbeider, medarbeidar",
    NURSE="sykepleier, sjukepleiar",
    THERAPIST="terapeut",
    CASE_WORKER="saksbehandler, saksbehandlar",
    TEAM_LEADER="teamleder, teamleiar",
    DISTRICT_LEADER="distriktsleder, distriktsleiar",
    PROJECT_LEADER="prosjektleder, prosjektleiar",
    REPRESENTATIVE="tillitsvalgt, tillitsvald",
    ADMINISTRATOR="systemansvarlig, systemansvarleg",
    PRIVACY_REVIEWER="personvernombud, personvernombod",
    RESEARCHER="forsker, forskar",
)
#: What sort of help.
INTERVENTION_KINDS = _words(
    PERSONAL_CARE="stell, personlig stell, personal care",
    MEDICATION="medisin, medisiner, medication",
    WOUND="sår, sårstell, wound",
    MEAL="måltid, mat, meal",
    TRAINING="trening, training",
    SUPERVISION="tilsyn, supervision",
    CLEANING="rengjøring, praktisk bistand, reingjering, cleaning",
    ERRAND="ærend, errand",
    SOCIAL="samvær, company",
    NURSING="sykepleie, hjemmesykepleie, sjukepleie, heimesjukepleie, nursing",
    OTHER="annet, anna, other",
)
#: When in the day.
PARTS_OF_DAY = _words(
    MORNING="morgen, formiddag, morning",
    MIDDAY="midt på dagen, middag, midday",
    AFTERNOON="ettermiddag, afternoon",
    EVENING="kveld, evening",
    NIGHT="natt, night",
)
