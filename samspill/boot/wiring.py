"""The one list that says which event starts which jobs."""

from importlib import import_module

# what changes what there is to learn
LESSONS = (
    "example.learned", "example.loosened", "example.dropped", "example.restored", "gap.learned",
    "intent.accepted", "intent.unaccepted", "intent.merged", "intent.dismissed", "intent.restored", "training.outdated",
)  # fmt: skip
# what changes who is called when
CALLS = (
    "asked", "asked_again", "moved", "classic_chosen", "planning_allowed", "postponed",
    "finished", "finish_undone", "ended", "put_back", "call_dropped",
)  # fmt: skip
CALLERS = ("callbacks.configured", "caller.changed", "caller.on_duty", "caller.off_duty")
# event kind → jobs, each "package.jobs.function"; a job gets the event's id, its conversation and its facts
HANDLERS: dict[str, list[str]] = {
    "inbound.stored": ["channels.jobs.process"],
    "mails.stored": ["channels.jobs.process_mails"],
    "mails.arrived": ["conversations.jobs.understand_mails", "assistant.jobs.answer_mails"],
    "message.received": ["assistant.jobs.take_turn"],
    "dispatch.asked": ["channels.jobs.dispatch", "assistant.jobs.settle_prepared"],
    "media.expected": ["channels.jobs.fetch_media"],
    "name.wanted": ["channels.jobs.learn_name"],
    "inbox.failing": ["channels.jobs.mail_failing"],
    "inbox.recovered": ["channels.jobs.mail_recovered", "channels.jobs.send_waiting"],
    "identity.code_made": ["assistant.jobs.mail_code"],
    "conversation.imported": ["conversations.jobs.understand_history"],
    "import.asked": ["imports.jobs.bring_in"],
    "import.undo_asked": ["imports.jobs.take_back"],
    "import.done": ["imports.jobs.past_changed"],
    "import.undone": ["imports.jobs.past_changed"],
    "callbacks.past_changed": ["callbacks.jobs.start_afresh"],
    "conversation.closed": ["surveys.jobs.ask"],
    "article.published": ["knowledge.jobs.read_article"],
    "question.unanswered": ["knowledge.jobs.group_question"],
    "encoder.changed": [
        "knowledge.jobs.read_anew",
        "assistant.jobs.learn_soon",
    ],
    "model.promoted": ["training.jobs.evaluate_after_training"],
    "model.rolled_back": ["training.jobs.evaluate_after_training"],
    "evaluation.begun": ["assistant.jobs.evaluate"],
    "evaluation.alarmed": ["training.jobs.mail_alarm"],
    "history.added": ["training.jobs.read_history"],
    "history.read": ["assistant.jobs.group_history"],
    **{kind: ["assistant.jobs.learn_soon"] for kind in LESSONS},
    "training.asked": ["assistant.jobs.learn_now"],
    "review.begun": ["care.jobs.review"],
    "callbacks.foresight_asked": ["callbacks.jobs.foresee"],
    **{f"callback.{what}": ["callbacks.jobs.replan"] for what in CALLS},
    "callback.asked": ["callbacks.jobs.replan", "callbacks.jobs.confirm"],
    "callback.asked_again": ["callbacks.jobs.replan", "callbacks.jobs.redraw"],
    "callback.moved": ["callbacks.jobs.replan", "callbacks.jobs.tell_of_move", "callbacks.jobs.redraw"],
    "callback.ended": ["callbacks.jobs.replan", "callbacks.jobs.tell_of_end", "callbacks.jobs.redraw"],
    "callback.finished": ["callbacks.jobs.replan", "callbacks.jobs.redraw"],
    "callback.finish_undone": ["callbacks.jobs.replan", "callbacks.jobs.redraw"],
    **{kind: ["callbacks.jobs.replan"] for kind in CALLERS},
}
# modules that declare jobs nobody's event starts
TIMED = [
    "callbacks.jobs",
    "conversations.jobs",
    "kit.upkeep",
    "assistant.jobs",
    "channels.jobs",
    "training.jobs",
    "training.mood_jobs",
    "care.jobs",
    "imports.jobs",
]
# adapters that make themselves known to the port they belong to
ADAPTERS = [
    "commerce.own_orders",
    "channels.email.channel",
    "connectors.rest.orders",
    "assistant.also_redacted",
    "callbacks.also_redacted",
    "assistant.labels",
    "assistant.mails.prepared",
    "callbacks.asking",
    "channels.known",
]


def connect() -> None:
    """Import every job and subscribe it, and every adapter. Called once Django's apps are ready."""
    from samspill.kit import events

    for module in [*TIMED, *ADAPTERS]:
        import_module(f"samspill.{module}")
    for kind, names in HANDLERS.items():
        events.subscribe(kind, *(_task(name) for name in names))


def _task(name: str):  # type: ignore[no-untyped-def]
    module, function = name.rsplit(".", 1)
    return getattr(import_module(f"samspill.{module}"), function)
