"""Invented people, places and numbers for the gallery and the tests, the same as in the mock-ups."""

from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.ui import parts
from tillit.ui.fields import DayField, TimeField
from tillit.ui.formats import deadline_of
from tillit.ui.parts import HelperMark
from tillit.ui.shell import LanguageChoice, Me, MenuLink, NavGroup, NavItem, Shell, TeamChoice
from tillit.ui.toasts import Toast

TODAY = date(2026, 11, 24)

_PEOPLE = (
    ("IS", "Ingrid Solheim", 1),
    ("KN", "Kari Nilsen", 2),
    ("AY", "Amina Yusuf", 3),
    ("PN", "Piotr Nowak", 4),
    ("HL", "Hanne Lie", 5),
    ("SH", "Samira Haddad", 6),
    ("JB", "Jonas Berg", 7),
    ("OV", "Ole Kristian Vik", 8),
    ("TD", "Tuva Dahl", 9),
    ("EM", "Elin Moen", 10),
    ("LE", "Lars Eide", 11),
    ("SS", "Silje Strand", 12),
    ("MA", "Marit Aune", 0),
)
TEAM = {initials: HelperMark(initials, name, colour) for initials, name, colour in _PEOPLE}
TEMP = HelperMark("ES", "Emil Sørli", 7, kind="temp")
AWAY = HelperMark("JB", "Jonas Berg", 7, kind="away")


def nav(current: str = "") -> tuple[NavGroup, ...]:
    """The side menu of the mock-ups."""

    def item(
        key: str, label: str, icon: str, count: int = 0, count_words: str = "", urgent: bool = False, short: str = ""
    ) -> NavItem:
        return NavItem(
            label=label,
            href=f"#{key}",
            icon=icon,
            current=key == current,
            count=count,
            count_words=count_words,
            urgent=urgent,
            short_label=short,
        )

    return (
        NavGroup(
            "Arbeidet",
            (
                item("min-dag", "Min dag", "Clock"),
                item("tavla", "Teamtavla", "RectangleSections"),
                item("brukere", "Brukere", "PersonGroup"),
                item("saker", "Saker", "Folder", 3, "åpne"),
                item("plan", "Planlegging", "Calendar", 2, "mangler utfører", urgent=True, short="Plan\u00adlegging"),
                item("meldinger", "Meldinger", "EnvelopeClosed", 5, "åpne"),
            ),
        ),
        NavGroup(
            "Utviklingen",
            (
                item("kompetanse", "Kompetanse", "HatSchool", short="Kompe\u00adtanse"),
                item("forbedring", "Forbedring", "LightBulb"),
                item("undersokelser", "Undersøkelser", "ClipboardCheckmark", short="Under\u00adsøkelser"),
                item("innsikt", "Innsikt", "LineGraph"),
                item("verksted", "Modellverksted", "TestFlask", short="Modell\u00adverksted"),
            ),
        ),
        NavGroup("Rammene", (item("organisasjon", "Organisasjon", "Buildings3", short="Organi\u00adsasjon"),)),
    )


def shell(current: str = "", *, colour_scheme: str = "light") -> Shell:
    """The frame around a sample page."""
    groups = nav(current)
    by_label = {item.label: item for group in groups for item in group.items}
    return Shell(
        municipality="Fjordvik kommune",
        home_href="#tavla",
        me=Me("Kari Nilsen", "fordeler i dag", TEAM["KN"]),
        groups=groups,
        bottom=tuple(by_label[label] for label in ("Min dag", "Brukere", "Teamtavla", "Meldinger")),
        teams=(TeamChoice("solvik", "Team Solvik", current=True), TeamChoice("havna", "Team Havna")),
        team_href="#team",
        search_href="#sok",
        search_hint="Søk etter bruker, sak eller kollega",
        notices_href="#varsler",
        notice_count=4,
        help_href="#hjelp",
        links=(MenuLink("Min profil", "#profil", "Person"), MenuLink("Hvem har lest om meg", "#logg", "Eye")),
        logout_href="#ut",
        languages=(
            LanguageChoice("nb", "Bokmål", current=True),
            LanguageChoice("nn", "Nynorsk"),
            LanguageChoice("en", "English"),
        ),
        language_href="#sprak",
        here="/komponenter/",
        colour_scheme="dark" if colour_scheme == "dark" else "auto" if colour_scheme == "auto" else "light",
    )


def strip(pattern: str, *, short: bool = False, today: date = TODAY) -> parts.Strip:
    """A continuity strip from «KN/IS PN/x …»: one group per day, the last day is today."""
    days = pattern.split()
    first = today - timedelta(days=len(days) - 1)
    marks = {**TEAM, "ES": TEMP}

    def cell(initials: str, on: date, place: int) -> parts.StripCell:
        if initials == "x":
            return parts.StripCell(None, f"Avlyst, {on:%d.%m.}", "gone")
        planned = on == today and place > 0
        return parts.StripCell(marks[initials], f"{marks[initials].name}, {on:%d.%m.}", "planned" if planned else "")

    return parts.Strip(
        label="Besøk dag for dag, med hvem som kom",
        days=tuple(
            parts.StripDay(
                on=(on := first + timedelta(days=index)),
                visits=tuple(cell(initials, on, place) for place, initials in enumerate(group.split("/"))),
            )
            for index, group in enumerate(days)
        ),
        today=today,
        short=short,
    )


MONTH = strip(
    "KN/KN/IS KN/KN/IS IS/KN/KN KN/KN/PN HL/HL/PN SH/SH/PN KN/IS/KN KN/KN/IS KN/ES/IS KN/KN/PN IS/IS/KN PN/HL/PN "
    "PN/HL/PN KN/KN/IS KN/KN/IS IS/KN/KN KN/KN/x KN/KN/IS HL/HL/PN HL/SH/PN KN/KN/IS KN/IS/KN KN/KN/IS KN/KN/IS "
    "IS/KN/KN PN/SH/PN PN/SH/PN IS/KN/OV"
)


def _bar(
    start: int,
    width: int,
    label: str,
    kind: parts.BarKind = "",
    *,
    pair: str = "",
    linked_below: bool = False,
) -> parts.LaneBar:
    told = {"uncovered": ", mangler utfører", "nurse": ", krever sykepleier", "proposed": ", foreslått"}
    begins, ends = (7 * 60 + (slot - 1) * 5 for slot in (start, start + width))
    period = f"{begins // 60:02}.{begins % 60:02}–{ends // 60:02}.{ends % 60:02}"
    fixed = kind == "other"
    return parts.LaneBar(
        start_slot=start,
        width_slots=width,
        label=label,
        title=f"{label}, {period}{told.get(kind, '')}",
        kind=kind,
        href="" if fixed else "#flytt",
        visit="" if fixed else f"{label}-{start}",
        pair=pair,
        linked_below=linked_below,
    )


def board() -> parts.Lanes:
    """Four rows of a morning."""
    ingrid = (
        _bar(10, 7, "Nygård"),
        _bar(21, 6, "Haugen"),
        _bar(28, 6, "Lunde", "nurse"),
        _bar(36, 9, "Myhre", "nurse", pair="A", linked_below=True),
        _bar(46, 4, "Kvam"),
        _bar(50, 6, "Pause", "other"),
    )
    piotr = (
        _bar(8, 7, "Eira"),
        _bar(17, 7, "Bakken"),
        _bar(36, 9, "Myhre", pair="A"),
        _bar(47, 6, "Engen", "new"),
        _bar(60, 6, "Tveit", "leaving"),
    )
    hanne = (_bar(10, 9, "Tangen"), _bar(21, 6, "Ness"), _bar(28, 6, "Rønning", "proposed"))
    travel = parts.Lanes.travel_between
    return parts.Lanes(
        id="tavla",
        label="Arbeidslister tirsdag 24. november",
        slots=102,
        hours=parts.Lanes.hour_marks(7, 9),
        now_slot=9,
        move_href="#flyttet",
        lanes=(
            parts.Lane(
                "Uten utfører",
                "mangler noen som kan dra",
                (_bar(28, 6, "Rønning", "uncovered"),),
                kind="uncovered",
                visits=1,
            ),
            parts.Lane(
                "Ingrid Solheim",
                "sykepleier",
                ingrid,
                TEAM["IS"],
                helper="is",
                shift=parts.Span(7, 90),
                travel=travel(ingrid),
                visits=5,
            ),
            parts.Lane(
                "Piotr Nowak",
                "helsefagarbeider",
                piotr,
                TEAM["PN"],
                helper="pn",
                shift=parts.Span(7, 90),
                travel=travel(piotr),
                visits=5,
            ),
            parts.Lane(
                "Hanne Lie",
                "helsefagarbeider",
                hanne,
                TEAM["HL"],
                helper="hl",
                shift=parts.Span(10, 90),
                travel=travel(hanne),
                visits=3,
            ),
            parts.Lane("Jonas Berg", "syk, dag 1", mark=AWAY, kind="away"),
        ),
    )


def compare_table() -> parts.DataTable:
    """The day as a whole, now and proposed."""
    rows = (
        ("Uten utfører", "2", "0", parts.Delta("2 færre", "better", "down")),
        ("Besøk av en de kjenner", "83 %", "86 %", parts.Delta("2 besøk flere", "better", "up")),
        ("Utenfor ønsket tid", "3", "4", parts.Delta("1 flere", "worse", "up")),
        ("Overtid", "0", "0", parts.Delta("likt")),
    )
    return parts.DataTable(
        caption="Hva endrer forslaget?",
        columns=(
            parts.Column("Dagen under ett"),
            parts.Column("Nå", right=True),
            parts.Column("Forslag", right=True),
            parts.Column("Forskjell"),
        ),
        rows=tuple(parts.TableRow(row) for row in rows),
    )


def sample_map() -> parts.Map:
    """Two routes near an invented fjord."""
    hanne = ((60.390, 5.300), (60.392, 5.312), (60.386, 5.318), (60.382, 5.326))
    samira = ((60.396, 5.334), (60.392, 5.340), (60.398, 5.350))
    stops = tuple(
        parts.MapStop(
            at, str(number), f"Stopp {number}, Hanne Lie", 5, new=number == 3, label="Rønning" * (number == 3)
        )
        for number, at in enumerate(hanne, start=1)
    ) + tuple(
        parts.MapStop(at, str(number), f"Stopp {number}, Samira Haddad", 6) for number, at in enumerate(samira, start=1)
    )
    return parts.Map(
        id="kart",
        label="Rutene til Hanne og Samira med forslaget. Det nye stoppet ligger nær ruta fra før.",
        areas=(
            parts.MapArea(
                "Solvik", ((60.378, 5.290), (60.402, 5.292), (60.404, 5.352), (60.388, 5.360), (60.376, 5.330))
            ),
        ),
        stops=(*stops, parts.MapStop((60.399, 5.318), "", "En bruker som ikke berøres")),
        routes=(parts.MapRoute("Hanne Lie", hanne, 5), parts.MapRoute("Samira Haddad", samira, 6)),
        note="Skjematisk. Tallene er rekkefølgen. Grå prikker er brukere som ikke berøres.",
        table=parts.DataTable(
            caption="Stoppene i rekkefølge",
            columns=(parts.Column("Stopp"), parts.Column("Hvem kjører"), parts.Column("Hva er nytt")),
            rows=tuple(
                parts.TableRow((f"{stop.number}. {stop.label}", stop.title.split(", ")[1], "Nytt" if stop.new else "–"))
                for stop in stops
            ),
        ),
    )


class GoalForm(forms.Form):
    """One field of each kind."""

    words = forms.CharField(label=_("Målet med brukerens egne ord"), widget=forms.Textarea(attrs={"rows": 2}))
    evaluate_on = DayField(label=_("Når skal målet evalueres?"))
    around = TimeField(label=_("Når på dagen?"), required=False)
    minutes = forms.IntegerField(label=_("Hvor mange minutter?"), min_value=5, max_value=240)
    kind = forms.ChoiceField(
        label=_("Hva slags mål?"), choices=[("MASTERY", _("Hverdagsmestring")), ("REHAB", _("Hverdagsrehabilitering"))]
    )
    who = forms.ChoiceField(
        label=_("Hvem følger opp?"),
        widget=forms.RadioSelect,
        choices=[("IS", "Ingrid Solheim"), ("LE", "Lars Eide")],
    )
    days = forms.MultipleChoiceField(
        label=_("Hvilke dager?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", _("mandag")), ("2", _("tirsdag")), ("3", _("onsdag"))],
    )
    told = forms.BooleanField(label=_("Brukeren har sagt ja til målet"), help_text=_("Skriv i notatet hvordan."))
    plan = forms.CharField(widget=forms.HiddenInput, initial="7")
    how = forms.ChoiceField(
        label=_("Hvordan gikk turen til postkassa?"),
        choices=[("DOWN", _("Tyngre")), ("FLAT", _("Som før")), ("UP", _("Lettere"))],
    )


def form_with_errors() -> GoalForm:
    """A form that came back."""
    return GoalForm(
        {"words": "Gå til postkassa", "evaluate_on": "31.02.2027", "minutes": "500", "kind": "REHAB", "how": "UP"}
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
            "Sync(text, state), Offline(heading, text, action), Unsent(…)",
            (
                parts.Sync("Alt er lagret"),
                parts.Sync("Lagret her", "away"),
                parts.Offline(
                    "Uten dekning siden kl. 08.31",
                    "2 notater ligger trygt på telefonen.",
                    parts.Action("2 venter", "#ko", tight=True),
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


def worklist_sheet() -> parts.WorklistSheet:
    """One helper's day on paper."""
    return parts.WorklistSheet(
        helper="Ingrid Solheim",
        day="Tirsdag 24. november 2026, dag 07.30–15.00",
        team="Team Solvik",
        duty_phone="555 00 100",
        lines=(
            parts.WorklistLine(
                "08.40–09.10",
                "Astrid H.",
                "Strandveien 14, 2. etg.",
                "Jeg vil gå ned til postkassa selv",
                ("Støttestrømper", "Gå til postkassa"),
                "Allergi: penicillin",
            ),
            parts.WorklistLine("11.05–11.35", "Pause", "Basen"),
        ),
        printed="24.11.2026 kl. 07.44 av Kari Nilsen",
    )


def toast() -> Toast:
    """What was just done."""
    return Toast("Odd Rønning er flyttet til Hanne.", "#angre")
