"""The demo's people on the login page, one for each way of working."""

from tillit.foundation.login.demo_door import DemoAccount

#: The headings on the login page.
TEAM, AROUND, LEADERS, PRIVATE = "I teamet", "Rundt teamet", "Ledelse og utvikling", "Brukere og pårørende"

ACCOUNTS: tuple[DemoAccount, ...] = (
    DemoAccount("kari.nilsen", "Kari Nilsen", "Helsefagarbeider, fordeler i Team Solvik i dag", TEAM),
    DemoAccount("ingrid.solheim", "Ingrid Solheim", "Sykepleier og tjenesteansvarlig i Team Solvik", TEAM),
    DemoAccount("hanne.lie", "Hanne Lie", "Helsefagarbeider i Team Solvik", TEAM),
    DemoAccount("tuva.dahl", "Tuva Dahl", "Hjemmehjelp i Team Solvik", TEAM),
    DemoAccount("sunniva.rekdal", "Sunniva Rekdal", "Sykepleier i Team Havna, har dagens liste på telefonen", TEAM),
    DemoAccount("lars.eide", "Lars Eide", "Ergoterapeut i Team Solvik og Team Havna", TEAM),
    DemoAccount("silje.strand", "Silje Strand", "Fysioterapeut i Team Solvik og Team Lia", TEAM),
    DemoAccount("emil.sorli", "Emil Sørli", "Vikar i Team Solvik, på kveld i dag", TEAM),
    DemoAccount("nora.bakke", "Nora Bakke", "Saksbehandler i Team Solvik", AROUND),
    DemoAccount("solrun.fagerheim", "Solrun Fagerheim", "Saksbehandler på Tjenestekontoret", AROUND),
    DemoAccount("malin.aarvik", "Malin Aarvik", "Saksbehandler i Team Lia", AROUND),
    DemoAccount("hege.stokkeland", "Hege Stokkeland", "Sykepleier i Vurderingsteamet", AROUND),
    DemoAccount("torunn.eikeland", "Torunn Eikeland", "Leder av Tjenestekontoret", LEADERS),
    DemoAccount("marit.aune", "Marit Aune", "Teamleder for Team Solvik og Team Havna", LEADERS),
    DemoAccount("ragnhild.tveitane", "Ragnhild Tveitane", "Leder i distrikt Sør", LEADERS),
    DemoAccount("jorn.lillebo", "Jørn Lillebø", "Prosjektleder for Tillitsmodellen", LEADERS),
    DemoAccount("gro.vatne", "Gro Vatne", "Tillitsvalgt, helsefagarbeider i Team Havna", AROUND),
    DemoAccount("unni.kvamme", "Unni Kvamme", "Personvernombud i kommunen", AROUND),
    DemoAccount("mathias.aakre", "Mathias Aakre", "Forsker fra høgskolen, ser tall uten navn", AROUND),
    DemoAccount("anders.fure", "Anders Fure", "Systemansvarlig", AROUND),
    DemoAccount("astrid.haugen", "Astrid Haugen", "Får hjelp fra Team Solvik, ser sin egen side", PRIVATE),
    DemoAccount("berit.haugen", "Berit Haugen", "Datteren til Astrid, sluppet inn til noen deler", PRIVATE),
    DemoAccount("solveig.aas", "Solveig Aas", "Får hjelp fra Team Solvik, trener på å lage middag", PRIVATE),
)


def demo_accounts() -> list[DemoAccount]:
    """Return who one can be in the demo, in the order of the login page."""
    return list(ACCOUNTS)
