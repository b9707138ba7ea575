"""What the frame around every page needs. The frame knows places and people's names, nothing of the domain.

Whoever builds the page builds the shell: items that the user cannot reach are not in the lists. Every template
that extends `ui/base.html` or a layout gets it as the variable `shell`; without it the frame draws only the
brand, so that error pages work without a database.
"""

from dataclasses import dataclass, field
from typing import Literal

from tillit.ui.parts.people import HelperMark


@dataclass(frozen=True, slots=True)
class NavItem:
    """One place in the side menu, the rail or the bottom bar of the phone."""

    label: str
    href: str
    icon: str
    current: bool = False
    count: int = field(default=0, metadata={"help": "Shown when above 0"})
    count_words: str = field(default="", metadata={"help": "What is counted, for screen readers: «åpne»"})
    urgent: bool = field(default=False, metadata={"help": "True: the count is red. At most one in the menu"})
    short_label: str = field(
        default="", metadata={"help": "For the rail and the phone: may hold soft hyphens (U+00AD)"}
    )


@dataclass(frozen=True, slots=True)
class NavGroup:
    """A group in the side menu: the work, the development, the frame."""

    label: str
    items: tuple[NavItem, ...]


@dataclass(frozen=True, slots=True)
class TeamChoice:
    """A team the user may work in."""

    value: str
    name: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """A language the user may choose. The name is written in the language itself."""

    code: str
    name: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Me:
    """The user."""

    name: str
    role: str
    mark: HelperMark


@dataclass(frozen=True, slots=True)
class MenuLink:
    """A link in the user's menu."""

    label: str
    href: str
    icon: str


@dataclass(frozen=True, slots=True)
class Banner:
    """Something that holds for a while and must be seen on every page, with the way to it and the way to end it."""

    text: str
    href: str
    link: str
    end_href: str = field(metadata={"help": "Receives POST"})
    end: str = ""


@dataclass(frozen=True, slots=True)
class Lock:
    """The lock that can be laid over every page. What was typed stays under it."""

    seconds: int = field(metadata={"help": "Without use, before the page locks itself"})
    lock_href: str = field(metadata={"help": "Receives POST: lock now"})
    unlock_href: str = field(metadata={"help": "Receives POST pin=… or password=…; answers GET with by what it opens"})
    in_use_href: str = field(metadata={"help": "Receives POST, now and then, while somebody writes"})
    passkey_ask_href: str = field(metadata={"help": "Receives POST: the question a passkey answers"})
    passkey_href: str = field(metadata={"help": "Receives POST: the passkey's answer"})
    service_href: str = field(metadata={"help": "Receives POST purpose=prove; «service» in it stands for which"})
    login_href: str = field(metadata={"help": "Where one logs in when the session is over"})
    logout_href: str = field(metadata={"help": "Receives POST: another person takes over"})
    name: str = field(metadata={"help": "Who is logged in"})
    who: str = field(metadata={"help": "The same person has the same; says nothing of who it is"})
    mark: str = field(metadata={"help": "The session this page belongs to, as in the cookie"})
    mark_cookie: str = field(metadata={"help": "What that cookie is called: another name under https"})


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame around one page."""

    municipality: str
    home_href: str
    me: Me | None = field(default=None, metadata={"help": "None before log in"})
    groups: tuple[NavGroup, ...] = ()
    bottom: tuple[NavItem, ...] = field(
        default=(), metadata={"help": "Up to four places on the phone; «Mer» with all the groups is added"}
    )
    teams: tuple[TeamChoice, ...] = ()
    team_href: str = field(default="", metadata={"help": "Receives POST team=<value>&next=<path>"})
    search_href: str = field(
        default="", metadata={"help": "Receives POST q=<text>, so that no name stands in an address; empty: no search"}
    )
    search_hint: str = ""
    notices_href: str = ""
    notice_count: int = 0
    help_href: str = ""
    links: tuple[MenuLink, ...] = field(default=(), metadata={"help": "In the user's menu: settings, my log"})
    logout_href: str = field(default="", metadata={"help": "Receives POST"})
    lock: Lock | None = field(default=None, metadata={"help": "None: this page never locks"})
    languages: tuple[LanguageChoice, ...] = ()
    language_href: str = field(default="", metadata={"help": "Receives POST language=<code>&next=<path>"})
    here: str = field(default="", metadata={"help": "The page's own path, for next"})
    colour_scheme: Literal["light", "dark", "auto"] = "light"
    banners: tuple[Banner, ...] = ()

    @property
    def team(self) -> TeamChoice | None:
        """The team whose work is shown now."""
        return next((team for team in self.teams if team.current), None)

    @property
    def other_places(self) -> bool:
        """True when the current page is reached through «Mer» on the phone."""
        here = [item for group in self.groups for item in group.items if item.current]
        return bool(here) and not any(item.current for item in self.bottom)
