"""Applications on their way: what is asked for, what was found, what others told, what is proposed. All invented.

What was found and what she thinks go into the letter, and are therefore written to her: «du».
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Application:
    """One application. fact: (who, what) that others told. extent: in the service's own unit."""

    services: tuple[str, ...]
    words: str
    view: str
    found: str
    content: str
    extent: str
    reasons: str = ""
    origin: str = "CITIZEN"
    channel: str = "PHONE"
    fact: tuple[str, str] | None = None
    urgent: str = ""
    days: int | None = None
    gender: str = ""
    fits: tuple[str, ...] = ()


#: From people who have no help yet.
NEW: tuple[Application, ...] = (
    Application(
        ("HOME_NURSING",),
        "Jeg var på sykehuset med hjertesvikt. Nå er det elleve tabletter om dagen, og jeg blir redd for å ta feil.",
        "Du vil ha orden på medisinene og lære hvilke som er til hva.",
        "Du blir fort tungpusten. Du veier deg selv, men har tatt feil av kveldsdosen to ganger på ei uke.",
        "Hjelp til medisiner morgen og kveld, og vekt to ganger i uka",
        "3.5",
        "Feil medisin kan gjøre hjertesvikten verre. Hjelpen gis til du er trygg på lista selv.",
        fact=(
            "HOSPITAL",
            "Utskrevet med ny medisinliste. Vekten bør følges: ring fastlegen ved to kilo opp på tre dager.",
        ),
    ),
    Application(
        ("PRACTICAL_ASSISTANCE",),
        "Jeg får ikke vasket golvene lenger. Alt annet klarer jeg, og det skal jeg fortsette med.",
        "Du vil gjøre alt annet enn golvene selv.",
        "Du har vondt i ryggen hver dag. Du rydder, støver og lager mat selv.",
        "Vask av golv og bad hver tredje uke, 60 minutter",
        "0.33",
        "Du får ikke til golvene uten å bli liggende etterpå. Resten klarer du, og det vil du gjøre selv.",
        channel="DIGITAL",
    ),
    Application(
        ("HOME_NURSING", "SAFETY_ALARM"),
        "Mor falt i gangen og ble liggende til jeg kom etter jobb. Hun trenger noen om morgenen, og en alarm.",
        "Du vil bo hjemme. Du synes alarm er greit, men vil ikke ha den rundt halsen.",
        "Du har falt to ganger siste måned. Inne går du med rullator. Strømper og bukse får du ikke på deg alene.",
        "Hjelp til stell og påkledning hver morgen",
        "3",
        "Du faller oftest når du kler på deg. Med hjelp om morgenen er det forsvarlig at du bor hjemme.",
        origin="REPRESENTATIVE",
        gender="K",
        fact=("RELATIVE", "Sønnen forteller at hun ikke har spist middag de siste ukene uten at noen var der."),
    ),
    Application(
        ("REABLEMENT",),
        "Jeg har fått ny hofte og vil gå til butikken selv igjen. Det er 300 meter og en bakke.",
        "Du vil trene hver dag og slutte når du klarer bakken.",
        "Du ble operert i hofta for tre uker siden og går med to krykker. Du har trent selv med heftet fra sykehuset.",
        "Trening hjemme fem dager i uka, sammen med fysioterapeut",
        "4",
        "Du har godt utbytte av trening nå. Målet er butikken uten krykker.",
        channel="DIGITAL",
        days=42,
    ),
    Application(
        ("HOME_NURSING",),
        "Han har fått vondt om natta og vil ikke til sykehuset mer. Vi vil ha ham hjemme så lenge det går.",
        "Du vil være hjemme, og du vil ikke ligge med smerter.",
        "Du er alvorlig syk. Kona di er hjemme, og lindrende team på sykehuset er med.",
        "Smertelindring og stell flere ganger i døgnet",
        "12",
        "Du har behov for lindrende behandling hjemme. Omfanget følger behovet fra dag til dag.",
        origin="HOSPITAL",
        channel="MESSAGE",
        urgent="Skrives ut i dag med smertepumpe",
        gender="M",
        fact=("HOSPITAL", "Smertepumpe startet. Lege fra lindrende team ringer hver mandag."),
    ),
    Application(
        ("HOME_NURSING",),
        "Såret på leggen vil ikke gro. Legen sier det må skiftes tre ganger i uka.",
        "Du vil skifte selv når såret er mindre.",
        "Du har et sår på leggen, 4 x 3 cm, og lite smerter. Du bor alene i 3. etasje uten heis.",
        "Sårstell tre ganger i uka",
        "1.5",
        "Såret gror ikke uten fast skift. Du får det gjort hjemme fordi trappa er for tung nå.",
        origin="OTHER_SERVICE",
        channel="MESSAGE",
        fact=("GP", "Skift etter prosedyre, kompresjon når ankeltrykket er målt."),
    ),
    Application(
        ("MEALS",),
        "Middagen har blitt kaffe og kavring. Jeg vil ha varm mat, men ikke fisk på mandager.",
        "Du vil ha middag fire dager i uka og lage selv resten.",
        "Du har gått ned fem kilo på et halvt år. Du kan ikke stå lenge nok ved komfyren til å lage middag.",
        "Middag levert fire dager i uka",
        "4",
        "Du har gått ned i vekt og trenger varm mat du ikke må stå for å lage.",
    ),
    Application(
        ("HOME_NURSING", "PRACTICAL_ASSISTANCE"),
        "Far glemmer om han har tatt medisinene, og det ligger post i kjøleskapet. Han sier selv at alt går bra.",
        "Du synes det går bra, og vil gjerne at noen ser innom med avisa.",
        "Du er usikker på dagene og på medisinene. Du spiser det som står framme. Fastlegen har bestilt utredning.",
        "Tilsyn og medisiner hver morgen, og handling sammen en gang i uka",
        "3",
        "Du tar feil av medisinene når ingen er der. Tilsynet gjør det forsvarlig at du bor hjemme mens du utredes.",
        origin="REPRESENTATIVE",
        gender="M",
        fact=("GP", "Redusert hukommelse over et år. Henvist til hukommelsesteamet. Bør ikke kjøre bil."),
    ),
)

#: From people who have help already and ask for more, or something else.
MORE: tuple[Application, ...] = (
    Application(
        ("DAY_CENTRE",),
        "Jeg vil ha folk rundt meg et par dager i uka. Stillheten er verst på tirsdager.",
        "Du vil ha to dager, og helst en plass ved vinduet.",
        "Du bor alene etter at mannen din døde, og har sluttet å gå ut på egen hånd.",
        "Plass på Dagsenteret Vika tirsdag og torsdag, med transport",
        "2",
        "Dagsenteret gir deg måltider og fellesskap som besøkene ikke gir.",
        gender="K",
    ),
    Application(
        ("LONG_STAY",),
        "Vi klarer det ikke lenger. Hun går ut om natta, og jeg sover på gangen.",
        "Du vil være hjemme. Du sier at du ikke kjenner deg igjen om kvelden.",
        "Vi har prøvd fem besøk om dagen og tilsyn om natta. Mannen din orker ikke mer.",
        "Langtidsplass",
        "",
        "Hjelpen hjemme er ikke lenger nok til at det er forsvarlig.",
        origin="REPRESENTATIVE",
        gender="K",
        fits=("dementia", "frail"),
    ),
    Application(
        ("SHORT_STAY",),
        "Jeg trenger to uker for å komme på beina igjen etter lungebetennelsen.",
        "Du vil ha et kort opphold og så hjem.",
        "Du er feberfri, men kommer deg ikke opp av stolen alene, og du spiser lite.",
        "Korttidsopphold i 14 døgn",
        "14",
        "Du trenger hjelp hele døgnet en kort tid for å kunne bo hjemme igjen.",
        days=14,
    ),
    Application(
        ("CARE_PAY",),
        "Jeg steller mannen min hele døgnet og har sagt opp jobben. Jeg søker omsorgsstønad.",
        "Du vil fortsette, men trenger at det blir sett.",
        "Du gjør det meste av stellet. Besøkene avlaster deg to timer om dagen.",
        "Omsorgsstønad",
        "9",
        "",
        origin="CARER",
        channel="DIGITAL",
        gender="M",
        fits=("lift", "frail", "dementia", "palliative"),
    ),
    Application(
        ("SAFETY_ALARM",),
        "Jeg lå på badet i tre timer. Nå vil jeg ha alarm.",
        "Du vil ha alarmen på håndleddet.",
        "Du falt på badet forrige uke og kom deg ikke opp selv.",
        "Trygghetsalarm med varsling hele døgnet",
        "1",
        "Du trenger å kunne få tak i noen når du faller.",
    ),
    Application(
        ("HOME_NURSING",),
        "Jeg orker ikke dusjen alene mer. Det har gått greit til nå.",
        "Du vil ha hjelp én gang i uka, av ei dame.",
        "Du blir svimmel når du bøyer deg. Ved vasken klarer du deg selv.",
        "Hjelp til dusj en gang i uka, i tillegg til det du har",
        "0.75",
        "Du er utrygg på badet. Resten av stellet klarer du selv.",
        gender="K",
    ),
    Application(
        ("SUPPORT_CONTACT",),
        "Jeg vil ha en å gå på kamp med. Jeg har vært på alle hjemmekampene siden 1968.",
        "Du vil ha en som liker fotball.",
        "Du går ikke ut alene, og har mistet dem du gikk sammen med.",
        "Støttekontakt tre timer i uka",
        "3",
        "Du trenger følge for å komme deg ut blant folk.",
    ),
    Application(
        ("THERAPY_AT_HOME",),
        "Jeg trenger noen som ser på badet og hva jeg kan holde i.",
        "Du vil ha håndtak, men ikke et bad som ser ut som på sykehuset.",
        "Dusjen er trang med høy kant. Du har falt der en gang.",
        "Ergoterapeut kommer hjem og ser på bad og trapp",
        "1",
        "Badet må tilpasses for at du skal være trygg.",
    ),
)


@dataclass(frozen=True, slots=True)
class Less:
    """Less help on our initiative: why it is looked at, what is proposed, what she said to it."""

    why: str
    found: str
    content: str
    reasons: str
    reply: str = ""


LESS: tuple[Less, ...] = (
    Less(
        "Målet om påkledning er nådd",
        "Du kler på deg selv nå. Det er bare strømpene du trenger hjelp til.",
        "Hjelp til støttestrømper hver morgen",
        "Du har nådd målet ditt og kler på deg selv. Hjelpen dekker strømpene.",
        "Det går fint om morgenen. Men jeg vil ha kveldsbesøket til over jul.",
    ),
    Less(
        "Såret er nesten grodd",
        "Såret er 1 x 1 cm og tørt. Skiftet tar kort tid.",
        "Sårstell en gang i uka",
        "Såret trenger ikke skift så ofte lenger. Vi ser på det hver uke til det er grodd.",
    ),
    Less(
        "Klarer medisinene fra dispenser",
        "Du har tatt riktig dose fra dispenseren i fem uker.",
        "Påfylling av dispenser annenhver uke",
        "Du tar medisinene selv fra dispenseren. Vi fyller den og ser etter at alt stemmer.",
        "Jeg er enig. Det er godt å slippe å vente på dere.",
    ),
    Less(
        "Går til butikken selv",
        "Du handler selv med rullator når det er bart, og vil prøve å vaske kjøkkenet selv.",
        "Vask av golv hver fjerde uke",
        "Du klarer mer selv nå. Golvene er det som er igjen.",
    ),
)


@dataclass(frozen=True, slots=True)
class Complaint:
    """An appeal: her words, and what we say when it is looked at again. asked: what was refused; None: not enough."""

    words: str
    review: str
    asked: Application | None = None
    asks_stay: bool = False


REFUSED: tuple[Complaint, ...] = (
    Complaint(
        "Jeg fikk nei til alarm fordi jeg bor i blokk. Det er ingen i blokka som hører meg.",
        "Avslaget bygde på at naboene ser til deg. Vi har spurt på nytt og mener fortsatt at du får tak i hjelp.",
        Application(
            ("SAFETY_ALARM",),
            "Jeg vil ha alarm. Det er stille i blokka om natta.",
            "Du vil være trygg om natta.",
            "Du går støtt inne, har telefon ved senga og på badet, og har ikke falt.",
            "",
            "",
        ),
    ),
    Complaint(
        "Jeg får vask hver tredje uke. Det er for sjelden når man har pustebesvær, og det står i legeerklæringen.",
        "Vi har lest legeerklæringen. Støvet er mindre med riktig vask hver tredje uke. Vi mener vedtaket er riktig.",
        Application(
            ("PRACTICAL_ASSISTANCE",),
            "Jeg vil ha vask hver uke.",
            "Du vil ha det støvfritt.",
            "Du får vask hver tredje uke. Det er rent nok til at det er forsvarlig.",
            "",
            "0.5",
        ),
    ),
    Complaint(
        "Jeg klarer ikke å lage middag. At jeg klarer å varme den, er ikke det samme.",
        "Vi har vært hjemme hos deg igjen. Du lager middag tre dager i uka. Vi ser på resten sammen.",
        Application(
            ("MEALS",),
            "Jeg vil ha middag levert alle dager.",
            "Du vil slippe å stå ved komfyren.",
            "Du lager middag tre dager i uka og varmer rester resten. Vekta er stabil.",
            "",
            "7",
        ),
    ),
)
TOO_LITTLE: tuple[Complaint, ...] = (
    Complaint(
        "Jeg ba om hjelp både morgen og kveld. Det jeg har fått, er ikke nok til at jeg er trygg når jeg legger meg.",
        "Vi har sett på kveldene på nytt sammen med deg.",
    ),
    Complaint(
        "Dere har regnet feil på tida. Det tar tjue minutter bare å få på strømpene.",
        "Vi har sett på hvor lang tid besøkene har tatt.",
        asks_stay=True,
    ),
)
NOTES = (
    "Ringte. Ville vite når det kommer svar. Sa at vi ser på det denne uka.",
    "Datteren ringte. Hun kan være med på samtalen etter kl. 15.",
    "Legeerklæring kom i posten. Lagt i saken.",
    "Var innom og fikk med seg skjema for fullmakt.",
)
