"""Invented people, places and numbers for the gallery and the tests, the same as in the mock-ups."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.ui import parts
from tillit.ui.fields import DayField, TimeField
from tillit.ui.parts import HelperMark
from tillit.ui.shell import Banner, LanguageChoice, Lock, Me, MenuLink, NavGroup, NavItem, Shell, TeamChoice
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
        banners=(Banner("Nødtilgang til Astrid Haugen til kl. 14.30", "#bruker", "Åpne", "#avslutt", "Avslutt"),),
        lock=Lock(
            seconds=24 * 60 * 60,
            lock_href="#las",
            unlock_href="#las-opp",
            in_use_href="#bruk",
            passkey_ask_href="#spor",
            passkey_href="#svar",
            service_href="#tjeneste",
            login_href="#inn",
            logout_href="#ut",
            name="Kari Nilsen",
            who="",
            mark_cookie="tillit_mark",
            mark="",
        ),
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
