from collections import Counter
from pathlib import Path

import pytest

from intents.errors import BadTraining
from intents.examples import DATA, everyday_words, read_examples
from intents.meaning import Intent


def test_every_intent_has_fifty_examples() -> None:
    counts = Counter(intent for _, intent in read_examples(DATA / "en.yml"))
    assert min(counts[intent] for intent in Intent) >= 50


def test_a_file_that_lacks_an_intent_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "en.yml"
    file.write_text('version: "3.1"\nnlu:\n- intent: book\n  examples: |\n    - an appointment\n')
    with pytest.raises(BadTraining, match="no examples of"):
        read_examples(file)


def test_a_file_that_is_no_training_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "en.yml"
    file.write_text("nlu: 3")
    with pytest.raises(BadTraining, match=r"en\.yml cannot be used"):
        read_examples(file)


def test_names_in_examples_are_not_everyday_words() -> None:
    assert "maria" not in everyday_words(["this is maria calling"])
    assert "calling" in everyday_words(["this is maria calling"])
