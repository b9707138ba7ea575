"""Take the pictures in README.md and docs/guide/, by using Tillit the way its readers will.

    python scripts/pictures/take.py                                  # starts a demo of its own, on a Tuesday morning
    python scripts/pictures/take.py --base http://localhost:8000     # against `./run demo --fresh` in another terminal
    python scripts/pictures/take.py --only tavle,bruker              # some of them

Needs the development environment (`./run quick` makes it) and Chromium. Every picture is made by pressing what a person
presses, after logging in through the demo's login page; the demo's data is changed on the way. Chapters come in the
order of the story and stand on what earlier chapters did: --only chooses among
pictures, --chapters among chapters.
"""

# ruff: noqa: S603, T201 – a script that speaks, and starts our own programs

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize  # noqa: E402

from scripts.pictures.workbook import TEAM, fill  # noqa: E402
from tests.browser.chromium import PHONE, browser  # noqa: E402
from tillit.kernel import clock, oslo  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
MOMENT = "2026-11-24T08:12"  # a Tuesday: one is ill, three visits have nobody, a meeting at two
DESK: ViewportSize = {"width": 1440, "height": 900}
LEADER, PASSWORD = "berit.sande", "bare-for-bilder-1"  # the new team's leader, in a demo of our own
MOST_BYTES, MOST_IN_ALL = 250_000, 6_000_000


class Camera:
    """One browser, one demo, the pictures wanted."""

    def __init__(self, started: Browser, base: str, moment: datetime, only: frozenset[str]) -> None:
        self.browser, self.base, self.only = started, base, only
        self.moment, self.today = moment, moment.date()

    def open_window(self, size: ViewportSize = DESK) -> BrowserContext:
        """A browser in Norwegian, whose clock agrees with the server's."""
        context = self.browser.new_context(viewport=size, locale="nb-NO", timezone_id="Europe/Oslo")
        context.clock.set_fixed_time(self.moment)
        return context

    @contextmanager
    def with_password(self, username: str, password: str) -> Iterator[Page]:
        """A page of somebody who logged in as in a municipality."""
        context = self.open_window()
        page = context.new_page()
        page.goto(self.base + "/logg-inn/")
        page.click("summary:has-text('brukernavn og passord')")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", password)
        page.click("form:has(input[name=password]) button[type=submit]")
        page.wait_for_load_state()
        try:
            yield page
        finally:
            context.close()

    @contextmanager
    def signed_in(self, username: str, size: ViewportSize = DESK) -> Iterator[Page]:
        """A page of somebody who chose herself on the demo's login page."""
        context = self.open_window(size)
        page = context.new_page()
        page.goto(self.base + "/logg-inn/")
        page.click(f'button[name="username"][value="{username}"]')
        page.wait_for_load_state()
        try:
            yield page
        finally:
            context.close()

    def take(self, page: Page, name: str, *, height: int | None = None, to: str | None = None, above: int = 90) -> None:
        """Save what the window shows. `height` makes the window higher; `to` scrolls to an element, `above` px up."""
        if self.only and name not in self.only:
            return
        before = page.viewport_size
        if height and before:
            page.set_viewport_size({"width": before["width"], "height": height})
        page.mouse.move(0, 0)
        page.evaluate("window.scrollTo(0, 0)")
        if to:
            page.locator(to).first.evaluate(
                "(e, above) => window.scrollTo(0, e.getBoundingClientRect().top + scrollY - above)", above
            )
        page.wait_for_timeout(400)
        file = PICTURES / f"{name}.png"
        page.screenshot(path=file, full_page=False)
        if height and before:
            page.set_viewport_size(before)
        print(f"{file.stat().st_size / 1000:6.0f} kB  {file.relative_to(ROOT)}")


# ── the chapters, in the order of the story ──


def the_login(camera: Camera) -> None:
    """The demo's login page."""
    context = camera.open_window()
    page = context.new_page()
    page.goto(camera.base + "/logg-inn/")
    camera.take(page, "logg-inn")
    context.close()


def a_day_on_the_phone(camera: Camera) -> None:
    """Sunniva in Team Havna: her day, one visit, something has changed; who answers for it closes it."""
    with camera.signed_in("sunniva.rekdal", PHONE) as page:
        page.goto(camera.base + "/min-dag/")
        camera.take(page, "min-dag")
        page.click("text=Ferdig som planlagt")
        page.wait_for_timeout(800)
        page.click("text=Åpne besøket")
        page.wait_for_load_state()
        camera.take(page, "besok")
        page.click("text=Noe ble annerledes")
        camera.take(page, "besok-annerledes", to="text=Noe ble annerledes")
        page.click("text=Noe har endret seg")
        page.wait_for_load_state()
        page.locator("input[name=kind]").first.check(force=True)
        page.fill("textarea[name=words]", "Hoven i begge leggene, mer enn i går.")
        camera.take(page, "noe-har-endret-seg")


def a_change_is_closed(camera: Camera) -> None:
    """Ingrid answers for Astrid: she reads what was told, and says what is done with it."""
    with camera.signed_in("ingrid.solheim", PHONE) as page:
        page.goto(camera.base + "/min-dag/")
        page.locator("a[href*='/oppfolging/']").first.click()
        page.wait_for_load_state()
        page.fill("textarea", "Tatt med på møtet. Planen er justert.")
        camera.take(page, "oppfolging")


def between_colleagues(camera: Camera) -> None:
    """Hanne sees where the others are, and what nobody has; Emil has not been with Odd before."""
    with camera.signed_in("hanne.lie", PHONE) as page:
        page.goto(camera.base + "/min-dag/kollegene/")
        camera.take(page, "kollegene-naa")
    with camera.signed_in("emil.sorli", PHONE) as page:
        page.goto(camera.base + "/min-dag/")
        page.click("text=Åpne besøket")
        page.wait_for_load_state()
        camera.take(page, "ett-minutt")


def the_team(camera: Camera) -> None:
    """Board, citizen, duties, models: nothing is changed."""
    with camera.signed_in("marit.aune") as page:
        page.goto(camera.base + "/")
        camera.take(page, "tavle", height=1000)
        page.click("nav >> text=Vakter")
        page.wait_for_load_state()
        camera.take(page, "vakter")
        page.click("nav >> text=Modeller")
        page.wait_for_load_state()
        camera.take(page, "modeller")
    with camera.signed_in("ingrid.solheim") as page:
        open_citizen(camera, page, "Astrid Haugen")
        camera.take(page, "bruker", height=1060)


def a_case(camera: Camera) -> None:
    """Nora has the case of Per Inge Foss; Marit may decide it. An appeal, and citizens that are to be handed over."""
    with camera.signed_in("nora.bakke") as page:
        page.goto(camera.base + "/saker/")
        camera.take(page, "saker")
        page.click("main >> text=Per Inge Foss")
        page.wait_for_load_state()
        camera.take(page, "sak", height=1060)
    for name, size, height in (("vedtak", DESK, 1000), ("vedtak-telefon", PHONE, None)):
        with camera.signed_in("marit.aune", size) as page:
            page.goto(camera.base + "/saker/?ko=ours")
            page.click("main >> text=Per Inge Foss")
            page.wait_for_load_state()
            page.click("text=Se forslaget og brevet")
            page.wait_for_load_state()
            camera.take(page, name, height=height)
    with camera.signed_in("solrun.fagerheim") as page:
        page.goto(camera.base + "/klager/")
        page.locator("main .ti-list a:has-text('Ses på på nytt')").first.click()
        page.wait_for_load_state()
        camera.take(page, "klage", height=1060)
    with camera.signed_in("hege.stokkeland") as page:
        page.goto(f"{camera.base}/")
        page.click("nav >> text=Overleveringer")
        page.wait_for_load_state()
        camera.take(page, "overlevering")


def the_rules(camera: Camera) -> None:
    """Who may decide what; Ragnhild makes a variant of Model 1, and sees what putting it into force would change."""
    with camera.signed_in("marit.aune") as page:
        page.goto(camera.base + "/organisasjon/myndighet/")
        camera.take(page, "myndighet")
    with camera.signed_in("ragnhild.tveitane") as page:
        page.goto(camera.base + "/brevmaler/")
        page.locator("tr:has-text('Vedtak: innvilget') a").first.click()
        page.wait_for_load_state()
        camera.take(page, "brev", height=1000)
        page.goto(camera.base + "/modeller/")
        page.locator("main a:has-text('Modell 1')").first.click()
        page.wait_for_load_state()
        page.click("text=Lag vår egen variant")
        page.wait_for_load_state()
        page.click("button:has-text('Lag utkastet')")
        page.wait_for_load_state()
        receives = page.locator("select[name=holder]").nth(1)
        receives.focus()
        receives.select_option(label="Tjenestekontoret")
        page.wait_for_timeout(1500)
        camera.take(page, "modell-endre", height=1000)
        page.click("text=Sett i kraft …")
        page.wait_for_load_state()
        page.click("label:has-text('Team Solvik')")
        page.wait_for_timeout(2500)
        camera.take(page, "modell-iverksett", height=1060)


def conversation_and_plan(camera: Camera) -> None:
    """Ingrid asks Per Inge Foss what matters, writes a goal and an intervention, and takes the plan into use."""
    with camera.signed_in("ingrid.solheim") as page:
        open_citizen(camera, page, "Per Inge Foss")
        page.click("text=Start samtalen")
        page.wait_for_load_state()
        if page.locator("textarea[name=f-words]").count() == 0:
            page.click("button:has-text('Start samtalen')")
            page.wait_for_load_state()
        page.fill("textarea[name=f-words]", "Jeg vil sitte på verandaen og se på båtene. Og jeg vil gå dit selv.")
        page.fill("textarea[name=f-good_days]", "Kaffe klokka ti. At naboen kommer innom.")
        page.fill("textarea[name=f-rather_not]", "Å bli spurt om det samme hver dag.")
        page.wait_for_timeout(1500)
        camera.take(page, "samtale")
        page.locator("input[name=f-agrees]").first.check(force=True)
        page.fill("[name=f-short_words]", "Sitte på verandaen")
        camera.take(page, "samtale-slutt", to="text=Før dere går")
        page.click("button:has-text('Avslutt samtalen')")
        page.wait_for_load_state()
        page.click("text=Lag en plan >> nth=0")
        page.wait_for_load_state()
        first = page.locator("button:has-text('Lag den første planen')")
        if first.count():
            first.click()
            page.wait_for_load_state()
        page.click("button:has-text('Nytt mål'), a:has-text('Nytt mål')")
        page.wait_for_selector("[name=words]")
        page.fill("[name=words]", "Gå ut på verandaen selv")
        page.locator("[name=from_matters]").first.check(force=True)
        page.fill("[name=evaluate_on]", (camera.today + timedelta(days=42)).strftime("%d.%m.%Y"))
        mine = page.locator("select[name=responsible_id] option:has-text('Ingrid Solheim')").first
        page.select_option("select[name=responsible_id]", mine.get_attribute("value"))
        camera.take(page, "plan-mal", to="form:has([name=words])")
        page.click("button:has-text('Legg til')")
        page.wait_for_timeout(900)
        page.click("text=/Nytt tiltak/ >> nth=0")
        page.wait_for_selector("[name=title]")
        page.click("text=Gåtrening i trapp")
        page.wait_for_timeout(600)
        camera.take(page, "plan-tiltak", to="form:has([name=title])")
        page.click("button:has-text('Legg til')")
        page.wait_for_timeout(900)
        camera.take(page, "plan-sjekk")
        page.click("button:has-text('Ta planen i bruk')")
        page.wait_for_load_state()


def the_morning(camera: Camera) -> None:
    """Kari allocates: asks for a proposal, asks why, accepts, moves one by hand, sees what has changed."""
    with camera.signed_in("kari.nilsen") as page:
        page.goto(f"{camera.base}/")
        page.click("nav >> text=Planlegging")
        page.wait_for_load_state()
        ask_for_proposal(page)
        camera.take(page, "forslag", height=1080)
        why = page.locator("text=Hvorfor?")
        if why.count():
            why.first.click()
            page.wait_for_timeout(600)
        camera.take(page, "hvorfor", to="#forslag")
        page.locator("button:has-text('Godta'):not(:has-text('alle'))").first.click()
        page.wait_for_timeout(1200)
        publish = page.locator("text=/Ta i bruk og varsle/")
        if publish.count():
            publish.first.click()
            page.wait_for_timeout(1200)
        page.locator("[id^=bar-]").nth(12).click()
        page.wait_for_timeout(10_500)  # the toast with Angre goes
        camera.take(page, "flytt-til", to="text=/Flytt fra .* til/", above=140)
        page.locator("li:has-text('Har vært der') button:has-text('Flytt til')").first.click()
        page.wait_for_timeout(1200)
        page.click("text=Hva er endret")
        page.wait_for_load_state()
        camera.take(page, "hva-er-endret")


def a_new_team(camera: Camera) -> None:
    """Berit reads Team Vika in from a workbook, mends two mistakes, and makes tomorrow's first lists."""
    tomorrow = camera.today + timedelta(days=1)
    with camera.with_password(LEADER, PASSWORD) as page, tempfile.TemporaryDirectory() as folder:
        page.click("nav >> text=Teamtavla")
        page.wait_for_load_state()
        camera.take(page, "ny-tavle")
        page.click("nav >> text=Innlesing")
        page.wait_for_load_state()
        camera.take(page, "innlesing")
        with page.expect_download() as download:
            page.click("text=Last ned malen")
        template = Path(folder, "mal.xlsx")
        download.value.save_as(template)
        wrong, right = Path(folder, "team-vika-forste.xlsx"), Path(folder, "team-vika.xlsx")
        fill(template, wrong, first=tomorrow, with_mistakes=True)
        fill(template, right, first=tomorrow, with_mistakes=False)
        read_in(page, wrong)
        camera.take(page, "innlesing-feil")
        page.click("nav >> text=Innlesing")
        page.wait_for_load_state()
        read_in(page, right)
        camera.take(page, "innlesing-klar")
        page.click("text=/Skriv inn \\d+/")
        page.wait_for_selector("text=Alt er skrevet inn", timeout=60_000)
        camera.take(page, "innlesing-ferdig")
        page.click("text=/Lag arbeidslistene til/")
        page.wait_for_load_state()
        if f"{tomorrow:%Y-%m-%d}" not in page.url:
            page.click(f"a[href*='/{tomorrow:%Y-%m-%d}/DAY/'] >> nth=0")
            page.wait_for_load_state()
        camera.take(page, "forste-liste")
        ask_for_proposal(page)
        camera.take(page, "forste-forslag")
        page.click("text=Godta alle")
        page.wait_for_timeout(1500)
        page.click("text=/Ta i bruk og varsle/")
        page.wait_for_timeout(1500)
        camera.take(page, "forste-i-bruk")
        page.click("text=Skriv ut")
        page.wait_for_timeout(1500)
        camera.take(page, "papir")


def own_page(camera: Camera) -> None:
    """Astrid sees who comes and whom she lets in."""
    with camera.signed_in("astrid.haugen", PHONE) as page:
        page.goto(camera.base + "/min-side/")
        camera.take(page, "min-side", height=1180)
        page.click("text=Hvem du slipper inn")
        page.wait_for_load_state()
        camera.take(page, "min-side-slipper-inn")


CHAPTERS: tuple[Callable[[Camera], None], ...] = (
    the_login,
    the_team,
    a_case,
    the_rules,
    between_colleagues,
    a_day_on_the_phone,
    a_change_is_closed,
    the_morning,
    conversation_and_plan,
    own_page,
    a_new_team,
)


def open_citizen(camera: Camera, page: Page, name: str) -> None:
    """Find a citizen in the team's list and open her page."""
    page.goto(camera.base + "/brukere/")
    page.click(f"main >> text={name}")
    page.wait_for_load_state()


def ask_for_proposal(page: Page) -> None:
    """Ask the planner, and wait for its answer."""
    page.locator("button:has-text('Be om forslag')").last.click()
    page.wait_for_selector("text=/Godta alle|ingen forslag|Ingen endringer/i", timeout=60_000)
    page.wait_for_timeout(1000)


def read_in(page: Page, file: Path) -> None:
    """Upload a workbook, and wait until the dry run is over."""
    page.set_input_files("input[type=file]", file)
    page.click("text=Les og vis hva som skjer")
    page.wait_for_selector("h1:has-text('rettes'), h1:has-text('Klart til')", timeout=60_000)
    page.wait_for_timeout(500)


# ── a demo of our own ──


@contextmanager
def own_demo(moment: str, port: int) -> Iterator[str]:
    """Serve a new demo in which it is `moment`; everything is thrown away afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "TILLIT_MODE": "demo", "TILLIT_DATA_DIR": folder, "PYTHONPATH": str(ROOT / "src")}
        env["DJANGO_SETTINGS_MODULE"] = "tillit.config.settings"
        moved = [sys.executable, str(Path(__file__).with_name("moved_clock.py")), moment]
        for command in (
            [sys.executable, "manage.py", "migrate", "-v0"],
            [sys.executable, "manage.py", "collectstatic", "-v0", "--no-input"],
            [sys.executable, "-m", "tillit", "demo-data", "--seed", "2026", "--anchor-date", moment[:10]],
        ):
            subprocess.run(command, cwd=ROOT, env=env, check=True)
        leader = ["tillit", "account", LEADER, "--name", "Berit Sande", "--role", "TEAM_LEADER", "--unit", TEAM]
        subprocess.run([*moved, "-m", *leader, "--password", PASSWORD], cwd=ROOT, env=env, check=True)
        server = [*moved, "manage.py", "runserver", "--nostatic", "--noreload", str(port)]
        worker = [*moved, "-m", "django", "db_worker", "--queue-name", "*", "--interval", "0.5", "--no-reload"]
        started = [
            subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for command in (server, worker)
        ]
        try:
            wait_for(f"http://localhost:{port}/helse/")
            yield f"http://localhost:{port}"
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait(20)


def wait_for(address: str) -> None:
    """Return when the address answers; give up after a minute."""
    for _ in range(120):
        try:
            with urlopen(address, timeout=2):  # noqa: S310 – our own server
                return
        except (URLError, OSError):
            time.sleep(0.5)
    raise SystemExit(f"{address} does not answer.")


def weigh() -> None:
    """Refuse pictures that make the repository heavy."""
    files = sorted(PICTURES.glob("*.png"))
    heavy = [file.name for file in files if file.stat().st_size > MOST_BYTES]
    total = sum(file.stat().st_size for file in files)
    print(f"{total / 1000:6.0f} kB  in all, {len(files)} pictures")
    if heavy or total > MOST_IN_ALL:
        raise SystemExit(f"Too heavy: {', '.join(heavy) or 'all together'}.")


def main() -> None:
    """Read the arguments, take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", default="", help="a running demo; default: start one, with its clock moved")
    parser.add_argument("--moment", default=MOMENT, help=f"when it is in our own demo (default {MOMENT})")
    parser.add_argument("--port", type=int, default=8329)
    parser.add_argument("--only", default="", help="names of pictures, with commas")
    parser.add_argument("--chapters", default="", help="names of chapters, with commas; they must not need the others")
    asked = parser.parse_args()
    only = frozenset(filter(None, asked.only.split(",")))
    chosen = frozenset(filter(None, asked.chapters.split(",")))
    PICTURES.mkdir(parents=True, exist_ok=True)
    if asked.base:
        photograph(asked.base.rstrip("/"), clock.now().astimezone(oslo.OSLO), only, chosen, own=False)
    else:
        with own_demo(asked.moment, asked.port) as base:
            photograph(base, datetime.fromisoformat(asked.moment).replace(tzinfo=oslo.OSLO), only, chosen, own=True)
    weigh()


def photograph(base: str, moment: datetime, only: frozenset[str], chosen: frozenset[str], *, own: bool) -> None:
    """Go through the chapters. A chapter that fails is told of, and the others are taken."""
    failed = []
    with browser() as started:
        camera = Camera(started, base, moment, only)
        for chapter in CHAPTERS:
            if chosen and chapter.__name__ not in chosen:
                continue
            if chapter is a_new_team and not own:
                print("The new team's pictures are taken only in a demo of our own: its leader needs a password.")
                continue
            try:
                chapter(camera)
            except Exception as problem:
                failed.append(chapter.__name__)
                print(f"✘ {chapter.__name__}: {str(problem).splitlines()[0]}", file=sys.stderr)
    if failed:
        raise SystemExit(f"Not taken to the end: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
