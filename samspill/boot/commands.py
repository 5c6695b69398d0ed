"""Commands that need the database say so in words when it does not answer."""

from typing import Any

import click

from samspill.boot.environ import data_folder


class Commands(click.Group):
    """A group of commands; a database that is away is told as what to do, not as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Raises NoDatabase."""
        try:
            return super().invoke(ctx)
        except Exception as fault:
            from django.db import InterfaceError, OperationalError  # not every command uses a database

            if isinstance(fault, (InterfaceError, OperationalError)):
                raise NoDatabase(str(fault).strip().partition("\n")[0]) from fault
            raise


class NoDatabase(click.ClickException):
    """The database does not answer."""

    def format_message(self) -> str:
        """What went wrong, and the ways to go on."""
        return (
            f"the database does not answer: {self.message}\n"
            f"With the built-in one: start it with `samspill up`; it is looked for in {data_folder()}, and "
            "SAMSPILL_DATA names another folder.\n"
            "With one of your own: name it by SAMSPILL_DATABASE_URL."
        )
