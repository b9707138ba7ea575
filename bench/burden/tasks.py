"""The tasks: who does each, where she stands, what she presses, what must have been stored, and the least possible.

The least is reckoned by one rule for all: what only the person can know must come from her. Each choice is one press,
and the last of them can also be what sends it. Words and numbers need a press into their field. Where there is no
choice to make, one press sends. Whom it is about costs nothing when she stands with the person or the list before her.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bench.burden.hands import Hands
from bench.burden.house import do_what_was_asked


@dataclass(frozen=True, slots=True)
class Task:
    """One task. choices, texts: what only the person knows; why: that, in words."""

    name: str
    who: str
    phone: bool
    stands: str
    does: Callable[[Hands], None]
    stored: Callable[[], int]
    choices: int
    texts: int
    why: str

    @property
    def least(self) -> int:
        """Presses nobody can do without."""
        return self.texts + max(self.choices, 1)

    @property
    def least_fields(self) -> int:
        """Fields nobody can do without: words, numbers, and each choice but the one that sends."""
        return self.texts + max(self.choices - 1, 0)


def _open_visit(hands: Hands) -> None:
    hands.press(hands.page.get_by_role("link", name="Åpne besøket"))


def _button(hands: Hands, name: str) -> None:
    hands.press(hands.page.get_by_role("button", name=name, exact=True).first)


def _label(hands: Hands, text: str) -> None:
    hands.press(hands.page.locator("label").filter(has_text=text).first)


def as_planned(hands: Hands) -> None:
    """The card on Min dag has the press."""
    hands.press(hands.page.locator("form[data-finish] button"))
    hands.page.get_by_text("Besøket er lagret.").wait_for()


def with_a_note(hands: Hands) -> None:
    """Open the visit, say it, finish."""
    _open_visit(hands)
    hands.write(hands.page.get_by_role("textbox", name="Notat"), "Gikk to runder i gangen og spiste godt etterpå.")
    _button(hands, "Ferdig som planlagt")
    hands.page.get_by_text("Besøket er lagret.").wait_for()


def took_longer(hands: Hands) -> None:
    """It took a quarter more than planned."""
    _open_visit(hands)
    hands.press(hands.page.locator("summary").filter(has_text="Noe ble annerledes"))
    _button(hands, "15 min lengre")
    hands.page.get_by_text("lagret med det som ble annerledes").wait_for()


def did_not_happen(hands: Hands) -> None:
    """Nobody was at home, or she did not want it."""
    _open_visit(hands)
    hands.press(hands.page.locator("summary").filter(has_text="Besøket ble ikke noe av"))
    hands.press(hands.page.locator("button[name=cancelled_by]").first)
    hands.page.get_by_text("ble ikke noe av.").first.wait_for()


def has_changed(hands: Hands) -> None:
    """What has changed, what was seen, and how soon somebody must look at it."""
    _open_visit(hands)
    hands.press(hands.page.get_by_role("link", name="Noe har endret seg"))
    _label(hands, "Klarer mer selv")
    hands.write(hands.page.get_by_label("Hva så du?"), "Klarte trappa alene i dag.")
    hands.press(hands.page.get_by_role("button", name="møte"))
    hands.page.get_by_role("heading", name="Noe har endret seg").wait_for(state="detached")


def not_as_usual(hands: Hands) -> None:
    """All seven measures of NEWS2, and one sentence."""
    _open_visit(hands)
    hands.press(hands.page.get_by_role("link", name="Ikke som vanlig"))
    hands.write(hands.page.get_by_label("Hva er annerledes?"), "Blek og kortpustet.")
    _label(hands, "Våken")
    hands.fill(hands.page.get_by_label("Pust i minuttet"), "22")
    for said in ("96", "95", "128", "37,9"):
        hands.next_field(said)
    _label(hands, "Luft")
    _button(hands, "Lagre og se hva du gjør")
    hands.page.get_by_text("poeng").first.wait_for()


def to_a_colleague(hands: Hands) -> None:
    """A message about the citizen to one colleague; that it is answered today is chosen for her."""
    _open_visit(hands)
    hands.press(hands.page.get_by_role("link", name="Beskjed", exact=True))
    hands.write(hands.page.get_by_label("Hva gjelder det?"), "Kan du ta med nye bandasjer i morgen tidlig?")
    hands.choose(hands.page.get_by_label("Til hvem?"), "Ingrid Solheim")
    _button(hands, "Send beskjeden")
    hands.page.get_by_label("Hva gjelder det?").wait_for(state="detached")


def deviation(hands: Hands) -> None:
    """What went wrong, in a sentence, from the visit."""
    _open_visit(hands)
    hands.press(hands.page.get_by_role("link", name="Meld avvik"))
    hands.write(hands.page.get_by_label("Med én linje, om du vil"), "Dosetten var ikke fylt i går kveld.")
    hands.press(hands.page.get_by_role("button", name="Medisiner"))
    hands.page.get_by_text("Hva skjedde?").wait_for(state="detached")


def sign(hands: Hands) -> None:
    """What waits for her name."""
    hands.press(hands.page.get_by_role("link", name="signering").first)
    hands.press(hands.page.locator("main form button[type=submit]").first)
    hands.page.get_by_text("Ingenting venter på deg").wait_for()


def tomorrow(hands: Hands) -> None:
    """She looks at the draft for tomorrow, and takes it into use."""
    hands.press(hands.page.locator("section[aria-labelledby=uka] tbody a").first)
    hands.press(hands.page.get_by_role("button", name="Ta i bruk"))
    hands.page.locator("#list-state").get_by_text("I bruk").wait_for()


def somebody_ill(hands: Hands) -> None:
    """Two visits have nobody, and one can be covered: the proposal is taken as it is, and that tells."""
    _button(hands, "Se forslag til endringer")
    do_what_was_asked()
    hands.press(hands.page.locator("#forslag").get_by_role("button", name="Godta").first)
    hands.page.get_by_text("Forslaget er avgjort").wait_for()


def application(hands: Hands) -> None:
    """Somebody known rings and asks for help: what she says, what she asks for."""
    hands.press(hands.page.get_by_role("link", name="Ta imot en søknad").first)
    hands.fill(hands.page.locator("main input[name=q]"), "Astrid Haugen")
    hands.page.keyboard.press("Enter")
    hands.press(hands.page.locator("main").get_by_role("link", name="Astrid Haugen").first)
    hands.write(hands.page.locator("textarea[name=words]"), "Jeg trenger noen til å hjelpe meg i dusjen.")
    hands.press(hands.page.locator("main input[name=services]").first)
    _button(hands, "Ta imot")
    hands.page.get_by_role("link", name="Åpne sak").first.wait_for()


def _rows(model: str, **only: object) -> Callable[[], int]:
    def count() -> int:
        from django.apps import apps

        app, name = model.split(".")
        return int(apps.get_model(app, name).objects.filter(**only).count())

    return count


HANNE, KARI, INGRID, NORA = "hanne.lie", "kari.nilsen", "ingrid.solheim", "nora.bakke"
DAY, BOARD = "/min-dag/", "/team/{solvik}/tavle/"
REPORT = "visits.VisitReport"
#: The most common first. The last two are rarer, and stand here because they are the longest outside the visits.
TASKS = (
    Task("Ferdig som planlagt", HANNE, True, DAY, as_planned, _rows(REPORT, outcome="AS_PLANNED"),
         1, 0, "one press says that it went as planned"),
    Task("Det tok lengre tid", HANNE, True, DAY, took_longer, _rows(REPORT, outcome="DIFFERENT"),
         1, 0, "one press says how much longer, and so that the visit is over"),
    Task("Besøket ble ikke noe av", HANNE, True, DAY, did_not_happen, _rows(REPORT, outcome="CANCELLED"),
         1, 0, "one press says why"),
    Task("Besøk med notat", HANNE, True, DAY, with_a_note, _rows(REPORT, outcome="AS_PLANNED"),
         0, 1, "into the field for her words, and one press that sends"),
    Task("Beskjed til en kollega", HANNE, True, DAY, to_a_colleague, _rows("notices.Notice"),
         1, 1, "to whom, and into the field for the words"),
    Task("Signer det som venter", INGRID, True, DAY, sign, _rows("journal.Countersign"),
         1, 0, "one press puts her name to what she has read"),
    Task("Noen er syk", KARI, False, BOARD, somebody_ill, _rows("access.AuditEntry"),
         1, 0, "one press takes the proposal she has looked at, and tells"),
    Task("Morgendagens lister", KARI, False, BOARD, tomorrow, _rows("access.AuditEntry"),
         1, 0, "one press takes the draft she has looked at into use"),
    Task("Noe har endret seg", HANNE, True, DAY, has_changed, _rows("visits.FollowUp"),
         2, 1, "what, how soon, and into the field for what was seen"),
    Task("Ikke som vanlig", HANNE, True, DAY, not_as_usual, _rows("observations.Observation"),
         2, 6, "awake or not, air or oxygen, five numbers and a sentence"),
    Task("Meld avvik", HANNE, True, DAY, deviation, _rows("deviations.Deviation"),
         1, 1, "into the field for the sentence, and one press says what and sends"),
    Task("Ta imot en søknad", NORA, False, "/saker/", application, _rows("decisions.Case"),
         2, 2, "two fields (whom to look for, her words), the right one, and a service"),
)  # fmt: skip
