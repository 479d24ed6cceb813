"""Hearing one's visits, and picking one of them."""

from intents.meaning import When
from scheduling.visits import Visit
from voice.dialog import answers
from voice.dialog.call import Call
from voice.dialog.journal import CallOutcome
from voice.dialog.spoken import speak
from voice.flows.identity import identify
from voice.flows.practice import Practice


async def my_visits(call: Call, practice: Practice, _whens: tuple[When, ...]) -> None:
    """When is my visit?"""
    patient = await identify(call, practice)
    visits = await call.fetch(practice.diary.upcoming, patient.id)
    call.outcome = call.outcome or CallOutcome.HELPED
    if not visits:
        return await call.say("visits.none")
    await call.say("visits.next", visit=visits[0])
    if len(visits) > 1:
        await call.say("visits.then", visits=visits[1:4])
    return None


async def pick_visit(call: Call, practice: Practice, question: str) -> Visit | None:
    """The visit that the caller means; None when there is none, which the caller has been told."""
    patient = await identify(call, practice)
    visits = await call.fetch(practice.diary.upcoming, patient.id)
    if not visits:
        await call.say("visits.none")
        return None
    if len(visits) == 1:
        return visits[0] if await call.confirm(f"{question}-this", visit=visits[0]) else None
    names = tuple(speak(visit, "", call.phrases.zone).text for visit in visits[:4])
    place = await call.ask(f"{question}-which", answers.choice(*names, private=True), visits=visits[:4])
    return visits[place] if await call.confirm(f"{question}-this", visit=visits[place]) else None
