"""What the people of some units are called, word by word, for knowing a name when it stands in a text."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q

from tillit.foundation.workforce.models import Employee


def name_words(paths: Iterable[str]) -> frozenset[str]:
    """Return every word of the names of those with a position in the units or below them, casefolded. One query."""
    within = reduce(or_, (Q(positions__shares__unit__path__startswith=path) for path in paths), Q(pk__in=()))
    names = Employee.objects.filter(within).values_list("given_name", "family_name").distinct()
    return frozenset(word.casefold() for name in names for part in name for word in part.replace("-", " ").split())
