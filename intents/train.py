"""Training: from the example file to a model folder named by what it was made from. `python -m intents.train`."""

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from intents import embedding, examples, features, model
from intents.embedding import Embedder, Vectors
from intents.examples import DATA, read_examples
from intents.features import Vocabulary
from intents.meaning import Intent
from intents.model import Linear, Model
from intents.noise import misheard

FOLDER = Path("var/models")
"""Where trained models are kept unless told otherwise; git-ignored, and safe to delete."""

_HELD_OUT = 0.25
_SEED = 20
_NEVER = -30.0
"""The score of an intent without a single example."""
LABELS = tuple(Intent)
_NEAR_QUANTILE = 0.02
"""The share of our own examples that may fall outside the gate."""


def trained(folder: Path = FOLDER, language: str = "en") -> Model:
    """The model of today's training data and code: read when it exists, else made, in some twenty seconds."""
    home = folder / f"intents-{language}-{_key(language)}"
    if not home.is_dir():
        _write(train(read_examples(DATA / f"{language}.yml"), Embedder()), home)
    return model.read(home)


def train(rows: Sequence[tuple[str, Intent]], embed: Embedder) -> Model:
    """A model of these examples; a quarter of them, held out once, tells how sure its votes may be."""
    corpus = _corpus(rows, embed)
    held_out = np.random.default_rng(_SEED).random(len(rows)) < _HELD_OUT
    part = _fit(corpus, np.flatnonzero(~held_out))
    out = np.flatnonzero(held_out)
    votes = np.stack([part.vote(corpus.texts[i], corpus.vectors[i]) for i in out])
    likeness = (corpus.vectors[out] @ part.example_vectors.T).max(axis=1)
    in_scope = corpus.gold[out] != LABELS.index(Intent.OUT_OF_SCOPE)
    return replace(
        _fit(corpus, np.arange(len(rows))),
        temperature=_temperature(votes, corpus.gold[out]),
        near=float(np.quantile(likeness[in_scope], _NEAR_QUANTILE)),
    )


@dataclass(frozen=True, slots=True)
class _Corpus:
    """The examples, and beside each the way a bad line might have it."""

    texts: tuple[str, ...]
    heard: tuple[str, ...]
    vectors: Vectors
    heard_vectors: Vectors
    gold: NDArray[np.int16]


def _corpus(rows: Sequence[tuple[str, Intent]], embed: Embedder) -> _Corpus:
    texts = tuple(text for text, _ in rows)
    heard = tuple(misheard(text, seed) for seed, text in enumerate(texts))
    vectors = np.concatenate([embed([text]) for text in texts])
    heard_vectors = np.stack(
        [
            vector if text == other else embed([other])[0]
            for text, other, vector in zip(texts, heard, vectors, strict=True)
        ]
    )
    gold = np.array([LABELS.index(intent) for _, intent in rows], dtype=np.int16)
    return _Corpus(texts, heard, vectors, heard_vectors, gold)


def _fit(corpus: _Corpus, kept: NDArray[np.intp]) -> Model:
    """Three regressions over the kept examples, as written and, where that differs, as misheard."""
    changed = np.array([i for i in kept if corpus.heard[i] != corpus.texts[i]], dtype=np.intp)
    said = [*(corpus.texts[i] for i in kept), *(corpus.heard[i] for i in changed)]
    answers = np.concatenate([corpus.gold[kept], corpus.gold[changed]])
    word, char = Vocabulary.learn(said, "word"), Vocabulary.learn(said, "char", at_least=3)
    vectors = np.concatenate([corpus.vectors[kept], corpus.heard_vectors[changed]])
    return Model(
        labels=LABELS,
        word=word,
        char=char,
        by_embedding=_regression(vectors, answers, 8.0),
        by_word=_regression(_matrix(word, said), answers, 6.0),
        by_char=_regression(_matrix(char, said), answers, 6.0),
        temperature=1.0,
        near=0.0,
        examples=tuple(corpus.texts[i] for i in kept),
        example_labels=corpus.gold[kept],
        example_vectors=corpus.vectors[kept],
    )


def _matrix(vocabulary: Vocabulary, texts: Sequence[str]) -> object:
    from scipy.sparse import csr_matrix

    rows = [vocabulary.weigh(text) for text in texts]
    ends = np.cumsum([0, *(len(places) for places, _ in rows)])
    values, places = np.concatenate([v for _, v in rows]), np.concatenate([p for p, _ in rows])
    return csr_matrix((values, places, ends), shape=(len(texts), len(vocabulary.places)))


def _regression(matrix: object, answers: NDArray[np.int16], strength: float) -> Linear:
    """scikit-learn does the fitting; it is imported here because nothing but training needs it."""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=strength, max_iter=60, tol=1e-2).fit(matrix, answers)
    weights = np.zeros((fitted.coef_.shape[1], len(LABELS)), dtype=np.float32)
    bias = np.full(len(LABELS), _NEVER, dtype=np.float32)
    weights[:, fitted.classes_], bias[fitted.classes_] = fitted.coef_.T, fitted.intercept_
    return Linear(weights, bias)


def _temperature(votes: NDArray[np.float32], gold: NDArray[np.int16]) -> float:
    """The temperature under which the held-out votes are most likely."""
    rows = np.arange(len(gold))
    tried = np.linspace(0.1, 1.5, 57)
    losses = [-float(model.log_softmax(votes / t)[rows, gold].mean()) for t in tried]
    return float(tried[int(np.argmin(losses))])


def _key(language: str) -> str:
    """Changes whenever the training data or the code that reads or fits it does."""
    sources = [m.__file__ for m in (embedding, examples, features, model)] + [__file__]
    noise = Path(__file__).with_name("noise.py")
    digest = hashlib.sha256()
    for file in [DATA / f"{language}.yml", noise, *map(Path, filter(None, sources))]:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _write(made: Model, home: Path) -> None:
    """In one step, so that a second process never reads half a model."""
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent) as beside:
        draft = Path(beside) / "model"
        draft.mkdir()
        model.save(made, draft)
        try:
            draft.replace(home)
        except OSError:
            if not home.is_dir():  # Only an equal model made by another process may be in the way.
                raise
            shutil.rmtree(draft)


def _main(*, anew: bool) -> None:
    home = FOLDER / f"intents-en-{_key('en')}"
    for old in FOLDER.glob("intents-*"):
        if old != home or anew:
            shutil.rmtree(old)
    if home.is_dir():
        return
    sys.stdout.write("Training the understanding (half a minute)\n")
    ready = trained()
    sys.stdout.write(f"  {len(ready.examples)} examples, {len(ready.labels)} intents\n")


if __name__ == "__main__":
    # With --missing, only what is not there yet, as set-up wants it.
    _main(anew="--missing" not in sys.argv)
