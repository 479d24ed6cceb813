"""The call itself: greeting, "how can I help you?", the right flow, "anything else?", goodbye.

Whatever the caller may want in any state arrives here as an Interruption, and names what comes next.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from intents.meaning import Intent, When
from intents.policy import Action
from voice.dialog import answers
from voice.dialog.answers import Request
from voice.dialog.call import Call
from voice.dialog.conversation import Flow
from voice.dialog.errors import Crisis, GoodbyeSaid, PersonWanted, Served, StartOver, StopCalling
from voice.dialog.journal import CallOutcome
from voice.flows.booking import book
from voice.flows.cancelling import cancel
from voice.flows.confirming import confirm_visit, running_late
from voice.flows.crisis import crisis
from voice.flows.handoff import handoff
from voice.flows.information import INFORMATION, asks_what_to_bring, tell, tell_what_to_bring
from voice.flows.messages import leave_message, leave_request
from voice.flows.new_patient import new_patient
from voice.flows.practice import Practice
from voice.flows.programme import todays_step
from voice.flows.rescheduling import reschedule
from voice.flows.stopping import stop_calling, wrong_number
from voice.flows.visits import my_visits

Service = Callable[[Call, Practice, tuple[When, ...]], Awaitable[None]]

SERVICES: dict[Intent, Service] = {
    Intent.BOOK: book,
    Intent.RESCHEDULE: reschedule,
    Intent.CANCEL: cancel,
    Intent.CONFIRM: confirm_visit,
    Intent.WHEN_IS_MY_VISIT: my_visits,
    Intent.RUNNING_LATE: running_late,
    Intent.PROGRAMME_STEP: todays_step,
    Intent.EXERCISE_NOW: todays_step,
    Intent.LEAVE_MESSAGE: leave_message,
    Intent.REFILL: partial(leave_request, about="refill"),
    Intent.RECORDS: partial(leave_request, about="records"),
    Intent.UPDATE_DETAILS: partial(leave_request, about="details"),
    Intent.COMPLAINT: partial(leave_request, about="complaint"),
    Intent.NEW_PATIENT: new_patient,
    Intent.WRONG_NUMBER: wrong_number,
    **{intent: partial(tell, intent=intent) for intent in INFORMATION},
}
"""What each intent leads to; to add a flow, write it and name it here."""

HOW_CAN_I_HELP, ANYTHING_ELSE = "reception.how-can-i-help", "reception.anything-else"

MENU = (Intent.BOOK, Intent.WHEN_IS_MY_VISIT, Intent.RESCHEDULE, Intent.CANCEL, Intent.PROGRAMME_STEP)
"""The same by keys 1 to 5; 0 is a person on every question."""

CONFIRM_THEMSELVES = {Intent.CANCEL, Intent.RESCHEDULE}
"""Their flows ask for a yes that names the visit, which is better than asking twice."""

COSTS_NOTHING = {Intent.THANKS, Intent.GREET, *INFORMATION}
"""A wrong guess costs a sentence, and asking would cost as much."""


def reception(practice: Practice) -> Flow:
    """The flow that every incoming call runs."""

    async def answer(call: Call) -> None:
        await attend(call, practice)

    return answer


async def attend(call: Call, practice: Practice) -> None:
    """Follow the caller from one thing to the next until the call is over."""
    next_thing: Callable[[Call, Practice], Awaitable[None]] = _OPENINGS[call.renewed]
    if call.danger:
        next_thing = partial(_in_crisis, danger=call.danger)
    while True:
        try:
            return await next_thing(call, practice)
        except StartOver:
            next_thing = _start_over
        except StopCalling:
            next_thing = _stop
        except Served:
            next_thing = _anything_else
        except GoodbyeSaid:
            next_thing = _goodbye
        except PersonWanted as wanted:
            next_thing = partial(handoff, reason=wanted.reason)
        except Crisis as danger:
            next_thing = partial(_in_crisis, danger=danger)


async def _welcome(call: Call, practice: Practice) -> None:
    await call.say("reception.greeting")
    await call.say("reception.notice")
    await call.say("reception.ways")
    await _serve(call, practice, HOW_CAN_I_HELP)


async def _after_new_release(call: Call, practice: Practice) -> None:
    await call.say("reception.interrupted")
    await _serve(call, practice, HOW_CAN_I_HELP)


async def _after_failure(call: Call, practice: Practice) -> None:
    await handoff(call, practice, reason="failed")


_OPENINGS = {"": _welcome, "new-release": _after_new_release, "failed": _after_failure}


async def _start_over(call: Call, practice: Practice) -> None:
    await call.say("reception.start-over")
    await _serve(call, practice, HOW_CAN_I_HELP)


async def _anything_else(call: Call, practice: Practice) -> None:
    await _serve(call, practice, ANYTHING_ELSE)


async def _stop(call: Call, practice: Practice) -> None:
    await stop_calling(call, practice)
    await _serve(call, practice, ANYTHING_ELSE)


async def _in_crisis(call: Call, practice: Practice, *, danger: Crisis) -> None:
    safe = await crisis(call, practice, danger)
    if safe:
        await _serve(call, practice, ANYTHING_ELSE)


async def _goodbye(call: Call, _practice: Practice) -> None:
    if call.outcome is None and call.reason:
        call.outcome = CallOutcome.HELPED
    await call.say("reception.goodbye")


async def _serve(call: Call, practice: Practice, question: str) -> None:
    """One wish after the other, until there is none."""
    while True:
        wanted = await _what_is_wanted(call, question)
        if wanted is None:
            return await _goodbye(call, practice)
        if not call.reason:
            call.reason = wanted.intent.value
        await SERVICES[wanted.intent](call, practice, wanted.whens)
        question = ANYTHING_ELSE


async def _what_is_wanted(call: Call, question: str) -> Request | None:
    """A wish that we can serve, made sure of as far as it needs; None when the caller wants nothing more."""
    misses = 0
    while misses < 3:
        wanted = await call.ask(question, answers.request(MENU))
        if question == ANYTHING_ELSE and _is_done(wanted):
            return None
        question = await _answered_at_once(call, wanted)
        if question:
            continue
        sure = await _made_sure(call, wanted)
        if sure:
            return sure
        misses += 1
        call.failures += 1
        question = "reception.rather" if misses == 1 else "reception.menu"
    raise PersonWanted("not-understood")


async def _answered_at_once(call: Call, wanted: Request) -> str:
    """Small things that need no flow of their own; the question to ask next, empty when it was none of them."""
    if wanted.intent is Intent.YES:
        return HOW_CAN_I_HELP
    if wanted.intent is Intent.WHAT_CAN_YOU_DO:
        await call.say("reception.can-do")
        return HOW_CAN_I_HELP
    if asks_what_to_bring(wanted.text):
        await tell_what_to_bring(call)
        return ANYTHING_ELSE
    return ""


def _is_done(wanted: Request) -> bool:
    """A no wins over whatever the rest of it may sound like, unless that is certain."""
    says_no = wanted.text.lower().startswith(("no", "that's all", "that is all", "nothing"))
    return wanted.intent in (Intent.NO, Intent.THANKS) or (says_no and not wanted.sure)


async def _made_sure(call: Call, wanted: Request) -> Request | None:
    """The request, when it may be acted on or the caller confirms it."""
    if wanted.action is Action.OFFER_TWO and all(intent in SERVICES for intent in wanted.offers):
        return await _one_of_two(call, wanted)
    if wanted.intent not in SERVICES or wanted.action in (Action.REASK, Action.OFFER_TWO):
        return None
    confirmed_later = wanted.intent in COSTS_NOTHING or (wanted.sure and wanted.intent in CONFIRM_THEMSELVES)
    if wanted.action is Action.ACT or confirmed_later:
        return wanted
    return wanted if await call.confirm(f"wanted.{wanted.intent.value}") else None


async def _one_of_two(call: Call, wanted: Request) -> Request | None:
    first, second = (call.phrases.phrases[f"name.{intent.value}"] for intent in wanted.offers)
    options = answers.choice(first, second, "neither")
    picked = await call.ask("reception.which-of-two", options, first=first, second=second)
    return None if picked == 2 else replace(wanted, intent=wanted.offers[picked])
