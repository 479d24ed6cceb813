"""Booking a visit: what kind, when, offer times until the caller takes one, and a text to confirm it."""

from dataclasses import replace

from intents.meaning import When
from scheduling.visits import Slot, Taken, VisitType, Wanted
from voice.dialog import answers
from voice.dialog.call import Call
from voice.dialog.errors import PersonWanted
from voice.dialog.journal import CallOutcome
from voice.flows.identity import identify
from voice.flows.practice import Practice
from voice.flows.texting import offer_text
from voice.flows.times import exclusions, fits, on_the_day_of, windows

ROUNDS = 4
"""How often the caller is asked for another time before a person helps."""


async def book(call: Call, practice: Practice, whens: tuple[When, ...]) -> None:
    """Offer times until the caller takes one."""
    patient = await identify(call, practice)
    kind = await _kind_of_visit(call, practice)
    asked = whens or (await call.ask("booking.when", answers.when())).whens
    wanted = Wanted(visit_type=kind.id, patient=patient.id)
    while True:
        slot = await find_time(call, practice, wanted, asked)
        visit = await call.do(practice.diary.book, patient.id, slot)
        if not isinstance(visit, Taken):
            break
        await call.say("booking.taken")
    call.outcome = CallOutcome.BOOKED
    await call.say("booking.done", visit=visit)
    await offer_text(call, practice, visit)


async def find_time(call: Call, practice: Practice, wanted: Wanted, asked: tuple[When, ...]) -> Slot:
    """A slot the caller has said yes to, held for them; raises PersonWanted when none suits."""
    for _ in range(ROUNDS):
        zone = call.phrases.zone
        search = replace(wanted, windows=windows(asked, zone), excluded=exclusions(asked, zone))
        slots = await call.fetch(practice.diary.openings, search)
        if not slots:
            await call.say("booking.none-then")
            slots = await call.fetch(practice.diary.openings, replace(search, windows=()))
            if slots:
                await call.say("booking.nearest")
        taken, asked = await _offer(call, practice, slots)
        if taken:
            return taken
        if not asked:
            asked = (await call.ask("booking.when-else", answers.when())).whens
    raise PersonWanted("no-slot")


async def _offer(call: Call, practice: Practice, slots: tuple[Slot, ...]) -> tuple[Slot | None, tuple[When, ...]]:
    """The slot taken, or else what the caller asked for instead. What is offered is held, so that it can be taken."""
    for place, slot in enumerate(slots):
        if isinstance(await call.hold(practice.diary.hold, slot), Taken):
            continue
        phrase = "booking.offer" if place == 0 else "booking.offer-next"
        verdict = await call.ask(phrase, answers.offer(), slot=slot)
        if verdict.yes and (not verdict.whens or fits(slot.starts, verdict.whens, call.phrases.zone)):
            return slot, ()
        if verdict.whens:
            return None, on_the_day_of(verdict.whens, slot.starts.astimezone(call.phrases.zone))
    return None, ()


async def _kind_of_visit(call: Call, practice: Practice) -> VisitType:
    kinds = [kind for kind in await call.fetch(practice.diary.visit_types) if not kind.for_new_patients]
    if len(kinds) == 1:
        return kinds[0]
    names = tuple(kind.name for kind in kinds)
    place = await call.ask("booking.which-kind", answers.choice(*names), kinds=tuple(kinds))
    return kinds[place]
