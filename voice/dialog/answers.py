"""Answers: what each kind of question accepts, by speech or by keys, and the typed value it gives the flow."""

from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from clinic.people import BadPhone, Phone
from intents.meaning import Expecting, Intent, Meaning, Value, ValueType, When
from intents.policy import ACT_FROM, Action, decide
from voice.dialog.expectation import Expectation, Kind, NoAnswer
from voice.dialog.turn import Keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Yes or no, and any time that came with it: "no, in the afternoon", "yes, Tuesday is fine"."""

    yes: bool
    whens: tuple[When, ...] = ()


_VERDICT = TypeAdapter(Verdict)
_BOOL = TypeAdapter(bool)
_DATE = TypeAdapter(date)
_TEXT = TypeAdapter(str)
_PHONE = TypeAdapter(Phone)
_INDEX = TypeAdapter(int)


def yes_no() -> Expectation[bool]:
    """1 or yes, 2 or no."""
    return Kind(
        expecting=Expecting.YES_NO,
        adapter=_BOOL,
        by_keys="keys.yes-no",
        by_intent=True,
        keys=Keys(most=1, single="12"),
        hints=("yes", "no"),
        speech=_spoken_yes_no,
        digits=_keyed_yes_no,
        words=_YES_OR_NO.__getitem__,
    )


def offer() -> Expectation[Verdict]:
    """Like yes_no, but another time may come with the no."""

    def speech(meaning: Meaning) -> Verdict | NoAnswer:
        answer = _spoken_yes_no(meaning)
        if isinstance(answer, bool):
            return Verdict(yes=answer, whens=meaning.whens)
        return Verdict(yes=False, whens=meaning.whens) if meaning.whens else _another(meaning, answer)

    def digits(keys: str) -> Verdict | NoAnswer:
        answer = _keyed_yes_no(keys)
        return Verdict(yes=answer) if isinstance(answer, bool) else answer

    return Kind(
        expecting=Expecting.YES_NO,
        adapter=_VERDICT,
        by_keys="keys.yes-no",
        by_intent=True,
        keys=Keys(most=1, single="12"),
        hints=("yes", "no", "another time"),
        speech=speech,
        digits=digits,
        words=lambda verdict: ", ".join([_YES_OR_NO[verdict.yes], *(spoken.text for spoken in verdict.whens)]),
    )


def _another(meaning: Meaning, otherwise: NoAnswer) -> Verdict | NoAnswer:
    return Verdict(yes=False) if meaning.intent is Intent.REQUEST_ALTERNATIVE else otherwise


_YES_OR_NO = {True: "yes", False: "no"}
_YES_WORDS = {Intent.YES: True, Intent.CONFIRM: True, Intent.NO: False}


def _spoken_yes_no(meaning: Meaning) -> bool | NoAnswer:
    return _YES_WORDS[meaning.intent] if meaning.intent in _YES_WORDS else NoAnswer("neither yes nor no")


def _keyed_yes_no(keys: str) -> bool | NoAnswer:
    return {"1": True, "2": False}.get(keys, NoAnswer("1 is yes, 2 is no"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the caller wants, with what else was said along with it."""

    intent: Intent
    action: Action = Action.ACT
    """What the policy says to do about it."""
    sure: bool = True
    """Sure enough to act on, were it not for the policy's wish to confirm what changes something."""
    offers: tuple[Intent, ...] = ()
    """Between which two the caller should choose, when that is the action."""
    whens: tuple[When, ...] = ()
    text: str = ""
    """As it was said."""


_REQUEST = TypeAdapter(Request)


def request(menu: tuple[Intent, ...]) -> Expectation[Request]:
    """An open question: anything the clinic line does. Key N is the Nth thing of the menu."""

    def speech(meaning: Meaning) -> Request | NoAnswer:
        decision = decide(meaning)
        return Request(
            intent=meaning.intent,
            action=decision.action,
            sure=meaning.confidence >= ACT_FROM,
            offers=decision.offers,
            whens=meaning.whens,
            text=meaning.text,
        )

    def digits(keys: str) -> Request | NoAnswer:
        place = int(keys) - 1 if keys.isdigit() else -1
        if not 0 <= place < len(menu):
            return NoAnswer("not on the menu")
        return Request(intent=menu[place])

    return Kind(
        expecting=Expecting.OPEN,
        adapter=_REQUEST,
        by_keys="keys.menu",
        by_intent=True,
        keys=Keys(most=1, single="123456789"[: len(menu)]),
        hints=("book a visit", "move my visit", "cancel my visit", "when is my visit", "exercise", "talk to a person"),
        speech=speech,
        digits=digits,
        words=lambda wanted: wanted.intent.value,
    )


def choice(*options: str, private: bool = False) -> Expectation[int]:
    """One of a few named things, by name, by "the second one", or by its number. The value is its place from 0.

    `private` options hold patient data, and are not given to engines as hints.
    """

    def speech(meaning: Meaning) -> int | NoAnswer:
        place = place_of(meaning.text, options)
        return NoAnswer("none of what was offered") if place is None else place

    def digits(keys: str) -> int | NoAnswer:
        place = int(keys) - 1 if keys.isdigit() else -1
        return place if 0 <= place < len(options) else NoAnswer("not on the menu")

    return Kind(
        expecting=Expecting.OPEN,
        adapter=_INDEX,
        by_keys="keys.choice",
        keys=Keys(most=1, single="123456789"[: len(options)]),
        hints=() if private else options,
        offers=options,
        speech=speech,
        digits=digits,
        words=options.__getitem__,
    )


_LIFELINE = "nine eight eight"
_NONE_OF_THEM = {"not", "neither", "none", "don", "dont"}
_ORDINALS = ({"first", "one", "1"}, {"second", "two", "2"}, {"third", "three", "3"}, {"fourth", "four", "4"})


def _words(text: str) -> list[str]:
    text = text.replace("9 8 8", _LIFELINE).replace("988", _LIFELINE)
    return "".join(c if c.isalnum() else " " for c in text.lower()).split()


def place_of(text: str, options: tuple[str, ...]) -> int | None:
    """The option whose own words were said, else the ordinal. Words that several options share count less."""
    said, names = set(_words(text)), [set(_words(option)) for option in options]
    if said & _NONE_OF_THEM:
        return None
    scores = [sum(1 / sum(word in other for other in names) for word in name & said) for name in names]
    best = max(scores)
    if best and scores.count(best) == 1:
        return scores.index(best)
    if "last" in said:
        return len(options) - 1
    spoken = [place for place, words in enumerate(_ORDINALS[: len(options)]) if said & (words - {"one"})]
    if not spoken and "one" in said:
        return 0
    return spoken[0] if len(spoken) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenWhen:
    """The times a caller asked for; empty means that any time will do."""

    whens: tuple[When, ...] = ()


_WHEN = TypeAdapter(SpokenWhen)
_ANY_TIME = frozenset(
    ["any", "anytime", "whenever", "soonest", "earliest", "first", "soon", "next", "asap", "possible"]
)


def when() -> Expectation[SpokenWhen]:
    """A day or time. 1 is the soonest there is."""

    def speech(meaning: Meaning) -> SpokenWhen | NoAnswer:
        if meaning.whens:
            return SpokenWhen(whens=meaning.whens)
        if _ANY_TIME.intersection(_words(meaning.text)) or meaning.intent in (Intent.DONT_KNOW, Intent.MAYBE):
            return SpokenWhen()
        return NoAnswer("no day or time in it")

    return Kind(
        expecting=Expecting.WHEN,
        adapter=_WHEN,
        by_keys="keys.when",
        keys=Keys(most=1, single="1"),
        speech=speech,
        digits=lambda keys: SpokenWhen() if keys == "1" else NoAnswer("1 is the soonest there is"),
        words=lambda wanted: ", ".join(spoken.text for spoken in wanted.whens) or "any time",
    )


def birth_date() -> Expectation[date]:
    """A date of birth, spoken, or eight keys: month, day, year."""

    def speech(meaning: Meaning) -> date | NoAnswer:
        return meaning.birth_date or NoAnswer("no full date in it")

    def digits(keys: str) -> date | NoAnswer:
        try:
            return date(int(keys[4:8]), int(keys[0:2]), int(keys[2:4]))
        except ValueError:
            return NoAnswer("not month, day and year")

    return Kind(
        expecting=Expecting.BIRTH_DATE,
        adapter=_DATE,
        by_keys="keys.birth-date",
        keys=Keys(most=8),
        speech=speech,
        digits=digits,
        words=lambda born: f"{born:%B} {born.day}, {born.year}",
    )


def phone_number(region: str) -> Expectation[Phone]:
    """A telephone number, spoken or keyed."""

    def parse(written: str) -> Phone | NoAnswer:
        try:
            return Phone.parse(written, region=region)
        except BadPhone:
            return NoAnswer("not a telephone number")

    def speech(meaning: Meaning) -> Phone | NoAnswer:
        spoken: tuple[Value, ...] = meaning.values(ValueType.PHONE) or meaning.values(ValueType.DIGITS)
        return parse(spoken[-1].value) if spoken else NoAnswer("no number in it")

    return Kind(
        expecting=Expecting.PHONE,
        adapter=_PHONE,
        by_keys="keys.phone",
        keys=Keys(most=11),
        speech=speech,
        digits=parse,
    )


def person_name() -> Expectation[str]:
    """A person's name, said or spelled."""

    def speech(meaning: Meaning) -> str | NoAnswer:
        spoken = meaning.values(ValueType.NAME) or meaning.values(ValueType.SPELLING)
        return spoken[0].value if spoken else NoAnswer("no name in it")

    return Kind(
        expecting=Expecting.NAME,
        adapter=_TEXT,
        by_keys="keys.none",
        keys=Keys(),
        speech=speech,
        digits=lambda _keys: NoAnswer("a name cannot be keyed"),
    )


def words() -> Expectation[str]:
    """The caller's own words, as said: a message, an answer to a story's question."""
    return Kind(
        expecting=Expecting.OPEN,
        adapter=_TEXT,
        by_keys="keys.none",
        keys=Keys(),
        takes_anything=True,
        speech=lambda meaning: meaning.text.strip() or NoAnswer("nothing said"),
        digits=lambda _keys: NoAnswer("a message cannot be keyed"),
    )
