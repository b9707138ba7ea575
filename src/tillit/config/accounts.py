"""`tillit account`: the first login of an installation, and any login after it."""

import click


@click.command()
@click.argument("username")
@click.option("--name", default="", help="Full name; needed for somebody who is not known yet")
@click.option("--role", default="", help="CARE_WORKER, NURSE, THERAPIST, CASE_WORKER, TEAM_LEADER, ADMINISTRATOR …")
@click.option("--unit", default="", help="Code of the unit where the role is held; default: the municipality")
@click.option("--municipality", default="", help="Name of the municipality, when the database is empty")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for when left out")
def account(username: str, name: str, role: str, unit: str, municipality: str, password: str) -> None:
    """Give USERNAME a login, and with --role a role in a unit.

    In an empty database: tillit account anna --name "Anna Berg" --role ADMINISTRATOR --municipality "Vik kommune"
    """
    from tillit.config import shipped
    from tillit.foundation.access.actor import system
    from tillit.foundation.access.roles import Role
    from tillit.foundation.organisation.actions import make_unit
    from tillit.foundation.organisation.models import Unit, UnitKind
    from tillit.foundation.workforce.actions.accounts import open_account
    from tillit.kernel import clock, oslo
    from tillit.kernel.errors import TillitError

    actor, at = system("tillit account"), clock.now()
    if role and role not in Role.__members__:
        raise click.ClickException(f"No role is called {role}. Roles: {', '.join(Role.__members__)}.")
    shipped.ship(at=at)
    top = Unit.objects.filter(kind=UnitKind.MUNICIPALITY).first()
    try:
        if top is None and municipality:
            top = make_unit(
                actor=actor, kind=UnitKind.MUNICIPALITY, name=municipality, code="KOMMUNE",
                parent_id=None, valid_from=oslo.day_of(at), at=at,
            )  # fmt: skip
        where = Unit.objects.filter(code=unit).first() if unit else top
        if role and where is None:
            missing = f"No unit has the code {unit}." if unit else 'Say which municipality: --municipality "…".'
            raise click.ClickException(missing)
        open_account(
            actor=actor, username=username, name=name, password=password,
            role=Role(role) if role else None, unit_id=where.pk if role and where else None, at=at,
        )  # fmt: skip
    except TillitError as refusal:
        raise click.ClickException(refusal.text) from None
    click.echo(f"{username} can log in.")
