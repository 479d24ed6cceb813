"""The door to the date grammar: words in, spoken times out."""

from datetime import datetime

from intents.dates.atoms import Said
from intents.dates.phrases import phrases
from intents.dates.resolve import resolve
from intents.meaning import Expecting, When
from intents.words import Word


def spoken_times(
    text: str, words: tuple[Word, ...], expecting: Expecting, now: datetime
) -> list[tuple[When, int, int]]:
    """Each spoken time with the places of its first word and after its last; `now` is local time."""
    said = Said(words, now.replace(tzinfo=None), expecting)
    found = []
    for phrase in phrases(said):
        own = text[words[phrase.start].start : words[phrase.end - 1].end]
        when = resolve(said, phrase, own)
        if when is not None:
            found.append((when, phrase.start, phrase.end))
    return found
