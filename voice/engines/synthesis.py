"""What a speech engine gives inside its worker."""

from collections.abc import Callable

from voice.speech.wav import Sound

Synthesise = Callable[[str, float, str], Sound]
"""Text, length (1.25 is a quarter slower) and language to sound."""
