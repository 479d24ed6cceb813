"""The next step of the patient's programme: recap, one exercise, one question, and the thread to the next."""

from intents.meaning import When
from voice.dialog import answers
from voice.dialog.call import Call
from voice.dialog.journal import CallOutcome
from voice.flows.identity import identify
from voice.flows.practice import Practice


async def todays_step(call: Call, practice: Practice, _whens: tuple[When, ...]) -> None:
    """Tell the story on from where this patient left it."""
    patient = await identify(call, practice)
    enrolment = await call.fetch(practice.progress.enrolment, patient.id)
    if enrolment is None:
        return await call.say("programme.none")
    episode = practice.library.next_episode(enrolment)
    call.outcome = call.outcome or CallOutcome.HELPED
    if episode is None:
        return await call.say("programme.finished")
    last = enrolment.done[-1].said if enrolment.done else None
    recap = episode.recap if last else episode.recap_without_words
    values = {"patient": patient, "said": last or ""}
    await call.speak(call.phrases.sentences(recap, values, key=f"{episode.id}.recap"))
    if not await call.confirm("programme.ready", minutes=episode.minutes):
        return await call.say("programme.later")
    for scene in episode.scenes:
        await call.speak(call.phrases.sentences(scene, values, key=f"{episode.id}.scene"))
    await call.speak(call.phrases.sentences(episode.question, values, key=f"{episode.id}.question"))
    said = await call.ask("programme.your-words", answers.words())
    await call.do(practice.progress.finish_episode, patient.id, episode.id, said)
    await call.speak(call.phrases.sentences(episode.thread, values, key=f"{episode.id}.thread"))
    return await call.say("programme.done")
