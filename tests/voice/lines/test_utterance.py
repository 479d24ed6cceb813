"""The audio that the recogniser gets."""

from voice.lines.utterance import Utterance


def numbered(count: int, since: int = 1) -> Utterance:
    """An utterance buffer that has heard frames whose content is their number."""
    utterance = Utterance()
    for now in range(since, since + count):
        utterance.add(now.to_bytes(2, "big"), now)
    return utterance


def numbers(audio: bytes) -> list[int]:
    return [int.from_bytes(audio[at : at + 2], "big") for at in range(0, len(audio), 2)]


def test_exactly_the_speech_with_a_little_around_it() -> None:
    utterance = numbered(100)
    utterance.begin(98)
    for now in range(101, 160):
        utterance.add(now.to_bytes(2, "big"), now)
    assert numbers(utterance.speech(131)) == list(range(91, 136))


def test_only_the_last_frames() -> None:
    utterance = numbered(10)
    utterance.begin(10)
    for now in range(11, 60):
        utterance.add(now.to_bytes(2, "big"), now)
    assert numbers(utterance.speech(50, last=5)) == [50, 51, 52, 53, 54]


def test_a_long_part_is_settled_and_a_short_one_is_not() -> None:
    utterance = numbered(10)
    utterance.begin(10)
    for now in range(11, 500):
        utterance.add(now.to_bytes(2, "big"), now)
    utterance.settle("never mind", 100)
    assert not utterance.settled
    utterance.settle("first part", 480)
    assert list(utterance.settled) == ["first part"]
    assert numbers(utterance.speech(490))[0] == 473


def test_the_next_utterance_begins_anew_but_keeps_its_lead() -> None:
    utterance = numbered(10)
    utterance.begin(10)
    for now in range(11, 600):
        utterance.add(now.to_bytes(2, "big"), now)
    utterance.settle("words", 590)
    utterance.end()
    assert not utterance.settled
    utterance.add((600).to_bytes(2, "big"), 600)
    utterance.begin(600)
    assert numbers(utterance.speech(601)) == list(range(593, 601))
