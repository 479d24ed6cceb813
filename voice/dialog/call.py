"""The call as a flow sees it: say, ask, confirm, fetch, do, transfer. Everything a flow may await is here.

Asking is where patience lives: a question is asked again more simply, then with keys, then a person is fetched.
Wishes ("repeat", "slower", "a person") are honoured here, so no flow has to think of them.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Concatenate, Literal, NoReturn, ParamSpec, TypeVar

from clinic.people import CallId, Patient, Phone
from clinic.step import Step
from voice.dialog import answers
from voice.dialog.effects import Ask, Now, Say, Transfer, Work, perform
from voice.dialog.errors import Crisis, GoodbyeSaid, Hangup, PersonWanted, StartOver, StopCalling
from voice.dialog.expectation import Expectation, decode
from voice.dialog.journal import (
    Answered,
    CallOutcome,
    DialEnded,
    InCrisis,
    LimitReached,
    Outcome,
    Unclear,
    Wish,
    Wished,
)
from voice.dialog.phrasebook import Phrasebook
from voice.dialog.turn import DialStatus, LineKind, Rate, Sentence

T = TypeVar("T")
P = ParamSpec("P")

TRIES = 3
"""A question is asked this often; then a person is fetched (RULES, "Evidence to design by")."""
MOST_WISHES = 8
"""How often one question may be answered with a wish before a person is fetched."""

_SORRY = {"silence": "again.silence", "not-recognised": "again.not-heard"}


class Call:
    """One telephone call. Its attributes are rebuilt by replay, so a flow may set them and nothing else may."""

    def __init__(self, *, id: CallId, caller: Phone | None, line: LineKind, phrases: Phrasebook) -> None:
        self.id = id
        self.caller = caller
        self.line = line
        self.phrases = phrases
        self.patient: Patient | None = None
        self.rate = Rate.NORMAL
        self.gain_db = 0.0
        self.patience = 1.0
        self.reason = ""
        self.outcome: CallOutcome | None = None
        self.failures = 0
        self.handoffs = 0
        """How often this call has been on its way to a person."""
        self.overdue = False
        """The call has been told that it is too long; it is told once."""
        self.danger: Crisis | None = None
        """The crisis that this call was in when it had to begin anew."""
        self.renewed: Literal["", "new-release", "failed"] = ""
        """Why the flow had to begin anew inside this call; empty when it did not."""

    async def say(self, phrase: str, /, **values: object) -> None:
        """Speak a phrase."""
        await perform(Say(partial(self.phrases.say, phrase, values)))

    async def speak(self, sentences: tuple[Sentence, ...]) -> None:
        """Speak content that is not a phrase: the lines of a story."""
        await perform(Say(lambda: sentences))

    async def ask(self, phrase: str, /, expects: Expectation[T], *, in_crisis: bool = False, **values: object) -> T:
        """Ask until answered: again more simply, then with keys; raises PersonWanted after three failures."""
        failures = wishes = 0
        await self.say(phrase, **values)
        while True:
            outcome = await perform(Ask(prompt=phrase, expects=expects, in_crisis=in_crisis))
            match outcome:
                case Answered(value=value):
                    return decode(expects, value)
                case Unclear(why=why):
                    failures += 1
                    self.failures += 1
                    if failures == TRIES:
                        raise PersonWanted("silence" if why == "silence" else "not-understood")
                    await self._ask_again(phrase, expects, values, why=why, last=failures == TRIES - 1)
                case Wished(wish=wish):
                    wishes += 1
                    if wishes == MOST_WISHES:
                        raise PersonWanted("not-understood")
                    await self._grant(wish, phrase)
                    await self.say(phrase, **values)
                case _:
                    self._leave(outcome)

    async def confirm(self, phrase: str, /, *, in_crisis: bool = False, **values: object) -> bool:
        """A yes-or-no question."""
        return await self.ask(phrase, answers.yes_no(), in_crisis=in_crisis, **values)

    async def fetch(self, action: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """Read something; may be repeated after a crash."""
        result: T = await perform(Work(effect="fetch", action=action, arguments=_positional(args, kwargs)))
        return result

    async def do(self, action: Callable[Concatenate[Step, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """Change something, exactly once: in one transaction with its journal row."""
        result: T = await perform(Work(effect="do", action=action, arguments=_positional(args, kwargs)))
        return result

    async def hold(self, action: Callable[Concatenate[Step, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """Like do, for a change that lapses by itself, so that the caller may still go back past it."""
        result: T = await perform(Work(effect="hold", action=action, arguments=_positional(args, kwargs)))
        return result

    async def now(self) -> datetime:
        """The time in the clinic's zone; the same on replay."""
        moment: datetime = await perform(Now())
        return moment.astimezone(self.phrases.zone)

    async def transfer(self, to: Phone | Literal["988"]) -> DialStatus:
        """Connect the caller to a person; comes back only when that has ended or failed."""
        outcome: Outcome = await perform(Transfer(to=to))
        if not isinstance(outcome, DialEnded):
            self._leave(outcome)
        return outcome.status

    def _leave(self, outcome: Outcome) -> NoReturn:
        """Raise what takes the call out of whatever flow it is in."""
        match outcome:
            case InCrisis(level=level, triggers=triggers):
                raise Crisis(level, triggers)
            case LimitReached():
                self.overdue = True
                raise PersonWanted("too-long")
        raise Hangup

    async def _ask_again(
        self, phrase: str, expects: Expectation[T], values: dict[str, object], *, why: str, last: bool
    ) -> None:
        await self.say(_SORRY.get(why, "again.not-understood"))
        simpler = f"{phrase}-again"
        await self.say(simpler if simpler in self.phrases else phrase, **values)
        if last:
            keys = tuple(f"{key} for {offer}" for key, offer in enumerate(expects.offers, start=1))
            await self.say(expects.by_keys, keys=keys)

    async def _grant(self, wish: Wish, phrase: str) -> None:
        match wish:
            case Wish.REPEAT:
                pass
            case Wish.SLOWER:
                self.rate = Rate.SLOWEST if self.rate is Rate.SLOW else Rate.SLOW
                self.patience = 1.5
                await self.say("wish.slower")
            case Wish.LOUDER:
                self.gain_db = min(self.gain_db + 6.0, 12.0)
                await self.say("wish.louder")
            case Wish.WHY:
                because = f"why.{phrase}"
                await self.say(because if because in self.phrases else "why.this")
            case Wish.ROBOT:
                await self.say("wish.robot")
            case Wish.GO_BACK:
                await self.say("wish.cannot-go-back")
            case Wish.PERSON:
                raise PersonWanted("asked")
            case Wish.LANGUAGE:
                raise PersonWanted("language")
            case Wish.START_OVER:
                raise StartOver
            case Wish.STOP_CALLING:
                raise StopCalling
            case Wish.GOODBYE:
                raise GoodbyeSaid


def _positional(args: tuple[object, ...], kwargs: dict[str, object]) -> tuple[object, ...]:
    if kwargs:
        raise TypeError("Work is given by position, so that the journal can compare it.")
    return args
