"""Cancelling a visit: always confirmed with what will be cancelled, and a new time is offered."""

from intents.meaning import When
from voice.dialog.call import Call
from voice.dialog.journal import CallOutcome
from voice.flows.booking import book
from voice.flows.practice import Practice
from voice.flows.visits import pick_visit


async def cancel(call: Call, practice: Practice, _whens: tuple[When, ...]) -> None:
    """Give a visit up, and offer another."""
    visit = await pick_visit(call, practice, "cancelling.confirm")
    if visit is None:
        return
    cancelled = await call.do(practice.diary.cancel, visit.id, "cancelled by the patient on the line")
    call.outcome = CallOutcome.CANCELLED
    await call.say("cancelling.done", visit=cancelled)
    if await call.confirm("cancelling.book-another"):
        await book(call, practice, ())
