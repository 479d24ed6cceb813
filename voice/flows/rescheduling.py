"""Moving a visit: the old time is kept until the new one is certain."""

from intents.meaning import When
from scheduling.visits import Taken, Wanted
from voice.dialog import answers
from voice.dialog.call import Call
from voice.dialog.journal import CallOutcome
from voice.flows.booking import find_time
from voice.flows.practice import Practice
from voice.flows.texting import offer_text
from voice.flows.times import fits
from voice.flows.visits import pick_visit


async def reschedule(call: Call, practice: Practice, whens: tuple[When, ...]) -> None:
    """Find a new time with the same clinician, then move the visit there."""
    visit = await pick_visit(call, practice, "moving.confirm")
    if visit is None:
        return
    asked = tuple(when for when in whens if not fits(visit.starts, (when,), call.phrases.zone))
    if not asked:
        asked = (await call.ask("moving.when", answers.when())).whens
    wanted = Wanted(visit_type=visit.visit_type, clinician=visit.clinician.id, patient=visit.patient)
    while True:
        slot = await find_time(call, practice, wanted, asked)
        moved = await call.do(practice.diary.move, visit.id, slot)
        if not isinstance(moved, Taken):
            break
        await call.say("booking.taken")
    call.outcome = CallOutcome.MOVED
    await call.say("moving.done", visit=moved)
    await offer_text(call, practice, moved)
