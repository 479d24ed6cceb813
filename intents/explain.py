"""Why an utterance was understood as it was, in plain words that staff can read and the line can speak."""

from intents.classify import Guessed
from intents.meaning import CrisisSign, Entity, Guess, Intent, When
from intents.policy import in_words


def explain(guessed: Guessed, settled: Guess, entities: tuple[Entity, ...], crisis: CrisisSign | None) -> str:
    """One short paragraph."""
    return " ".join(filter(None, (_crisis(crisis), _intent(guessed, settled), *map(_entity, entities))))


def _crisis(sign: CrisisSign | None) -> str:
    if sign is None:
        return ""
    return f"Words that may mean danger ({sign.level.value}): {_quoted(sign.triggers)}."


def _intent(guessed: Guessed, settled: Guess) -> str:
    name = in_words(settled.intent)
    if guessed.rule == "silence":
        return "No words were heard."
    if guessed.rule:
        return f"Taken as {name}: {guessed.rule}."
    if settled.intent == Intent.OUT_OF_SCOPE:
        return f"Not like anything this line does; the nearest example is {guessed.likeness:.0%} alike."
    runner_up = next((g for g in guessed.guesses[1:] if g.confidence >= 0.05), None)
    other = f" Runner-up: {in_words(runner_up.intent)}, {runner_up.confidence:.0%}." if runner_up else ""
    return f"Taken as {name}, {settled.confidence:.0%} sure: like {_quoted(guessed.nearest)}.{other}"


def _entity(entity: Entity) -> str:
    kind = ("a time to avoid" if entity.excluded else "a time") if isinstance(entity, When) else entity.type.value
    return f'"{entity.text}" is {kind} (rule {entity.rule}).'


def _quoted(texts: tuple[str, ...]) -> str:
    return " and ".join(f'"{text}"' for text in texts)
