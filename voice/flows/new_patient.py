"""A stranger who wants to become a patient: take what the front desk needs, and say when it will call."""

from datetime import date

from clinic.desk import TaskKind, Urgency
from intents.meaning import When
from voice.dialog import answers
from voice.dialog.call import Call
from voice.dialog.journal import CallOutcome
from voice.flows.practice import Practice


async def new_patient(
    call: Call, practice: Practice, _whens: tuple[When, ...], *, name: str = "", born: date | None = None
) -> None:
    """Leave a request with name, birth date, number and what it is about."""
    await call.say("new-patient.welcome")
    name = name or await call.ask("new-patient.name", answers.person_name())
    if born is None:
        born = await call.ask("new-patient.birth-date", answers.birth_date())
    number = call.caller
    if number is None or not await call.confirm("handoff.call-back-here", number=number):
        number = await call.ask("handoff.which-number", answers.phone_number(practice.facts.region.partition("-")[0]))
    about = await call.ask("new-patient.about", answers.words())
    words = f"New patient: {name}, born {born.isoformat()}. In their words: {about}"
    await call.do(practice.desk.leave, TaskKind.NEW_PATIENT, Urgency.SOON, words, None, number)
    call.outcome = CallOutcome.REQUESTED
    await call.say("new-patient.done", number=number)
