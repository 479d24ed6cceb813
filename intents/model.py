"""The trained classifier as plain numbers: NumPy arrays and JSON, never a pickle.

Three logistic regressions (sentence embedding, words, characters) vote by weighted log-probability; a temperature
makes the vote's confidence honest.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from intents.features import Vocabulary
from intents.meaning import Intent

Floats = NDArray[np.float32]

SHARES = {"embedding": 0.55, "word": 0.2, "char": 0.25}
"""How much each regression's vote counts; chosen by cross-validation."""


@dataclass(frozen=True, slots=True)
class Linear:
    """One multinomial logistic regression."""

    weights: Floats
    """One row a feature, one column a class."""
    bias: Floats

    def dense(self, row: Floats) -> Floats:
        return log_softmax(np.einsum("i,ij->j", row, self.weights) + self.bias)

    def sparse(self, places: NDArray[np.intp], values: Floats) -> Floats:
        return log_softmax(np.einsum("i,ij->j", values, self.weights[places]) + self.bias)


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that training produces."""

    labels: tuple[Intent, ...]
    word: Vocabulary
    char: Vocabulary
    by_embedding: Linear
    by_word: Linear
    by_char: Linear
    temperature: float
    near: float
    """Similarity to the nearest example below which an utterance is taken to be about something else."""
    examples: tuple[str, ...]
    example_labels: NDArray[np.int16]
    example_vectors: Floats

    def vote(self, text: str, vector: Floats) -> Floats:
        """Fused log-probabilities, before the temperature."""
        votes = (
            SHARES["embedding"] * self.by_embedding.dense(vector)
            + SHARES["word"] * self.by_word.sparse(*self.word.weigh(text))
            + SHARES["char"] * self.by_char.sparse(*self.char.weigh(text))
        )
        return np.asarray(votes, dtype=np.float32)


def log_softmax(scores: Floats) -> Floats:
    """Log-probabilities of a row of scores."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)), dtype=np.float32)


def save(model: Model, folder: Path) -> None:
    """Write the model into an existing folder."""
    np.savez(
        folder / "weights.npz",
        allow_pickle=False,
        word_idf=model.word.idf,
        char_idf=model.char.idf,
        example_labels=model.example_labels,
        example_vectors=model.example_vectors.astype(np.float16),
        **{f"{name}_{part}": array for name, part, array in _arrays(model)},
    )
    words = {
        "labels": list(model.labels),
        "word": list(model.word.places),
        "char": list(model.char.places),
        "temperature": model.temperature,
        "near": model.near,
        "examples": list(model.examples),
    }
    (folder / "words.json").write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")


def read(folder: Path) -> Model:
    """The model written by `save`."""
    words = json.loads((folder / "words.json").read_text(encoding="utf-8"))
    with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
        linear = {
            name: Linear(arrays[f"{name}_weights"].astype(np.float32), arrays[f"{name}_bias"])
            for name in ("embedding", "word", "char")
        }
        return Model(
            labels=tuple(Intent(label) for label in words["labels"]),
            word=Vocabulary("word", _places(words["word"]), arrays["word_idf"]),
            char=Vocabulary("char", _places(words["char"]), arrays["char_idf"]),
            by_embedding=linear["embedding"],
            by_word=linear["word"],
            by_char=linear["char"],
            temperature=words["temperature"],
            near=words["near"],
            examples=tuple(words["examples"]),
            example_labels=arrays["example_labels"],
            example_vectors=arrays["example_vectors"].astype(np.float32),
        )


def _arrays(model: Model) -> list[tuple[str, str, NDArray[np.float16] | Floats]]:
    linear = {"embedding": model.by_embedding, "word": model.by_word, "char": model.by_char}
    return [
        pair
        for name, regression in linear.items()
        for pair in (
            (name, "weights", regression.weights.astype(np.float16)),
            (name, "bias", regression.bias.astype(np.float32)),
        )
    ]


def _places(grams: list[str]) -> dict[str, int]:
    return {gram: i for i, gram in enumerate(grams)}
