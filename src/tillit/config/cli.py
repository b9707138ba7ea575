"""`tillit`: what an operator can do. Each command lives beside what it serves; here they are gathered."""

import os
from copy import copy
from importlib import import_module

import click

#: Command name → module with a click command of that name (hyphens as underscores). Imported only when used,
#: so that `tillit --help` and `tillit plan` start at once.
COMMANDS = {
    "account": ("tillit.config.accounts", "account", "Give somebody a login, and a role in a unit"),
    "login-key": ("tillit.foundation.login.cli", "login_key", "Say by which number a login service knows somebody"),
    "demo": ("tillit.config.serving", "demo", "Prepare and serve a believable municipality"),
    "serve": ("tillit.config.serving", "serve", "Serve the product with its background worker"),
    "worker": ("tillit.config.worker", "worker", "Do what is asked for in the background"),
    "demo-data": ("tillit.demo.cli", "demo_data", "Fill an empty database with the demo municipality"),
    "plan": ("tillit.teamwork.planning.cli", "plan", "Plan a day from a file"),
    "measures": ("measures.cli", "measures", "Reckon any measure from a file, and say how"),
    "import": ("tillit.exchange.files.cli", "import_files", "Read people, citizens and services from spreadsheets"),
    "export": ("tillit.exchange.files.cli", "export_files", "Write the same spreadsheets"),
    "keeper": ("tillit.config.keeper", "keeper", "Seal the logs and wake lost jobs each minute"),
    "nightly": ("tillit.config.nightly", "nightly", "Roll visits forward, learn durations, wake lost jobs"),
    "insight": ("tillit.learning.insight.cli", "insight", "Count the indicators"),
    "keys": (
        "tillit.foundation.keeping.cli",
        "keys_command",
        "Make, change and look over the keys that data is sealed with",
    ),
    "backup": ("tillit.foundation.keeping.backups.cli", "backup", "Back everything up, and verify a backup"),
    "restore": ("tillit.foundation.keeping.backups.cli", "restore", "Put a backup back"),
    "person": ("tillit.exchange.person.cli", "person", "Write all that is stored about one citizen to a file for her"),
    "log": ("tillit.foundation.access.log_cli", "log", "Seal and verify the access log and the audit trail"),
    "check": ("tillit.config.serving", "check", "Say whether this installation is fit for use"),
}


OPERATOR = "Drift"
"""Who reads, in the access log, when an operator's command does."""

#: The demo chooses its settings first; the engine and the measures need none.
WITHOUT_DJANGO = frozenset({"demo", "plan", "measures"})


#: These open doors for each thing they do, or run until stopped.
WITHOUT_DOOR = frozenset(
    {
        "demo",
        "plan",
        "measures",
        "serve",
        "worker",
        "keeper",
        "log",
        "nightly",
        "import",
        "export",
        "backup",
        "restore",
        "person",
    }
)


def _behind_a_door(command: click.Command, door: str) -> click.Command:
    """Return the command with the access log open around it: what it reads is written, whoever wrote the command."""
    from tillit.foundation.access import reading
    from tillit.foundation.access.actor import system

    named = copy(command)
    run = command.invoke

    def invoke(ctx: click.Context) -> object:
        with reading.door(door, actor=system(OPERATOR)):
            return run(ctx)

    named.invoke = invoke  # type: ignore[method-assign]
    return named


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
            from tillit.config.environment import require_mode

            require_mode()
            import django

            django.setup()
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command if cmd_name in WITHOUT_DOOR else _behind_a_door(command, f"tillit {cmd_name}")

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
