"""Makes the shared fixtures known to the tests beside the code as well, and says how property tests draw examples.

The same examples every time: a property of a heuristic that fails for one day in a thousand must not fail by luck for
somebody who changed something else. `pytest --hypothesis-profile=explore` draws other ones, and more where a test names
no number.
"""

from hypothesis import settings

pytest_plugins = ["tests.conftest_shared", "tests.browser.fixtures", "tests.asked_of_the_database", "tests.order"]

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=1_000, print_blob=True)
settings.load_profile("steady")
