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
