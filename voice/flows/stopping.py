"""Stop calling me, in any words: confirmed once, in force at once (RULES L5)."""

from clinic.consent import Channel, ConsentKind
from clinic.desk import TaskKind, Urgency
from clinic.people import Patient
from intents.meaning import When
from voice.dialog.call import Call
from voice.dialog.journal import CallOutcome
from voice.flows.practice import Practice


async def stop_calling(call: Call, practice: Practice) -> None:
    """Take back every consent to be called or texted, for everyone at this number."""
    call.reason = call.reason or "stop_calling"
    if not await call.confirm("stopping.sure"):
        return await call.say("stopping.not-stopped")
    people: tuple[Patient, ...] = (call.patient,) if call.patient else ()
    if not people and call.caller:
        people = await call.fetch(practice.roster.by_phone, call.caller)
    wording = f"stopping.sure@{call.phrases.version}"
    for patient in people:
        for channel in (Channel.VOICE, Channel.TEXT):
            await call.do(practice.consents.record, patient.id, ConsentKind.ALL_CONTACT, channel, False, wording)
    if not people:
        words = "A caller whom we could not match to a patient wants no more calls or messages."
        await call.do(practice.desk.leave, TaskKind.STOP_CALLING, Urgency.TODAY, words, None, call.caller)
    call.outcome = CallOutcome.STOPPED
    return await call.say("stopping.done")


async def wrong_number(call: Call, practice: Practice, _whens: tuple[When, ...]) -> None:
    """Someone who did not mean to phone us, or whom we should not have phoned."""
    await call.say("stopping.wrong-number")
    await stop_calling(call, practice)
