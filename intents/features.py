"""Word and character n-grams weighted by TF-IDF. Ours, so that the vocabulary is plain JSON and reading it is quick."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from intents.words import vocabulary

Kind = Literal["word", "char"]

FILLERS = vocabulary(
    "um uh uhm er erm ah hmm mm mhm like well so please dear actually just",
)
"""Words that carry no wish; "please" and "well" among them."""


def classifier_text(spoken: str) -> str:
    """What the classifier reads: without fillers, unless there is nothing else."""
    kept = [word for word in spoken.split() if word not in FILLERS]
    return " ".join(kept) or spoken


def ngrams(text: str, kind: Kind) -> Iterator[str]:
    """Single words and pairs; or runs of two to four characters within a word's bounds."""
    words = text.split()
    if kind == "word":
        yield from words
        yield from (f"{a} {b}" for a, b in pairwise(words))
        return
    for word in words:
        padded = f" {word} "
        for size in (2, 3, 4):
            yield from (padded[i : i + size] for i in range(len(padded) - size + 1))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The n-grams that count, each with its place and its inverse document frequency."""

    kind: Kind
    places: dict[str, int]
    idf: NDArray[np.float32]

    @classmethod
    def learn(cls, texts: Sequence[str], kind: Kind, at_least: int = 2) -> "Vocabulary":
        """The n-grams found in `at_least` of the texts."""
        seen = Counter(gram for text in texts for gram in set(ngrams(text, kind)))
        kept = sorted(gram for gram, count in seen.items() if count >= at_least)
        idf = [math.log((1 + len(texts)) / (1 + seen[gram])) + 1 for gram in kept]
        return cls(kind, {gram: i for i, gram in enumerate(kept)}, np.array(idf, dtype=np.float32))

    def weigh(self, text: str) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Places and weights of one text's n-grams; the weights have length 1 together."""
        counts = Counter(self._known(ngrams(text, self.kind)))
        places = np.fromiter(counts.keys(), dtype=np.intp, count=len(counts))
        times = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        weights = (1 + np.log(times)) * self.idf[places] if len(counts) else times
        return places, weights / max(float(np.linalg.norm(weights)), 1e-9)

    def _known(self, grams: Iterable[str]) -> Iterator[int]:
        return (self.places[gram] for gram in grams if gram in self.places)
