"""Makes the shared fixtures known to the tests beside the code as well."""

pytest_plugins = ["tests.conftest_shared", "tests.browser.fixtures"]
