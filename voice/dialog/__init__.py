"""The dialog engine: effects, call, answers, journal, replay, turn. Pure, no input or output."""
