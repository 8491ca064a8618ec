"""The background work of figures. A job carries ids and its actor, and may run twice without harm."""

from __future__ import annotations

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from schakel.figures import alerting
from schakel.figures.actions.closing import closing_failed, closing_made
from schakel.figures.asking import Audience, Question, QuestionError
from schakel.figures.process import CountingError, ask
from schakel.register.effects import count_effects
from schakel.trail.actors import Actor

_PATIENCE = 1800.0  # seconds that the counting process may take over a year
TRIES, _WAIT = 60, 10  # how often, and seconds apart, it is tried while what stands still moves or nobody counts

_EFFECTS = "figures.count_effects"


@app.task(queue="default", name="figures.make_closing", retry=5, pass_context=False)
def make_closing(*, closing_id: int, party: int, person: int | None, attempt: int = 0) -> None:
    """Have the counting process make a closing, and write down that it did, or why it did not."""
    actor = Actor(party=party, person=person, process="worker")
    question = Question("close", audience=Audience(all_agencies=True, maker=True), vintage=closing_id)
    try:
        made = ask(settings.COUNTING_SOCKET, question, patience=_PATIENCE)
    except CountingError as silence:
        made = {"wait": str(silence)}
    except QuestionError as refusal:
        closing_failed(actor=actor, closing_id=closing_id, failure=str(refusal))
        return
    if "wait" not in made:
        closing_made(actor=actor, closing_id=closing_id, digest=made["digest"], manifest=made["manifest"])
    elif attempt < TRIES:
        again = make_closing.configure(schedule_in={"seconds": _WAIT})
        again.defer(closing_id=closing_id, party=party, person=person, attempt=attempt + 1)
    else:
        closing_failed(actor=actor, closing_id=closing_id, failure=made["wait"])


@app.task(
    queue="default",
    name="figures.count_effects",
    queueing_lock=_EFFECTS,
    retry=RetryStrategy(max_attempts=TRIES, wait=_WAIT),
    pass_context=False,
)
def count_joining_effects() -> None:
    """Count what proposals would do to figures and what rounds did; tried again where nobody counts."""
    count_effects()


@app.periodic(cron="* * * * *")
@app.task(
    queue="default",
    name="figures.tell_of_publications",
    queueing_lock="figures.tell_of_publications",
    pass_context=False,
)
def tell_of_publications(timestamp: int) -> None:
    """Tell who asked to hear of it what was published since; often, as a publication opens at its hour by itself."""
    alerting.tell_all()
