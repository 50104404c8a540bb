"""The list of verbs. `./cockpit` runs the product; `./cockpit VERB --help` explains each."""

import sys

import click

from config import ROOT
from verbs import development, engine, processes, upkeep
from verbs.database import db
from verbs.device import device
from verbs.drill import drill
from verbs.exit_codes import EXIT_FAULT
from verbs.flags import quality_group
from verbs.imports import import_group
from verbs.journal import journal
from verbs.people import audit, people
from verbs.rota import rota


class CockpitGroup(click.Group):
    """Turns expected failures into one sentence and an exit code, without a stack trace."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a verb."""
        from verbs.failures import EXPECTED, sentence

        try:
            return super().invoke(ctx)
        except EXPECTED as error:
            click.echo(sentence(error), err=True)
        return ctx.exit(EXIT_FAULT)


@click.group(
    cls=CockpitGroup, invoke_without_command=True, context_settings={"max_content_width": 100}
)
@click.pass_context
def main(ctx: click.Context) -> None:
    """Regionalcockpit: ohne Verb startet das Produkt auf http://127.0.0.1:8050."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(processes.run)


for verb in (
    processes.run,
    development.test,
    development.check,
    processes.web,
    processes.worker,
    processes.jobs,
    processes.beat,
    processes.ingest,
    import_group,
    processes.replay,
    engine.hindcast,
    engine.verify,
    engine.learn,
    engine.route,
    engine.decode,
    development.bench,
    development.generate,
    upkeep.region,
    upkeep.catalogue_group,
    upkeep.archive,
    db,
    quality_group,
    device,
    people,
    audit,
    journal,
    rota,
    drill,
    upkeep.live,
):
    main.add_command(verb)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(prog_name="./cockpit")
