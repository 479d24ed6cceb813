"""Training: from the example file to a model folder named by what it was made from. `python -m intents.train`."""

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
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

_FOLDS = 3
_SEED = 20
_NEAR_QUANTILE = 0.02
"""The share of our own examples that may fall outside the gate."""


def trained(folder: Path = FOLDER, language: str = "en") -> Model:
    """The model of today's training data and code: read when it exists, else made, in some twenty seconds."""
    home = folder / f"intents-{language}-{_key(language)}"
    if not home.is_dir():
        _write(train(read_examples(DATA / f"{language}.yml"), Embedder()), home)
    return model.read(home)


def train(rows: Sequence[tuple[str, Intent]], embed: Embedder) -> Model:
    """A model of these examples, calibrated by cross-validation."""
    texts = [text for text, _ in rows]
    labels = tuple(Intent)
    gold = np.array([labels.index(intent) for _, intent in rows], dtype=np.int16)
    vectors = np.concatenate([embed([text]) for text in texts])
    heard = [misheard(text, seed) for seed, text in enumerate(texts)]
    heard_vectors = np.concatenate([embed([text]) for text in heard])
    folds = np.random.default_rng(_SEED).integers(0, _FOLDS, len(texts))
    votes = np.zeros((len(texts), len(labels)), dtype=np.float32)
    near = np.zeros(len(texts), dtype=np.float32)
    for fold in range(_FOLDS):
        out = np.flatnonzero(folds == fold)
        kept = np.flatnonzero(folds != fold)
        part = _fit(texts, heard, vectors, heard_vectors, gold, kept, labels)
        votes[out] = [part.vote(texts[i], vectors[i]) for i in out]
        near[out] = (vectors[out] @ part.example_vectors.T).max(axis=1)
    whole = _fit(texts, heard, vectors, heard_vectors, gold, np.arange(len(texts)), labels)
    in_scope = gold != labels.index(Intent.OUT_OF_SCOPE)
    return _calibrated(whole, _temperature(votes, gold), float(np.quantile(near[in_scope], _NEAR_QUANTILE)))


def _fit(
    texts: Sequence[str],
    heard: Sequence[str],
    vectors: Vectors,
    heard_vectors: Vectors,
    gold: NDArray[np.int16],
    kept: NDArray[np.intp],
    labels: tuple[Intent, ...],
) -> Model:
    """Three regressions over the kept examples, each as written and as misheard."""
    said = [texts[i] for i in kept] + [heard[i] for i in kept]
    answers = np.concatenate([gold[kept], gold[kept]])
    word, char = Vocabulary.learn(said, "word"), Vocabulary.learn(said, "char", at_least=3)
    return Model(
        labels=labels,
        word=word,
        char=char,
        by_embedding=_regression(np.concatenate([vectors[kept], heard_vectors[kept]]), answers, 8.0),
        by_word=_regression(_matrix(word, said), answers, 6.0),
        by_char=_regression(_matrix(char, said), answers, 6.0),
        temperature=1.0,
        near=0.0,
        examples=tuple(texts[i] for i in kept),
        example_labels=gold[kept],
        example_vectors=vectors[kept],
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
    return Linear(fitted.coef_.T.astype(np.float32), fitted.intercept_.astype(np.float32))


def _temperature(votes: NDArray[np.float32], gold: NDArray[np.int16]) -> float:
    """The temperature under which the held-out votes are most likely."""
    rows = np.arange(len(gold))
    tried = np.linspace(0.1, 1.5, 57)
    losses = [-float(model.log_softmax(votes / t)[rows, gold].mean()) for t in tried]
    return float(tried[int(np.argmin(losses))])


def _calibrated(whole: Model, temperature: float, near: float) -> Model:
    return replace(whole, temperature=temperature, near=near)


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


if __name__ == "__main__":
    shutil.rmtree(FOLDER / f"intents-en-{_key('en')}", ignore_errors=True)
    ready = trained()
    sys.stdout.write(f"{len(ready.examples)} examples, {len(ready.labels)} intents\n")
