"""`tillit person`: all that is stored about one citizen, in one file."""

from pathlib import Path

import click


@click.command()
@click.argument("citizen_id", type=int)
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
def person(citizen_id: int, target: Path) -> None:
    """Write all about the citizen with this id (it stands in the address of her page) to a zip file.

    Somebody who answers for her reads it through before it is handed over: free text may tell of others.
    """
    from tillit.exchange.person.actions import export_person
    from tillit.foundation.access import reading
    from tillit.foundation.access.actor import system
    from tillit.kernel import clock
    from tillit.kernel.errors import NotFound

    actor = system("tillit person")
    try:
        with reading.door("tillit person", actor=actor):
            rows = export_person(actor=actor, citizen_id=citizen_id, target=target, at=clock.now())
    except NotFound:
        raise click.ClickException("There is no such citizen.") from None
    except FileExistsError:
        raise click.ClickException(f"{target} is there already. Nothing was written.") from None
    click.echo(f"{target}: {sum(rows.values())} rows in {sum(map(bool, rows.values()))} tables.")
