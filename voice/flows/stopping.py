"""Stop calling me, in any words: confirmed once, in force at once (RULES L5)."""

from clinic.consent import Channel, ConsentKind
from clinic.desk import TaskKind, Urgency
from clinic.people import Patient
from intents.meaning import When
from voice.dialog import answers
from voice.dialog.call import Call
from voice.dialog.errors import GoodbyeSaid, PersonWanted, StopCalling
from voice.dialog.journal import CallOutcome
from voice.flows.practice import Practice


async def stop_calling(call: Call, practice: Practice) -> None:
    """Take back every consent to be called or texted, for everyone at this number, before anything else is said."""
    call.reason = call.reason or "stop_calling"
    people = await _people(call, practice)
    call.outcome = CallOutcome.STOPPED
    if not people:
        words = "A caller whom we could not match to a patient wants no more calls or messages."
        await call.do(practice.desk.leave, TaskKind.STOP_CALLING, Urgency.TODAY, words, None, call.caller)
        return await call.say("stopping.passed-on")
    await _record(call, practice, people, given=False)
    if await _meant_it(call):
        return await call.say("stopping.done")
    await _record(call, practice, people, given=True)
    call.outcome = None
    return await call.say("stopping.not-stopped")


async def _people(call: Call, practice: Practice) -> tuple[Patient, ...]:
    if call.patient:
        return (call.patient,)
    number = call.caller
    if number is None:
        region = practice.facts.region.partition("-")[0]
        number = await call.ask("stopping.which-number", answers.phone_number(region))
    return await call.fetch(practice.roster.by_phone, number)


async def _record(call: Call, practice: Practice, people: tuple[Patient, ...], *, given: bool) -> None:
    wording = f"stopping.sure@{call.phrases.version}"
    for patient in people:
        for channel in (Channel.VOICE, Channel.TEXT):
            await call.do(practice.consents.record, patient.id, ConsentKind.ALL_CONTACT, channel, given, wording)


async def _meant_it(call: Call) -> bool:
    """Only a clear no takes it back."""
    try:
        return await call.confirm("stopping.sure")
    except (PersonWanted, StopCalling, GoodbyeSaid):
        return True


async def wrong_number(call: Call, practice: Practice, _whens: tuple[When, ...]) -> None:
    """Someone who did not mean to phone us, or whom we should not have phoned."""
    await call.say("stopping.wrong-number")
    await stop_calling(call, practice)
