"""The indicators that come with Tillit, in plain Norwegian. Each has its page in docs/how-we-count/.

A definition is changed by raising its version: the figures of the old version stay, and the whole series, the baseline
too, is counted by the new one.
"""

from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tillit.learning.insight.catalogue_brought import brought_in
from tillit.learning.insight.rules.indicators import Better, Indicator, Step, Unit


def shipped() -> tuple[Indicator, ...]:
    """Return all shipped indicators in the language in use, in the order pages show them."""
    return _in_language(get_language() or "nb")


@cache
def _in_language(_language: str) -> tuple[Indicator, ...]:
    lists = _("Arbeidslistene. Ingen fyller ut noe.")
    plans = _("Planene. Ingen fyller ut noe.")
    leader, municipality = _("Teamet"), _("Kommunen")
    citizens, visits, cases, employees = _("brukere"), _("besøk"), _("saker"), _("ansatte")
    return (
        Indicator(
            code="K-1-28",
            version=1,
            name=_("Ulike hjelpere på fire uker"),
            question=_("Møter brukerne færre ulike hjelpere?"),
            why=_(
                "Det er lettere å be om hjelp fra noen en kjenner, og den som kjenner deg, ser når noe har endret seg."
            ),
            counted=_(
                "Hvor mange ulike ansatte en bruker møtte på 28 døgn, i gjennomsnitt. Med er alle teamet fulgte hele "
                "tida og som fikk minst ett besøk. Går to sammen, er begge møtt. Regelsettet heter ALLE28."
            ),
            counts=citizens,
            source=lists,
            unit=Unit.PERSONS,
            better=Better.DOWN,
            step=Step.WEEK,
            chart="xmr",
            least=5,
            page="indicators",
            owner=leader,
            balanced_by=("V-1", "T-1"),
            looks_back=4,
        ),
        Indicator(
            code="K-1-14",
            version=1,
            name=_("Ulike hjelpere på fjorten døgn, de med mange besøk"),
            question=_("Møter de som får mest hjelp, færre ulike hjelpere?"),
            why=_("De som får flere besøk hver dag, merker det mest når mange ulike kommer."),
            counted=_(
                "Hvor mange ulike ansatte en bruker møtte på 14 døgn mellom klokka 7 og 22, i gjennomsnitt. Med er de "
                "som er 65 år eller eldre, var hjemme hele tida og fikk minst to besøk om dagen. Regelsettet heter "
                "KOLADA14."
            ),
            counts=citizens,
            source=lists,
            unit=Unit.PERSONS,
            better=Better.DOWN,
            step=Step.WEEK,
            chart="xmr",
            least=5,
            page="indicators",
            owner=leader,
            balanced_by=("V-1", "T-1"),
            looks_back=2,
        ),
        Indicator(
            code="K-2",
            version=1,
            name=_("Andel besøk ved den som kommer oftest"),
            question=_("Er det oftere den samme som kommer?"),
            why=_("Én som kommer ofte, kjenner brukeren og hjemmet."),
            counted=_(
                "For hver bruker: besøkene til den ansatte som kom oftest på 28 døgn, av alle besøkene. Så "
                "gjennomsnittet av brukerne. Med er de som teamet fulgte hele tida og som fikk minst fire besøk."
            ),
            counts=citizens,
            source=lists,
            unit=Unit.SHARE,
            better=Better.UP,
            step=Step.WEEK,
            chart="xmr",
            least=5,
            page="indicators",
            owner=leader,
            balanced_by=("V-1",),
            decimals=0,
            looks_back=4,
        ),
        Indicator(
            code="K-3",
            version=1,
            name=_("Samme hjelper ved to tilfeldige besøk"),
            question=_("Er det oftere den samme som kommer igjen?"),
            why=_("Tallet kan sammenlignes mellom dem som får mange og få besøk, for det vokser ikke med antallet."),
            counted=_(
                "For hver bruker: av alle par av besøk på 28 døgn, andelen der samme ansatt var med begge ganger "
                "(Bice og Boxerman). Så gjennomsnittet av brukerne med minst fire besøk."
            ),
            counts=citizens,
            source=lists,
            unit=Unit.SHARE,
            better=Better.UP,
            step=Step.WEEK,
            chart="xmr",
            least=5,
            page="indicators",
            owner=leader,
            balanced_by=("V-1",),
            decimals=0,
            looks_back=4,
        ),
        Indicator(
            code="K-5",
            version=1,
            name=_("Besøk ved primærkontakten"),
            question=_("Kommer primærkontakten oftere?"),
            why=_("Primærkontakten holder i planen og kjenner brukeren best."),
            counted=_(
                "Gjennomførte besøk der den som var primærkontakt den dagen, var med, av alle gjennomførte besøk i "
                "uka. Den som får hjelp to ganger om dagen, kan ikke møte én ansatt i hel stilling ved mer enn rundt "
                "en tredel av besøkene."
            ),
            counts=visits,
            source=lists,
            unit=Unit.SHARE,
            better=Better.UP,
            step=Step.WEEK,
            chart="p",
            least=30,
            page="indicators",
            owner=leader,
            balanced_by=("V-1",),
            decimals=0,
        ),
        Indicator(
            code="K-8",
            version=1,
            name=_("Besøk av en kjent"),
            question=_("Er det oftere en brukeren kjenner, som kommer?"),
            why=_("Det er lett å forklare, og det sier noe også når besøkene er få."),
            counted=_(
                "Gjennomførte besøk av en ansatt som hadde vært hos brukeren minst tre ganger de 28 døgnene før, av "
                "alle gjennomførte besøk i uka. Går to sammen, holder det at én er kjent."
            ),
            counts=visits,
            source=lists,
            unit=Unit.SHARE,
            better=Better.UP,
            step=Step.WEEK,
            chart="p",
            least=30,
            page="indicators",
            owner=leader,
            balanced_by=("V-1",),
            decimals=0,
        ),
        Indicator(
            code="V-1",
            version=1,
            name=_("Besøk vi ikke rakk"),
            question=_("Blir færre besøk borte fordi vi ikke rakk dem?"),
            why=_("Bedre kontinuitet er ikke bedre når noen ikke får besøket sitt."),
            counted=_(
                "Besøk som ble avlyst fordi teamet ikke rakk dem, av dem og de gjennomførte i uka. Det brukeren eller "
                "pårørende sa nei til, er ikke med."
            ),
            counts=visits,
            source=lists,
            unit=Unit.SHARE,
            better=Better.DOWN,
            step=Step.WEEK,
            chart="p",
            least=30,
            page="indicators",
            owner=leader,
            balanced_by=("K-1-28",),
        ),
        Indicator(
            code="V-2",
            version=1,
            name=_("Besøk ved vikarer"),
            question=_("Kommer det sjeldnere en vikar?"),
            why=_("Mange vikarer gir mange nye ansikter, og de faste må forklare oftere."),
            counted=_("Gjennomførte besøk der en uten fast stilling den dagen var med, av alle gjennomførte i uka."),
            counts=visits,
            source=_("Arbeidslistene og stillingene. Ingen fyller ut noe."),
            unit=Unit.SHARE,
            better=Better.DOWN,
            step=Step.WEEK,
            chart="p",
            least=30,
            page="indicators",
            owner=municipality,
            balanced_by=("V-1",),
        ),
        Indicator(
            code="T-1",
            version=1,
            name=_("Tid brukt mot tid planlagt"),
            question=_("Stemmer planene med tida det tar?"),
            why=_("Planer som ikke stemmer, gir stress og tapte besøk. Tallet sier noe om planene, ikke om folk."),
            counted=_(
                "Minuttene besøkene tok, delt på minuttene de var planlagt til. Der ingen har sagt noe, tok det den "
                "tida som var planlagt. Ingen måles med klokke. Tallet brukes aldri om én ansatt."
            ),
            counts=visits,
            source=lists,
            unit=Unit.SHARE,
            better=Better.NEITHER,
            step=Step.WEEK,
            chart="xmr",
            least=30,
            page="indicators",
            owner=leader,
            decimals=0,
            most=10,
        ),
        Indicator(
            code="P-1",
            version=1,
            name=_("Plan med mål og dato for evaluering"),
            question=_("Har flere et mål i planen, og en dato for å se på det?"),
            why=_("Uten et mål med brukerens egne ord vet vi ikke om hjelpen virker."),
            counted=_(
                "Brukere som har minst ett mål og en dato for evaluering, av alle teamet fulgte siste dag i måneden."
            ),
            counts=citizens,
            source=plans,
            unit=Unit.SHARE,
            better=Better.UP,
            step=Step.MONTH,
            chart="p",
            least=5,
            page="indicators",
            owner=leader,
            balanced_by=("P-2",),
            decimals=0,
        ),
        Indicator(
            code="P-2",
            version=1,
            name=_("Evaluert til avtalt dag"),
            question=_("Ser vi oftere på målene den dagen vi avtalte?"),
            why=_("Et mål som ingen ser på, blir stående etter at det er nådd eller ikke lenger viktig."),
            counted=_(
                "Evalueringer som ble gjort innen dagen som først ble satt, av alle som skulle gjøres i måneden. At "
                "dagen flyttes, endrer ikke tallet."
            ),
            counts=_("evalueringer"),
            source=plans,
            unit=Unit.SHARE,
            better=Better.UP,
            step=Step.MONTH,
            chart="p",
            least=5,
            page="indicators",
            owner=leader,
            decimals=0,
        ),
        Indicator(
            code="P-5",
            version=1,
            name=_("Vedtak som skulle vært vurdert på nytt"),
            question=_("Står færre vedtak for lenge uten å bli sett på?"),
            why=_("Behov endrer seg. Hjelp som ingen ser på, blir for mye eller for lite."),
            counted=_(
                "Vedtak der dagen for ny vurdering er passert, av dem som har en slik dag, siste dag i måneden. De "
                "uten dag telles som utelatt."
            ),
            counts=_("vedtak"),
            source=_("Sakene. Ingen fyller ut noe."),
            unit=Unit.SHARE,
            better=Better.DOWN,
            step=Step.MONTH,
            chart="p",
            least=5,
            page="indicators",
            owner=leader,
            decimals=0,
        ),
        Indicator(
            code="T-5",
            version=1,
            name=_("Dager fra utskrivningsklar til første besøk"),
            question=_("Kommer vi raskere hjem til dem som kommer fra sykehus?"),
            why=_("De første dagene hjemme avgjør ofte om en må tilbake."),
            counted=_(
                "Dager fra sykehuset meldte at brukeren var klar, til første besøk hjemme: så lang tid som halvparten "
                "ventet, for tre måneder. De som fortsatt venter, er med (Kaplan og Meier)."
            ),
            counts=_("utskrivninger"),
            source=_("Opphold og arbeidslister. Ingen fyller ut noe."),
            unit=Unit.DAYS,
            better=Better.DOWN,
            step=Step.MONTH,
            chart="run",
            least=5,
            page="indicators",
            owner=leader,
            looks_back=3,
        ),
        Indicator(
            code="T-6",
            version=1,
            name=_("Dager fra søknad til vedtak"),
            question=_("Får folk svar raskere?"),
            why=_("Den som venter på svar, venter ofte også på hjelp."),
            counted=_(
                "Dager fra søknaden kom til den ble avgjort: så lang tid som halvparten ventet, for søknader fra tre "
                "måneder. De som ikke er avgjort, er med som ventende (Kaplan og Meier)."
            ),
            counts=cases,
            source=_("Sakene. Ingen fyller ut noe."),
            unit=Unit.DAYS,
            better=Better.DOWN,
            step=Step.MONTH,
            chart="run",
            least=5,
            page="indicators",
            owner=municipality,
            looks_back=3,
        ),
        Indicator(
            code="T-7",
            version=1,
            name=_("Avvik for hvert tusende besøk"),
            question=_("Melder vi flere eller færre avvik?"),
            why=_("Flere avvik kan bety at flere tør å si fra. Tallet er aldri et mål i seg selv."),
            counted=_(
                "Avvik meldt i måneden, for hvert tusende gjennomførte besøk. De som ble trukket, er ikke med. "
                "Færre enn fem vises ikke: det kan være én hendelse noen kjenner igjen."
            ),
            counts=_("avvik"),
            source=_("Avvikene og arbeidslistene. Ingen fyller ut noe ekstra."),
            unit=Unit.RATE,
            better=Better.NEITHER,
            step=Step.MONTH,
            chart="u",
            least=5,
            page="indicators",
            owner=leader,
        ),
        Indicator(
            code="B-3",
            version=1,
            name=_("Andel i hel stilling"),
            question=_("Får flere hele stillinger?"),
            why=_("Hele stillinger gir færre ulike hjelpere og flere som kjenner brukerne."),
            counted=_(
                "Fast ansatte med minst 100 prosent stilling til sammen, av alle fast ansatte som har en del av "
                "stillingen sin i teamet, siste dag i måneden."
            ),
            counts=employees,
            source=_("Stillingene. Ingen fyller ut noe."),
            unit=Unit.SHARE,
            better=Better.UP,
            step=Step.MONTH,
            chart="run",
            least=10,
            page="indicators",
            owner=municipality,
            decimals=0,
        ),
        Indicator(
            code="B-4",
            version=1,
            name=_("Gjennomsnittlig stilling"),
            question=_("Blir stillingene større?"),
            why=_("Større stillinger gir færre ulike hjelpere. Tallet beveger seg også når ingen når hel stilling."),
            counted=_(
                "Hvor stor stilling de fast ansatte har til sammen, i gjennomsnitt, siste dag i måneden. Med er alle "
                "som har en del av stillingen sin i teamet. Vikarer er ikke med."
            ),
            counts=employees,
            source=_("Stillingene. Ingen fyller ut noe."),
            unit=Unit.SHARE,
            better=Better.UP,
            step=Step.MONTH,
            chart="run",
            least=10,
            page="indicators",
            owner=municipality,
            balanced_by=("B-3",),
            decimals=0,
            most=2,
        ),
        Indicator(
            code="B-1",
            version=1,
            name=_("Sykefravær, siste tre måneder"),
            question=_("Er færre borte fordi de er syke?"),
            why=_("Fravær går ut over dem som er igjen, og brukerne møter flere ukjente."),
            counted=_(
                "Dager de ansatte var borte med egenmelding eller sykmelding, av alle avtalte arbeidsdager mandag til "
                "fredag, uten helligdager, for tre måneder. Sykt barn, permisjon og ferie er ikke med. Tillit vet ikke "
                "hvor mye en gradert sykmelding gjelder, så den teller som hel: tallet kan være høyere enn i "
                "lønnssystemet. Var færre enn fem syke, vises det ikke."
            ),
            counts=_("ansatte som var syke"),
            source=_("Fravær og stillinger. Ingen fyller ut noe ekstra."),
            unit=Unit.SHARE,
            better=Better.DOWN,
            step=Step.MONTH,
            chart="run",
            least=5,
            page="indicators",
            owner=leader,
            balanced_by=("V-1",),
            looks_back=3,
        ),
        Indicator(
            code="T-8",
            version=1,
            name=_("Åpne saker hos ergo- og fysioterapeut"),
            question=_("Får flere hjelp av ergo- og fysioterapeut?"),
            why=_("Trening og tilrettelegging kan gjøre at noen klarer mer selv. Blir sakene for mange, venter de."),
            counted=_(
                "Brukernes saker hos ergo- og fysioterapeut som ikke var avsluttet siste dag i måneden, både de som "
                "venter og de som er tatt. Færre enn fem vises ikke."
            ),
            counts=cases,
            source=_("Terapilistene. Ingen fyller ut noe."),
            unit=Unit.COUNT,
            better=Better.NEITHER,
            step=Step.MONTH,
            chart="run",
            least=5,
            page="indicators",
            owner=leader,
            decimals=0,
        ),
        *brought_in(employees=employees, municipality=municipality),
    )
