"""Calls in progress: what the lines speak to, between the journal and the flows."""

from voice.session.attendant import Attendant
from voice.session.limits import Limits
from voice.session.meter import CallMeter, Unmetered
from voice.session.sessions import Sessions

__all__ = ["Attendant", "CallMeter", "Limits", "Sessions", "Unmetered"]
