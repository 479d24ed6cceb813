"""What the caller wants: the trained model's vote, sharpened by what was asked and by words heard exactly before."""

import re
from dataclasses import dataclass

import numpy as np

from intents.embedding import Embedder
from intents.features import FILLERS, classifier_text
from intents.meaning import Expecting, Guess, Intent
from intents.model import Floats, Model, log_softmax
from intents.words import Word, spoken, vocabulary

_ANSWERS = frozenset({Intent.YES, Intent.NO, Intent.MAYBE, Intent.DONT_KNOW})
_ASKED_BONUS = 1.2
"""Log-odds added to plain answers when a yes-no question was asked."""
_KNOWN = 0.97
"""How sure words are that stand in the training file as they were said."""
_MOST_GUESSES = 4
_YES = vocabulary(
    "yes yeah yep yup yea sure absolutely definitely correct certainly indeed",
)
_NO = frozenset(["no", "nope", "nah"])
_AFTER_NO = frozenset(
    {Intent.PERSON, Intent.STOP_CALLING, Intent.REPEAT, Intent.SLOWER, Intent.LOUDER, Intent.GO_BACK, Intent.GOODBYE}
    | {Intent.REQUEST_ALTERNATIVE, Intent.CANCEL, Intent.RESCHEDULE, Intent.WRONG_NUMBER, Intent.DONT_KNOW}
)
"""What may follow a "no" to a yes-no question and count for more than the "no"."""
_SURE_AFTER_NO = 0.75
_PERSON = re.compile(
    r"\b(?:speak|talk|connect|transfer|put|get|contact|reach|direct|pass|hand|switch)\b(?: \w+){0,4} "
    r"(?:person|human|someone|somebody|agent|representative|operator|receptionist|front desk|staff|worker|supervisor)\b"
    r"(?! (?:about|on|to (?:help|drive|come)|who (?:speaks|can)))"
)
_NOT_A_PERSON = re.compile(
    r"\b(?:don't|do not|not|never|come in and|come and|rather not|be able to) (?:want to |wanna )?$"
)
_PERSON_SURE = 0.93


@dataclass(frozen=True, slots=True, kw_only=True)
class Guessed:
    """Likely intents, best first, and what speaks for the first."""

    guesses: tuple[Guess, ...]
    likeness: float
    """Similarity of the nearest training example, 0 to 1."""
    nearest: tuple[str, ...]
    near: float = 0.0
    """Likeness below which an utterance is taken to be about something else."""
    rule: str = ""
    """The rule that decided over the model, if one did."""

    @property
    def best(self) -> Guess:
        return self.guesses[0]


NOTHING = Guessed(
    guesses=(Guess(intent=Intent.OUT_OF_SCOPE, confidence=1.0),), likeness=0.0, nearest=(), rule="silence"
)


class Classifier:
    """Words to likely intents."""

    def __init__(self, model: Model, embed: Embedder) -> None:
        self._model = model
        self._embed = embed
        self._known = {
            text: model.labels[label] for text, label in zip(model.examples, model.example_labels, strict=True)
        }

    def __call__(self, words: tuple[Word, ...], expecting: Expecting) -> Guessed:
        """Guesses for the words of one utterance."""
        said = classifier_text(spoken(words))
        if not said:
            return NOTHING
        if all(word in FILLERS for word in said.split()) and said not in self._known:
            return NOTHING
        if expecting == Expecting.YES_NO and (answered := self._yes_or_no(said)):
            return answered
        if wish := self._heard_before(said) or _person(said):
            return wish
        return self._vote(said, _ASKED_BONUS if expecting == Expecting.YES_NO else 0.0)

    def _heard_before(self, said: str) -> Guessed | None:
        intent = self._known.get(said)
        return _certain(intent, "the very words of an example", (said,)) if intent else None

    def _yes_or_no(self, said: str) -> Guessed | None:
        """An answer that begins with yes or no is one, unless a clear wish follows the no."""
        first, _, rest = said.partition(" ")
        if first in _YES:
            return _certain(Intent.YES, "begins with yes", (first,))
        if first not in _NO:
            return None
        after = self._heard_before(rest) or self._vote(rest, 0.0) if rest else None
        if after and after.best.intent in _AFTER_NO and after.best.confidence >= _SURE_AFTER_NO:
            return after
        return _certain(Intent.NO, "begins with no", (first,))

    def _vote(self, said: str, bonus: float) -> Guessed:
        model = self._model
        vector = self._embed([said])[0]
        scores = model.vote(said, vector) / model.temperature
        if bonus:
            scores = scores + self._bonuses(bonus)
        chances = np.exp(log_softmax(scores))
        order = np.argsort(chances)[::-1][:_MOST_GUESSES]
        likenesses = np.einsum("ij,j->i", model.example_vectors, vector)  # BLAS would wake threads for this.
        best = int(order[0])
        own = np.where(model.example_labels == best, likenesses, -1.0)
        return Guessed(
            guesses=tuple(Guess(intent=model.labels[i], confidence=round(float(chances[i]), 4)) for i in order),
            likeness=float(likenesses.max()),
            near=model.near,
            nearest=tuple(model.examples[i] for i in np.argsort(own)[::-1][:2]),
        )

    def _bonuses(self, bonus: float) -> Floats:
        return np.array([bonus if label in _ANSWERS else 0.0 for label in self._model.labels], dtype=np.float32)


def _person(said: str) -> Guessed | None:
    """Whoever asks for a person gets one, whatever else was said; "talk to someone about my nerves" is a visit."""
    found = _PERSON.search(said)
    if found is None or _NOT_A_PERSON.search(said[: found.start()]):
        return None
    guess = Guess(intent=Intent.PERSON, confidence=_PERSON_SURE)
    return Guessed(guesses=(guess,), likeness=1.0, nearest=(found.group(),), rule="asks for a person")


def _certain(intent: Intent, rule: str, nearest: tuple[str, ...]) -> Guessed:
    rest = Guess(intent=Intent.OUT_OF_SCOPE, confidence=round(1 - _KNOWN, 4))
    guesses = (Guess(intent=intent, confidence=_KNOWN), *([rest] if intent != Intent.OUT_OF_SCOPE else []))
    return Guessed(guesses=guesses, likeness=1.0, nearest=nearest, rule=rule)
