"""How a citizen is found again by what people type: her names and where she lives."""

from tillit.kernel import names

#: What the database holds of it.
_LONGEST = 400


def search_name(given_name: str, family_name: str, call_name: str, *where: str) -> str:
    """Return what searches look in. where: street and place; none when no address is
    known, or when it is hidden: nobody finds her by it."""
    return names.search_key(given_name, family_name, call_name, *where)[:_LONGEST]
