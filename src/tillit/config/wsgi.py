"""The WSGI application that granian serves."""

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

from tillit.config.environment import require_mode

require_mode()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillit.config.settings")
application = get_wsgi_application()


def settle() -> None:
    """Load every page now, and leave what is loaded out of the search for garbage from here on.

    A full search goes through all of the framework and the product, in the middle of somebody's page. What a page
    makes is freed as soon as it is done with; the few circles it leaves are found often enough with fewer searches.
    """
    from django.conf import settings

    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 20)


settle()
