# ruff: noqa: E501 – sentences stay on one line
"""The citizens of Team Solvik who were written by hand, with what they say and who comes to them on the day shown.

`Call` is an intervention with its time of day; `who` are the initials of those who have it on the draft list of the
day, empty when Jonas Berg had it and nobody has it now.
"""

from dataclasses import dataclass
from decimal import Decimal

from tillit.demo.plans.archetypes import DAILY, Aim

ANCHOR_DAY = "ANCHOR"  # the weekday of the day shown
FELL_ILL = "JB"  # called in sick at 07.42, after the lists of the day were taken into use
HANDED_OVER = ("Tveit", "HL", "KN")  # whose visit Hanne had at the same time as another, and gave to Kari


@dataclass(frozen=True, slots=True)
class Call:
    """One thing done at one time of the day. start: wished, minutes after midnight."""

    part: str
    start: int
    minutes: int
    title: str
    kind: str
    who: tuple[str, ...] | None = None  # None: the allocator decides
    competence: str = ""
    profession: str = "HEALTH_WORKER"
    helpers: int = 1
    aim: int | None = 0
    basis: str = "GOAL"
    priority: int = 2
    weekdays: str = DAILY
    every_weeks: int = 1
    how: str = ""
    own_visit: bool = False
    before: int = 30
    width: int = 75


@dataclass(frozen=True, slots=True)
class Kin:
    """Somebody in the citizen's network: kind, name, relation, note."""

    kind: str
    name: str
    relation: str
    phone: str = ""
    note: str = ""
    is_next_of_kin: bool = False


@dataclass(frozen=True, slots=True)
class Curated:
    """One citizen written by hand."""

    given: str
    family: str
    gender: str
    age: int
    street: str
    number: int
    words: str
    short: str
    calls: tuple[Call, ...]
    need: str = ""
    aims: tuple[Aim, ...] = ()
    good_days: str = ""
    rather_not: str = ""
    floor: str = ""
    way_in: str = "Ring på og gå inn"
    door_code: str = ""
    practical: str = ""
    language: str = ""
    interpreter: bool = False
    lives_alone: bool = True
    primary: str = "KN"
    primary_deputy: str = "PN"
    service: str = "IS"
    service_deputy: str = "AY"
    therapist: str = ""
    alerts: tuple[tuple[str, str], ...] = ()
    kin: tuple[Kin, ...] = ()
    wishes: tuple[tuple[str, str, str], ...] = ()  # kind, initials or gender (K/M), reason
    said_days_ago: int = 60
    said_with: tuple[str, ...] = ("IS",)
    code: str = "care"
    is_new: bool = False
    knows: tuple[str, ...] = ()
    since_days: int = 0  # since when we know her; 0 is by chance
    case_number: int = 0  # the open case that is written by hand


def _m(clock: str) -> int:
    hours, minutes = clock.split(".")
    return int(hours) * 60 + int(minutes)


def _care(clock: str, minutes: int, who: str | None, **more: object) -> Call:
    part = "MORNING" if _m(clock) < 660 else "MIDDAY"
    return Call(part, _m(clock), minutes, "Hjelp til morgenstell" if part == "MORNING" else "Tilsyn og litt mat",
                "PERSONAL_CARE" if part == "MORNING" else "MEAL", (who,) if who else None, **more)  # type: ignore[arg-type]  # fmt: skip


def _evening(
    clock: str, minutes: int, who: str | None = None, title: str = "Kveldsstell", kind: str = "PERSONAL_CARE"
) -> Call:
    return Call("EVENING", _m(clock), minutes, title, kind, (who,) if who else None, before=45, width=90)


def _supper(clock: str, minutes: int = 20) -> Call:
    return Call("EVENING", _m(clock), minutes, "Kveldsmat og en prat", "MEAL", ("EM",), before=45, width=90)


def _simple(
    given: str, family: str, gender: str, age: int, street: str, number: int, words: str, short: str, *calls: Call,
    aim: str = "", **more: object,
) -> Curated:  # fmt: skip
    aims = (Aim(aim or "Klare mer selv om morgenen", start_words="trengte hjelp", now_words="klarer litt mer",
                target_words="klarer det selv"),)  # fmt: skip
    return Curated(given, family, gender, age, street, number, words, short, calls, aims=aims, **more)  # type: ignore[arg-type]


ASTRID = Curated(
    "Astrid", "Haugen", "K", 84, "Strandveien", 14,
    "Jeg vil kunne gå ned til postkassa selv og sitte på benken når det er fint vær. Ikke skynd dere med meg om "
    "morgenen. Og si navnet når dere kommer inn.",
    "Jeg vil gå ned til postkassa selv. Ikke skynd dere med meg om morgenen.",
    (
        Call("MORNING", _m("8.40"), 10, "Støttestrømper på", "PERSONAL_CARE", ("IS",), aim=1, how="Hun tar venstre selv"),
        Call("MORNING", _m("8.40"), 5, "Morgenmedisin fra dosett", "MEDICATION", ("IS",), competence="LEGEMIDLER", aim=None,
             basis="LAW", priority=1, how="Se at hun tar den"),
        Call("MORNING", _m("8.40"), 10, "Frokost sammen", "MEAL", ("IS",), aim=None, basis="SAFETY",
             how="Hun smører selv, du koker kaffe"),
        Call("MIDDAY", _m("12.55"), 20, "Gå til postkassa", "TRAINING", ("KN",), aim=0,
             how="La henne gå foran. Stol ved trappa."),
        Call("EVENING", _m("20.00"), 10, "Kveldsrunde med lys og telefon ved senga", "SUPERVISION", ("OV",), aim=2,
             basis="SAFETY", how="Lys i gangen. Telefonen innen rekkevidde.", before=45, width=90),
        Call("EVENING", _m("20.00"), 5, "Kveldsmedisin fra dosett", "MEDICATION", ("OV",), competence="LEGEMIDLER",
             aim=None, basis="LAW", priority=1, before=45, width=90),
        Call("MIDDAY", _m("10.30"), 60, "Rengjøring", "CLEANING", None, aim=None, basis="SAFETY", profession="HOME_HELPER",
             weekdays="NEXT", every_weeks=3, own_visit=True, priority=3, width=120, how="Hun støver av selv."),
    ),
    need="Har fått mindre krefter etter lungebetennelse. Falt på badet 2. november og er redd for å falle igjen.",
    aims=(
        Aim("Gå ned til postkassa selv", "Med rullator, uten følge", "meter", Decimal(10), Decimal(60), Decimal(120)),
        Aim("Kle på meg overkroppen uten hjelp", "Hun kaller når hun er ferdig", start_words="trengte hjelp",
            now_words="klarer det selv", target_words="klarer det selv"),
        Aim("Sove godt uten å være redd for å falle", "Gode netter telles på lappen", "gode netter i uka", Decimal(2),
            Decimal(3), Decimal(6)),
    ),
    good_days="Radioen på, kaffe før stell, søndagsmiddag hos Berit",
    rather_not="Nye ansikter om morgenen, å bli snakket om i tredje person",
    floor="2. etasje", way_in="Nøkkelboks ved døra. Ring på først", door_code="4186", practical="Går med rullator inne. Ingen heis.",
    therapist="LE", alerts=(("ALLERGY", "Penicillin"), ("FALL", "Falt på badet for tre uker siden. Rullator inne."),
                            ("AID", "Går med rullator")),
    kin=(Kin("RELATIVE", "Berit Haugen", "Datter", "900 00 001", "Handler lørdager.", True),
         Kin("FRIEND", "Trond Kvam", "Nabo. Måker og har nøkkel.", "900 00 002"),
         Kin("SERVICE", "Dagsenteret Vika", "Tirsdager, kjører med taxi", "555 00 210")),
    wishes=(("GLADLY", "KN", "Kjenner henne best"), ("RATHER_NOT", "ES", "Blir urolig av nye ansikter om morgenen")),
    said_days_ago=43, said_with=("IS", "LE"), code="story_astrid", knows=("IS", "PN", "OV"),
)  # fmt: skip

CITIZENS: tuple[Curated, ...] = (
    ASTRID,
    Curated(
        "Odd", "Rønning", "M", 79, "Tunveien", 7,
        "Jeg var los i tretti år. Jeg vil puste såpass at jeg kommer meg ut på trappa og ser båtene gå.",
        "Ut på trappa og se båtene",
        (Call("MORNING", _m("9.15"), 20, "Inhalasjon og morgenmedisin", "MEDICATION", (), competence="LEGEMIDLER", priority=1,
              how="Sett deg. Tell pusten med ham.", before=30, width=75),
         Call("MORNING", _m("9.15"), 10, "Frokost", "MEAL", (), aim=None, basis="SAFETY"),
         _evening("18.45", 15, None, "Inhalasjon", "MEDICATION")),
        need="Kols med hyppige forverringer.",
        aims=(Aim("Gå ut på trappa og sitte der en halvtime", "Uten å måtte hvile på vei ut", "minutter", Decimal(5),
                  Decimal(15), Decimal(30)),),
        good_days="Losbåten klokka elleve og sterk kaffe", rather_not="Å bli dratt i armen", primary="JB", primary_deputy="HL",
        service="AY", service_deputy="IS", alerts=(("OTHER", "Oksygen hjemme. Ingen åpen ild."),),
        way_in="Døra er åpen fra kl. 8", knows=("HL", "JB"), said_days_ago=90, said_with=("AY",), code="story",
    ),
    Curated(
        "Turid", "Brekke", "K", 88, "Myrullveien", 22,
        "Middagen er det viktigste måltidet. Poteter, og noen å sitte med. Da går resten av seg selv.",
        "Middag med poteter, og noen å sitte med",
        (Call("MIDDAY", _m("11.30"), 40, "Middag sammen", "MEAL", (), how="Hun skreller, du koker. Sett deg ned.", aim=0),
         _supper("19.15")),
        need="Har gått ned fire kilo siden i sommer.",
        aims=(Aim("Komme opp i 57 kilo", "Veies første mandag i måneden", "kilo", Decimal(53), Decimal(54), Decimal(57)),),
        good_days="Duk på bordet og salmer på radioen", rather_not="Ferdigmat i plast", primary="JB", primary_deputy="SH",
        alerts=(("OTHER", "Svelger tungt. Moste poteter, ikke hele."),), knows=("SH", "JB"), said_days_ago=75,
        code="story",
    ),
    Curated(
        "Harald", "Nygård", "M", 81, "Fjellveien", 3,
        "Avisa må være med inn. Så tar vi sprøyta, så spiser jeg. I den rekkefølgen har det gått i førti år.",
        "Avisa må være med inn",
        (Call("MORNING", _m("7.45"), 20, "Blodsukker og insulin", "MEDICATION", ("IS",), competence="INJEKSJON", priority=1,
              before=15, width=45, how="Mål før frokost."),
         Call("MORNING", _m("7.45"), 15, "Frokost", "MEAL", ("IS",), aim=None, basis="SAFETY", before=15, width=45),
         Call("EVENING", _m("20.30"), 15, "Blodsukker og insulin", "MEDICATION", None, competence="INJEKSJON", priority=1,
              before=30, width=60)),
        need="Diabetes type 1, ser dårlig.",
        aims=(Aim("Ha jevnt blodsukker", "Målinger mellom 5 og 10", "gode målinger av 10", Decimal(4), Decimal(7), Decimal(8)),
              Aim("Lese avisa selv igjen", "Med lupe og godt lys", start_words="bare overskrifter", now_words="en side om dagen",
                  target_words="hele avisa")),
        good_days="Avisa, vekkerklokka og stillhet til klokka ni", rather_not="Sprøyte etter maten", way_in="Nøkkelboks til venstre",
        door_code="2071", alerts=(("SAFETY", "Kan få føling. Saft på benken."),), code="story", knows=("IS", "AY"),
        said_days_ago=170,
    ),
    Curated(
        "Bjarne", "Lunde", "M", 73, "Skolebakken", 9,
        "Beinet er et bein, ikke et foredrag. Stell såret ordentlig, og la vekta mi være i fred.",
        "Sårstell uten prat om vekta",
        (Call("MORNING", _m("9.15"), 30, "Sårstell", "WOUND", ("IS",), competence="SAR", profession="NURSE", own_visit=True,
              how="Ny prosedyre i går: bløtlegg i ti minutter, så skumbandasje.", before=30, width=90),),
        need="Venøst leggsår, høyre legg.",
        aims=(Aim("Gå tur til brygga uten at det verker", "Smerte 0–10 ved skift", "smerte", Decimal(7), Decimal(4), Decimal(2)),),
        good_days="Fotball på radioen mens dere steller", rather_not="Råd om mat", code="story_wound", primary="HL",
        knows=("IS", "AY", "HL"),
    ),
    Curated(
        "Gunvor", "Myhre", "K", 86, "Prestegata", 18, "Kaffen først, så dusjen. Og håret til slutt, med krøller.",
        "Kaffen først, så dusjen",
        (Call("MORNING", _m("9.55"), 45, "Morgenstell og dusj med løft", "PERSONAL_CARE", ("IS", "PN"), helpers=2,
              how="Tell til tre. Seilet henger på badet.", before=25, width=75),
         Call("EVENING", _m("19.30"), 20, "Fra stol til seng", "PERSONAL_CARE", None, helpers=2, before=45, width=105)),
        need="Kan ikke stå etter hjerneslag.",
        aims=(Aim("Sitte i stolen ved vinduet", "Minst en time hver gang", "ganger i uka", Decimal(2), Decimal(5), Decimal(7)),),
        good_days="Krøller i håret og besøk av koret", rather_not="Å bli løftet uten å få vite det", primary="PN",
        primary_deputy="KN", alerts=(("AID", "Takheis. To må være med."),), code="story", knows=("PN", "IS", "OV", "EM"),
        wishes=(("RATHER_NOT", "M", "Vil helst ha kvinne i dusjen, men Piotr er godkjent"), ("GLADLY", "PN", "")),
    ),
    Curated(
        "Arne", "Kvam", "M", 83, "Bakkegata", 5, "Si fra før dere åpner vinduet. Jeg fryser, men jeg vil ha luft når jeg har fått på meg.",
        "Si fra før dere åpner vinduet", (_care("10.45", 20, "IS", how="Endret i morges: støttestrømpene skal ligge til i morgen."),),
        aims=(Aim("Kle på meg ferdig til klokka elleve", start_words="tok hele formiddagen", now_words="ferdig halv tolv",
                  target_words="ferdig til elleve"),), need="Parkinson, stiv om morgenen.", rather_not="Trekk", good_days="Varme skjorter",
        code="story", primary="IS", knows=("IS", "KN"),
    ),
    Curated(
        "Magnhild", "Sand", "K", 90, "Nausttunet", 3, "Jeg hører dårlig, kom inn til meg. Ikke rop fra gangen.", "Jeg hører dårlig, kom inn til meg",
        (_care("11.45", 25, "IS"),
         Call("MIDDAY", _m("12.00") + 60, 55, "Handling", "ERRAND", ("TD",), profession="HOME_HELPER", own_visit=True, priority=3,
              weekdays=ANCHOR_DAY, before=75, width=120, aim=None, basis="SAFETY"), _supper("18.30", 15)),
        aims=(Aim("Høre hva folk sier når flere er her", start_words="hørte ikke", now_words="hører en av gangen",
                  target_words="være med i praten"),), need="Hører nesten ikke.", good_days="Strikkeklubben",
        alerts=(("OTHER", "Hører svært dårlig. Gå helt inn og hils."),), way_in="Gå rett inn, hun hører ikke klokka", code="story", knows=("IS", "TD"),
    ),
    Curated(
        "Solveig", "Aas", "K", 76, "Solvikgata", 31, "Jeg vil lage middagen min selv. Jeg kan lage femten slags suppe, men jeg kan ikke løfte gryta.",
        "Vil lage middagen sin selv",
        (Call("MIDDAY", _m("12.20"), 40, "Lage middag selv", "TRAINING", ("IS",), competence="", how="Stå ved døra. Løft gryta når hun ber om det."),),
        need="Brakk håndleddet i september.",
        aims=(Aim("Lage middag selv fire dager i uka", "Uten hjelp til annet enn gryta", "dager i uka", Decimal(0), Decimal(2), Decimal(4)),),
        good_days="Suppe på komfyren og dansebandmusikk", rather_not="At noen rører i gryta", therapist="LE", code="story_reablement",
        knows=("IS", "LE", "KN"), said_with=("IS", "LE"), said_days_ago=30,
    ),
    Curated(
        "Fatima", "El-Amrani", "K", 71, "Solbergsvingen", 12, "Ta av skoene, så drikker vi te. Medisinene forstår jeg best når Amina forklarer dem.",
        "Ta av skoene, så drikker vi te",
        (Call("MORNING", _m("7.35"), 30, "Blodsukker, insulin og medisiner", "NURSING", ("AY",), competence="INJEKSJON", profession="NURSE",
              priority=1, before=5, width=40),),
        need="Diabetes og hjertesvikt, leser lite norsk.",
        aims=(Aim("Forstå medisinene mine selv", start_words="fikk dem levert", now_words="kjenner fire av sju", target_words="kjenner alle"),),
        language="arabisk", interpreter=True, lives_alone=False, primary="AY", primary_deputy="SH", service="AY", service_deputy="IS",
        wishes=(("MUST_NOT", "M", "Kvinner til stell og sprøyter"), ("GLADLY", "AY", "Snakker arabisk med henne")),
        good_days="Når barnebarna er her og det lukter brød", rather_not="Sko på teppet", code="story_insulin", knows=("AY", "SH", "IS"),
        kin=(Kin("RELATIVE", "Yasmin El-Amrani", "Datter, bor i huset", "900 00 031", "Er på jobb til kl. 15.", True),),
    ),
    Curated(
        "Máret", "Eira", "K", 82, "Fjellveien", 41, "Jeg tenker på samisk og svarer på norsk. Vent på meg. Og la meg gjøre kaffen selv, den skal koke.",
        "Vent på meg, jeg tenker på samisk", (_care("7.35", 35, "PN", before=5, width=60), _evening("18.15", 20)), language="nordsamisk",
        need="Svimmel og ustø etter et fall.",
        aims=(Aim("Gå til naboen for kaffe", "Med stokk", "ganger i uka", Decimal(0), Decimal(1), Decimal(3)),),
        good_days="Kokekaffe og radio fra Karasjok", rather_not="At noen fullfører setningene", primary="PN", primary_deputy="KN", code="story",
        knows=("PN", "KN"), alerts=(("FALL", "Svimmel når hun reiser seg"),),
    ),
    Curated(
        "Rigmor", "Tangen", "K", 87, "Strandveien", 52, "Jeg vil være hjemme der klokka slår. Når Hanne kommer, vet jeg at det er morgen.",
        "Når Hanne kommer, er det morgen",
        (Call("MORNING", _m("7.45"), 45, "Morgen i ro", "PERSONAL_CARE", ("HL",), competence="DEMENS", before=15, width=60,
              how="Si navnet, ta hånda. En ting av gangen."),
         Call("MIDDAY", _m("10.45"), 25, "Formiddagskaffe", "SUPERVISION", ("HL",), own_visit=True, before=30, width=75),
         Call("MIDDAY", _m("13.20"), 30, "Middag sammen", "MEAL", ("HL",), before=30, width=60, aim=1), _evening("19.45", 25)),
        need="Demens. Blir urolig når det kommer nye.",
        aims=(Aim("Kjenne igjen dagen min", start_words="urolig de fleste morgener", now_words="rolig når Hanne kommer", target_words="rolige morgener"),
              Aim("Spise ordentlig middag", "Minst halve porsjonen", "middager i uka", Decimal(2), Decimal(5), Decimal(7))),
        good_days="Klokka, salmene og Hanne", rather_not="To på en gang", primary="HL", primary_deputy="OV", code="story_dementia",
        alerts=(("SAFETY", "Komfyrvakt. Kan gå ut om kvelden."),), knows=("HL", "OV"),
        kin=(Kin("RELATIVE", "Svein Tangen", "Sønn", "900 00 041", "Bor i Ålesund. Vil ha SMS ved endringer.", True),
             Kin("GUARDIAN", "Grete Tangen", "Verge i økonomiske saker", "900 00 042")),
    ),
    Curated(
        "Arnfinn", "Skagen", "M", 77, "Tunveien", 30, "", "", (), need="", is_new=True, primary="", primary_deputy="", service="", service_deputy="",
        code="new", alerts=(("FALL", "Brukket håndledd og operert hofte"),), lives_alone=True, since_days=1,
        kin=(Kin("RELATIVE", "Anne Skagen", "Datter", "900 00 051", "Kan være med på samtalen torsdag.", True),),
    ),
    Curated(
        "Per Inge", "Foss", "M", 72, "Solvikgata", 18,
        "Jeg vil ut i naustet igjen før påske. Og jeg vil klare morgenen selv, bare jeg får tid.", "Ut i naustet igjen før påske",
        (Call("MORNING", _m("8.30"), 15, "Morgenmedisin og hjelp med strømper og sko", "NURSING", None, competence="LEGEMIDLER", aim=1,
              how="Gi ham tid. Han begynner selv.", before=30, width=90),
         Call("MORNING", _m("8.30"), 30, "Stell av operasjonssåret", "WOUND", None, competence="SYKEPLEIE", profession="NURSE", aim=None,
              basis="LAW", weekdays="135", how="Stingene tas på legekontoret.", before=30, width=90),
         Call("MIDDAY", _m("13.15"), 50, "Trene på trapp og påkledning", "TRAINING", None, competence="REHAB",
              profession="PHYSIOTHERAPIST", aim=0, weekdays="12345", own_visit=True, how="Trapp først, så sko.", before=60, width=120),
         _evening("19.00", 15, None, "Kveldsmedisin", "MEDICATION")),
        need="Operert for lårhalsbrudd. Bor alene i hus med trapp.",
        aims=(Aim("Gå til naustet og tilbake", "150 meter og åtte trinn", "meter", Decimal(0), Decimal(20), Decimal(150)),
              Aim("Klare morgenen selv", "Også strømper og sko", start_words="trengte hjelp til alt under livet",
                  now_words="klarer buksa", target_words="klarer alt")),
        good_days="Kaffe på naustbenken og værmeldinga for fiskebankene", rather_not="Å bli skyndet på", therapist="SS",
        alerts=(("FALL", "Operert hofte, går med krykker"),), kin=(Kin("RELATIVE", "Are Foss", "Sønn", "900 00 061", "Vil ha kopi av brev.", True),),
        said_days_ago=8, said_with=("IS", "SS"), primary="SH", primary_deputy="KN", knows=("IS",), code="story_reablement", since_days=12, case_number=1432,
    ),
    _simple("Kåre", "Sæther", "M", 85, "Tunveien", 19, "Skjorta skal være strøket. Jeg får ikke til knappene, men jeg får til resten.", "Skjorta skal være strøket",
            _care("8.25", 35, "KN"), _evening("18.20", 15), primary="KN", knows=("KN", "SH")),
    _simple("Jorunn", "Holm", "K", 80, "Skolebakken", 40, "Jeg har bein som ikke vil og et hode som vil altfor mye. La hodet bestemme.", "La hodet bestemme",
            _care("9.10", 30, "KN"), _care("13.00", 25, "SH"), primary="KN", primary_deputy="SH", knows=("KN", "SH")),
    _simple("Gerd", "Ruud", "K", 91, "Prestegata", 4, "Jeg er nittien og har fortjent å ligge til ni. Etter det kan vi snakkes.", "Ligge til ni",
            _care("9.50", 30, "KN"), _supper("20.10"), primary="KN", knows=("KN",)),
    _simple("Oddvar", "Lien", "M", 78, "Solvikgata", 11, "Radioen på P1 og døra på gløtt. Det er omtrent det jeg trenger.", "Radioen på og døra på gløtt",
            _care("10.30", 30, "KN"), primary="KN"),
    _simple("Inger", "Krogh", "K", 83, "Bakkegata", 16, "Jeg vil ha Kari. Ikke fordi de andre er dårlige, men fordi jeg slipper å forklare.", "Helst Kari",
            _care("12.05", 30, "PN"),
            Call("MORNING", _m("8.15"), 90, "Rengjøring", "CLEANING", ("TD",), profession="HOME_HELPER", own_visit=True, priority=3, weekdays=ANCHOR_DAY,
                 every_weeks=3, aim=None, basis="SAFETY", before=15, width=90), primary="KN", knows=("KN", "TD"),
            wishes=(("GLADLY", "KN", "Slipper å forklare"),)),
    _simple("Birger", "Strøm", "M", 84, "Nausttunet", 8, "Brygga om sommeren, stua om vinteren. Men ut skal jeg, hver dag.", "Ut hver dag",
            _care("11.50", 35, "KN"),
            Call("MIDDAY", _m("13.10"), 45, "Tur med rullestol", "SOCIAL", ("TD",), profession="HOME_HELPER", own_visit=True, priority=3, weekdays=ANCHOR_DAY,
                 before=30, width=60), primary="PN", knows=("PN", "TD")),
    _simple("Edith", "Bakken", "K", 89, "Fjellveien", 22, "Først hunden, så meg. Han er eldst, regnet i hundeår.", "Først hunden, så meg",
            _care("8.20", 35, "PN"), _care("13.25", 25, "PN"), _supper("17.40", 15), primary="PN", knows=("PN",), practical="Hund, snill. Slipp ham ikke ut."),
    _simple("Rolf", "Sunde", "M", 82, "Tunveien", 25, "Jeg skrev dagbok i seksti år. Nå trenger jeg noen som holder arket.", "Noen som holder arket",
            _care("9.05", 35, "PN"), primary="PN", knows=("PN",)),
    _simple("Bodil", "Engen", "K", 79, "Myrullveien", 6, "Ta den tida det tar. Jeg er ikke sein, jeg er grundig.", "Ta den tida det tar",
            _care("10.50", 30, "PN"), primary="SH", primary_deputy="HL", knows=("SH", "HL")),
    _simple("Ingvald", "Øye", "M", 75, "Strandveien", 33, "Jeg skal gå med stav til fyret innen påske. Alt annet er mellomspill.", "Gå til fyret innen påske",
            Call("MORNING", _m("8.30"), 60, "Gåtrening", "TRAINING", ("LE",), competence="REHAB", profession="OCCUPATIONAL_THERAPIST", own_visit=True,
                 weekdays=ANCHOR_DAY, before=20, width=60), _care("12.50", 25, "PN"), primary="PN", therapist="LE", code="story_reablement", knows=("LE", "PN"),
            aim="Gå til fyret med stav"),
    _simple("Liv", "Dahle", "K", 85, "Solbergsvingen", 3, "Hjertet hopper over et slag når jeg skynder meg. Så vi skynder oss ikke.", "Vi skynder oss ikke",
            Call("MORNING", _m("8.15"), 35, "Hjertemedisin og blodtrykk", "NURSING", ("AY",), competence="SYKEPLEIE", profession="NURSE", priority=1),
            primary="AY", primary_deputy="IS", service="AY", service_deputy="IS", knows=("AY", "IS"), aim="Gå rundt huset uten å bli redd"),
    _simple("Torleif", "Fossum", "M", 80, "Prestegata", 26, "Badekaret er bygd inn av meg. Jeg vil bruke det til jeg ikke kommer over kanten.", "Bruke mitt eget badekar",
            _care("9.00", 30, "AY"),
            Call("MORNING", _m("9.50"), 50, "Trene på å bruke badet", "TRAINING", ("LE",), competence="REHAB", profession="OCCUPATIONAL_THERAPIST",
                 own_visit=True, weekdays=ANCHOR_DAY, before=15, width=45), primary="AY", therapist="LE", service="AY", service_deputy="IS", knows=("AY", "LE"),
            aim="Komme opp av badekaret selv"),
    _simple("Ruth", "Berntsen", "K", 74, "Skolebakken", 21, "Posen er min. Dere ser på, jeg gjør.", "Dere ser på, jeg gjør",
            Call("MIDDAY", _m("10.40"), 30, "Stomistell, hun gjør selv", "NURSING", ("AY",), competence="STOMI", profession="NURSE", own_visit=True),
            primary="AY", service="AY", service_deputy="IS", code="stoma", knows=("AY", "IS"), aim="Skifte plate selv"),
    _simple("Hjørdis", "Vange", "K", 86, "Solvikgata", 44, "Det er smertene som bestemmer om jeg er meg eller ikke. Hjelp meg å være meg.", "Hjelp meg å være meg",
            Call("MIDDAY", _m("13.10"), 35, "Smertelindring", "NURSING", ("AY",), competence="PALLIASJON", profession="NURSE", priority=1), _supper("20.40"),
            primary="IS", service="IS", code="palliative", knows=("AY", "IS", "OV"), aim="Sitte oppe til Dagsrevyen"),
    _simple("Asbjørn", "Ness", "M", 77, "Strandveien", 71, "Kryssordet først. Står jeg fast, er det fint om du kan et ord på fem bokstaver.", "Kryssordet først",
            _care("8.40", 30, "HL"), primary="HL", knows=("HL",)),
    _simple("Eldbjørg", "Opdal", "K", 88, "Myrullveien", 31, "Jeg vil bli spurt. Det er hele lista.", "Jeg vil bli spurt",
            _care("10.05", 30, "HL"), _supper("18.55", 15), primary="HL", knows=("HL",)),
    _simple("Nils", "Fjeld", "M", 84, "Bakkegata", 27, "Suppe, skive og siste nytt fra bygda. Det siste er viktigst.", "Siste nytt fra bygda",
            _care("11.55", 30, "HL"), primary="HL", knows=("HL",)),
    _simple("Synnøve", "Wold", "K", 81, "Skolebakken", 55, "Jeg vil se ut som meg selv på speilet. Perler, leppestift og greit hår.", "Se ut som meg selv",
            _care("12.35", 35, "HL"),
            Call("MIDDAY", _m("10.00"), 75, "Rengjøring", "CLEANING", ("TD",), profession="HOME_HELPER", own_visit=True, priority=3, weekdays=ANCHOR_DAY,
                 every_weeks=3, aim=None, basis="SAFETY", before=20, width=75), primary="HL", knows=("HL", "TD")),
    _simple("Reidun", "Moe", "K", 90, "Prestegata", 33, "Ikke si at det går fint når det ikke går fint. Ellers er dere velkomne.", "Ikke si at det går fint når det ikke gjør det",
            _care("8.05", 40, "SH"), _care("12.20", 30, "SH"), _supper("19.45"), primary="SH", primary_deputy="KN", knows=("SH",)),
    _simple("Sverre", "Grønli", "M", 79, "Fjellveien", 60, "Jeg var elektriker. Lyset er det viktigste i et rom. Slå det på før dere snakker.", "Slå på lyset først",
            _care("8.55", 35, "SH"), _care("13.30", 25, "SH"), primary="SH", knows=("SH",)),
    _simple("Klara", "Ødegård", "K", 83, "Tunveien", 41, "Mannen min ligger på graven rett over veien. Jeg vil rekke å tenne lyset før det blir mørkt.", "Tenne lyset før det blir mørkt",
            _care("9.40", 35, "SH"), primary="HL", knows=("HL", "KN")),
    _simple("Trygve", "Dokken", "M", 87, "Solvikgata", 58, "Jeg spiser grøt. Det er ikke et problem, det er en livsstil.", "Grøt er en livsstil",
            _care("10.25", 25, "SH"), _supper("18.05", 15), primary="SH", knows=("SH",)),
    _simple("Haldis", "Tveit", "K", 82, "Nausttunet", 12, "Jeg vil vite hva som står i brevene. Les dem høyt, også de kjedelige.", "Les brevene høyt",
            _care("12.28", 20, "KN"), primary="KN", knows=("KN",)),
)  # fmt: skip

#: What has happened lately with those the screens speak of: family name, kind, words, urgency, days ago, by, closed with.
FOLLOW_UPS: tuple[tuple[str, str, str, str, int, str, str], ...] = (
    ("Haugen", "BETTER", "Kler på seg overkroppen selv nå, trenger bare hjelp med strømpene.", "MEETING", 1, "IS", ""),
    ("Rønning", "WORSE", "Tyngre pust enn i forrige uke. Måtte sitte på sengekanten i ti minutter.", "TODAY", 1, "HL", ""),
    ("Rønning", "MEDICATION", "Bruker inhalatoren feil vei når han er sliten.", "MEETING", 3, "JB", ""),
    ("Rønning", "WORSE", "Sov i stolen i natt for å få puste.", "TODAY", 5, "JB", "Fastlegen har økt dosen. Vi ser på ham hver dag til fredag."),
    ("Tangen", "MIND", "Sto på trappa i nattkjole da jeg kom.", "TODAY", 2, "OV", "Snakket med sønnen. Dørvarsler er bestilt."),
    ("Brekke", "BETTER", "Spiste to porsjoner. Vi var to ved bordet.", "MEETING", 4, "SH", ""),
    ("Lunde", "MEDICATION", "Ny prosedyre fra sårpoliklinikken, ligger i permen.", "TODAY", 1, "AY", "Planen er endret fra i dag."),
)  # fmt: skip

#: Notes written after visits: family name, days ago, part of the day, by, words.
NOTES: tuple[tuple[str, int, str, str, str], ...] = (
    ("Haugen", 1, "MIDDAY", "KN", "Gikk ned trappa uten støtte på siste avsats. Fornøyd. Litt tungpusten på vei opp."),
    ("Haugen", 2, "EVENING", "KN", "Snakket med Berit. Hun vil bli ringt etter legebesøk."),
    ("Haugen", 4, "MIDDAY", "KN", "Satt på benken i fem minutter. Sol."),
    ("Haugen", 6, "MORNING", "IS", "Tok på begge ermene selv. Jeg ventet i gangen."),
    ("Haugen", 3, "MORNING", "KN", "Tok strømpa på venstre fot selv. Sang med på radioen."),
    ("Haugen", 8, "MIDDAY", "LE", "60 meter i dag. Snudde ved rekkverket fordi hun ville, ikke fordi hun måtte."),
    ("Haugen", 11, "EVENING", "OV", "Lys i gangen og telefonen ved senga. Sa god natt to ganger."),
    ("Nygård", 1, "MORNING", "IS", "Blodsukker 6,8. Leste to overskrifter høyt for meg."),
    ("Rønning", 1, "MORNING", "HL", "Metning 89. Ga seg tid. Kom ikke ut på trappa i dag."),
    ("Lunde", 2, "MORNING", "AY", "Såret er 2,5 x 1,5 cm, rene kanter. Fotball hele tida."),
    ("Tangen", 1, "MORNING", "HL", "Nynnet da jeg kom. Kjente meg på hånda."),
    ("Aas", 2, "MIDDAY", "LE", "Betasuppe. Jeg løftet gryta, resten var hennes."),
    ("Myhre", 1, "MORNING", "PN", "Telte til tre sammen. Krøllene ble fine."),
)  # fmt: skip
