"""The principles a municipality starts with (R57): Bergen's seven, in our words. It edits them as its own.

Bergen lists its seven on bergen.kommune.no («Hva er tillit og faglighet?», read 2026-11-22 in a stored copy). Titles
here say the same in our words and order is kept; the explanations are ours. Nothing is a quotation.
"""

from dataclasses import dataclass

SOURCE = (
    "Bergen kommunes sju prinsipper for tillit og faglighet, gjengitt med våre ord. Forklaringene er våre. "
    "Bergens egen ordlyd står på bergen.kommune.no, under «Hva er tillit og faglighet?»."
)


@dataclass(frozen=True, slots=True)
class ShippedPrinciple:
    """One principle: a title that stands alone in a list, and what it means here."""

    title: str
    text: str


PRINCIPLES: tuple[ShippedPrinciple, ...] = (
    ShippedPrinciple(
        "Tillit og ansvar til de ansatte",
        "Den som møter brukeren, får bestemme mest mulig selv, og svarer for det.",
    ),
    ShippedPrinciple(
        "Åpenhet, klare mål og dialog",
        "Alle vet hva vi skal få til, hvem som gjør hva, og hvorfor. Vi snakker sammen om det som er vanskelig.",
    ),
    ShippedPrinciple(
        "Brukerens egne krefter, og de pårørende",
        "Hjelpen bygger på det brukeren selv kan og vil. Pårørende er med når brukeren ønsker det.",
    ),
    ShippedPrinciple(
        "Ledelse etter mål og resultater",
        "Ledere følger med på hva brukeren får igjen for hjelpen, ikke på minutter.",
    ),
    ShippedPrinciple(
        "Utvikling og faglig handlingsrom med kunnskap bak",
        "Vi prøver nytt og bruker skjønn, og kan si hva vi bygger på.",
    ),
    ShippedPrinciple(
        "Tjenester som vi vet virker",
        "Vi gjør det som er vist å virke, og slutter med det som ikke gjør det.",
    ),
    ShippedPrinciple(
        "Ledere og medarbeidere fornyer sammen",
        "Gode ideer kommer fra dem som gjør arbeidet. Ledere gjør det mulig å prøve dem.",
    ),
)
