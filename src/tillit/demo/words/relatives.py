"""What relatives in Fjordvik have written on their cards, team by team. It lies in the urns. All of it is invented."""

from collections.abc import Mapping, Sequence
from typing import Final

WRITTEN: Final[Mapping[str, Sequence[str]]] = {
    "Team Solvik": (
        "Mor kjenner igjen dem som kommer. Det betyr mer enn klokkeslettet.",
        "Jeg bor langt unna og er glad for å få en melding når noe er endret.",
        "Ring meg før dere endrer noe, ikke etterpå.",
        "Vi visste ikke at vi kunne komme på møtet om planen. Si det til flere.",
    ),
    "Team Lia": (
        "Pappa får besøk av de samme tre nå. Han er roligere.",
        "I helgene vet den som kommer, ikke hva som ble avtalt på fredag.",
        "Jeg er sliten. Det hjelper når noen spør hvordan det går med meg også.",
    ),
    "Team Neset omsorg": ("Det er to team og to telefonnumre. Hvem skal jeg ringe?",),
}
