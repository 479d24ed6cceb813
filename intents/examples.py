"""The training file: Rasa's NLU YAML, read into (text, intent) pairs."""

from collections.abc import Iterable
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from intents.errors import BadTraining
from intents.features import classifier_text
from intents.meaning import Intent
from intents.words import split, spoken, tidy, vocabulary

DATA = Path(__file__).parent / "data"
_NAMES = vocabulary(
    "maria dorothy james patel lee sofia ramirez marcus jimmy jones lopez",
)


class _Block(BaseModel):
    model_config = ConfigDict(extra="forbid")
    intent: Intent
    examples: str


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    version: str
    nlu: list[_Block]


def read_examples(file: Path) -> list[tuple[str, Intent]]:
    """Every example as the classifier reads it, without repeats; raises BadTraining."""
    try:
        parsed = _File.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise BadTraining(f"{file.name} cannot be used: {error}") from error
    rows = {
        classifier_text(spoken(split(tidy(line.removeprefix("- "))))): block.intent
        for block in parsed.nlu
        for line in map(str.strip, block.examples.splitlines())
        if line.startswith("- ")
    }
    missing = set(Intent) - set(rows.values())
    if missing:
        raise BadTraining(f"{file.name} has no examples of {', '.join(sorted(missing))}.")
    return list(rows.items())


def everyday_words(examples: Iterable[str]) -> frozenset[str]:
    """Words that callers use for other things than names."""
    return frozenset(word for text in examples for word in text.split()) - _NAMES
