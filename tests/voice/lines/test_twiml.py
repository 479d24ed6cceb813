"""Turns as documents (TWILIO.md, "TwiML"), each limit of the carrier with a test of its own."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.people import CallId, Phone
from intents.meaning import Expecting
from tests.voice.lines.fake_switchboard import ASK, turn
from voice.dialog.turn import Dial, HangUp, Keys, Listen, Rate, Sentence, Turn
from voice.lines import twiml
from voice.lines.twilio_urls import CarrierUrls

URLS = CarrierUrls("https://c.org/")
HANDOVER = twiml.Handover(front_desk=Phone("+12065550100"), apology="I am sorry.", nobody="Please call again.")


def read(document: str) -> ET.Element:
    assert document.startswith("<?xml")
    return ET.fromstring(document)  # noqa: S314 - our own document


def performed(of: Turn) -> ET.Element:
    return read(twiml.perform(replace(of, call=CallId("c 1"), number=4), URLS))


def gather(listen: Listen) -> dict[str, str]:
    found = performed(turn("Yes?", then=listen)).find("Gather")
    assert found is not None
    return found.attrib


def said(element: ET.Element, path: str) -> list[str]:
    return ["".join(say.itertext()) for say in element.findall(path)]


def test_a_question_is_said_inside_the_gather_so_that_it_can_be_interrupted() -> None:
    response = performed(turn("Good day.", "Which day?"))
    assert [child.tag for child in response] == ["Gather"]
    assert said(response, "Gather/Say") == ["Good day.", "Which day?"]


def test_speech_and_keys_answer_and_the_turn_comes_back() -> None:
    attributes = gather(ASK)
    assert attributes["input"] == "speech dtmf"
    assert attributes["action"] == "https://c.org/twilio/turn?call=c+1&turn=4"
    assert attributes["method"] == "POST"
    assert attributes["language"] == "en-US"


def test_silence_is_reported_and_does_not_fall_through() -> None:
    assert gather(Listen(expects=Expecting.OPEN, silence_s=5.2)) | {
        "actionOnEmptyResult": "true",
        "timeout": "6",
    } == gather(Listen(expects=Expecting.OPEN, silence_s=5.2))


def test_no_speech_model_is_named_beside_the_automatic_end_of_speech() -> None:
    assert gather(ASK)["speechTimeout"] == "auto"
    assert "speechModel" not in gather(ASK)


def test_digits_and_slow_speakers_are_waited_for() -> None:
    assert gather(Listen(expects=Expecting.DIGITS))["speechTimeout"] == "2"
    assert gather(Listen(expects=Expecting.YES_NO, patience=2))["speechTimeout"] == "3"


def test_keys() -> None:
    one, many = gather(Listen(expects=Expecting.OPEN)), gather(Listen(expects=Expecting.PHONE, keys=Keys(most=10)))
    assert (one["numDigits"], one["finishOnKey"]) == ("1", "")
    assert (many["numDigits"], many["finishOnKey"]) == ("10", "#")


def test_hints_keep_to_the_carriers_limits() -> None:
    hints = [f"hint {i}" for i in range(600)]
    kept = gather(Listen(expects=Expecting.OPEN, hints=("one, two", "y" * 150, *hints)))["hints"].split(", ")
    assert len(kept) == 500
    assert kept[:2] == ["one  two", "y" * 100]
    assert "hints" not in gather(ASK)


def test_speech_is_cut_after_a_minute() -> None:
    assert gather(Listen(expects=Expecting.OPEN, longest_s=300))["maxSpeechTime"] == "60"


def test_guarded_sentences_and_what_comes_before_them_cannot_be_talked_over() -> None:
    response = performed(turn("One.", Sentence(text="This is legal.", guarded=True, pause_s=1), "Two?"))
    assert [child.tag for child in response] == ["Say", "Say", "Pause", "Gather"]
    assert said(response, "Gather/Say") == ["Two?"]


def test_pauses() -> None:
    sentences = (Sentence(text="Breathe in.", pause_s=4), Sentence(text="Out.", pause_s=0.3))
    response = performed(turn(*sentences, then=HangUp()))
    assert [(child.tag, child.get("length")) for child in response] == [
        ("Say", None),
        ("Pause", "4"),
        ("Say", None),
        ("Hangup", None),
    ]


def test_nothing_empty_is_said() -> None:
    assert said(performed(turn("", " \n", "Hello.", then=HangUp())), "Say") == ["Hello."]


def test_long_sentences_are_said_in_parts_cut_between_words() -> None:
    parts = said(performed(turn("word " * 1500, then=HangUp())), "Say")
    assert all(0 < len(part) <= twiml.LONGEST_SAY for part in parts)
    assert " ".join(parts).split() == ["word"] * 1500


def test_a_document_over_64_kilobytes_is_never_sent() -> None:
    with pytest.raises(twiml.DocumentTooLong):
        performed(turn("word " * 20000))


def test_slower_and_louder_are_kept_in_the_voice() -> None:
    plain, slow = performed(turn("Hello.")), performed(turn("Hello.", rate=Rate.SLOW, gain_db=6.0))
    assert plain.find(".//prosody") is None
    prosody = slow.find("Gather/Say/prosody")
    assert prosody is not None
    assert (prosody.attrib, prosody.text) == ({"rate": "80%", "volume": "+6dB"}, "Hello.")


def test_spanish() -> None:
    say = performed(turn("Buenos días.", language="es")).find("Gather/Say")
    assert say is not None
    assert (say.attrib["language"], say.text) == ("es-US", "Buenos días.")


def test_dialling_a_person() -> None:
    response = performed(turn("One moment.", then=Dial(to=Phone("+12065550100"), ring_s=20)))
    dial = response.find("Dial")
    assert dial is not None
    assert [child.tag for child in response] == ["Say", "Dial"]
    assert dial.attrib == {
        "action": "https://c.org/twilio/after-dial?call=c+1&turn=4",
        "method": "POST",
        "timeout": "20",
    }
    assert dial.findtext("Number") == "+12065550100"


def test_988_can_be_dialled() -> None:
    assert performed(turn(then=Dial(to="988"))).findtext("Dial/Number") == "988"


def test_what_a_stream_has_said_is_not_said_again() -> None:
    document = twiml.perform(turn("Goodbye.", then=HangUp()), URLS, spoken=True)
    assert [child.tag for child in read(document)] == ["Hangup"]


def test_connecting_a_stream() -> None:
    response = read(twiml.connect_stream(URLS, replace(turn(), call=CallId("c1"), number=1), "token-1"))
    connect, stream = response.find("Connect"), response.find("Connect/Stream")
    assert connect is not None
    assert stream is not None
    assert connect.attrib["action"] == "https://c.org/twilio/after-stream?call=c1"
    assert stream.attrib["url"] == "wss://c.org/twilio/stream"
    assert stream.attrib["statusCallback"] == "https://c.org/twilio/stream-status?call=c1"
    parameter = stream.find("Parameter")
    assert parameter is not None
    assert parameter.attrib == {"name": "token", "value": "token-1"}


def test_handing_over_apologises_and_dials_the_front_desk() -> None:
    response = read(twiml.hand_over(HANDOVER, URLS))
    assert [child.tag for child in response] == ["Say", "Dial"]
    assert response.findtext("Dial/Number") == "+12065550100"
    assert [child.tag for child in read(twiml.nobody_there(HANDOVER))] == ["Say", "Hangup"]


def test_answering_a_text() -> None:
    assert read(twiml.text_back("You will get no more messages.")).findtext("Message") is not None
    assert list(read(twiml.text_back(None))) == []


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_text_makes_a_document_that_can_be_read(words: list[str]) -> None:
    assert performed(turn(*words)).find("Gather") is not None
