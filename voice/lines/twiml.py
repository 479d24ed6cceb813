"""A Turn as the document a carrier performs: `<Say>`, `<Gather>`, `<Dial>`, `<Hangup>`, `<Connect>`.

Choices that the carrier's rules leave to us:

- A voice that knows SSML is named, because "slower" and "louder" are promises: `<prosody>` carries them. At the normal
  rate no SSML is written at all, so a carrier without it still speaks.
- Pauses are `<Pause>`, whole seconds; under half a second the gap between two `<Say>`s is enough.
- `Keys.single` cannot be told to a carrier that waits for several digits: it is taken after the time-out or `#`.
- Guarded sentences, and those before them, are spoken before the `<Gather>` opens, so nothing can be said over them.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import Gather, VoiceResponse

from clinic.errors import ClinicError
from clinic.people import Phone
from intents.meaning import Expecting
from voice.dialog.turn import Dial, HangUp, Listen, Rate, Sentence, Turn
from voice.lines.twilio_urls import CarrierUrls

MEDIA_TYPE = "text/xml"
"""A wrong Content-Type fails the call (12300)."""
LONGEST_DOCUMENT = 64 * 1024
"""Bytes; more fails the call (11750)."""
LONGEST_SAY = 3000
"""Characters in one `<Say>`: Amazon's voices take 3000, the basic ones 4096, Google's 5000."""
_MOST_HINTS, _LONGEST_HINT = 500, 100
_LONGEST_GATHER_S = 60

_SPOKEN_SLOWLY = frozenset({Expecting.DIGITS, Expecting.PHONE, Expecting.SPELLING, Expecting.BIRTH_DATE})
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""


class DocumentTooLong(ClinicError):
    """This Turn is longer than a carrier accepts."""

    code = "twiml-too-long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What a carrier calls one language's voice and recogniser."""

    language: str
    name: str


_VOICES = {"en": Voice(language="en-US", name="Polly.Joanna"), "es": Voice(language="es-US", name="Polly.Lupe")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What the line says and dials on its own when the dialog cannot go on."""

    front_desk: Phone
    apology: str
    """Before dialling: "I am sorry, something went wrong. I am connecting you with the front desk." """
    nobody: str
    """When nobody answers either; names the number to call."""
    language: str = "en"


def perform(turn: Turn, urls: CarrierUrls, *, spoken: bool = False) -> str:
    """The document for one Turn. `spoken` leaves out sentences that another line has already said."""
    response = VoiceResponse()
    say = () if spoken else turn.say
    match turn.then:
        case Listen() as listen:
            before, during = _split_at_guard(say)
            _speak(response, before, turn)
            _speak(_gather(response, listen, turn, urls), during, turn)
        case Dial() as dial:
            _speak(response, say, turn)
            number = response.dial(action=urls.after_dial(turn.call, turn.number), method="POST", timeout=dial.ring_s)
            number.number(str(dial.to))
        case HangUp():
            _speak(response, say, turn)
            response.hangup()
    return _document(response)


def connect_stream(urls: CarrierUrls, turn: Turn, token: str) -> str:
    """Join the call to our media stream; when it closes, for whatever reason, the carrier requests `after_stream`."""
    response = VoiceResponse()
    stream = response.connect(action=urls.after_stream(turn.call), method="POST").stream(
        url=urls.stream, status_callback=urls.stream_status(turn.call), status_callback_method="POST"
    )
    stream.parameter(name="token", value=token)
    return _document(response)


def hand_over(handover: Handover, urls: CarrierUrls) -> str:
    """Apologise and dial the front desk. Needs nothing that can have failed."""
    response = VoiceResponse()
    voice = _VOICES[handover.language]
    response.say(handover.apology, voice=voice.name, language=voice.language)
    response.dial(action=urls.after_handover, method="POST", timeout=25).number(str(handover.front_desk))
    return _document(response)


def nobody_there(handover: Handover) -> str:
    """The last words when the front desk did not answer either."""
    response = VoiceResponse()
    voice = _VOICES[handover.language]
    response.say(handover.nobody, voice=voice.name, language=voice.language)
    response.hangup()
    return _document(response)


def hang_up() -> str:
    """End the call, everything having been said."""
    response = VoiceResponse()
    response.hangup()
    return _document(response)


def text_back(body: str | None) -> str:
    """The answer to an SMS; None answers nothing."""
    response = MessagingResponse()
    if body:
        response.message(_printable(body))
    return _document(response)


def _gather(response: VoiceResponse, listen: Listen, turn: Turn, urls: CarrierUrls) -> Gather:
    one_key = listen.keys.most == 1
    hints = ", ".join(hint.replace(",", " ")[:_LONGEST_HINT] for hint in listen.hints[:_MOST_HINTS])
    return response.gather(
        input="speech dtmf",
        action=urls.turn(turn.call, turn.number),
        method="POST",
        language=_VOICES[turn.language].language,
        timeout=max(1, math.ceil(listen.silence_s)),
        # Never together with speechModel (13335).
        speech_timeout=_end_silence(listen),
        max_speech_time=max(1, min(_LONGEST_GATHER_S, math.ceil(listen.longest_s))),
        num_digits=listen.keys.most,
        # With one key expected, # is an answer like any other.
        finish_on_key="" if one_key else "#",
        hints=_printable(hints) or None,
        # Silence must come back to us as an event; otherwise the carrier falls through and hangs up.
        action_on_empty_result=True,
        profanity_filter=False,
    )


def _end_silence(listen: Listen) -> str:
    """The carrier's own end of turn, but seconds for what is said in pieces and for slow speakers."""
    if listen.expects in _SPOKEN_SLOWLY or listen.patience > 1:
        return str(min(5, math.ceil(1.5 * listen.patience)))
    return "auto"


def _split_at_guard(say: Sequence[Sentence]) -> tuple[Sequence[Sentence], Sequence[Sentence]]:
    last = max((i for i, sentence in enumerate(say, start=1) if sentence.guarded), default=0)
    return say[:last], say[last:]


def _speak(parent: VoiceResponse | Gather, sentences: Sequence[Sentence], turn: Turn) -> None:
    voice, prosody = _VOICES[turn.language], _prosody(turn)
    for sentence in sentences:
        for words in _pieces(_printable(sentence.text)):
            say = parent.say(None if prosody else words, voice=voice.name, language=voice.language)
            if prosody:
                say.prosody(words, **prosody)
        if sentence.pause_s >= 0.5:
            parent.pause(length=math.ceil(sentence.pause_s))


def _prosody(turn: Turn) -> dict[str, str]:
    rate = {} if turn.rate is Rate.NORMAL else {"rate": f"{round(100 / turn.rate.factor)}%"}
    volume = {} if turn.gain_db <= 0 else {"volume": f"+{turn.gain_db:.0f}dB"}
    return rate | volume


def _pieces(text: str) -> Iterator[str]:
    """The text in parts that one `<Say>` takes, cut between words; nothing for an empty text, which fails (13520)."""
    while len(text) > LONGEST_SAY:
        cut = text.rfind(" ", 0, LONGEST_SAY) + 1 or LONGEST_SAY
        yield text[:cut].strip()
        text = text[cut:]
    if text.strip():
        yield text.strip()


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub(" ", text)


def _document(response: VoiceResponse | MessagingResponse) -> str:
    """Starts with `<?xml` itself: white space before it fails the call (12100)."""
    document = str(response)
    if len(document.encode()) > LONGEST_DOCUMENT:
        raise DocumentTooLong
    return document
