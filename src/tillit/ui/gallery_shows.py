"""What the gallery shows: every component in every state, in groups."""

from dataclasses import dataclass
from datetime import date

from tillit.ui import parts
from tillit.ui.formats import deadline_of
from tillit.ui.parts import HelperMark
from tillit.ui.samples import (
    AWAY,
    MONTH,
    TEAM,
    TEMP,
    TODAY,
    board,
    compare_table,
    form_with_errors,
    sample_map,
    strip,
)


@dataclass(frozen=True, slots=True)
class Show:
    """One component in the gallery: what it is for, and samples in every state."""

    id: str
    title: str
    when: str
    code: str
    samples: tuple[parts.Content, ...]
    look: str = ""


def _goal(words: str, now: str, value: float, state: str, trend: str, direction: str) -> parts.Goal:
    when = {"soon": date(2026, 12, 1), "done": date(2026, 11, 18), "": date(2026, 12, 15)}[state]
    return parts.Goal(
        words=words,
        start="10 meter",
        now=now,
        end="120 meter",
        value=value,
        maximum=110,
        deadline=deadline_of(when, today=TODAY, done=state == "done"),
        responsible=TEAM["LE"],
        note="hverdagsrehabilitering, uke 4 av 6",
        trend=trend,
        trend_direction="up" if direction == "up" else "flat",
    )


ASTRID = "Jeg vil gå ned til postkassa selv. Ikke skynd dere med meg om morgenen."


def shows() -> tuple[Show, ...]:
    """Everything that is drawn from a value, by topic."""
    return (*_care_shows(), *_people_shows(), *_phone_shows(), *_planning_shows(), *_case_shows(), *_list_shows())


def _care_shows() -> tuple[Show, ...]:
    return (
        Show(
            "stemme",
            "Hva er viktig",
            "Brukerens egne ord. Øverst på alt som gjelder én bruker. Lyng er forbeholdt denne stemmen.",
            "Matters(text, label, size, more, foot, ask)",
            (
                parts.Matters(
                    text=ASTRID,
                    label="Hva er viktig for Astrid",
                    more=(
                        parts.MattersMore("Det gir gode dager", "Radioen på, kaffe før stell"),
                        parts.MattersMore("Det vil hun helst slippe", "Nye ansikter om morgenen"),
                    ),
                    foot="Samtale hjemme 12.10.2026. Ses på igjen innen 12.01.2027.",
                ),
                parts.Matters(text="Kaffen først, så dusjen.", size="sm"),
                parts.Matters(text="Si fra før dere åpner vinduet.", size="line"),
                parts.Matters(ask="Ta startsamtalen på neste besøk.", ask_href="#startsamtale", ask_link="Åpne malen"),
            ),
        ),
        Show(
            "maal",
            "Mål",
            "Brukerens ord, hvor vi begynte, hvor vi er og hvor vi skal.",
            "Goal(words, start, now, end, value, maximum, …)",
            (
                _goal("Gå ned til postkassa selv", "60 meter", 50, "soon", "Lettere på 6 av 8 turer", "up"),
                _goal("Kle på meg selv", "klarer det selv", 110, "done", "Nådd 18.11.", "up"),
                _goal("Sove godt", "3 gode netter", 30, "", "Som før", "flat"),
            ),
            look="card",
        ),
        Show(
            "kontinuitet",
            "Kontinuitet",
            "Én rute per besøk, én kolonne per dag. Rolig stripe betyr få ansikter.",
            "Strip(label, days, today) og Key(label, items)",
            (
                MONTH,
                parts.Key(
                    "Besøk per hjelper",
                    tuple(
                        parts.KeyItem(mark.name, mark.small(), str(count)) for mark, count in MONTH.count_by_helper()
                    ),
                ),
                strip("KN/KN/IS KN/KN/IS KN/IS/KN KN/KN/OV KN/KN/IS PN/SH/PN PN/SH/PN", short=True),
            ),
        ),
    )


def _people_shows() -> tuple[Show, ...]:
    return (
        Show(
            "kollega",
            "Kollega",
            "Én farge og to bokstaver per kollega, den samme overalt. Vikar har ramme, den som er borte er tom.",
            "HelperMark(initials, name, colour, kind, size), Person(mark, note)",
            (
                parts.Person(TEAM["IS"], "sykepleier"),
                parts.Person(TEAM["KN"], "helsefagarbeider"),
                parts.Person(TEMP, "vikar i kveld"),
                parts.Person(AWAY, "borte"),
                parts.Person(TEAM["MA"], "teamleder"),
            ),
            look="row",
        ),
        Show(
            "farger",
            "Kollegafarger",
            "Tolv farger som skilles i lyshet også, alle med hvit tekst på minst 4,5:1. Grå for dem som ikke drar ut.",
            "HelperMark.colour",
            tuple(HelperMark(str(colour), f"Farge {colour}", colour, size="lg", spoken=True) for colour in range(13)),
            look="row",
        ),
        Show(
            "vakt",
            "Vakt",
            "En oppgave noen alltid har. At ingen har den, skal synes.",
            "Duty(text, icon, state)",
            (
                parts.Duty("Fordeler", "Branching"),
                parts.Duty("Akuttvakt", "FirstAid", "next"),
                parts.Duty("Ingen ennå", "EnvelopeClosed", "empty"),
            ),
            look="row",
        ),
        Show(
            "frist",
            "Frist",
            "Blir tyngre når tida renner ut: ord, tegn og vekt, ikke bare farge.",
            "Deadline(text, state, iso); formats.deadline_of(day, today=…)",
            (
                deadline_of(date(2026, 12, 15), today=TODAY),
                deadline_of(date(2026, 12, 1), today=TODAY),
                deadline_of(TODAY, today=TODAY),
                deadline_of(date(2026, 11, 23), today=TODAY),
                deadline_of(date(2026, 11, 18), today=TODAY, done=True, text="Nådd 18.11."),
            ),
            look="row",
        ),
        Show(
            "merke",
            "Merke",
            "Et kort faktum. Ordet bærer meningen.",
            "Tag(text, colour, icon) eller {% tag %}",
            (
                parts.Tag("Sårstell"),
                parts.Tag("Neste", "accent"),
                parts.Tag("Ny prosedyre", "info", "InformationSquareFill"),
                parts.Tag("Nådd", "success", "Checkmark"),
                parts.Tag("Fallfare", "warning", "ExclamationmarkTriangle"),
                parts.Tag("Allergi: penicillin", "danger", "Allergens"),
            ),
            look="row",
        ),
    )


def _phone_shows() -> tuple[Show, ...]:
    return (
        Show(
            "besok",
            "Neste besøk",
            "Hvem, når, hva som er viktig, veien inn og én stor knapp. Bare ett slikt kort på en side.",
            "VisitCard(id, name, place, time, …)",
            (
                parts.VisitCard(
                    id="neste",
                    name="Astrid Haugen",
                    place="Strandveien 14, 2. etasje · 84 år",
                    time="08.40–09.10",
                    time_iso="2026-11-24T08:40+01:00",
                    label="Neste",
                    travel="6 min å kjøre",
                    matters=parts.Matters(text=ASTRID, size="sm"),
                    tags=(
                        parts.Tag("Går med rullator", icon="Figure"),
                        parts.Tag("Allergi: penicillin", "danger", "Allergens"),
                    ),
                    door=parts.Door(
                        "Nøkkelboks",
                        "Ring på først",
                        parts.Action("Vis kode", "#kode", post=True, tight=True, describe="til nøkkelboksen"),
                    ),
                    actions=(
                        parts.Action("Start besøket", "#start", post=True, variant="primary"),
                        parts.Action("Veien dit", "#vei", icon="Car"),
                    ),
                ),
            ),
            look="phone",
        ),
        Show(
            "dagen",
            "Utover dagen",
            "Besøk, veien mellom dem og pauser.",
            "DayList((DayRow(…), DayGap(…), …))",
            (
                parts.DayList(
                    (
                        parts.DayRow("07.45", "Harald Nygård", "08.20", "Notat lagret kl. 08.21", "#1", state="done"),
                        parts.DayRow(
                            "09.15",
                            "Bjarne Lunde",
                            "09.45",
                            "«Sårstell uten prat om vekta»",
                            "#2",
                            (parts.Tag("Sårstell"), parts.Tag("Ny prosedyre i går", "info", "InformationSquareFill")),
                        ),
                        parts.DayGap("9 min"),
                        parts.DayRow("09.55", "Gunvor Myhre", "10.40", "«Kaffen først, så dusjen»", "#3"),
                        parts.DayRow("11.05", "Pause", "11.35", "På basen", state="break"),
                    )
                ),
            ),
            look="phone",
        ),
        Show(
            "advarsel",
            "Dette må du vite",
            "Før du går inn: allergi, fall, smitte.",
            "AlertLines((AlertLine(strong, text, icon), …), label)",
            (
                parts.AlertLines(
                    (
                        parts.AlertLine("Allergi:", "penicillin", "Allergens"),
                        parts.AlertLine("Fall", "på badet 2. november. Rullator inne.", "Figure"),
                    ),
                    label="Dette må du vite",
                ),
            ),
            look="phone",
        ),
        Show(
            "oppgave",
            "Oppgaver i besøket",
            "Stor nok for en tommel med hanske. Sier hvilket mål den tjener.",
            "TaskList((Task(id, name, field_name, …), …))",
            (
                parts.TaskList(
                    (
                        parts.Task("t1", "Støttestrømper på", "done", "1", "Hun tar venstre selv", checked=True),
                        parts.Task(
                            "t2", "Gå til postkassa", "done", "2", "La henne gå foran.", goal="Mål 1: postkassa"
                        ),
                    )
                ),
            ),
            look="phone",
        ),
        Show(
            "valg",
            "Store valg",
            "På telefonen og i undersøkelser. Ett eller flere svar.",
            "Choices(legend, field_name, options, …) eller Choices.of(form['felt'], icons)",
            (
                parts.Choices.of(
                    form_with_errors()["how"],
                    {"DOWN": "TrendDown", "FLAT": "TrendFlat", "UP": "TrendUp"},
                    columns=3,
                ),
                parts.Choices(
                    "Hva har endret seg?",
                    "changed",
                    (
                        parts.ChoiceOption("worse", "Dårligere form", "TrendDown"),
                        parts.ChoiceOption("better", "Klarer mer selv", "TrendUp", checked=True),
                        parts.ChoiceOption("fall", "Fall eller skade", "Bandage"),
                        parts.ChoiceOption("other", "Noe annet", "MenuElipsisHorizontal"),
                    ),
                    many=True,
                    columns=2,
                ),
                parts.Choices(
                    "Når må noen se på det?",
                    "when",
                    (parts.ChoiceOption("now", "Nå, i løpet av timen", "BellFill"),),
                    id="naar",
                    error="Velg når noen må se på det.",
                ),
            ),
            look="phone",
        ),
        Show(
            "lagret",
            "Lagret og uten dekning",
            "Uten dekning sier vi hvor teksten er.",
            "Sync(text, state), Offline(heading, text, action), Clash(text, lines, both), Unsent(…)",
            (
                parts.Sync("Alt er lagret"),
                parts.Sync("Lagret her", "away"),
                parts.Offline(
                    "Uten dekning siden kl. 08.31",
                    "2 notater ligger trygt på telefonen.",
                    parts.Action("2 venter", "#ko", tight=True),
                ),
                parts.Clash(
                    "Kari Nilsen endret dette i dag kl. 09.12, mens du skrev.",
                    (parts.ClashLine("Vei inn", "Nøkkelboks ved døra", "Ring på to ganger"),),
                    both="practical",
                ),
                parts.Unsent("Endringen hos Harald er ikke sendt ennå.", "Haster det?", "tel:55500100", "Ring vakta"),
                parts.HiddenNumber("Vises ikke, færre enn 5 svar"),
            ),
        ),
    )


def _planning_shows() -> tuple[Show, ...]:
    reasons = (
        parts.Reason("Hanne har vært hos Odd 11 ganger siste 28 dager", "plus"),
        parts.Reason("Odd vil helst ha besøk kl. 09.00, dette blir kl. 09.15", "minus"),
    )
    return (
        Show(
            "tavle",
            "Tavle med løp",
            "Rader er folk, bredden er tid. Dra, eller trykk og velg «Flytt til». Piltaster går mellom besøkene.",
            "Lanes(id, label, lanes, slots, hours, now_slot, move_href)",
            (board(),),
            look="board",
        ),
        Show(
            "forslag",
            "Forslag",
            "Grunner for og imot, nest beste, godta eller avvis hver for seg.",
            "ProposalList((Proposal(move, why, reasons, accept, reject, second_best), …))",
            (
                parts.ProposalList(
                    (
                        parts.Proposal(
                            move=("Rønning kl. 09.15", parts.Arrow(), TEAM["HL"].small(), "Hanne Lie"),
                            why="Hanne kjenner Odd og er 4 minutter unna.",
                            reasons=reasons,
                            accept=parts.Action("Godta", "#ja", post=True, icon="Checkmark", tight=True),
                            reject=parts.Action("Avvis", "#nei", post=True, variant="tertiary", tight=True),
                            second_best="Amina Yusuf kl. 09.45. Da må meldingene vente til kl. 10.15.",
                            second_action=parts.Action(
                                "Velg Amina", "#amina", post=True, variant="tertiary", tight=True
                            ),
                            open=True,
                        ),
                    )
                ),
            ),
            look="panel",
        ),
        Show(
            "kapasitet",
            "Kapasitet",
            "Det vi trenger mot det vi har. Streken er det vi har.",
            "Gauge(name, need, have, text, note)",
            (
                parts.Gauge("Dag", 46.5, 44, "46,5 av 44 timer", "På dag mangler 2 t 30 min."),
                parts.Gauge("Kveld", 17.5, 20, "17,5 av 20 timer"),
            ),
        ),
        Show(
            "linje",
            "Verdier over tid",
            "Få målinger, med tallene ved punktene. Tabellen står alltid ved siden av.",
            "LineChart(id, title, finding, points, least, most, lines)",
            (
                parts.LineChart(
                    "linje-poeng",
                    "Poeng på hurtigsjekken siste døgn",
                    "Fra 6 poeng om morgenen til 2 om kvelden.",
                    (
                        parts.ChartPoint(0, 6, "kl. 08.10", "6"),
                        parts.ChartPoint(65, 5, "kl. 09.15", "5"),
                        parts.ChartPoint(310, 3, "kl. 13.20", "3"),
                        parts.ChartPoint(640, 2, "kl. 18.50", "2"),
                    ),
                    least=0,
                    most=10,
                    lines=(parts.ChartLine(5, "5"), parts.ChartLine(7, "7")),
                ),
            ),
        ),
        Show(
            "uker",
            "Uker ved siden av hverandre",
            "Samme målestokk i alle radene. Uker som ikke teller, er grå. Tabellen står alltid ved siden av.",
            "WeekBars(label, rows, first, last, events) av WeekRow(label, value, finding, values)",
            (
                parts.WeekBars(
                    "Timer hjelp i uka",
                    (
                        parts.WeekRow("Stell", "3,5 t", "Fra 6 timer til 3,5.", (6, 6, 5.5, None, 4, 3.5)),
                        parts.WeekRow("Trening", "1,5 t", "Fra ingenting til 1,5 timer.", (0, 0, 1, None, 2, 1.5)),
                    ),
                    "Uke 42",
                    "Uke 47",
                    events=(2,),
                ),
            ),
        ),
        Show(
            "spenn",
            "Det som varer",
            "Fra når til når, og når det ble sett på. Dagene står i en tabell ved siden av.",
            "SpanChart(label, rows, first, last) av ChartSpan(label, value, start, end, state, marks)",
            (
                parts.SpanChart(
                    "Målene over tid",
                    (
                        parts.ChartSpan("«Gå til postkassa»", "Pågår", 0.2, 1.0, marks=(0.5, 0.8)),
                        parts.ChartSpan("«Kle på meg selv»", "Nådd 17.11.", 0.2, 0.7, "done", (0.7,)),
                        parts.ChartSpan("«Lage middag»", "Ikke lenger viktig", 0.0, 0.4, "dropped"),
                    ),
                    "Uke 42",
                    "I dag",
                ),
            ),
        ),
        Show(
            "kart",
            "Kart",
            "Uten fliser: områder, nummererte stopp og ruter i kollegaens farge. Tabellen sier det samme.",
            "Map(id, label, table, areas, stops, routes)",
            (sample_map(),),
        ),
    )


def _case_shows() -> tuple[Show, ...]:
    team = parts.Holder("Teamet")
    return (
        Show(
            "myndighet",
            "Myndighet",
            "Sier om du kan, og hvorfor. Også når du ikke kan.",
            "Authority(allowed, heading, because)",
            (
                parts.Authority(
                    True,
                    "Du kan fatte dette vedtaket",
                    "Fordi du er teamleder for Team Solvik og er delegert hjemmesykepleie inntil 35 timer i uka.",
                ),
                parts.Authority(
                    False,
                    "Dette avgjør leder av tjenestekontoret",
                    "Fordi trygghetsalarm ikke er delegert til teamet.",
                ),
            ),
        ),
        Show(
            "klart",
            "Er det klart nok?",
            "Det som mangler, står øverst med det du gjør for å ordne det.",
            "Checks((Check(text, ok, note, action), …))",
            (
                parts.Checks(
                    (
                        parts.Check("Brukeren er hørt", True, "Samtale 12.10.2026"),
                        parts.Check(
                            "Når skal målet evalueres?",
                            False,
                            action=parts.Action("Sett dato", "#dato", tight=True, describe="for evaluering"),
                        ),
                    )
                ),
            ),
        ),
        Show(
            "steg",
            "Sakens gang",
            "Hvor saken er, og hva som er igjen.",
            "Steps(label, (Step(label, note, state), …))",
            (
                parts.Steps(
                    "Sakens gang",
                    (
                        parts.Step("Søknad", "20.11.", "done", "#soknad"),
                        parts.Step("Kartlegging", "pågår", "current"),
                        parts.Step("Vedtak"),
                    ),
                ),
            ),
        ),
        Show(
            "ansvar",
            "Hvem gjør hva",
            "Ulikt og likt har egen kolonne med tegn og ord.",
            "ResponsibilityTable(caption, left, right, groups)",
            (
                parts.ResponsibilityTable(
                    "Ansvar i Modell 1 og Modell 2",
                    "Modell 1",
                    "Modell 2",
                    (
                        parts.ResponsibilityGroup(
                            "Nye brukere",
                            (
                                parts.ResponsibilityRow(
                                    "Vurdere behovet",
                                    parts.Holder("Teamet", note="To yrkesgrupper sammen"),
                                    parts.Holder("Vurderingsteam", note="Inntil fire uker"),
                                ),
                            ),
                        ),
                        parts.ResponsibilityGroup(
                            "Brukere med vedtak",
                            (parts.ResponsibilityRow("Hverdagsmestring", team, team, note="Hele tida"),),
                        ),
                    ),
                    left_note="Teamet har alt, også nye brukere",
                    right_note="Spesialteam tar imot nye brukere",
                ),
            ),
            look="panel",
        ),
    )


def _list_shows() -> tuple[Show, ...]:
    return (
        Show(
            "rader",
            "Rader som åpner noe",
            "Et tall, et bilde eller et tegn, så hva det er, og fristen sist.",
            "RowList((ListRow(title, note, href, number, lead, end), …))",
            (
                parts.RowList(
                    (
                        parts.ListRow(
                            "Revurdering",
                            "Harald Nygård, hjemmesykepleie",
                            href="#1",
                            number="1",
                            end=deadline_of(date(2026, 11, 23), today=TODAY),
                        ),
                        parts.ListRow(
                            "Kari Nilsen",
                            "Helsefagarbeider · på basen til 08.15",
                            lead=TEAM["KN"],
                            badges=(parts.Duty("Fordeler", "Branching"),),
                            end="07.30–15.00",
                        ),
                    )
                ),
                parts.RowList(
                    (
                        parts.ListRow(
                            "Noe har endret seg",
                            "Ingrid Solheim · i dag kl. 09.06",
                            more="Kler på seg overkroppen selv.",
                            icon="TrendUp",
                        ),
                    ),
                    ordered=True,
                    look="timeline",
                    label="Siste dager",
                ),
                parts.RowList(
                    (
                        parts.ListRow("Astrid Haugen", "Går lenger. Kan morgenstellet trappes ned?"),
                        parts.ListRow("Odd Rønning", "3 meldte endringer på 5 dager"),
                    ),
                    ordered=True,
                    look="agenda",
                    label="Saker på teammøtet",
                ),
            ),
            look="panel",
        ),
        Show(
            "tabell",
            "Tabell",
            "På telefonen blir radene blokker, eller tabellen ruller for seg selv.",
            "DataTable(caption, columns, rows, stack)",
            (
                compare_table(),
                parts.DataTable(
                    caption="Uka til Astrid",
                    columns=(parts.Column("Uke 48", href="#sorter", sorted="ascending"), parts.Column("Ti 24.")),
                    rows=(parts.TableRow(("Morgen, 30 min", TEAM["KN"].small(spoken=True)), href="#morgen"),),
                    stack=False,
                    in_panel=False,
                ),
            ),
            look="panel",
        ),
        Show(
            "fakta",
            "Fakta",
            "Begrep og verdi.",
            "Facts((Fact(term, value), …))",
            (
                parts.Facts((parts.Fact("Modell 1", "Team Solvik, Team Havna"), parts.Fact("Modell 2", "Team Lia"))),
                parts.Facts((parts.Fact("Gjelder fra", "01.09.2026"),), column=True),
            ),
        ),
        Show(
            "finn",
            "Finne fram",
            "Brødsmuler, faner, visninger, filtre, dag og sider. Alt er lenker og virker uten skript.",
            "Crumbs, Tabs, ToggleGroup, Filters, DayPicker, Pagination",
            (
                parts.Crumbs((parts.Crumb("Brukere", "#brukere"), parts.Crumb("Astrid Haugen"))),
                parts.Tabs(
                    "Om Astrid",
                    (
                        parts.TabLink("Oversikt", "#o", current=True),
                        parts.TabLink("Journal", "#j", count=3),
                        parts.TabLink("Plan", "#p"),
                    ),
                ),
                parts.ToggleGroup(
                    "Vakt",
                    (
                        parts.ToggleLink("Dag", "#d", current=True),
                        parts.ToggleLink("Kveld", "#k"),
                        parts.ToggleLink("Natt", "#n"),
                    ),
                ),
                parts.Filters(
                    "Filtre", (parts.FilterLink("Krever sykepleier", "#a"), parts.FilterLink("Lia", "#b")), "#c"
                ),
                parts.DayPicker("Tirsdag 24.11.2026", "2026-11-24", "#for", "#etter", "#dag"),
                parts.Pagination(
                    "Viser 26–50 av 68 brukere",
                    (
                        parts.PageLink("1", "#1"),
                        parts.PageLink("2", "#2", current=True),
                        parts.PageLink("…", ""),
                        parts.PageLink("7", "#7"),
                    ),
                    previous_href="#1",
                    next_href="#3",
                ),
            ),
        ),
        Show(
            "underveis",
            "Underveis",
            "Langt arbeid sier hvor langt, hva det har funnet og hvordan du stopper. Tomme linjer vises etter 300 ms.",
            "Progress(heading, value, maximum, shown, text, stop), Skeleton(lines)",
            (
                parts.Progress(
                    "Regner på turnusen",
                    62,
                    100,
                    "62 %",
                    "Prøver plan 3 100 av 5 000. Beste så langt dekker 97 % av vaktene. Du kan gå fra siden.",
                    parts.Action("Stopp og bruk beste så langt", "#stopp", post=True, tight=True),
                ),
                parts.Skeleton(),
            ),
        ),
    )
