"""What a call did, in sentences: one entry per step name of the journal. A name that is not here is shown plainly.

To add a step: add its name ("Port.method") to STEPS. A test walks the ports and fails if one that changes
something is missing.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from care.progress import Enrolment
from clinic.consent import Channel, Consent, ConsentKind
from clinic.desk import Task
from clinic.people import Patient
from console.words import TASKS, ClinicTime
from scheduling.visits import Held, Slot, Taken, Visit
from voice.dialog.journal import Stepped

Told = Callable[[str, ClinicTime], str]
T = TypeVar("T")

VISIT_OR_TAKEN: TypeAdapter[Visit | Taken] = TypeAdapter(Visit | Taken)
HELD_OR_TAKEN: TypeAdapter[Held | Taken] = TypeAdapter(Held | Taken)
VISIT: TypeAdapter[Visit] = TypeAdapter(Visit)
VISITS: TypeAdapter[Sequence[Visit]] = TypeAdapter(Sequence[Visit])
SLOTS: TypeAdapter[Sequence[Slot]] = TypeAdapter(Sequence[Slot])
TASK: TypeAdapter[Task] = TypeAdapter(Task)
PATIENT: TypeAdapter[Patient] = TypeAdapter(Patient)
PATIENTS: TypeAdapter[Sequence[Patient]] = TypeAdapter(Sequence[Patient])
ENROLMENT: TypeAdapter[Enrolment | None] = TypeAdapter(Enrolment | None)
CONSENT: TypeAdapter[Consent] = TypeAdapter(Consent)


def tell(step: Stepped, time: ClinicTime) -> str:
    """The step as a sentence for staff."""
    told = STEPS.get(step.name)
    if told is None:
        return _plain(step.name)
    try:
        return told(step.result, time)
    except ValidationError:  # written by another release, whose values had another shape
        return _plain(step.name)


def _plain(name: str) -> str:
    return f"{name.replace('_', ' ').replace('.', ': ')}."


def _reading(shape: TypeAdapter[T], say: Callable[[T, ClinicTime], str]) -> Told:
    return lambda result, time: say(shape.validate_json(result), time)


def _always(sentence: str) -> Told:
    return lambda _result, _time: sentence


def _visit(visit: Visit | Slot, time: ClinicTime) -> str:
    return f"{visit.visit_name} with {visit.clinician.name} on {time.when(visit.starts)}"


def _taken(taken: Taken, time: ClinicTime) -> str:
    return f"Somebody else had just taken the {_visit(taken.slot, time)}."


def _booked(outcome: Visit | Taken, time: ClinicTime) -> str:
    return _taken(outcome, time) if isinstance(outcome, Taken) else f"Booked a {_visit(outcome, time)}."


def _moved(outcome: Visit | Taken, time: ClinicTime) -> str:
    return _taken(outcome, time) if isinstance(outcome, Taken) else f"Moved to a {_visit(outcome, time)}."


def _held(outcome: Held | Taken, time: ClinicTime) -> str:
    if isinstance(outcome, Taken):
        return _taken(outcome, time)
    return f"Kept a {_visit(outcome.slot, time)} until {time.clock(outcome.expires)}."


def _cancelled(visit: Visit, time: ClinicTime) -> str:
    return f"Cancelled the {_visit(visit, time)}."


def _left(task: Task, time: ClinicTime) -> str:
    return f"Left for staff: {TASKS[task.kind].lower()}, due {time.due(task.due, task.created)}."


def _identified(patient: Patient, _time: ClinicTime) -> str:
    return f"Confirmed that the caller is {patient.name}."


def _agreed(consent: Consent, _time: ClinicTime) -> str:
    kinds = {
        ConsentKind.VISIT_MESSAGES: "messages about visits",
        ConsentKind.PROGRAMME_CALLS: "calls about the programme",
        ConsentKind.RECORDING: "recording",
        ConsentKind.ALL_CONTACT: "all contact",
    }
    channels = {Channel.VOICE: "telephone", Channel.TEXT: "text message"}
    verdict = "agreed to" if consent.given else "said no to"
    return f"The caller {verdict} {kinds[consent.kind]} by {channels[consent.channel]}."


def _openings(slots: Sequence[Slot], time: ClinicTime) -> str:
    times = "; ".join(f"{time.when(slot.starts)} with {slot.clinician.name}" for slot in slots)
    return f"Looked for openings: {times}." if times else "Looked for openings: none found."


def _upcoming(visits: Sequence[Visit], time: ClinicTime) -> str:
    found = "; ".join(_visit(visit, time) for visit in visits)
    return f"Looked up the patient's visits: {found}." if found else "Looked up the patient's visits: none."


def _enrolled(enrolment: Enrolment | None, _time: ClinicTime) -> str:
    if enrolment is None:
        return "The patient is in no programme."
    return f"Looked up the programme “{enrolment.programme}”: {len(enrolment.done)} steps done."


def _finished(enrolment: Enrolment | None, time: ClinicTime) -> str:
    if enrolment is None or not enrolment.done:
        return _enrolled(enrolment, time)
    return f"Noted that “{enrolment.done[-1].episode}” of the programme “{enrolment.programme}” is done."


def _known(patients: Sequence[Patient], _time: ClinicTime) -> str:
    names = ", ".join(patient.name for patient in patients)
    return f"Looked for the caller among the patients: {names}." if names else "The caller is not a known patient."


STEPS: dict[str, Told] = {
    "Diary.hold": _reading(HELD_OR_TAKEN, _held),
    "Diary.book": _reading(VISIT_OR_TAKEN, _booked),
    "Diary.move": _reading(VISIT_OR_TAKEN, _moved),
    "Diary.cancel": _reading(VISIT, _cancelled),
    "Diary.let_go": _always("Let go of the time that was kept."),
    "Diary.openings": _reading(SLOTS, _openings),
    "Diary.upcoming": _reading(VISITS, _upcoming),
    "Diary.clinicians": _always("Looked up the clinicians."),
    "Diary.visit_types": _always("Looked up the kinds of visit."),
    "Desk.leave": _reading(TASK, _left),
    "Roster.identify": _reading(PATIENT, _identified),
    "Roster.by_phone": _reading(PATIENTS, _known),
    "Roster.by_birth_date": _reading(PATIENTS, _known),
    "ConsentLedger.record": _reading(CONSENT, _agreed),
    "ConsentLedger.of": _always("Looked up what the patient has agreed to."),
    "Progress.enrolment": _reading(ENROLMENT, _enrolled),
    "Progress.finish_episode": _reading(ENROLMENT, _finished),
    "Outbox.text": _always("Wrote a text message to be sent."),
}
