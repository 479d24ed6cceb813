"""What was understood of one utterance: the values every other part reads. No text processing here."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal


class Expecting(StrEnum):
    """What kind of answer the question calls for; steers reading, never forbids."""

    OPEN = "open"
    YES_NO = "yes-no"
    WHEN = "when"
    NAME = "name"
    BIRTH_DATE = "birth-date"
    PHONE = "phone"
    DIGITS = "digits"
    SPELLING = "spelling"


class Intent(StrEnum):
    """Everything a caller may want; the names are a contract with other programs."""

    BOOK = "book"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    CONFIRM = "confirm"
    WHEN_IS_MY_VISIT = "when_is_my_visit"
    RUNNING_LATE = "running_late"
    PROGRAMME_STEP = "programme_step"
    EXERCISE_NOW = "exercise_now"
    REPEAT = "repeat"
    SLOWER = "slower"
    LOUDER = "louder"
    GO_BACK = "go_back"
    PERSON = "person"
    LEAVE_MESSAGE = "leave_message"
    HOURS = "hours"
    ADDRESS = "address"
    PARKING = "parking"
    INSURANCE = "insurance"
    COST = "cost"
    TELEHEALTH = "telehealth"
    REFILL = "refill"
    RECORDS = "records"
    NEW_PATIENT = "new_patient"
    UPDATE_DETAILS = "update_details"
    STOP_CALLING = "stop_calling"
    WHY = "why"
    ARE_YOU_A_ROBOT = "are_you_a_robot"
    WHAT_CAN_YOU_DO = "what_can_you_do"
    REQUEST_ALTERNATIVE = "request_alternative"
    GREET = "greet"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    YES = "yes"
    NO = "no"
    MAYBE = "maybe"
    DONT_KNOW = "dont_know"
    WRONG_NUMBER = "wrong_number"
    COMPLAINT = "complaint"
    LANGUAGE = "language"
    OUT_OF_SCOPE = "out_of_scope"


class Grain(StrEnum):
    """How exact a time was said to be."""

    MINUTE = "minute"
    HOUR = "hour"
    PART = "part"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One reading of a spoken time: local, `end` exclusive, None where open."""

    start: datetime | None
    end: datetime | None
    grain: Grain


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A spoken time; the best reading is its own, the others are in `alternatives`."""

    start: datetime | None
    end: datetime | None
    grain: Grain
    text: str
    rule: str
    excluded: bool = False
    """True for "not Monday"."""
    alternatives: tuple[Reading, ...] = ()
    type: Literal["when"] = "when"


class ValueType(StrEnum):
    BIRTH_DATE = "birth-date"
    DIGITS = "digits"
    PHONE = "phone"
    NAME = "name"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A spoken value. `value` is ISO for birth-date, digits only for digits, E.164 for phone, letters for spelling."""

    type: ValueType
    value: str
    text: str
    rule: str


Entity = When | Value


class CrisisLevel(StrEnum):
    ACTIVE = "active"
    PASSIVE = "passive"
    SELF_HARM = "self-harm"
    SOMEONE_ELSE = "someone-else"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisSign:
    """Words that may mean danger to life. Any level is asked about; none is ever ignored."""

    level: CrisisLevel
    triggers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """One intent and its calibrated probability, 0 to 1."""

    intent: Intent
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """One utterance, understood."""

    text: str
    intent: Intent
    confidence: float
    in_scope: bool
    alternatives: tuple[Guess, ...] = ()
    entities: tuple[Entity, ...] = ()
    crisis: CrisisSign | None = None
    explanation: str = ""
    """Why, in plain words that staff can read and the line can speak."""

    def values(self, kind: ValueType) -> tuple[Value, ...]:
        """The spoken values of one type, in the order said."""
        return tuple(e for e in self.entities if isinstance(e, Value) and e.type == kind)

    @property
    def whens(self) -> tuple[When, ...]:
        """The spoken times, in the order said."""
        return tuple(e for e in self.entities if isinstance(e, When))

    @property
    def birth_date(self) -> date | None:
        """The birth date, when exactly one was said."""
        dates = {v.value for v in self.values(ValueType.BIRTH_DATE)}
        return date.fromisoformat(dates.pop()) if len(dates) == 1 else None
