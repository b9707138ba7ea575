# ruff: noqa: E501 – sentences stay on one line
"""What people get help with, in some twenty shapes: the need, goals in the citizen's words, and what we do.

A window is where it may start; each citizen has her own place in it (`Slot`), the same for everything she gets at
that part of the day, so that things done together become one visit.
"""

from dataclasses import dataclass
from decimal import Decimal

from tillit.foundation.workforce import competence_catalogue as competences

DAILY, WEEKDAYS, WEEKEND = "1234567", "12345", "67"


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of the day: the citizen's window starts between `first` and `last` and is `width` long. Minutes."""

    part: str
    first: int
    last: int
    width: int


MORNING = Slot("MORNING", 450, 585, 75)
EARLY = Slot("MORNING", 450, 495, 45)
MIDDAY = Slot("MIDDAY", 675, 765, 75)
FORENOON = Slot("MIDDAY", 600, 780, 90)
AFTERNOON = Slot("AFTERNOON", 930, 1005, 75)
EVENING = Slot("EVENING", 1095, 1230, 75)
LATE = Slot("EVENING", 1215, 1260, 60)
NIGHT = Slot("NIGHT", 1380, 1410, 90)
SMALL_HOURS = Slot("NIGHT", 180, 240, 90)


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal: the citizen's words, how we know it is reached, and how far it has come."""

    words: str
    agreed: str = ""
    measure: str = ""
    start: Decimal | None = None
    now: Decimal | None = None
    target: Decimal | None = None
    start_words: str = ""
    now_words: str = ""
    target_words: str = ""


@dataclass(frozen=True, slots=True)
class Help:
    """An intervention. `aim`: index of the goal it serves; None hangs on safety or law (`basis`)."""

    title: str
    kind: str
    minutes: int
    slots: tuple[Slot, ...]
    weekdays: str = DAILY
    how: str = ""
    aim: int | None = 0
    basis: str = "GOAL"
    every_weeks: int = 1
    helpers: int = 1
    competence: str = ""
    profession: str = "HEALTH_WORKER"
    own_visit: bool = False
    priority: int = 2
    skip_holidays: bool = False
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Archetype:
    """A shape of help. `share` of the citizens have it; `voice` is what their words are about."""

    code: str
    share: float
    voice: str
    needs: tuple[str, ...]
    aims: tuple[tuple[Aim, ...], ...]
    helps: tuple[Help, ...]
    age: tuple[int, int] = (68, 96)
    health_service: bool = False


def _n(start: str, now: str, target: str) -> tuple[Decimal, Decimal, Decimal]:
    return Decimal(start), Decimal(now), Decimal(target)


def _aim(words: str, agreed: str, measure: str, numbers: str) -> Aim:
    start, now, target = _n(*numbers.split())
    return Aim(words, agreed, measure, start, now, target)


def _said(words: str, start: str, now: str, target: str, agreed: str = "") -> Aim:
    return Aim(words, agreed, start_words=start, now_words=now, target_words=target)


_STAY_CLEAN = (
    _said("Ha det ordentlig når noen kommer", "golvene var mye å hente", "rent annenhver uke", "rent og ryddig"),
    _said("Kunne gå i strømpelesten på kjøkkenet", "knaset", "rent de fleste uker", "rent golv"),
    _said("Støve av selv og få hjelp til resten", "orket ikke", "støver av stua selv", "stua og soverommet selv"),
)
_EVERYDAY = (
    _said("Vaske meg oppe selv", "trengte hjelp til alt", "klarer ansikt og armer", "hele overkroppen selv"),
    _said("Velge klær og kle på meg", "fikk dem lagt fram", "velger selv", "velger og kler på seg"),
    _aim("Stå ved vasken hele stellet", "Står uten å hvile", "minutter", "2 5 10"),
    _aim("Dusje uten å være redd", "Dusjer med en i rommet ved siden av", "ganger i måneden", "0 2 4"),
)
_MEDS = (
    _said(
        "Ha kontroll på medisinene mine selv", "fikk alt levert", "tar selv når noen er her", "tar selv fra dispenser"
    ),
    _said("Slippe å lure på om jeg har tatt dem", "usikker hver dag", "usikker av og til", "trygg på det"),
    _aim("Ikke være svimmel når jeg reiser meg", "Måles to ganger i uka", "svimle dager i uka", "5 3 0"),
)
_FOOD = (
    _aim("Spise ordentlig middag", "Minst halve porsjonen", "middager i uka", "2 4 6"),
    _aim("Komme opp i vekta mi igjen", "Veies første mandag i måneden", "kilo", "52 54 57"),
    _said("Ha noen å spise sammen med", "spiste alene", "to dager i uka", "fire dager i uka"),
)
_NIGHT_AIMS = (
    _aim("Sove godt uten å være redd for å falle", "Gode netter telles på lappen", "gode netter i uka", "2 3 6"),
    _said("Være trygg hjemme om natta", "ringte ofte", "ringer sjelden", "sover natta gjennom"),
)

_CLEANING = Help("Rengjøring", "CLEANING", 60, (Slot("MIDDAY", 510, 765, 120),), "1", aim=0, every_weeks=3,
                 profession="HOME_HELPER", own_visit=True, priority=3, skip_holidays=True,
                 how="Golv, bad og kjøkken. Resten etter avtale med bruker.")  # fmt: skip
_SHOPPING = Help("Handle sammen", "ERRAND", 40, (Slot("MIDDAY", 570, 765, 120),), "4", aim=1, profession="HOME_HELPER",
                 own_visit=True, priority=3, skip_holidays=True, how="Lista ligger på benken. Gå sammen når det er tørt.")  # fmt: skip
_SHOWER = Help("Dusj", "PERSONAL_CARE", 15, (MORNING,), "5", how="Varmt håndkle. La bruker begynne selv.")
_DOSING = Help("Legge i dosett", "MEDICATION", 15, (FORENOON,), "1", aim=None, basis="LAW",
               competence=competences.MEDICATION, own_visit=True, how="To ser over lista ved endringer.")  # fmt: skip
_STOCKINGS_ON = Help("Støttestrømper på", "PERSONAL_CARE", 10, (MORNING,), how="På før hun står opp.")
_STOCKINGS_OFF = Help("Støttestrømper av", "PERSONAL_CARE", 10, (EVENING,), how="Se på huden på leggene.")

ARCHETYPES: tuple[Archetype, ...] = (
    Archetype("cleaning", 0.20, "cleaning", ("Orker ikke tungt husarbeid lenger.",), (_STAY_CLEAN,), (_CLEANING,),
              age=(66, 93)),
    Archetype("errands", 0.07, "cleaning", ("Orker ikke tungt husarbeid lenger.", "Kommer seg ikke til butikken alene."),
              (_STAY_CLEAN, (_said("Klemme på avokadoene selv", "fikk varene levert", "handler med følge",
                                   "handler med rullator"),
                             _aim("Gå til butikken igjen", "Med rullator og følge", "meter", "100 250 400"))),
              (_CLEANING, _SHOPPING)),
    Archetype("dosing", 0.10, "meds", ("Trenger hjelp til å legge medisiner i dosett.",), (_MEDS,), (_DOSING,),
              age=(60, 92), health_service=True),
    Archetype("meds", 0.08, "meds", ("Glemmer medisinene når ingen ser innom.",), (_MEDS,),
              (Help("Medisiner fra multidose", "MEDICATION", 10, (MORNING, EVENING), how="Se at de tas.",
                    competence=competences.MEDICATION, priority=1, least=420, most=900),), age=(66, 95), health_service=True),
    Archetype("meds_morning", 0.06, "meds", ("Trenger at noen ser at morgenmedisinen tas.",), (_MEDS,),
              (Help("Morgenmedisin", "MEDICATION", 10, (MORNING,), competence=competences.MEDICATION, priority=1),
               _DOSING), age=(60, 92), health_service=True),
    Archetype("evening_meds", 0.015, "meds", ("Trenger at noen ser at kveldsmedisinen tas.",), (_MEDS,),
              (Help("Kveldsmedisin", "MEDICATION", 10, (EVENING,), competence=competences.MEDICATION, priority=1),), age=(64, 94)),
    Archetype("stockings", 0.07, "stockings", ("Får ikke på støttestrømpene selv.",),
              ((_said("Få strømpene på før jeg står opp", "hovne bein hver dag", "lette bein de fleste dager",
                      "tar dem på med påtrekker"),
                _said("Lære å bruke strømpepåtrekkeren", "kjente den ikke", "klarer den ene", "klarer begge")),),
              (_STOCKINGS_ON, _STOCKINGS_OFF)),
    Archetype("care", 0.10, "care", ("Trenger hjelp til stell om morgenen.", "Blir utrygg på badet."),
              (_EVERYDAY,), (Help("Morgenstell, bare det bruker ber om", "PERSONAL_CARE", 25, (MORNING,),
                                  how="Spør først. Ansikt og armer tar bruker selv."), _SHOWER,
                             Help("Kveldsstell", "PERSONAL_CARE", 15, (EVENING,), how="Tann, nattøy, lys i gangen."))),
    Archetype("care_short", 0.06, "care", ("Trenger en hånd om morgenen.",), (_EVERYDAY,),
              (Help("Hjelp til morgenstell", "PERSONAL_CARE", 20, (MORNING,)),
               Help("Smøre frokost sammen", "MEAL", 10, (MORNING,), aim=None, basis="SAFETY"))),
    Archetype("frail", 0.04, "care", ("Klarer lite alene gjennom dagen.", "Har mistet matlysten.",
                                       "Er redd for å falle om natta."),
              (_EVERYDAY, _FOOD, _NIGHT_AIMS),
              (Help("Morgenstell", "PERSONAL_CARE", 30, (MORNING,)), _SHOWER,
               Help("Medisiner fra multidose", "MEDICATION", 5, (MORNING, EVENING), aim=None, basis="LAW",
                    competence=competences.MEDICATION, priority=1),
               Help("Middag, sitte sammen", "MEAL", 20, (MIDDAY,), aim=1, how="Sett deg ned. Små porsjoner."),
               Help("Tilsyn på ettermiddagen", "SUPERVISION", 10, (AFTERNOON,), aim=2, basis="SAFETY"),
               Help("Kveldsstell", "PERSONAL_CARE", 20, (EVENING,), aim=2, how="Lys i gangen, telefonen ved senga.")),
              age=(78, 99)),
    Archetype("wound", 0.05, "wound", ("Har et sår på leggen som trenger skift.",),
              ((_aim("Såret skal gro", "Måles hver mandag, bilde hver 14. dag", "cm²", "9 4 0"),
                _aim("Gå uten at det verker", "Smerte 0–10 ved skift", "smerte", "7 4 2")),),
              (Help("Sårstell", "WOUND", 25, (FORENOON,), "135", how="Ny prosedyre fra mandag: bløtlegg i ti minutter.",
                    competence=competences.WOUND_CARE, profession="NURSE", own_visit=True),), age=(60, 92),
              health_service=True),
    Archetype("insulin", 0.04, "insulin", ("Trenger hjelp til blodsukker og insulin.",),
              ((_aim("Ha jevnt blodsukker", "Målinger mellom 5 og 10", "gode målinger av 10", "4 6 8"),
                _said("Sette sprøyta selv", "fikk den satt", "setter selv med en til stede", "setter selv alene")),),
              (Help("Blodsukker og insulin", "MEDICATION", 15, (EARLY, LATE), how="Mål før frokost. Avisa med inn.",
                    competence=competences.INJECTION, priority=1, least=600, most=840),
               Help("Frokost", "MEAL", 10, (EARLY,), aim=None, basis="SAFETY", how="Etter sprøyta, aldri før.")),
              age=(48, 88), health_service=True),
    Archetype("stoma", 0.02, "stoma", ("Har fått utlagt tarm og vil mestre skiftet selv.",),
              ((_said("Skifte plate selv", "fikk alt gjort", "klarer med veiledning", "skifter selv"),),),
              (Help("Stomistell", "NURSING", 25, (FORENOON,), "135", competence=competences.STOMA, profession="NURSE",
                    own_visit=True, how="Bruker gjør, vi ser på."),), age=(45, 85), health_service=True),
    Archetype("catheter", 0.025, "catheter", ("Har kateter som tetter seg.",),
              ((_aim("Sove uten at kateteret plager", "Netter uten å våkne av det", "netter i uka", "2 4 7"),),),
              (Help("Skylle kateter", "NURSING", 15, (FORENOON,), "25", competence=competences.CATHETER,
                    profession="NURSE", own_visit=True),
               Help("Bytte kateter", "NURSING", 40, (FORENOON,), "3", every_weeks=6, competence=competences.CATHETER,
                    profession="NURSE", own_visit=True, priority=1)), age=(62, 92), health_service=True),
    Archetype("reablement", 0.03, "reablement", ("Har mistet krefter etter brudd eller sykdom.", "Tør ikke trappa."),
              ((_aim("Gå ned trappa og ut", "Uten støtte på siste avsats", "trinn", "4 10 16"),
                _aim("Gå til butikken", "Med stokk, uten hvile", "meter", "50 220 400"),
                _said("Dusje alene igjen", "fikk hjelp til alt", "dusjer med en i rommet ved siden av", "dusjer alene")),
               (_said("Lage lunsj selv", "fikk den laget", "smører selv", "lager varm lunsj"),)),
              (Help("Hverdagsrehabilitering", "TRAINING", 35, (FORENOON,), WEEKDAYS, own_visit=True,
                    competence=competences.REABLEMENT_TRAINER, profession="OCCUPATIONAL_THERAPIST", skip_holidays=True,
                    how="La bruker gå foran. Stol ved trappa. Skriv hvor langt."),
               Help("Lage lunsj selv", "TRAINING", 20, (MIDDAY,), "24", aim=1, skip_holidays=True)), age=(62, 90)),
    Archetype("dementia", 0.05, "dementia", ("Husker dårlig og blir urolig når dagen ikke er kjent.",
                                             "Glemmer måltider."),
              ((_said("Kjenne igjen dagen min", "urolig de fleste morgener", "rolig når det er kjente", "rolige morgener"),
                _said("Ha noe å gjøre med hendene", "satt mest", "bretter tøy om formiddagen", "noe fast hver dag")),
               _FOOD),
              (Help("Morgen i ro", "PERSONAL_CARE", 25, (MORNING,), competence=competences.DEMENTIA,
                    how="Si navnet, ta hånda. En ting av gangen."),
               Help("Medisiner fra multidose", "MEDICATION", 5, (MORNING, EVENING), aim=None, basis="LAW",
                    competence=competences.MEDICATION, priority=1),
               Help("Middag sammen", "MEAL", 20, (MIDDAY,), aim=1, how="Sett deg ned. Sang hjelper."),
               Help("Kveldsro", "SUPERVISION", 15, (EVENING,), aim=0, how="Album, lys, låst komfyr."),
               Help("Tur eller sysler", "SOCIAL", 40, (FORENOON,), "3", aim=0, own_visit=True, priority=3,
                    skip_holidays=True)), age=(70, 95)),
    Archetype("meals", 0.045, "meals", ("Spiser for lite når ingen er der.",), (_FOOD,),
              (Help("Frokost og kaffe", "MEAL", 15, (MORNING,)), Help("Middag", "MEAL", 15, (MIDDAY,)),
               Help("Handle sammen", "ERRAND", 40, (Slot("MIDDAY", 570, 765, 120),), "4", profession="HOME_HELPER",
                    own_visit=True, priority=3, skip_holidays=True)), age=(74, 96)),
    Archetype("palliative", 0.012, "palliative", ("Er alvorlig syk og vil være hjemme.", "Har vondt når det går for lenge."),
              ((_said("Ikke ha vondt", "vondt hver dag", "vondt noen timer", "smertefri det meste av døgnet"),),
               (_said("Være hjemme", "redd for å bli flyttet", "hjemme hele tida", "hjemme til det siste"),)),
              (Help("Smertelindring og pumpe", "NURSING", 30, (MORNING, MIDDAY, EVENING), priority=1,
                    competence=competences.PALLIATIVE_CARE, profession="NURSE", how="Ring før endring. Lista ligger i skapet."),
               Help("Stell i seng", "PERSONAL_CARE", 25, (MORNING,), aim=1, how="La kona sove."),
               Help("Tilsyn om natta", "SUPERVISION", 15, (NIGHT, SMALL_HOURS), aim=1, priority=1,
                    how="Stille inn. Ring på hos mannen, ikke kona.")), age=(52, 88), health_service=True),
    Archetype("lift", 0.012, "lift", ("Kan ikke stå, må løftes av to.",),
              ((_aim("Sitte i stolen ved vinduet", "Minst en time hver gang", "ganger i uka", "2 5 7"),),),
              (Help("Løft og morgenstell", "PERSONAL_CARE", 40, (MORNING,), helpers=2, how="Tell til tre. Seilet henger på badet."),
               Help("Fra stol til seng", "PERSONAL_CARE", 20, (EVENING,), helpers=2),
               Help("Snu i natt", "SUPERVISION", 15, (SMALL_HOURS,), aim=None, basis="SAFETY", priority=1)), age=(55, 92)),
    Archetype("social", 0.045, "social", ("Er mye alene.",),
              ((_said("Komme ut blant folk", "ute en gang i måneden", "ute annenhver uke", "ute hver uke"),
                _said("Være til nytte igjen", "satt alene", "strikker til barnehagen", "har noe fast å gjøre")),),
              (Help("Samvær og tur", "SOCIAL", 40, (FORENOON,), "3", own_visit=True, priority=3, skip_holidays=True,
                    profession="HOME_HELPER"),
               Help("Støttesamtale", "NURSING", 30, (FORENOON,), "5", every_weeks=2, competence=competences.NURSING,
                    profession="NURSE", own_visit=True, aim=0, priority=3)), age=(40, 90)),
    Archetype("night_safety", 0.012, "", ("Er redd for å falle om natta.",), (_NIGHT_AIMS,),
              (Help("Tilsyn om natta", "SUPERVISION", 10, (SMALL_HOURS,), aim=0, how="Stille inn. Ikke tenn lyset."),
               Help("Kveldsrunde", "SUPERVISION", 15, (LATE,), how="Lys i gangen, telefonen ved senga.")), age=(75, 97)),
)  # fmt: skip

BY_CODE = {archetype.code: archetype for archetype in ARCHETYPES}
