"""`tillit`: what an operator can do. Each command lives beside what it serves; here they are gathered."""

import os
from importlib import import_module

import click

#: Command name → module with a click command of that name (hyphens as underscores). Imported only when used,
#: so that `tillit --help` and `tillit plan` start at once.
COMMANDS = {
    "account": ("tillit.config.accounts", "account", "Give somebody a login, and a role in a unit"),
    "demo": ("tillit.config.serving", "demo", "Prepare and serve a believable municipality"),
    "serve": ("tillit.config.serving", "serve", "Serve the product with its background worker"),
    "worker": ("tillit.config.worker", "worker", "Do what is asked for in the background"),
    "demo-data": ("tillit.demo.cli", "demo_data", "Fill an empty database with the demo municipality"),
    "plan": ("tillit.teamwork.planning.cli", "plan", "Plan a day from a file"),
    "import": ("tillit.exchange.files.cli", "import_files", "Read people, citizens and services from spreadsheets"),
    "export": ("tillit.exchange.files.cli", "export_files", "Write the same spreadsheets"),
    "nightly": ("tillit.config.nightly", "nightly", "Roll visits forward, learn durations, wake lost jobs"),
    "check": ("tillit.config.serving", "check", "Say whether this installation is fit for use"),
}


#: The demo chooses its settings first; the engine needs none.
WITHOUT_DJANGO = frozenset({"demo", "plan"})


class Commands(click.Group):
    """Finds commands by name without importing the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all names, in order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _help = COMMANDS[cmd_name]
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillit.config.settings")
        if cmd_name not in WITHOUT_DJANGO:
            import django

            django.setup()
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their lines, still without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][2]) for name in sorted(COMMANDS)])


@click.command(cls=Commands)
@click.version_option("0.1.0", prog_name="tillit")
def main() -> None:
    """Tillit: the digital workplace of a self-managing home-care team.

    Settings are read from the environment: docs/operations.md lists them.
    """
