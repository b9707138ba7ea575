"""docs/who-may-do-what.md, made of the same declarations that answer every request.

`python -m tillit.config.who_may` writes it; tests/policy says when it is stale.
"""

from collections.abc import Iterator
from pathlib import Path

from tillit.foundation.access.permissions import Permission, all_permissions
from tillit.foundation.access.roles import EVERYBODY, PRIVATE_NAMES, ROLE_NAMES, Private, Role

_PRODUCT = Path(__file__).resolve().parents[1]
DOCUMENT = _PRODUCT.parents[1] / "docs" / "who-may-do-what.md"
_HEAD = """# Who may do what

Made by `python -m tillit.config.who_may` from the permissions, the addresses and what they name
(`foundation/access`); `tests/policy` holds every address, as every role, against the same declarations. Do not edit.

A permission is held in the unit where the role is held, and in those below. It is never enough alone: what an address
names must be in reach besides. Out of reach is 404, with the same words as for what does not exist. To decide a case
takes authority as well (`docs/guide/hvem-kan-avgjore.md`).
"""


def document() -> str:
    """Return the whole document, with the product's own words in bokmål."""
    from django.utils import translation
    from django.utils.module_loading import autodiscover_modules

    autodiscover_modules("permissions")  # also those of apps that only a command uses
    with translation.override("nb"):
        return "\n".join([_HEAD, *_acts(), "", *_reaches(), "", *_addresses(), ""])


def _acts() -> Iterator[str]:
    yield "## Roles and acts"
    yield ""
    names = (*(str(ROLE_NAMES[role]) for role in Role), *(str(PRIVATE_NAMES[one]) for one in Private))
    yield "| Handling | " + " | ".join(names) + " |"
    yield "|---|" + ":-:|" * len(names)
    for permission in all_permissions():
        held = (*(role in permission.roles for role in Role), *(one in permission.private for one in Private))
        marks = ("●" if one else "" for one in held)
        yield f"| {permission.text} | " + " | ".join(marks) + " |"


def _reaches() -> Iterator[str]:
    from tillit.foundation.access.addresses import every_address
    from tillit.foundation.access.naming import REACH_TEXTS, Reach

    named: dict[Reach, set[str]] = {}
    for address in every_address():
        for thing in address.names.values():
            if thing is not None:
                named.setdefault(thing.reach, set()).add(str(thing.text))
    yield "## What is named, and who reaches it"
    yield ""
    yield "| Hvem når det | Hva adressen nevner |"
    yield "|---|---|"
    for reach in Reach:
        if reach in named:
            yield f"| {REACH_TEXTS[reach]} | {', '.join(sorted(named[reach]))} |"


def _addresses() -> Iterator[str]:
    from tillit.foundation.access.addresses import every_address
    from tillit.foundation.access.naming import REACH_TEXTS, kind_text, reach_of

    yield "## Every address"
    yield ""
    yield "| Adresse | Svarer på | Handling | Roller | Innhold | Hvem når det |"
    yield "|---|---|---|---|---|---|"
    for address in sorted(every_address(), key=lambda one: one.route):
        assert address.permission is not None
        reach = reach_of(address.door, address.names)
        yield (
            f"| `/{address.route}` | {', '.join(address.methods)} | {address.permission.text} "
            f"| {_roles(address.permission)} | {kind_text(address.door)} "
            f"| {REACH_TEXTS[reach] if reach else 'Viser bare det hun når'} |"
        )


def _roles(permission: Permission) -> str:
    if permission.roles == EVERYBODY:
        return "alle"
    held = [str(ROLE_NAMES[role]) for role in Role if role in permission.roles]
    return ", ".join((*held, *(str(PRIVATE_NAMES[one]) for one in Private if one in permission.private)))


def main() -> None:
    """Write the document."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillit.config.settings")
    import django

    django.setup()
    DOCUMENT.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
