"""Whoever attends to a call: rebuilds it from its journal, takes what came in, and performs what the flow needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clinic.errors import ClinicError
from clinic.people import CallId, Phone
from clinic.time import Clock
from intents.meaning import Meaning
from intents.understanding import Understand
from security.logs import logger
from voice.dialog.call import Call
from voice.dialog.conversation import Conversation, Flow, Over
from voice.dialog.effects import Ask, Now, Transfer, Work
from voice.dialog.errors import JournalMismatch, TooManySteps
from voice.dialog.expectation import Expectation
from voice.dialog.journal import (
    ClockRead,
    DialEnded,
    Ended,
    Entry,
    HowEnded,
    InCrisis,
    Journal,
    LimitReached,
    Noted,
    Outcome,
    Renewed,
    Replied,
    Row,
    SeqTaken,
    Started,
    Stepped,
    WentBack,
    Wish,
    Wished,
)
from voice.dialog.phrasebook import Phrasebook
from voice.dialog.reading import Read, Safety, read
from voice.dialog.replay import NameOf, last_answer, replay, result_type
from voice.dialog.turn import Arrival, Dialled, Event, Gone, Heard, Keyed, LineKind, Silent
from voice.session.limits import Limits
from voice.session.meter import CallMeter
from voice.session.ongoing import Ongoing
from voice.session.past import danger, fingerprint, identified, renewal, renewed_at, started

log = logger("session")


@dataclass(frozen=True, kw_only=True)
class Attendant:
    """Everything that attending to a call takes. Holds no call itself."""

    flow: Flow
    fingerprint: str
    """Of flow and engine source and of phrase and story versions: rows of another one are not replayed."""
    name_of: NameOf
    journal: Journal
    understand: Understand
    safety: Safety
    phrases: Phrasebook
    clock: Clock
    meter: CallMeter
    limits: Limits

    async def open(self, call: CallId, arrival: Arrival) -> CallId:
        """Begin a call, unless this carrier reference has one already; the id of the call there is."""
        known = await self.journal.find(arrival.carrier_ref)
        if known:
            return known
        first = Started(
            flow=self.flow.__name__,
            source_hash=self.fingerprint,
            line=arrival.line,
            caller=arrival.caller,
            language=self.phrases.language,
        )
        row = Row(seq=0, at=self.clock.now(), entry=first)
        ongoing = Ongoing(call, [row], self._conversation(call, arrival.caller, arrival.line))
        opened = await self.journal.open(call, arrival, row, ongoing.progress())
        if opened == call:
            self.meter.began(arrival.line)
        return opened

    async def rebuild(self, call: CallId) -> Ongoing:
        """The call as its journal leaves it, brought on to where it waits for the caller."""
        rows = list(await self.journal.rows(call))
        ongoing = self._since_renewal(call, rows)
        if ongoing.ended:
            return ongoing
        written_under = fingerprint(rows)
        try:
            if written_under != self.fingerprint:
                raise JournalMismatch
            replay(ongoing.live_rows, ongoing.conversation, self.name_of)
        except (JournalMismatch, ValueError):  # ValueError: a result that this release's types cannot hold
            log.warning("journal does not fit the flow", call=call)
            await self._renew(ongoing, Renewed(why="new-release", detail=written_under, source_hash=self.fingerprint))
        await self._drive(ongoing)
        return ongoing

    def fits(self, call: CallId, rows: Sequence[Row]) -> None:
        """Whether the rows replay through this release's flows; raises JournalMismatch."""
        ongoing = self._since_renewal(call, list(rows))
        replay(ongoing.live_rows, ongoing.conversation, self.name_of)
        ongoing.conversation.close()

    async def take(self, ongoing: Ongoing, event: Event) -> None:
        """Take in what happened, unless it is late or a repetition; raises SeqTaken when another process was first."""
        if ongoing.ended:
            return
        if isinstance(event, Gone):
            await self._end(ongoing, "line-lost" if event.reason == "line-lost" else "hung-up")
            return
        if event.turn != ongoing.turn_number:
            return
        need = ongoing.conversation.need
        match need, event:
            case Ask(), Heard() | Keyed() | Silent():
                await self._reply(ongoing, event, self._read(ongoing, need, event))
            case Transfer(), Dialled(status=status):
                await self._reply(ongoing, event, Read(outcome=DialEnded(status=status), understood=status))
            case _:
                return

    async def note(self, ongoing: Ongoing, noted: Noted, line: LineKind) -> None:
        """Record something for staff; the call is on `line` from now on."""
        if not ongoing.ended:
            ongoing.conversation.call.line = line
            await self._append(ongoing, noted)
            self.meter.moved(line)

    def _read(self, ongoing: Ongoing, ask: Ask, event: Heard | Keyed | Silent) -> Read:
        now = self.clock.now()

        def comprehend(text: str, expects: Expectation[Any]) -> Meaning:
            here = now.astimezone(self.phrases.zone)
            return self.understand(text, expecting=expects.expecting, now=here, language=self.phrases.language)

        result = read(ask, event, comprehend, self.safety)
        limit = self._limit(ongoing, now)
        if limit and not isinstance(result.outcome, InCrisis):
            return Read(outcome=limit, understood="too long")
        return result

    def _limit(self, ongoing: Ongoing, now: datetime) -> LimitReached | None:
        if ongoing.conversation.call.overdue:
            return None
        if now - ongoing.began > self.limits.length:
            return LimitReached(which="seconds")
        return LimitReached(which="turns") if ongoing.turn_number >= self.limits.turns else None

    async def _reply(self, ongoing: Ongoing, event: Heard | Keyed | Silent | Dialled, result: Read) -> None:
        await self._append(ongoing, _replied(ongoing, event, result))
        self.meter.turn(ongoing.conversation.call.line, result.outcome.kind)
        back_to = last_answer(ongoing.live_rows[:-1]) if result.outcome == Wished(wish=Wish.GO_BACK) else None
        if back_to is not None:
            await self._append(ongoing, WentBack(to=back_to))
            ongoing.conversation.close()
            ongoing.conversation = self._since_renewal(ongoing.call, ongoing.rows).conversation
            replay(ongoing.live_rows, ongoing.conversation, self.name_of)
        else:
            await self._drive(ongoing, result.outcome)
            return
        await self._drive(ongoing)

    async def _drive(self, ongoing: Ongoing, outcome: Outcome | None = None) -> None:
        """Perform what the flow needs until it waits for the caller or is over.

        The one broad catch of the product: whatever goes wrong here, the caller is told so and given a person.
        """
        try:
            if outcome is not None:
                ongoing.conversation.resume(outcome)
            await self._run(ongoing)
        except SeqTaken:
            raise
        except Exception as error:
            code = error.code if isinstance(error, ClinicError) else type(error).__name__
            log.error("a step of a call failed", call=ongoing.call, code=code, error=type(error).__name__)
            if ongoing.conversation.call.renewed == "failed":
                raise
            await self._renew(ongoing, Renewed(why="failed", detail=code, source_hash=self.fingerprint))
            await self._run(ongoing)

    async def _run(self, ongoing: Ongoing) -> None:
        conversation = ongoing.conversation
        for _ in range(self.limits.steps_per_turn):
            match conversation.need:
                case Ask():
                    return
                case Transfer(to=to):
                    if not ongoing.transfer_noted:
                        await self._append(ongoing, Noted(what="transfer-intended", detail=str(to)))
                    return
                case Over():
                    await self._end(ongoing, "finished")
                    return
                case Now():
                    at = self.clock.now()
                    await self._append(ongoing, ClockRead(at=at))
                    conversation.resume(at)
                case Work() as work:
                    conversation.resume(await self._perform(ongoing, work))
        raise TooManySteps

    async def _perform(self, ongoing: Ongoing, work: Work) -> object:
        """Do the work and journal its result; the flow gets what a replay would give it."""
        written = result_type(work.action)
        name = self.name_of(work.action)
        if work.effect == "fetch":
            result = written.dump_json(await work.action(*work.arguments)).decode()
            await self._append(ongoing, Stepped(name=name, effect=work.effect, result=result))
            return written.validate_json(result)
        seq, at = ongoing.next_seq, self.clock.now()
        async with self.journal.step(ongoing.call, seq, at) as step:
            result = written.dump_json(await work.action(step, *work.arguments)).decode()
            entry = Stepped(name=name, effect=work.effect, result=result)
            await step.record(entry, ongoing.progress())
        ongoing.rows.append(Row(seq=seq, at=at, entry=entry))
        return written.validate_json(result)

    async def _renew(self, ongoing: Ongoing, renewed: Renewed) -> None:
        """Begin the flow anew inside the call, with what is known of the caller."""
        await self._append(ongoing, renewed)
        self.meter.renewed(renewed.why)
        ongoing.conversation.close()
        ongoing.conversation = self._since_renewal(ongoing.call, ongoing.rows).conversation
        ongoing.conversation.begin()

    def _since_renewal(self, call: CallId, rows: list[Row]) -> Ongoing:
        first = started(rows)
        conversation = self._conversation(call, first.caller, first.line)
        renewed = renewal(rows)
        if renewed:
            conversation.call.renewed = renewed.why
            conversation.call.patient = identified(rows)
            conversation.call.danger = danger(rows[: renewed_at(rows)])
        return Ongoing(call, rows, conversation)

    def _conversation(self, call: CallId, caller: Phone | None, line: LineKind) -> Conversation:
        return Conversation(self.flow, Call(id=call, caller=caller, line=line, phrases=self.phrases))

    async def _end(self, ongoing: Ongoing, how: HowEnded) -> None:
        said = tuple(sentence.text for sentence in ongoing.conversation.said)
        await self._append(ongoing, Ended(how=how, said=said))
        ongoing.conversation.close()
        self.meter.ended(ongoing.conversation.call.line, ongoing.progress().outcome)

    async def _append(self, ongoing: Ongoing, entry: Entry) -> None:
        row = Row(seq=ongoing.next_seq, at=self.clock.now(), entry=entry)
        await self.journal.append(ongoing.call, row, ongoing.progress(row))
        ongoing.rows.append(row)


def _replied(ongoing: Ongoing, event: Heard | Keyed | Silent | Dialled, result: Read) -> Replied:
    """The journal row of one turn."""
    need, heard = ongoing.conversation.need, event if isinstance(event, Heard) else None
    return Replied(
        turn=ongoing.turn_number,
        prompt=need.prompt if isinstance(need, Ask) else "",
        said=tuple(sentence.text for sentence in ongoing.conversation.said),
        expects=need.expects.expecting if isinstance(need, Ask) else None,
        heard=heard.text if heard else "",
        keys=event.keys if isinstance(event, Keyed) else "",
        others=tuple(guess.text for guess in heard.heard[1:]) if heard else (),
        engine=heard.engine if heard else "",
        recognised=heard.heard[0].confidence if heard and heard.heard else None,
        understood=result.understood,
        sure=result.sure,
        explanation=result.explanation,
        timing=heard.timing if heard else None,
        barged=heard.barged if heard else False,
        outcome=result.outcome,
    )
