"""What the citizens of some units are called, word by word, for knowing a name when it stands in a text."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q

from tillit.care.citizens.models import Citizen


def name_words(paths: Iterable[str]) -> frozenset[str]:
    """Return every word of the names of citizens the units have followed, casefolded. One query.

    Words alone, of all at once: nobody is looked up, nobody is shown, and no name can be put together from them. What
    is made of it must never say which word was known from here.
    """
    within = reduce(or_, (Q(followings__unit__path__startswith=path) for path in paths), Q(pk__in=()))
    names = Citizen.objects.filter(within).values_list("given_name", "family_name", "call_name").distinct()
    return frozenset(word.casefold() for name in names for part in name for word in part.replace("-", " ").split())
