"""Who is calling. A known number and the birth date, or birth date, name and number together; never a name alone."""

from clinic.people import Patient
from intents.likeness import likeness
from voice.dialog import answers
from voice.dialog.call import Call
from voice.dialog.errors import PersonWanted, Served
from voice.flows.new_patient import new_patient
from voice.flows.practice import Practice

SAME_NAME = 0.85
"""Design, section 5."""


async def identify(call: Call, practice: Practice) -> Patient:
    """The patient this call is from; raises PersonWanted when that cannot be made certain."""
    if call.patient:
        return call.patient
    household = await call.fetch(practice.roster.by_phone, call.caller) if call.caller else ()
    patient = await _of_household(call, household) if household else None
    if patient is None:
        patient = await _of_strangers(call, practice)
    call.patient = await call.do(practice.roster.identify, patient.id)
    await call.say("identity.thanks", patient=call.patient)
    return call.patient


async def _of_household(call: Call, household: tuple[Patient, ...]) -> Patient | None:
    """Someone known by this number; None when the caller is somebody else."""
    if len(household) == 1 and not await call.confirm("identity.is-this", patient=household[0]):
        return None
    for question in ("identity.birth-date", "identity.birth-date-not-matching"):
        born = await call.ask(question, answers.birth_date())
        matches = [patient for patient in household if patient.birth_date == born]
        if len(matches) == 1:
            return matches[0]
    return None


async def _of_strangers(call: Call, practice: Practice) -> Patient:
    """Someone calling from another telephone: birth date, name, and the number that the clinic has."""
    born = await call.ask("identity.birth-date-to-find", answers.birth_date())
    name = await call.ask("identity.name", answers.person_name())
    candidates = [
        p for p in await call.fetch(practice.roster.by_birth_date, born) if likeness(name, p.name) >= SAME_NAME
    ]
    region = practice.facts.region.partition("-")[0]
    for question in ("identity.number", "identity.number-not-matching"):
        number = await call.ask(question, answers.phone_number(region))
        matches = [patient for patient in candidates if patient.phone == number]
        if len(matches) == 1:
            return matches[0]
    await call.say("identity.not-found")
    if not candidates and await call.confirm("identity.are-you-new"):
        await new_patient(call, practice, (), name=name, born=born)
        raise Served
    raise PersonWanted("not-identified")
