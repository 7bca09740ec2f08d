"""``versus explain``: what a problem means and what to do about it."""

from __future__ import annotations

import click

from ..problems import Code, nearest


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain the problem CODE (such as unknown-key); without one, list them all."""
    codes = [member.value for member in Code]
    if code is None:
        for member in Code:
            click.echo(f"{member.value:22} {member.meaning}")
    elif code.strip("[]") in codes:
        member = next(member for member in Code if member.value == code.strip("[]"))
        click.echo(f"{member.value}: {member.meaning}\n\nWhat to do: {member.remedy}")
    else:
        raise click.ClickException(f'"{code}" is not a code; {nearest(code, codes)}')
