"""Each table of published figures: drawn where there is an interval, and in words what it can and cannot carry.

None of them comes further than description here: a table alone does not say whether the analysis was written down
before, nor whether everybody is in it.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tillit.learning.improvement.contexts.example_names import named
from tillit.learning.improvement.queries.examples import rows_of
from tillit.learning.improvement.rules import examples as rules
from tillit.learning.improvement.rules.examples import Answered, Difference, OsloUnit, Printed
from tillit.learning.improvement.rules.power import DEFAULT_SD, Plan, Source, Spread, power
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Column, Content, DataTable, Figure, IntervalChart, IntervalRow, Measured, TableRow


@dataclass(frozen=True, slots=True)
class Example:
    """One table of published figures."""

    tab: str
    title: str
    lead: str
    figure: Figure | None = field(metadata={"help": "None: there is no uncertainty to draw"})
    table: DataTable | None = field(metadata={"help": "Stands openly where nothing is drawn"})
    note: str
    say: tuple[str, ...]
    cannot: tuple[str, ...]
    beside: str = field(metadata={"help": "May it stand beside one's own figures?"})
    source: str
    source_href: str = ""
    more: DataTable | None = None
    more_title: str = ""


def oslo_pilots() -> Example:
    """The self-managing teams Oslo tried in 2016–2018: how large they were, and that nothing was measured before."""
    units = rules.oslo_units(rows_of("oslo_pilot_teams"))
    shares = sorted(one.per_fte for one in units if one.per_fte is not None)
    return Example(
        tab=_("Pilotene i Oslo"),
        title=_("Hvor store var pilotteamene?"),
        lead=_("Fire bydeler i Oslo prøvde selvstyrte team i 2016–2018. Det er derfra vi har lært hvorfor et nullpunkt "
               "må til."),
        figure=None,
        table=DataTable(
            caption=_("Pilotteamene i Oslo"),
            columns=(
                Column(_("Bydel")), Column(_("Del")), Column(_("Modell")), Column(_("Brukere"), right=True),
                Column(_("Årsverk"), right=True), Column(_("Brukere per årsverk"), right=True),
            ),
            rows=(*(TableRow(_oslo_cells(one)) for one in units), TableRow(_planned())),
        ),
        note=_("Omtrentlige tall. Grorud oppgir 24 ansatte, ikke årsverk."),
        say=(
            _("%(known)d av %(all)d enheter oppga både brukere og årsverk. De hadde fra %(least)s til %(most)s brukere "
              "per årsverk.")
            % {"known": len(shares), "all": len(units), "least": _decimals(shares[0], 1),
               "most": _decimals(shares[-1], 1)},
            _("Hovedpiloten varte i fem måneder, fra 1. september 2017 til 31. januar 2018, med åtte team."),
            _("Prosjektet meldte at brukerne møtte færre ulike hjelpere, og at tjenesten ble bedre. Det er fortalt, "
              "ikke talt."),
        ),
        cannot=(
            _("Om brukerne møtte færre hjelpere, eller om tjenesten ble bedre. Ingenting ble målt før de begynte, så "
              "det finnes ikke noe å sammenligne med."),
            _("Om modellene virker ulikt. To modeller ble i praksis fire varianter, med få team i hver."),
            _("Hva brukere og ansatte svarte. De ble spurt, men tallene står ikke i rapporten."),
            _("Hvor mange brukere hvert team i Grorud hadde. Kilden sier ikke om 80 er ett team eller begge."),
            _could_have_seen(),
        ),
        beside=_("Ja, men bare som størrelse: hvor mange brukere og årsverk et team hadde. De sier ikke noe om hvor "
                 "godt det gikk."),
        source=_("Oslo kommune, sluttrapporten fra prosjektet, kapittel 7 og 9."),
    )  # fmt: skip


def reablement() -> Example:
    """A controlled study of reablement: differences between two groups, with their intervals."""
    found = rules.differences(rows_of("reablement_multicenter_2019"))
    first = found[0]
    title = _("Hva skiller dem som fikk hverdagsrehabilitering, fra dem som ikke fikk?")
    return Example(
        tab=_("Hverdagsrehabilitering"),
        title=title,
        lead=_("Brukerne skåret selv hvor godt de utfører det som er viktig for dem, og hvor fornøyde de er med det."),
        figure=Figure(
            picture=IntervalChart(
                "eksempel", title,
                _("Forskjellen mellom gruppene er over null i alle de fire målingene. Tallene står i tabellen."),
                _("poeng"), tuple(_difference_row(one) for one in found), least=0,
            ),
            table=DataTable(
                caption=title,
                columns=(
                    Column(_("Det som ble målt")), Column(_("Når")), Column(_("Antall"), right=True),
                    Column(_("Forskjell"), right=True), Column(_("Usikkerhet (95 %)"), right=True),
                ),
                rows=tuple(
                    TableRow((
                        _outcome(one), _when(one), _("%(n)d mot %(m)d") % {"n": one.n, "m": one.n_control},
                        _decimals(one.value, 2), _between(one.low, one.high, 2),
                    ))
                    for one in found
                ),
            ),
            label=title,
            caption=_("Strekene er 95 % usikkerhet, slik de står i artikkelen."),
        ),
        table=None,
        note=_("COPM, skala fra 1 til 10. 707 fikk hverdagsrehabilitering, 121 var i kontrollgruppa."),
        say=(
            _("Etter 10 uker var forskjellen mellom gruppene %(value)s poeng i utføring (95 %% KI %(interval)s), på en "
              "skala fra 1 til 10.")
            % {"value": _decimals(first.value, 2), "interval": _between(first.low, first.high, 2)},
            _("Intervallet er over null i alle de fire målingene. Da er det lite trolig at det bare er tilfeldig."),
        ),
        cannot=(
            _("Hva som er årsaken til forskjellen. Tabellen sier ikke hvordan gruppene ble satt sammen."),
            _("Hvor mange som svarte hver gang. Tabellen har det samme antallet ved begge målingene."),
            _("Hva som ville skjedd hos dere. Brukerne og tilbudet var andre."),
        ),
        beside=_("Nei. Dette er forskjellen mellom to grupper. Det dere har, er endringen hos dem som fikk "
                 "hverdagsrehabilitering, og den er ikke det samme."),
        source=_("BMC Geriatrics 2019;19:29, sammendraget."),
        source_href="https://doi.org/10.1186/s12877-019-1038-x",
    )  # fmt: skip


def information() -> Example:
    """What 1,612 nurses answered about the information they need: shares with their intervals."""
    rows = rows_of("homecare_informational_continuity_2020")
    found, other = rules.answered(rows), rules.related(rows)
    title = _("Er opplysningene der når sykepleieren trenger dem?")
    by_item = {one.item: one for one in found}
    medicines = by_item["information on medications available"]
    follow_up = by_item["information on future follow-up available"]
    return Example(
        tab=_("Opplysninger"),
        title=title,
        lead=_("Sykepleiere i hjemmetjenesten svarte på hvor ofte de har det de trenger å vite om brukere over 65 år."),
        figure=Figure(
            picture=IntervalChart(
                "eksempel", title,
                _("Legemidler er det flest har opplysninger om, psykososiale behov færrest. Tallene står i tabellen."),
                _("prosent"), tuple(_share_row(one) for one in found), least=0, most=100,
            ),
            table=DataTable(
                caption=title,
                columns=(
                    Column(_("Opplysninger om")), Column(_("Svært ofte eller alltid"), right=True),
                    Column(_("Usikkerhet (95 %)"), right=True), Column(_("Antall spurte"), right=True),
                ),
                rows=tuple(
                    TableRow((
                        named(one.item), formats.percent(one.value, 1, page_language()),
                        _between(one.low * 100, one.high * 100, 1), _decimals(one.n, 0),
                    ))
                    for one in found
                ),
            ),
            label=title,
            caption=_("Strekene er 95 % usikkerhet. Dem har vi regnet av antallet (Wilson)."),
        ),
        table=None,
        note=_("%(n)s sykepleiere.") % {"n": _decimals(medicines.n, 0)},
        say=(
            _("Av %(n)s sykepleiere svarte %(share)s at opplysninger om legemidler er der svært ofte eller alltid. Om "
              "videre oppfølging svarte %(other)s det.")
            % {"n": _decimals(medicines.n, 0), "share": formats.percent(medicines.value, 1, page_language()),
               "other": formats.percent(follow_up.value, 1, page_language())},
            _("Av all ulikhet i svarene lå 8 % mellom kommunene."),
        ),
        cannot=(
            _("Hvor mange som svarte på hvert spørsmål. Intervallene er regnet som om alle gjorde det, og som om svar "
              "fra samme kommune ikke likner på hverandre. Da er de litt for smale."),
            _("Hvor usikre sammenhengene i den andre tabellen er. Sammendraget har ingen intervaller for dem."),
            _("Hva som er årsak til hva. Alt er svart av de samme i den samme undersøkelsen."),
            _("Hva de som ikke svarte, ville sagt."),
        ),
        beside=_("Bare hvis dere stiller nøyaktig de samme spørsmålene til sykepleiere. Undersøkelsene som følger med "
                 "Tillit, gjør ikke det."),
        source=_("BMC Health Services Research 2020, sammendraget."),
        source_href="https://doi.org/10.1186/s12913-020-05313-3",
        more=DataTable(
            caption=_("Det som henger sammen"),
            columns=(Column(_("Sammenheng")), Column(_("Regnet som")), Column(_("Verdi"), right=True)),
            rows=tuple(TableRow((named(one.item), *_related_cells(one))) for one in other),
        ),
        more_title=_("Det som henger sammen, uten usikkerhet"),
    )  # fmt: skip


def time_use() -> Example:
    """Where working time went, by what people are."""
    found = rules.time_used(rows_of("homecare_time_use_2021"))
    language = page_language()
    return Example(
        tab=_("Arbeidstida"),
        title=_("Hvor går arbeidstida?"),
        lead=_("Hva ansatte i hjemmetjenesten gjorde, notert gjennom åtte uker."),
        figure=None,
        table=DataTable(
            caption=_("Hvor arbeidstida går"),
            columns=(Column(_("Hvem")), Column(_("Hva")), Column(_("Andel av tida"), right=True)),
            rows=tuple(
                TableRow((named(one.item), named(one.measure), formats.percent(one.value or 0, 0, language)))
                for one in found
            ),
        ),
        note=_("20 964 observasjoner til sammen. De norske navnene på stillingene er våre."),
        say=(
            _("Av tida til sykepleierne gikk 32 % til brukerne og 18 % til kjøring."),
            _("Hos alle tre gruppene gikk en del av tida verken til brukerne eller til kjøring."),
        ),
        cannot=(
            _("Hvor usikre tallene er. Kilden sier hvor mange observasjoner det var til sammen, ikke for hver gruppe. "
              "Derfor er ingenting tegnet."),
            _("Om mer tid hos brukeren er bedre. Noe av resten er journal, møter og samarbeid."),
            _("Hvordan det er hos dere. Tabellen sier ikke hvor mange kommuner som var med."),
        ),
        beside=_("Nei. Der ble det notert hva den enkelte gjorde. Tillit følger ingen ansatt."),
        source=_("International Journal of Environmental Research and Public Health 2021;18(19):10504, sammendraget."),
    )  # fmt: skip


def user_survey() -> Example:
    """What Oslo's users of home services answered in 2015."""
    found = rules.satisfied(rows_of("oslo_user_survey_2015"))
    return Example(
        tab=_("Brukerne i Oslo"),
        title=_("Hvor fornøyde var brukerne i Oslo i 2015?"),
        lead=_("Oslo kommune spurte brukerne av hjemmetjenesten, med en skala fra 1 til 6."),
        figure=None,
        table=DataTable(
            caption=_("Brukerundersøkelsen i Oslo 2015"),
            columns=(Column(_("Tjeneste")), Column(_("Spørsmål")), Column(_("Svar"), right=True)),
            rows=tuple(TableRow((named(one.item), named(one.measure), _satisfied(one))) for one in found),
        ),
        note=_("Fra et sammendrag. Antallet som svarte, står ikke der."),
        say=(
            _("86 % var fornøyde, både med hjemmesykepleien og med praktisk bistand. Snittet var 4,8 av 6."),
            _("Brukere med fast kontaktperson var mer fornøyde enn de uten. Hvor mye, står ikke."),
        ),
        cannot=(
            _("Hvor usikre tallene er. Uten antall kan ikke usikkerheten regnes ut."),
            _("Om det er kontaktpersonen som gjør forskjellen. De med og uten kan være ulike på andre måter."),
            _("Hva de som ikke svarte, mener."),
        ),
        beside=_("Nei. Spørsmålene og skalaen er andre, og 2015 er lenge siden. Sammenlign med deres egen forrige "
                 "undersøkelse."),
        source=_("Oslo kommune, brukerundersøkelse i hjemmetjenesten 2015, sammendraget av rapporten fra januar 2016."),
    )  # fmt: skip


def _could_have_seen() -> str:
    """Return how small a difference four teams against four could have shown, had there been a baseline."""
    found = power(Plan(4, 4, 6, 5), Spread(DEFAULT_SD["K-1-28"], Source.DEFAULT))
    return _(
        "En liten forskjell, selv med nullpunkt. Fire team mot fire i fem måneder kan vise en forskjell på minst "
        "%(value)s ulike hjelpere på 28 dager. Det er vårt regnestykke, ikke deres."
    ) % {"value": _decimals(found.least or 0, 1)}


def _oslo_cells(one: OsloUnit) -> tuple[Content, ...]:
    phase = {"mini": _("Minipilot"), "main": _("Hovedpilot")}[one.phase]
    model = _("Modell %(number)s") % {"number": one.model} if one.model else _("Ikke oppgitt")
    return (
        f"{one.district}, {named(one.unit)}", phase, model, _about(one.users), _about(one.fte),
        _decimals(one.per_fte, 1) if one.per_fte is not None else "–",
    )  # fmt: skip


def _planned() -> tuple[Content, ...]:
    target = next(one for one in rows_of("oslo_pilot_teams") if one["phase"] == "design")
    return (
        _("Slik det var tenkt, ett team"), _("Plan"), _("Modell 1 og 2"), target["users_approx"].replace("-", "–"),
        target["fte_approx"].replace("-", "–"), "–",
    )  # fmt: skip


def _difference_row(one: Difference) -> IntervalRow:
    return IntervalRow(
        label=_outcome(one), note=_when(one), now=Measured(one.value, one.low, one.high),
        change=formats.signed(one.value, 2, page_language()), change_note=_between(one.low, one.high, 2),
    )  # fmt: skip


def _share_row(one: Answered) -> IntervalRow:
    return IntervalRow(
        label=named(one.item), now=Measured(one.value * 100, one.low * 100, one.high * 100),
        change=formats.percent(one.value, 1, page_language()), change_note=_between(one.low * 100, one.high * 100, 1),
    )  # fmt: skip


def _related_cells(one: Printed) -> tuple[Content, ...]:
    if one.measure == "percent of variance":
        return _("andel av variasjonen"), formats.percent((one.value or 0) / 100, 0, page_language())
    return _("regresjonskoeffisient"), formats.signed(one.value or 0, 2, page_language())


def _satisfied(one: Printed) -> str:
    if one.value is None:
        return _("ja")
    if one.measure.startswith("percent"):
        return formats.percent(one.value, 0, page_language())
    return _decimals(one.value, 1)


def _outcome(one: Difference) -> str:
    return {"COPM performance": _("Utføring"), "COPM satisfaction": _("Tilfredshet")}[one.outcome]


def _when(one: Difference) -> str:
    return {"10 weeks": _("etter 10 uker"), "6 months": _("etter 6 måneder")}[one.when]


def _about(value: float | None) -> str:
    return "–" if value is None else _decimals(value, 0 if value == int(value) else 1)


def _decimals(value: float, decimals: int) -> str:
    return formats.number(value, decimals, page_language())


def _between(low: float, high: float, decimals: int) -> str:
    return f"{_decimals(low, decimals)}–{_decimals(high, decimals)}"
