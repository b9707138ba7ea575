"""What people in Fjordvik wrote about the change of shift: to one question, team by team, before and after the summer.

Words in [brackets] say who or where somebody is: the one who reads covers them. What begins with «!» she holds back.
All of it is invented.
"""

from collections.abc import Mapping, Sequence
from typing import Final

HELD: Final = "!"

FIRST: Final[Mapping[str, Sequence[str]]] = {
    "Team Solvik": (
        "Skriv det viktigste på tavla, så slipper vi å huske alt.",
        "Kvelden får for lite tid. Vi står i gangen med jakka på og hører etter.",
        "[Kari] er flink til å si hva som haster. Gjør som hun gjør.",
        "Det ble glemt at [Astrid Haugen] skulle til legen. Slikt må stå i beskjedene.",
        "Ti minutter holder hvis alle kommer presis.",
        "Lederen bør være med en gang i uka og høre hvordan det er.",
        "Mindre prat om bilene, mer om brukerne.",
        "Jeg får svar når jeg spør, men jeg må vite hva jeg skal spørre om.",
        "!Hun som alltid kommer for sent, burde skjemmes. Alle vet hvem det er.",
        "Vikarene vet ikke hvor beskjedene står. Vis dem det den første dagen.",
    ),
    "Team Lia": (
        "Det går bra hos oss. Ikke gjør det større enn det er.",
        "Arbeidslaget har sitt eget vaktskifte. Da får ikke vi andre vite noe.",
        "Ta det sittende, med kaffe, så lytter folk.",
        "Vi leser opp det som står. Det kan vi gjøre selv. Snakk heller om det som er nytt.",
        "Nøkkelboksen i [Kapellbakken] ble glemt to ganger. Skriv hvem som har nøkkelen.",
        "Jeg får aldri vite hvordan det gikk etterpå.",
        "Kveldsvakta må få begynne kvart over tre, ikke halv fire.",
        "Bra at vi har fått skjermen. Før sto alt på gule lapper.",
    ),
    "Team Neset omsorg": (
        "Helseteamet og vi bør ha vaktskifte sammen. Vi er hos de samme.",
        "Det mangler alltid noen. Da må vi ringe rundt etterpå.",
        "Nattevakta blir ikke spurt om noe. Vi vet mye om natta.",
        "For mange beskjeder om ting som ikke gjelder våre brukere.",
        "[Turid på Storgata] fikk ikke middag på lørdag fordi ingen sa fra. Det går ikke an.",
        "Det er lov å spørre dumt her. Det setter jeg pris på.",
        "Si hva som er gjort, og hva som ikke er gjort. Ferdig.",
        "Sett av tid. Nå tar vi det av pausen.",
    ),
}

SECOND: Final[Mapping[str, Sequence[str]]] = {
    "Team Solvik": (
        "Mye bedre etter at tavla kom. Nå ser jeg med en gang hva som er nytt.",
        "Fortsatt for travelt på fredager.",
        "Takk til [Piotr] som tar imot vikarene og viser dem beskjedene.",
        "Hos han i [Strandveien] må det stå at det er to som skal gå. Jeg kom alene.",
        "Kvelden har fått sine ti minutter. Det merkes.",
        "Vi har sluttet å snakke om bilene. Bra.",
        "Lederen har vært med én gang. Kom oftere.",
        "Si hva brukeren selv ønsker, ikke bare hva vi skal gjøre.",
        "Jeg synes fortsatt det er de samme som snakker hele tida.",
        "Datteren til [Rigmor Tangen] ringte [555 00 871] tre ganger før noen ga beskjed videre.",
    ),
    "Team Lia": (
        "Arbeidslaget er med på tavla nå. Det hjelper.",
        "Vi leser fortsatt opp alt. Det er kjedelig å høre på.",
        "Bra stemning, dårlig tid.",
        "Jeg får vite hvordan det gikk nå. Da husker jeg bedre.",
        "Sykepleieren må komme til tida. Vi venter på henne hver dag.",
        "[Malin] burde få høre hva vi sier om de nye, ikke bare lese det.",
        "La oss prøve uten vaktskifte på lørdager og se hva som skjer.",
        "Ingenting. Det er bra som det er.",
    ),
    "Team Neset omsorg": (
        "Vi har fortsatt ikke vaktskifte sammen med helseteamet. Hvorfor ikke?",
        "Natta blir spurt nå. Det var på tide.",
        "Jeg tør å si at jeg ikke rakk alt. Det gjorde jeg ikke før.",
        "Det tas av pausen ennå.",
        "Beskjedene er kortere. Takk.",
        "Hun med hunden i [Storgata 11] må stå med rødt. Jeg ble redd.",
        "Det er for mange nye. Ingen kjenner noen.",
        "Lederen sier at vi skal få en time mer i uka. Det har vi hørt før.",
    ),
}


def plain(text: str) -> str:
    """Return a text as it was written: without the marks."""
    return text.removeprefix(HELD).replace("[", "").replace("]", "")


def covered(text: str) -> tuple[int, ...]:
    """Return the places of the words in brackets, from 0. By hand: «Takk til [Kari Nilsen].» is 2 and 3."""
    places, inside = [], False
    for place, word in enumerate(text.split()):
        inside = inside or word.startswith("[")
        if inside:
            places.append(place)
        inside = inside and "]" not in word
    return tuple(places)
