"""Whether the words so far answer the question: with the silence, this decides when a caller's turn is over.

A caller may pause for six tenths of a second inside a sentence and must not be cut in on; a plain "yes" must not be
kept waiting. So: what can go on is OPEN, what cannot stand alone is UNFINISHED, and only the rest is COMPLETE.
"""

from enum import StrEnum

from intents.dates.resolve import names_a_day
from intents.meaning import Expecting, Grain, Intent, Meaning, ValueType, When
from intents.words import Word, split, tidy, vocabulary


class Completeness(StrEnum):
    """How long a silence it takes after these words."""

    COMPLETE = "complete"
    """Answers the question; the turn is over after a short silence."""
    OPEN = "open"
    """Could be over, could go on."""
    IN_PARTS = "in-parts"
    """A name, a number, a year: more of it may follow after a breath."""
    UNFINISHED = "unfinished"
    """Clearly not over."""


_SURE = 0.6
_SHORTEST_NAME = 3
_LAST_WORDS = 12
"""Only the end of an utterance tells whether it hangs."""
_HANGING = vocabulary(
    "for to at on in with of from about by after before between around until till than into during since through",
    "the a an and or but because so if that when then as while which who where whether unless",
    "my your his her our their its i i'm i'd i've i'll we we're they he she you he's she's it's there's",
    "is was are were be been am will would could should can can't may might must do does did don't have has had not",
    "want need like get make take accept see tell give put move change cancel schedule book reschedule bring cover",
    "um uh er erm hmm well next last every each half quarter past o'clock dr doctor mr mrs ms miss maybe also just",
    "front near without behind under",
    "going trying calling wondering hoping supposed able let let's please'd really very too some any no",
)
_MAY_END = vocabulary(
    "do did am is was are have will would can could should don't can't it's please no on in that you me"
)
"""Of those, what a short answer may end with: "yes I do", "no I can't"."""
_WHOLE_WITHOUT_OBJECT = frozenset({"cancel", "reschedule", "book", "repeat", "maybe", "no", "well"})
_AT_ONCE = frozenset(
    {Intent.PERSON, Intent.REPEAT, Intent.SLOWER, Intent.LOUDER, Intent.GO_BACK, Intent.STOP_CALLING, Intent.GOODBYE}
    | {Intent.THANKS, Intent.WHY, Intent.ARE_YOU_A_ROBOT, Intent.WHAT_CAN_YOU_DO, Intent.WRONG_NUMBER}
    | {Intent.ADDRESS, Intent.PARKING, Intent.INSURANCE, Intent.COST, Intent.TELEHEALTH, Intent.LANGUAGE}
    | {Intent.WHEN_IS_MY_VISIT, Intent.EXERCISE_NOW, Intent.REQUEST_ALTERNATIVE}
)
"""Wishes that nothing needs to be added to."""
_WISHES_ANYWHERE = frozenset(
    {Intent.PERSON, Intent.REPEAT, Intent.SLOWER, Intent.LOUDER, Intent.GO_BACK, Intent.STOP_CALLING, Intent.WHY}
    | {Intent.GOODBYE, Intent.DONT_KNOW}
)
"""Wishes that end a turn whatever was asked."""
_TIMED = frozenset(
    {Intent.BOOK, Intent.RESCHEDULE, Intent.CANCEL, Intent.CONFIRM, Intent.HOURS, Intent.PROGRAMME_STEP}
    | {Intent.RUNNING_LATE, Intent.REQUEST_ALTERNATIVE, Intent.NEW_PATIENT}
)
"""Wishes that a day or an hour often completes."""
_QUESTION_WORDS = vocabulary("what what's how when where which who is are do does can could")
_OPENING = frozenset({"open", "close", "opens", "closes", "closed", "start"})
"""After these a day often follows: "what time do you open | tomorrow"."""
_WHOLE_ANSWER = 4
"""A yes or a no of so many words ("yes, that works") is not the beginning of something else."""
_COMPLETE = Completeness.COMPLETE
_TALKING = frozenset({"speak", "talk", "speaking", "talking", "somebody", "someone", "anybody", "anyone"})
"""After these it may still be said to whom, or where."""
_NOT_YET = frozenset({"birth", "birthday", "name", "is"})
_TENS = frozenset({"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"})
"""A year may end here or go on: "nineteen eighty | two"."""
_HALF_A_YEAR = frozenset({"nineteen", "19", "20", "hundred", "oh"})


def how_complete(meaning: Meaning, text: str, expecting: Expecting) -> Completeness:
    """The judgement for a partial or whole transcript and what was understood of it."""
    tidied = tidy(text[-400:])
    words = split(tidied)
    if not any(word.norm[0].isalnum() for word in words):
        return Completeness.OPEN
    if _hangs(meaning, words, tidied):
        return Completeness.UNFINISHED
    if meaning.crisis is not None:
        return Completeness.OPEN
    if meaning.intent in _WISHES_ANYWHERE and _sure(meaning):
        return Completeness.OPEN if words[-1].norm in _TALKING else Completeness.COMPLETE
    return _JUDGES[expecting](meaning, words)


def _hangs(meaning: Meaning, words: tuple[Word, ...], text: str) -> bool:
    """Ends in a word or a mark that something must follow."""
    if text[-1] in ",-;:" or text.endswith(("...", "…")):
        return True
    real = [word.norm for word in words[-_LAST_WORDS:] if word.norm[0].isalnum()]
    last, before = real[-1], real[-2] if len(real) > 1 else ""
    if _announces(before, last):
        return True
    if last not in _HANGING or text.endswith("?"):
        return False
    if len(real) == 1 and last in _WHOLE_WITHOUT_OBJECT:
        return False
    whole = meaning.intent in _SHORT_ANSWERS and _sure(meaning)
    return not ((whole and last in _MAY_END) or f"{before} {last}" in _PAIRS_THAT_END)


def _announces(before: str, last: str) -> bool:
    """Such as "can you tell me", "my name is", "my first", "what", "what time": the point is still to come."""
    return (
        (last == "is" and before in _ANNOUNCED)
        or (last == "me" and before in _ASKING)
        or (last in _RANKS and before in _OWNERS)
        or (last in _QUESTION_WORDS and not before and last != "what")
        or (last == "what" and before != "")
        or (last in _ASKED_FOR and before in _WHAT)
    )


_PAIRS_THAT_END = frozenset(
    {
        "thank you",
        "come in",
        "go on",
        "hang on",
        "hold on",
        "what for",
        "that for",
        "it for",
        "get in",
        "sign in",
        "you are",
    }
    | {"you do", "of that", "after that", "say that", "like that", "do that", "that's that", "can do", "i do"}
    | {"repeat that", "talking to", "speaking to", "speaking with", "are you", "who are", "change it"}
)


_ANNOUNCED = frozenset({"birth", "birthday", "name", "number", "address", "question", "problem"})
"""What is coming when these are followed by "is"."""
_ASKING = frozenset({"tell", "give", "show", "let"})
"""Followed by "me", and then by what is wanted."""
_RANKS = frozenset({"first", "second", "third", "next", "last", "new"})
_OWNERS = frozenset({"my", "your", "the", "a"})
_WHAT = frozenset({"what", "which", "how"})
_ASKED_FOR = frozenset({"time", "day", "kind", "sort", "much", "many", "long", "far"})
_SHORT_ANSWERS = frozenset({Intent.YES, Intent.NO, Intent.DONT_KNOW})


def _yes_no(meaning: Meaning, words: tuple[Word, ...]) -> Completeness:
    if meaning.intent in {Intent.YES, Intent.NO, Intent.CONFIRM} and _sure(meaning) and not meaning.whens:
        return Completeness.COMPLETE
    return _open(meaning, words)


def _when(meaning: Meaning, words: tuple[Word, ...]) -> Completeness:
    if meaning.whens:
        return _timed(meaning.whens)
    return _open(meaning, words)


def _birth_date(meaning: Meaning, words: tuple[Word, ...]) -> Completeness:
    """Only a year said in full ends it: "nineteen" may become "nineteen sixty-six"."""
    last = words[-1].norm if words[-1].norm[0].isalnum() else words[-2].norm if len(words) > 1 else ""
    if last in _HALF_A_YEAR:
        return Completeness.UNFINISHED
    if meaning.values(ValueType.BIRTH_DATE):
        return Completeness.IN_PARTS if last == "thousand" or last in _TENS else Completeness.COMPLETE
    if meaning.values(ValueType.DIGITS) or any("month" in when.rule for when in meaning.whens):
        return Completeness.UNFINISHED
    return _open(meaning, words)


def _phone(meaning: Meaning, words: tuple[Word, ...]) -> Completeness:
    if meaning.values(ValueType.PHONE):
        return Completeness.COMPLETE
    return Completeness.UNFINISHED if meaning.values(ValueType.DIGITS) else _open(meaning, words)


def _digits(meaning: Meaning, words: tuple[Word, ...]) -> Completeness:
    return Completeness.IN_PARTS if meaning.values(ValueType.DIGITS) else _open(meaning, words)


def _spelling(meaning: Meaning, words: tuple[Word, ...]) -> Completeness:
    letters = "".join(value.value for value in meaning.values(ValueType.SPELLING))
    if not letters:
        return _open(meaning, words)
    return Completeness.UNFINISHED if len(letters) < _SHORTEST_NAME else Completeness.IN_PARTS


def _name(meaning: Meaning, words: tuple[Word, ...]) -> Completeness:
    names = meaning.values(ValueType.NAME)
    if any(" " in value.value for value in names):
        return Completeness.COMPLETE
    return Completeness.IN_PARTS if names else _open(meaning, words)


def _open(meaning: Meaning, words: tuple[Word, ...]) -> Completeness:
    if meaning.values(ValueType.BIRTH_DATE):
        return _birth_date(meaning, words)
    if not meaning.in_scope or not _sure(meaning) or words[-1].norm in _NOT_YET:
        return Completeness.OPEN
    if words[-1].norm in _TALKING:
        return Completeness.OPEN
    if meaning.whens and (meaning.intent in _TIMED or _only_times(meaning, words)):
        question = meaning.intent in {Intent.HOURS, Intent.PROGRAMME_STEP}
        return Completeness.COMPLETE if question else _timed(meaning.whens)
    if meaning.intent in {Intent.YES, Intent.NO} and len(words) >= _WHOLE_ANSWER:
        return Completeness.COMPLETE
    if meaning.intent == Intent.HOURS:
        return Completeness.OPEN if words[-1].norm in _OPENING or words[-2:][0].norm in _OPENING else _COMPLETE
    if meaning.intent in _AT_ONCE:
        return Completeness.COMPLETE
    if meaning.intent == Intent.NEW_PATIENT and words[0].norm in _QUESTION_WORDS and len(words) >= 6:
        return Completeness.COMPLETE
    return Completeness.OPEN


def _only_times(meaning: Meaning, words: tuple[Word, ...]) -> bool:
    """Whether hardly anything but a day or an hour was said."""
    return len(words) <= sum(len(when.text.split()) for when in meaning.whens) + 3


def _timed(whens: tuple[When, ...]) -> Completeness:
    """A day and an hour that can only be meant one way need nothing more."""
    last = whens[-1]
    if last.excluded:
        return Completeness.OPEN
    if last.grain == Grain.PART and names_a_day(last):
        return Completeness.COMPLETE
    exact = last.grain in {Grain.MINUTE, Grain.HOUR}
    starts = [last.start, *(reading.start for reading in last.alternatives)]
    hours = {start.time() for start in starts if start}
    if exact and (len(hours) == 1 or (last.grain == Grain.MINUTE and names_a_day(last))):
        return Completeness.COMPLETE
    return Completeness.OPEN


def _sure(meaning: Meaning) -> bool:
    return meaning.confidence >= _SURE


_JUDGES = {
    Expecting.OPEN: _open,
    Expecting.YES_NO: _yes_no,
    Expecting.WHEN: _when,
    Expecting.NAME: _name,
    Expecting.BIRTH_DATE: _birth_date,
    Expecting.PHONE: _phone,
    Expecting.DIGITS: _digits,
    Expecting.SPELLING: _spelling,
}
