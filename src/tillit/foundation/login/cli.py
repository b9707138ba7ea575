"""`tillit login-key`: by which number a login service's user is recognised the first time."""

import csv
import sys
from typing import TextIO

import click


@click.command(name="login-key")
@click.argument("provider")
@click.argument("username", default="")
@click.option("--key", default="", help="The number; asked for when left out, and then in no shell history")
@click.option(
    "--file", "sheet", type=click.File("r", encoding="utf-8-sig"), help="Lines of username;number; - is standard input"
)
def login_key(provider: str, username: str, key: str, sheet: TextIO | None) -> None:
    """Say that PROVIDER knows USERNAME by a number. Only a keyed hash of it is kept.

    Afterwards whoever comes from the service with this number is let in as that user, and is known by the service's own
    name for her from then on.
    """
    from django.conf import settings

    from tillit.foundation.access.actor import system
    from tillit.foundation.access.models import User
    from tillit.foundation.login.actions.identities import register_key
    from tillit.kernel import clock
    from tillit.kernel.errors import TillitError

    known = {one.slug: one for one in settings.LOGIN_PROVIDERS}
    if provider not in known:
        raise click.ClickException(f"No login service is called {provider}. Known: {', '.join(known) or 'none'}.")
    if not known[provider].key_claim:
        raise click.ClickException(f"{provider} has no key_claim: it tells us no number.")
    if sheet is not None:
        pairs = [(row[0].strip(), row[1].strip()) for row in csv.reader(sheet, delimiter=";") if len(row) > 1]
    else:
        pairs = [(username, key or click.prompt("Number", hide_input=True, default="", show_default=False))]
    actor, at, failed = system("tillit login-key"), clock.now(), 0
    for name, number in pairs:
        user = User.objects.filter(username=name.lower()).first()
        try:
            if user is None or not number:
                raise click.ClickException("no such username, or no number")
            register_key(actor=actor, user=user, provider=provider, key=number, at=at)
        except (click.ClickException, TillitError) as problem:
            failed += 1
            click.echo(f"{name}: {problem}", err=True)
    click.echo(f"{len(pairs) - failed} registered")
    if failed:
        sys.exit(1)
