"""The instruments that come with the product. All items are our own (CC0): «egenutviklet, ikke validert»."""

from typing import Final

from tillit.learning.surveys.rules.instruments import Instrument, Item, Part, Text, measure_the_same
from tillit.learning.surveys.rules.shipped import citizens, gatherings, load, me, safety, scales, team, work

TEAM, CITIZENS, RELATIVES, GATHERING = "TEAM", "CITIZENS", "RELATIVES", "GATHERING"
#: Who answers by a card: those without a login, and whoever was at a gathering.
OUTSIDE = frozenset({CITIZENS, RELATIVES, GATHERING})
_BY_CODE = {item.code: item for item in (*team.ITEMS, *safety.ITEMS, *me.D_ITEMS, *work.E_ITEMS)}


def _made(
    code: str,
    name: Text,
    about: Text,
    parts: tuple[Part, ...],
    items: tuple[Item, ...],
    *,
    for_whom: str = TEAM,
    scored: bool = True,
    version: int = 1,
) -> Instrument:
    used = {item.scale for item in items}
    return Instrument(
        code, version, name, about, for_whom, parts, items,
        tuple(scale for scale in scales.ALL if scale.code in used), scored=scored,
    )  # fmt: skip


SHIPPED: Final = (
    _made("team", Text("Teamet vårt", "Teamet vårt", "Our team"),
          Text("Tolv påstander om styrke, autonomi, virkning og mening. To minutter.",
               "Tolv påstandar om styrke, autonomi, verknad og meining. To minutt.",
               "Twelve statements on potency, autonomy, impact and meaning. Two minutes."),
          team.PARTS, team.ITEMS),
    _made("safety", Text("Trygghet i teamet", "Tryggleik i teamet", "Safety in the team"),
          Text("Sju påstander om å tørre å si fra. Ett minutt.", "Sju påstandar om å tore å seie frå. Eitt minutt.",
               "Seven statements on daring to speak up. One minute."),
          safety.PARTS, safety.ITEMS),
    _made("roles", Text("Roller og ledelse", "Roller og leiing", "Roles and leadership"),
          Text("Ti påstander om hvem som gjør hva, og om lederen. To minutter.",
               "Ti påstandar om kven som gjer kva, og om leiaren. To minutt.",
               "Ten statements on who does what, and on the leader. Two minutes."),
          work.F_PARTS, work.F_ITEMS),
    _made("say", Text("Hva teamet bestemmer", "Kva teamet bestemmer", "What the team decides"),
          Text("Seks beslutninger: hvor mye teamet bestemmer i dag, og hvor mye det bør bestemme.",
               "Seks avgjerder: kor mykje teamet bestemmer i dag, og kor mykje det bør bestemme.",
               "Six decisions: how much the team decides today, and how much it should."),
          work.G_PARTS, work.G_ITEMS),
    _made("involvement", Text("Makt, informasjon, belønning, kunnskap", "Makt, informasjon, løning, kunnskap",
                              "Power, information, rewards, knowledge"),
          Text("Tolv påstander i fire profiler. Det lages ingen sum. To minutter.",
               "Tolv påstandar i fire profilar. Det blir ikkje laga nokon sum. To minutt.",
               "Twelve statements in four profiles. No total is made. Two minutes."),
          work.E_PARTS, work.E_ITEMS),
    _made("me", Text("Jobben min", "Jobben min", "My job"),
          Text("Tolv påstander om mening, kompetanse, selvbestemmelse og innflytelse. To minutter.",
               "Tolv påstandar om meining, kompetanse, sjølvråderett og innverknad. To minutt.",
               "Twelve statements on meaning, competence, self-determination and influence. Two minutes."),
          me.B_PARTS, me.B_ITEMS),
    _made("needs", Text("Det vi trenger på jobb", "Det vi treng på jobb", "What we need at work"),
          Text("Ni påstander om autonomi, kompetanse og tilhørighet. To minutter.",
               "Ni påstandar om autonomi, kompetanse og tilhøyrsle. To minutt.",
               "Nine statements on autonomy, competence and belonging. Two minutes."),
          me.D_PARTS, me.D_ITEMS),
    _made("load", Text("Arbeidsmengde og hjem", "Arbeidsmengd og heim", "Workload and home"),
          Text("Seks påstander. Ett minutt.", "Seks påstandar. Eitt minutt.", "Six statements. One minute."),
          load.PARTS, load.ITEMS),
    _made("staff", Text("Hele medarbeiderundersøkelsen", "Heile medarbeidarundersøkinga", "The whole staff survey"),
          Text("Teamet, tryggheten, rollene og hva teamet bestemmer. Høyst åtte minutter, to ganger i året.",
               "Teamet, tryggleiken, rollene og kva teamet bestemmer. Høgst åtte minutt, to gonger i året.",
               "The team, safety, roles and what the team decides. At most eight minutes, twice a year."),
          (*team.PARTS, *safety.PARTS, *work.F_PARTS, *work.G_PARTS),
          (*team.ITEMS, *safety.ITEMS, *work.F_ITEMS, *work.G_ITEMS)),
    _made("pulse", Text("Pulsen", "Pulsen", "The pulse"),
          Text("Seks spørsmål, under ett minutt. Høyst en gang i måneden.",
               "Seks spørsmål, under eitt minutt. Høgst ein gong i månaden.",
               "Six questions, under a minute. At most once a month."),
          (), tuple(_BY_CODE[code] for code in ("A2", "A8", "C1", "C7", "D7", "E4")), scored=False),
    _made("citizens", Text("Hjelpen du får", "Hjelpa du får", "The help you get"),
          Text("Elleve spørsmål til brukere, hvor fornøyd de er, og om de fikk hjelp til å svare.",
               "Elleve spørsmål til brukarar, kor nøgde dei er, og om dei fekk hjelp til å svare.",
               "Eleven questions to service users, how satisfied they are, and whether they had help to answer."),
          citizens.CITIZEN_PARTS, citizens.CITIZEN_ITEMS_2, for_whom=CITIZENS, scored=False, version=2),
    _made("relatives", Text("Du som er pårørende", "Du som er pårørande", "You who are a relative"),
          Text("Sju påstander og et åpent felt til pårørende.", "Sju påstandar og eit ope felt til pårørande.",
               "Seven statements and an open field for relatives."),
          citizens.RELATIVE_PARTS, citizens.RELATIVE_ITEMS, for_whom=RELATIVES),
    _made("gathering", Text("Etter samlingen", "Etter samlinga", "After the gathering"),
          Text("Tre påstander etter et møte, et kurs eller en samling. Et halvt minutt.",
               "Tre påstandar etter eit møte, eit kurs eller ei samling. Eit halvt minutt.",
               "Three statements after a meeting, a course or a gathering. Half a minute."),
          gatherings.PARTS, gatherings.ITEMS, for_whom=GATHERING),
)  # fmt: skip


#: Versions before those, as they were asked: waves of them are open, or closed and shown. They are not asked anew.
EARLIER: Final = (
    _made("citizens", Text("Hjelpen du får", "Hjelpa du får", "The help you get"),
          Text("Elleve spørsmål til brukere, og hvor fornøyd de er.",
               "Elleve spørsmål til brukarar, og kor nøgde dei er.",
               "Eleven questions to service users, and how satisfied they are."),
          citizens.CITIZEN_PARTS, citizens.CITIZEN_ITEMS, for_whom=CITIZENS, scored=False),
)  # fmt: skip


def shipped(code: str, version: int | None = None) -> Instrument | None:
    """Return the shipped instrument of that code and version, or None. version: None is the one that is asked now."""
    if version is None:
        return next((one for one in SHIPPED if one.code == code), None)
    return next((one for one in (*EARLIER, *SHIPPED) if (one.code, one.version) == (code, version)), None)


def comparable(code: str, version: int) -> tuple[Instrument, ...]:
    """Return the versions whose waves can be compared with this one's, the oldest first, itself among them.

    Empty for what is not shipped: of an own instrument two versions are never compared.
    """
    this = shipped(code, version)
    if this is None:
        return ()
    same = [one for one in (*EARLIER, *SHIPPED) if one.code == code and measure_the_same(one, this)]
    return tuple(sorted(same, key=lambda one: one.version))
