"""Danger to life: stay, alert people, ask one question, connect. Wording follows 988's own guidance (RULES L17, L18).

The alert goes out before a word is said, so it stands even when the caller hangs up at once.
"""

from typing import Literal

from clinic.desk import TaskKind, Urgency
from clinic.messages import MessageKind
from clinic.people import Phone
from intents.meaning import CrisisLevel
from voice.dialog import answers
from voice.dialog.call import Call
from voice.dialog.errors import Crisis, GoodbyeSaid, PersonWanted, StartOver, StopCalling
from voice.dialog.journal import CallOutcome
from voice.dialog.turn import DialStatus
from voice.flows.practice import Practice

SAFE_CAN_CONTINUE = {CrisisLevel.AMBIGUOUS, CrisisLevel.PASSIVE}
"""Levels at which "yes, I am safe" lets the call go on; a person follows up all the same: a yes is no all-clear."""

MORE_TRIES = 5
"""How often more the clinician on call is tried while the caller stays."""


async def crisis(call: Call, practice: Practice, danger: Crisis) -> bool:
    """True when the caller is safe and the call may go on; otherwise it ends with a person, or where to find one."""
    call.reason, call.outcome = "crisis", CallOutcome.CRISIS
    await _alert(call, practice, danger)
    await call.say("crisis.heard-someone-else" if danger.level is CrisisLevel.SOMEONE_ELSE else "crisis.heard")
    try:
        if danger.level in SAFE_CAN_CONTINUE and await _is_safe(call):
            await call.say("crisis.safe")
            return True
        if not await _connected(call, practice):
            await _stay(call, practice)
    except (GoodbyeSaid, StartOver, StopCalling):
        pass
    await call.say("crisis.closing")
    return False


async def _alert(call: Call, practice: Practice, danger: Crisis) -> None:
    words = f"Crisis words on the line ({danger.level}): {', '.join(danger.triggers)}. Reach the caller now."
    patient = call.patient.id if call.patient else None
    await call.do(practice.desk.leave, TaskKind.CRISIS, Urgency.NOW, words, patient, call.caller)
    body = f"{practice.facts.neutral_name}: urgent. Please open call {call.id} in the console now."
    await call.do(practice.outbox.text, MessageKind.CRISIS_ALERT, practice.facts.on_call, body, None)


async def _is_safe(call: Call) -> bool:
    """One question. No clear yes counts as a no, and so does a yes that comes with further words of danger."""
    try:
        return await call.confirm("crisis.are-you-safe")
    except (PersonWanted, Crisis, StartOver, StopCalling, GoodbyeSaid):
        return False


async def _connected(call: Call, practice: Practice) -> bool:
    """988 or the clinician on call, then the other; whoever does not choose is connected to the clinician."""
    try:
        options = answers.choice("nine eight eight, the lifeline", "the clinician")
        lifeline = await call.ask("crisis.who", options, in_crisis=True) == 0
    except (PersonWanted, StartOver, StopCalling):
        lifeline = False
    await call.say("crisis.connecting-988" if lifeline else "crisis.connecting-on-call")
    if await _reached(call, "988" if lifeline else practice.facts.on_call):
        return True
    await call.say("crisis.trying-other")
    return await _reached(call, practice.facts.on_call if lifeline else "988")


async def _reached(call: Call, to: Phone | Literal["988"]) -> bool:
    """Whether a person came to the phone. Voicemail answers too, so the caller is asked."""
    if await call.transfer(to) is not DialStatus.ANSWERED:
        return False
    try:
        return await call.confirm("crisis.did-you-reach", in_crisis=True)
    except PersonWanted as wanted:
        return wanted.reason == "silence"


async def _stay(call: Call, practice: Practice) -> None:
    """Nobody could be reached: keep trying for as long as the caller wants."""
    await call.say("crisis.nobody-yet")
    for _ in range(MORE_TRIES):
        try:
            if not await call.confirm("crisis.once-more", in_crisis=True):
                return
        except (PersonWanted, StartOver, StopCalling):
            pass
        if await _reached(call, practice.facts.on_call):
            return
        await call.say("crisis.nobody-yet")
