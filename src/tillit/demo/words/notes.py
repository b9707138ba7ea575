# ruff: noqa: E501 – sentences stay on one line
"""What helpers write after a visit and when something has changed. Short, about the citizen's day, never about blame."""

#: Notes by archetype; "" fits anybody.
NOTES: dict[str, tuple[str, ...]] = {
    "": (
        "God dag. Ville ha vinduet på gløtt.",
        "Litt trøtt i dag, ellers som vanlig.",
        "Snakket om helga. Sønnen kommer på søndag.",
        "Hadde alt dekket på bordet da jeg kom.",
        "Sov dårlig i natt. Tar det igjen på sofaen.",
        "Ville ha hjelp med posten. La brevet fra banken på bordet, det ser datteren på.",
        "Kald inne. Skrudde opp ovnen etter avtale.",
        "I godt humør. Hadde hatt besøk av naboen.",
        "Spurte hvem som kommer i morgen. Skrev det på lappen.",
        "Ville helst sitte litt til. Avtalte at kveldsvakta ser innom.",
    ),
    "care": (
        "Vasket overkroppen selv. Trengte hjelp til rygg og føtter.",
        "Huden er fin. Smurte leggene.",
        "Ville ikke dusje i dag. Vi tar det i morgen.",
        "Rød på halebeinet. La pute, og ber neste se på det.",
        "Sto ved vasken hele tida i dag, to minutter lenger enn sist.",
    ),
    "meds": (
        "Tok medisinene mens jeg så på.",
        "Hadde glemt kveldsdosen i går. Tok dagens som vanlig.",
        "Ny multidose er kommet. Gammel rull levert på apoteket.",
        "Klager over svimmelhet når hun reiser seg. Fortsetter å se på det.",
    ),
    "wound": (
        "Såret er 2,5 x 1,5 cm, rene kanter, lite væske.",
        "Noe mer væske enn sist. Byttet til mer sugende bandasje.",
        "Fint. Vi prøver annenhver dag fra neste uke.",
        "Vondt ved skift. Bløtla i ti minutter, da gikk det bra.",
    ),
    "insulin": (
        "Blodsukker 7,2 før frokost.",
        "Blodsukker 12,8. Hadde spist kake i går kveld, sier han selv.",
        "Satte sprøyta selv, jeg så på.",
        "Blodsukker 4,6. Ventet med sprøyta til etter brødskiva.",
    ),
    "reablement": (
        "Gikk to runder i gangen uten støtte.",
        "Laget lunsj selv. Jeg sto i døra.",
        "Trappa opp og ned en gang. Fornøyd, litt tungpusten.",
        "Turte å dusje alene i dag, jeg satt på kjøkkenet.",
        "Ville hvile i dag. Gjorde øvelsene på stol.",
    ),
    "dementia": (
        "Kjente meg igjen da jeg sa navnet og tok hånda.",
        "Urolig i dag. Vi så i albumet, da ble det roligere.",
        "Hadde kledd på seg to gensere. La fram tøy på stolen til i morgen.",
        "Sang hele morgenen.",
        "Lette etter kona. Satt sammen til det gikk over.",
    ),
    "meals": (
        "Spiste hele porsjonen da jeg satte meg.",
        "Lite matlyst. Halv skål suppe og et glass saft.",
        "Lite i kjøleskapet. Skrev handleliste til fredag.",
    ),
    "palliative": (
        "Mindre smerter etter at pumpa ble justert i går.",
        "Sov da jeg kom. Kona og jeg snakket på kjøkkenet.",
        "Ville ha vinduet åpent og høre fuglene.",
        "Slapp. Drakk litt saft. Munnstell to ganger.",
    ),
    "lift": ("Gikk fint med seilet i dag.", "Telte til tre. Satt i stolen ved vinduet en time."),
    "stoma": ("Byttet plate. Huden er fin.", "Litt rød rundt. Brukte barrierekrem."),
    "catheter": ("Skylt uten motstand.", "Klar urin. Byttet pose."),
    "stockings": ("Strømpene på før han sto opp.", "Hovne legger i dag. Lå med beina høyt."),
    "cleaning": ("Kjøkken, bad og stue. Hun støvet av selv.", "Tok gardinene i tillegg, på tretti grader."),
    "social": ("Gikk tur til brygga.", "Så på bilder fra Canada."),
}

#: "Something has changed": kind, words, urgency, what came of it.
CHANGES: tuple[tuple[str, str, str, str], ...] = (
    ("WORSE", "Dårligere form i dag. Orket ikke stå ved vasken.", "TODAY", "Var innom. Ringer legekontoret i morgen tidlig."),
    ("WORSE", "Tungpusten i trappa, mer enn forrige uke.", "TODAY", "Vekta er opp to kilo. Fastlegen er varslet."),
    ("BETTER", "Kler på seg selv nå. Står klar når vi kommer.", "MEETING", "Tatt opp i brukermøtet. Vi prøver kortere morgen."),
    ("BETTER", "Går til butikken alene. Vil slippe handlehjelpen.", "MEETING", "Avsluttet handling etter avtale."),
    ("INJURY", "Falt på badet i natt. Blå på hofta, går som før.", "TODAY", "Så på det samme dag. Badematte er byttet."),
    ("INJURY", "Skrape på leggen etter rullatoren.", "TODAY", "Renset og dekket. Ses på igjen om to dager."),
    ("MEDICATION", "Tre doser ligger igjen fra forrige uke.", "TODAY", "Snakket sammen. Vi ser på at den tas om morgenen."),
    ("MEDICATION", "Fastlegen har satt ned blodtrykksmedisinen.", "MEETING", "Lista er oppdatert. Måler blodtrykk to ganger i uka."),
    ("HOME", "Komfyren sto på da jeg kom.", "NOW", "Komfyrvakt er bestilt. Datteren er orientert."),
    ("HOME", "Nøkkelboksen henger seg opp.", "MEETING", "Vaktmester har byttet den."),
    ("RELATIVES", "Datteren er sliten og ber om en prat.", "TODAY", "Ringte samme kveld. Avtalt samtale på fredag."),
    ("RELATIVES", "Sønnen er bortreist i tre uker og kan ikke handle.", "MEETING", "Handling lagt inn i tre uker."),
    ("MIND", "Mer glemsk. Spurte tre ganger hvilken dag det var.", "MEETING", "Hukommelsesteamet er spurt om råd."),
    ("MIND", "Nedstemt. Vil ikke ut av senga.", "TODAY", "Satt sammen en time. Fastlegen ringer på torsdag."),
    ("OTHER", "Vil bytte dusjdag fra fredag til torsdag.", "MEETING", "Endret i planen."),
)  # fmt: skip

#: What a visit reported as different says.
DIFFERENT: tuple[str, ...] = (
    "Tok lengre tid. Ville vaske håret i dag.",
    "Gjorde mer selv, så vi var ferdige fort.",
    "Spiste ikke, ville heller gå en tur.",
    "Datteren var her og hadde ordnet frokosten.",
    "Tok lengre tid i trappa i dag.",
    "Byttet dusj mot fotbad etter ønske.",
    "Dagsformen var svak. Gjorde det viktigste.",
    "Ventet på at hun ble ferdig i telefonen.",
)

#: What a cancelled visit says, by who did not want it.
CANCELLED: dict[str, tuple[str, ...]] = {
    "CITIZEN": ("Sa nei i dag, hadde besøk.", "Ville klare seg selv i dag.", "Ville sove."),
    "RELATIVE": ("Datteren er på besøk og tar det.", "Sønnen tok det i helga.", "Kona klarte det i dag."),
    "NOT_HOME": ("Ingen hjemme. Var hos frisøren.", "Åpnet ikke. Ringte, var på dagsenteret."),
    "AWAY": ("",),
    "TEAM": ("Vi rakk det ikke. Flyttet til i morgen etter avtale.",),
    "TODAY": ("Flyttet til en annen dag etter avtale.",),
}
