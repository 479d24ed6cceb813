"""Getting the caller to a person: connect them, and if nobody can come, promise a call back and mean it."""

from clinic.desk import TaskKind, Urgency
from clinic.people import Phone
from voice.dialog import answers
from voice.dialog.call import Call
from voice.dialog.errors import HandoffReason
from voice.dialog.journal import CallOutcome
from voice.dialog.turn import DialStatus
from voice.flows.practice import Practice

WHY = {
    "asked": "The caller asked for a person.",
    "not-understood": "The line did not understand the caller.",
    "silence": "The caller could not be heard.",
    "too-long": "The call went on for longer than the line allows.",
    "not-identified": "The caller could not be identified.",
    "no-slot": "No opening suited the caller.",
    "failed": "Something went wrong on the line.",
    "language": "The caller wants another language, or an interpreter.",
}


async def handoff(call: Call, practice: Practice, *, reason: HandoffReason) -> None:
    """Connect the caller to the front desk, else leave word for it. The second time, nothing more is asked."""
    call.handoffs += 1
    call.reason = call.reason or {"asked": "person", "language": "language"}.get(reason, "")
    if reason == "silence" and call.outcome is not None:
        return await call.say("reception.goodbye")
    if reason == "silence":
        return await _nobody_heard(call, practice)
    if call.handoffs > 1:
        return await _leave_word(call, practice, call.caller, reason)
    await call.say(f"handoff.{reason}")
    if await call.transfer(practice.facts.front_desk) is DialStatus.ANSWERED:
        call.outcome = CallOutcome.TRANSFERRED
        return None
    await call.say("handoff.nobody-free")
    return await _leave_word(call, practice, await _number_to_call(call, practice), reason)


async def _number_to_call(call: Call, practice: Practice) -> Phone | None:
    known = call.caller or (call.patient.phone if call.patient else None)
    if known and await call.confirm("handoff.call-back-here", number=known):
        return known
    region = practice.facts.region.partition("-")[0]
    return await call.ask("handoff.which-number", answers.phone_number(region))


async def _leave_word(call: Call, practice: Practice, number: Phone | None, reason: HandoffReason) -> None:
    call.outcome = CallOutcome.CALLBACK
    if number is None:
        return await call.say("handoff.call-us")
    urgency = Urgency.TODAY if reason in ("asked", "failed") else Urgency.SOON
    patient = call.patient.id if call.patient else None
    await call.do(practice.desk.leave, TaskKind.CALLBACK, urgency, WHY[reason], patient, number)
    await call.say("handoff.promised", number=number)
    return await call.say("reception.goodbye")


async def _nobody_heard(call: Call, practice: Practice) -> None:
    """Silence all along: a bad line, or someone who cannot speak. The number is kept for a person to look at."""
    call.outcome = CallOutcome.NOT_HELPED
    if call.caller:
        patient = call.patient.id if call.patient else None
        await call.do(practice.desk.leave, TaskKind.CALLBACK, Urgency.TODAY, WHY["silence"], patient, call.caller)
    await call.say("handoff.silence")
