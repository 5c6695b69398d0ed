from samspill.callbacks.past import learn_again
from samspill.imports.begin import forget_files
from samspill.imports.models import Import
from samspill.imports.run import run
from samspill.imports.undo import undo
from samspill.kit.jobs import every, job


@job(queue="imports", lock="imports")
def bring_in(event: int, conversation: int | None, importing: int) -> None:
    """Do an import; a job that was cut off goes on where it stopped."""
    run(importing)


@job(queue="imports", lock="imports")
def take_back(event: int, conversation: int | None, importing: int) -> None:
    """Remove what an import brought."""
    undo(importing)


@job(queue="imports")
def past_changed(event: int, conversation: int | None, importing: int) -> None:
    """Past calls came in or went: what is known of people's hours is learned anew."""
    if Import.objects.filter(pk=importing, form="calls", dry=False).exists():
        learn_again(by="system")


@every("23 3 * * *")
def tidy_exports(timestamp: int) -> None:
    """Delete exports a week after they were uploaded."""
    forget_files()
