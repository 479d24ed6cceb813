"""Confirming a visit, and saying that one will be late."""

from clinic.desk import TaskKind, Urgency
from intents.meaning import When
from voice.dialog import answers
from voice.dialog.call import Call
from voice.dialog.journal import CallOutcome
from voice.dialog.spoken import speak
from voice.flows.identity import identify
from voice.flows.practice import Practice


async def confirm_visit(call: Call, practice: Practice, _whens: tuple[When, ...]) -> None:
    """The caller says "I will be there": tell the next visit, and let the front desk know."""
    patient = await identify(call, practice)
    visits = await call.fetch(practice.diary.upcoming, patient.id)
    if not visits:
        return await call.say("visits.none")
    if not await call.confirm("confirming.will-you-come", visit=visits[0]):
        return await call.say("confirming.not-coming")
    words = f"Confirmed for {speak(visits[0], 'full', call.phrases.zone).text}."
    await call.do(practice.desk.leave, TaskKind.MESSAGE, Urgency.SOON, words, patient.id, call.caller)
    call.outcome = CallOutcome.HELPED
    return await call.say("confirming.done", visit=visits[0])


async def running_late(call: Call, practice: Practice, _whens: tuple[When, ...]) -> None:
    """Tell the front desk at once how late the patient will be."""
    patient = await identify(call, practice)
    late = await call.ask("confirming.how-late", answers.words())
    words = f"Running late, in the caller's words: {late}"
    await call.do(practice.desk.leave, TaskKind.MESSAGE, Urgency.NOW, words, patient.id, call.caller)
    call.outcome = CallOutcome.MESSAGE_LEFT
    await call.say("confirming.late-noted")
