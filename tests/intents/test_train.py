from pathlib import Path

import numpy as np

from intents.embedding import Embedder
from intents.meaning import Intent
from intents.model import read, save
from intents.noise import misheard
from intents.train import train


def test_a_model_reads_back_as_it_was_written(tmp_path: Path) -> None:
    rows = [
        (f"{verb} {thing} {n}", intent)
        for n in ("today", "now", "please", "soon")
        for verb, thing, intent in (
            ("book", "a visit", Intent.BOOK),
            ("cancel", "my visit", Intent.CANCEL),
            ("play", "music", Intent.OUT_OF_SCOPE),
        )
    ]
    embed = Embedder()
    made = train(rows, embed)
    save(made, tmp_path)
    again = read(tmp_path)
    vector = embed(["book a visit"])[0]
    assert again.examples == made.examples
    assert again.temperature == made.temperature
    assert np.allclose(again.vote("book a visit", vector), made.vote("book a visit", vector), atol=0.02)


def test_the_embedding_is_a_unit_vector_and_tells_likeness() -> None:
    vectors = Embedder()(["cancel my appointment", "call off my visit", "the moon is far away"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-3)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_mishearing_is_the_same_each_time() -> None:
    assert misheard("cancel my appointment please", 4) == misheard("cancel my appointment please", 4)
    assert misheard("a", 0)
