# ruff: noqa: E501 – sentences stay on one line
"""What stands in applications, assessments and decisions. Short and concrete, in the citizen's words where they are hers."""

#: What an old application said, by service.
APPLIED: dict[str, tuple[str, ...]] = {
    "HOME_NURSING": (
        "Jeg trenger hjelp om morgenen og med medisinene.",
        "Legen sier at noen bør se til meg hver dag en stund.",
        "Jeg klarer ikke beina og strømpene selv lenger.",
        "Kona mi har gjort alt. Nå orker hun ikke mer alene.",
        "Sykehuset ba meg søke om hjelp hjemme.",
    ),
    "PRACTICAL_ASSISTANCE": (
        "Golvene er for tunge for meg. Resten klarer jeg.",
        "Jeg kommer meg ikke til butikken når det er glatt.",
        "Ryggen sier nei til støvsugeren.",
        "Jeg vil ha det reint rundt meg, og det får jeg ikke til alene.",
    ),
    "REABLEMENT": (
        "Jeg vil bli god i beinet igjen og klare trappa.",
        "Jeg vil trene meg opp etter bruddet, hjemme hos meg selv.",
        "Jeg vil ut igjen. Jeg trenger noen som går ved siden av meg i starten.",
    ),
    "MEALS": (
        "Middagen blir ofte til en brødskive. Jeg trenger varm mat.",
        "Jeg klarer ikke å stå ved komfyren lenger.",
    ),
    "SAFETY_ALARM": (
        "Jeg har falt og lå lenge. Jeg vil ha en alarm.",
        "Barna mine sover bedre hvis jeg har en alarm.",
        "Jeg vil kunne få tak i noen om natta.",
    ),
    "DAY_CENTRE": (
        "Han trenger noe å gå til, og jeg trenger en fridag i uka.",
        "Mor blomstrer når det er folk rundt henne.",
    ),
    "PRACTICAL_TRAINING": ("Jeg vil lære å gjøre det selv med hånda jeg har igjen.",),
}

#: What was found out, by what she gets help with; "" fits anybody.
FOUND: dict[str, tuple[str, ...]] = {
    "": (
        "Du bor alene i egen bolig. Inne klarer du det meste med rullator, men du blir fort sliten. Du trenger at noen kommer fast.",
        "Familien hjelper deg med mat og klær. Stell og medisiner klarer dere ikke alene.",
        "Du har lite kraft i hendene. Du kler på deg overkroppen selv, men ikke beina.",
        "Du har falt to ganger siste halvår. Du er trygg inne når noen ser innom morgen og kveld.",
    ),
    "cleaning": (
        "Du klarer stell, mat og medisiner selv. Golv og bad får du ikke til på grunn av rygg og pust.",
        "Du står støtt, men kan ikke bøye deg. Du støver og rydder selv og trenger hjelp til det tunge.",
    ),
    "meds": (
        "Du har mange medisiner og har tatt feil to ganger. Det går bra når noen er der.",
        "Du glemmer om dosen er tatt. Multidose er prøvd, men er ikke nok alene.",
    ),
    "wound": ("Du har et sår på leggen som skal skiftes tre ganger i uka.",),
    "dementia": (
        "Du kjenner deg igjen hjemme og er roligst med kjente folk. Måltider og medisiner blir glemt.",
        "Du blir urolig når dagen ikke er som den pleier. Datteren din er der i helgene og er sliten.",
    ),
    "reablement": ("Du vil trene, og har mål for trappa og turen til butikken. Før bruddet gikk du uten støtte.",),
    "palliative": (
        "Du er alvorlig syk og vil være hjemme. Du trenger smertelindring flere ganger i døgnet og noen å ringe.",
    ),
    "insulin": ("Du setter ikke sprøyta selv på grunn av synet. Blodsukkeret måler du når noen leser av.",),
}

#: How the citizen sees it herself, when she has no words written elsewhere.
OWN_VIEW = (
    "Du vil gjøre det du kan selv, og ha hjelp til resten.",
    "Du synes det er rart å ta imot hjelp, men vil prøve.",
    "Du vil helst at det er de samme som kommer.",
    "Du vil ikke ha mer enn nødvendig, og gjerne tidlig på dagen.",
)
WEIGHED = (
    "Vi har lagt hjelpen slik du ba om, og lar deg gjøre det du kan selv.",
    "Du ønsket faste folk. Det får du så langt vi klarer, og planen sier hvem.",
    "Du ville ha hjelp tidlig på dagen. Vi har lagt besøkene dit.",
    "Vi har lagt stor vekt på at du vil bo hjemme.",
)
REASONS = (
    "Uten hjelp er det fare for at du ikke får i deg mat og medisiner. Med faste besøk er det forsvarlig at du bor hjemme.",
    "Du klarer det meste selv. Det du ikke klarer, er nødvendig for å bo trygt hjemme. Omfanget er målt ut fra tida tiltakene tar.",
    "Du har mistet krefter etter sykdom. Hjelpen dekker det du ikke får til nå, og vurderes på nytt når du er sterkere.",
    "Vi så sammen på dagen din. Hjelpen er lagt der du ikke får det til alene.",
)
REASSESSED = (
    "Årlig vurdering. Behovet er det samme.",
    "Fikk mer hjelp etter sykehusoppholdet.",
    "Trenger mindre om kvelden enn før.",
)

CONTENT: dict[str, str] = {
    "SAFETY_ALARM": "Trygghetsalarm med varsling til vaktsentralen hele døgnet",
    "DAY_CENTRE": "Plass på Dagsenteret Vika med transport",
    "MEALS": "Middag levert hjem",
}
CHARGES: dict[str, str] = {
    "HOME_NURSING": "Hjemmesykepleie er gratis",
    "REABLEMENT": "Hverdagsrehabilitering er gratis",
    "THERAPY_AT_HOME": "Ergo- og fysioterapi hjemme er gratis",
    "PRACTICAL_ASSISTANCE": "Inntil 241 kroner i måneden når inntekten er under 2 G. Personlig stell er gratis",
    "PRACTICAL_TRAINING": "Inntil 241 kroner i måneden når inntekten er under 2 G",
    "MEALS": "92 kroner for hver middag",
    "SAFETY_ALARM": "241 kroner i måneden",
    "DAY_CENTRE": "98 kroner dagen, middag medregnet",
    "SHORT_STAY": "195 kroner døgnet",
}
