"""Standing answers about the clinic: hours, address, parking, insurance, cost, video visits, what to bring."""

from intents.meaning import Intent, When
from voice.dialog.call import Call
from voice.dialog.journal import CallOutcome
from voice.flows.practice import Practice

INFORMATION = {
    Intent.HOURS: "information.hours",
    Intent.ADDRESS: "information.address",
    Intent.PARKING: "information.parking",
    Intent.INSURANCE: "information.insurance",
    Intent.COST: "information.cost",
    Intent.TELEHEALTH: "information.telehealth",
    Intent.GREET: "information.hello",
    Intent.THANKS: "information.welcome",
}


async def tell(call: Call, _practice: Practice, _whens: tuple[When, ...], *, intent: Intent) -> None:
    """Say what the clinic says of itself."""
    await call.say(INFORMATION[intent])
    call.outcome = call.outcome or CallOutcome.HELPED


def asks_what_to_bring(text: str) -> bool:
    """True for: what should I bring? It has no intent of its own among the names that other programs rely on."""
    return "bring" in text.lower().split() and text.lower().startswith(("what ", "do i ", "should i "))


async def tell_what_to_bring(call: Call) -> None:
    """What to have at hand for a visit."""
    await call.say("information.bring")
    call.outcome = call.outcome or CallOutcome.HELPED
