"""One call as held in memory: a cache of its journal, and what follows from it. Nothing here does I/O."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from clinic.people import CallId
from voice.dialog.conversation import Conversation, Over
from voice.dialog.effects import Ask, Transfer
from voice.dialog.errors import DialogError
from voice.dialog.journal import CallOutcome, Ended, Noted, Progress, Replied, Row
from voice.dialog.turn import Dial, HangUp, Listen, Sentence, Turn
from voice.session.past import renewed_at

LONGEST_ANSWER_S = 30.0
LONGEST_MESSAGE_S = 120.0


@dataclass(slots=True)
class Ongoing:
    """A call, its rows so far, and the flow that they have brought to where it is."""

    call: CallId
    rows: list[Row]
    conversation: Conversation
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def next_seq(self) -> int:
        return self.rows[-1].seq + 1 if self.rows else 0

    @property
    def turn_number(self) -> int:
        """Every reply ends a turn, also one that was taken back later."""
        return sum(isinstance(row.entry, Replied) for row in self.rows)

    @property
    def ended(self) -> Ended | None:
        entry = self.rows[-1].entry if self.rows else None
        return entry if isinstance(entry, Ended) else None

    @property
    def live_rows(self) -> list[Row]:
        """The rows since the flow last began anew: those that a replay runs through."""
        return self.rows[renewed_at(self.rows) :]

    @property
    def began(self) -> datetime:
        return self.rows[0].at

    @property
    def transfer_noted(self) -> bool:
        """The intention to connect the caller is on record, as it must be before the line does so."""
        entry = self.rows[-1].entry
        return isinstance(entry, Noted) and entry.what == "transfer-intended"

    def turn(self) -> Turn:
        """What the line has to perform now."""
        call = self.conversation.call
        say, then = tuple(self.conversation.said), _then(self.conversation)
        if self.ended:
            last_words = self.ended.said if self.ended.how == "finished" else ()
            say, then = tuple(Sentence(text=text, private=True) for text in last_words), HangUp()
        return Turn(
            call=self.call,
            number=self.turn_number,
            say=say,
            then=then,
            rate=call.rate,
            gain_db=call.gain_db,
            language=call.phrases.language,
        )

    def progress(self, latest: Row | None = None) -> Progress:
        """This call's line in the call log; `latest` is a row about to be written."""
        call, rows = self.conversation.call, [*self.rows, latest] if latest else self.rows
        ended = rows[-1] if isinstance(rows[-1].entry, Ended) else None
        return Progress(
            reason=call.reason,
            outcome=call.outcome or _without_result(ended),
            patient=call.patient.id if call.patient else None,
            turns=sum(isinstance(row.entry, Replied) for row in rows),
            failures=call.failures,
            line=call.line,
            ended=ended.at if ended else None,
        )


def _without_result(ended: Row | None) -> CallOutcome:
    match ended:
        case None:
            return CallOutcome.IN_PROGRESS
        case Row(entry=Ended(how="finished")):
            return CallOutcome.NOT_HELPED
        case _:
            return CallOutcome.HUNG_UP


def _then(conversation: Conversation) -> Listen | Dial | HangUp:
    match conversation.need:
        case Ask(expects=expects, in_crisis=in_crisis):
            patience = conversation.call.patience
            return Listen(
                expects=expects.expecting,
                keys=expects.keys,
                hints=expects.hints,
                offers=expects.offers,
                silence_s=(10.0 if in_crisis else 6.0) * patience,
                patience=patience,
                longest_s=LONGEST_MESSAGE_S if expects.takes_anything else LONGEST_ANSWER_S,
            )
        case Transfer(to=to):
            return Dial(to=to)
        case Over():
            return HangUp()
        case need:
            raise DialogError(f"A turn cannot end at a {type(need).__name__}.")
