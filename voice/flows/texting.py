"""A text message to confirm what was agreed, if the caller wants one."""

from clinic.consent import Channel, ConsentKind
from clinic.messages import MessageKind
from scheduling.visits import Visit
from voice.dialog.call import Call
from voice.flows.practice import Practice


async def offer_text(call: Call, practice: Practice, visit: Visit) -> None:
    """Ask, record the consent with its wording, and leave the message for the durable engine."""
    patient = call.patient
    if patient is None or not practice.can_text or not await call.confirm("texting.offer", number=patient.phone):
        return
    wording = f"texting.offer@{call.phrases.version}"
    await call.do(practice.consents.record, patient.id, ConsentKind.VISIT_MESSAGES, Channel.TEXT, True, wording)
    body = "".join(sentence.text + " " for sentence in call.phrases.say("texting.body", {"visit": visit})).strip()
    await call.do(practice.outbox.text, MessageKind.VISIT_CONFIRMATION, patient.phone, body, patient.id)
    await call.say("texting.done")
