"""Messages and requests for people at the clinic, in the caller's own words."""

from clinic.desk import TaskKind, Urgency
from intents.meaning import When
from voice.dialog import answers
from voice.dialog.call import Call
from voice.dialog.journal import CallOutcome
from voice.flows.identity import identify
from voice.flows.practice import Practice

KINDS = {
    "message": TaskKind.MESSAGE,
    "refill": TaskKind.REQUEST,
    "records": TaskKind.REQUEST,
    "details": TaskKind.REQUEST,
    "complaint": TaskKind.COMPLAINT,
}
TITLES = {
    "message": "Message",
    "refill": "Medicine refill request",
    "records": "Records request",
    "details": "Change of details",
    "complaint": "Complaint",
}
NAMELESS = {"message", "complaint"}
"""May be left without saying who one is."""


async def leave_message(call: Call, practice: Practice, _whens: tuple[When, ...]) -> None:
    """Take a message for the clinic."""
    await _take(call, practice, about="message")


async def leave_request(call: Call, practice: Practice, _whens: tuple[When, ...], *, about: str) -> None:
    """Take a request that a person has to decide on: the line never advises on medicine (design, section 9)."""
    await _take(call, practice, about=about)


async def _take(call: Call, practice: Practice, *, about: str) -> None:
    patient = call.patient if about in NAMELESS else await identify(call, practice)
    said = await call.ask(f"messages.{about}", answers.words())
    while not await call.confirm("messages.is-that-all"):
        more = await call.ask("messages.go-on", answers.words())
        said = f"{said} {more}"
    words = f"{TITLES[about]}: {said}"
    urgency = Urgency.TODAY if about in ("refill", "complaint") else Urgency.SOON
    await call.do(practice.desk.leave, KINDS[about], urgency, words, patient.id if patient else None, call.caller)
    call.outcome = CallOutcome.MESSAGE_LEFT if about == "message" else CallOutcome.REQUESTED
    await call.say("messages.done")
