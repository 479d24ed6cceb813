"""A caller who types: the same events as on the telephone, written down. For the terminal and for scripted calls.

I'd like to book a visit      speech
1984#  *  0                   keys: digits, * and # alone on a line
...                           silence
~                             a noise that cannot be recognised
(hangs up)                    the caller hangs up
(answered) (no answer) (busy) (failed)      how a transfer goes
"""

import re

from clinic.errors import BadInput
from voice.dialog.turn import Dial, Dialled, DialStatus, Event, Gone, Heard, Hypothesis, Keyed, Silent, Turn

_KEYS = re.compile(r"[0-9*#]+")
_DIALS = {f"({status.value.replace('-', ' ')})": status for status in DialStatus}


class NotNow(BadInput):
    """That cannot happen at this point of the call."""

    code = "not-now"


def event_of(typed: str, turn: Turn) -> Event:
    """What this typed line is in this turn; raises NotNow, for example for speech while a transfer is ringing."""
    typed = typed.strip()
    if typed == "(hangs up)":
        return Gone(turn=turn.number)
    if isinstance(turn.then, Dial):
        if typed not in _DIALS:
            raise NotNow(f"The line is connecting the caller: write one of {', '.join(_DIALS)} or (hangs up).")
        return Dialled(turn=turn.number, status=_DIALS[typed])
    if typed in _DIALS:
        raise NotNow(f"{typed} can only follow a transfer.")
    if typed in ("", "..."):
        return Silent(turn=turn.number)
    if _KEYS.fullmatch(typed):
        return Keyed(turn=turn.number, keys=typed.rstrip("#") or "#")
    text = "" if typed == "~" else typed
    return Heard(turn=turn.number, heard=(Hypothesis(text=text),), engine="typed")
