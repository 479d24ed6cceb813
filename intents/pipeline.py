"""The understanding pipeline: a blank spaCy language with our own components, each a file of this package.

Order: normalise, safety, dates, numbers, names, intent, policy. Dates stand before numbers because a figure that is
part of a time or a birth date is no digit string; safety reads the whole text before anything else is made of it.
Results travel on the Doc: span groups for places in the text, extensions for values.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from intents.classify import Classifier
from intents.crisis import CrisisWords
from intents.dates.atoms import Said
from intents.dates.births import Born, births
from intents.dates.grammar import spoken_times
from intents.digits import digits
from intents.embedding import Embedder
from intents.examples import everyday_words
from intents.explain import explain
from intents.meaning import Entity, Expecting, Meaning, Value, ValueType
from intents.names import names
from intents.policy import settle
from intents.spelling import spellings
from intents.train import FOLDER, trained
from intents.words import split, tidy

Component = Callable[[Doc], Doc]

_EXTENSIONS = ("asked", "words", "crisis", "times", "births", "figures", "letters", "names", "guessed", "meaning")


@dataclass(frozen=True, slots=True)
class Asked:
    """The circumstances of an utterance."""

    full_text: str
    expecting: Expecting
    now: datetime


def build(folder: Path = FOLDER) -> Language:
    """The pipeline; trains the classifier into `folder` when it is not there yet."""
    for name in _EXTENSIONS:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    nlp = spacy.blank("en")
    nlp.tokenizer = Tokens(nlp.vocab)
    for name, factory in COMPONENTS.items():
        Language.factory(f"throughline_{name}", func=factory, default_config={"folder": str(FOLDER)})
        nlp.add_pipe(f"throughline_{name}", name=name, config={"folder": str(folder)})
    return nlp


class SpacyUnderstanding:
    """Text to meaning through the pipeline. One utterance at a time; safe to call from any thread."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._lock = threading.Lock()

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "SpacyUnderstanding":
        """Ready to use, its first call no slower than the next."""
        ready = cls(build(folder))
        ready("hello tomorrow at three", expecting=Expecting.OPEN, now=datetime(2026, 1, 1))  # noqa: DTZ001
        return ready

    def __call__(self, text: str, *, expecting: Expecting, now: datetime, language: str = "en") -> Meaning:  # noqa: ARG002
        """See `intents.understanding.Understand`. There are only English rules yet; every language gets them."""
        with self._lock, self._nlp.memory_zone():  # The zone forgets this caller's words when it closes.
            doc = self._nlp.make_doc(text)
            doc._.asked = Asked(text, expecting, now.replace(tzinfo=None))
            meaning = self._nlp(doc)._.meaning
        if not isinstance(meaning, Meaning):
            raise TypeError
        return meaning


class Tokens:
    """spaCy's tokenizer replaced by ours, so that a token is a word of the grammars."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab

    def __call__(self, text: str) -> Doc:
        tidied = tidy(text)
        words = split(tidied)
        spaces = [word.end < len(tidied) and tidied[word.end] == " " for word in words]
        doc = Doc(self._vocab, words=[word.text for word in words], spaces=spaces)
        doc._.words = words
        return doc


def _normalise(nlp: Language, name: str, folder: str) -> Component:  # noqa: ARG001
    """Give every token the form that the grammars compare."""

    def run(doc: Doc) -> Doc:
        for token, word in zip(doc, doc._.words, strict=True):
            token.norm_ = word.norm
        return doc

    return run


def _safety(nlp: Language, name: str, folder: str) -> Component:  # noqa: ARG001
    """Look for crisis words in the whole text, however long."""
    crisis_words = CrisisWords.read()

    def run(doc: Doc) -> Doc:
        doc._.crisis = crisis_words.find(doc._.asked.full_text)
        return doc

    return run


def _dates(nlp: Language, name: str, folder: str) -> Component:  # noqa: ARG001
    """Find spoken times and birth dates."""

    def run(doc: Doc) -> Doc:
        asked, words = doc._.asked, doc._.words
        found = births(Said(words, asked.now, asked.expecting))
        times = spoken_times(doc.text, words, asked.expecting, asked.now)
        if asked.expecting == Expecting.BIRTH_DATE:
            times = [t for t in times if not any(t[1] < born.end and born.start < t[2] for born in found)]
        doc._.times = times
        doc._.births = [(_born(doc.text, doc, born), born.start, born.end) for born in found]
        doc.spans["times"] = [Span(doc, start, end, label=when.rule) for when, start, end in times]
        return doc

    return run


def _numbers(nlp: Language, name: str, folder: str) -> Component:  # noqa: ARG001
    """Find digit strings, telephone numbers, choices and spelled letters in what dates have left over."""

    def run(doc: Doc) -> Doc:
        asked, words = doc._.asked, doc._.words
        doc._.letters = spellings(doc.text, words, asked.expecting)
        taken = [(start, end) for _, start, end in (*doc._.times, *doc._.births)]
        doc._.figures = digits(doc.text, words, asked.expecting, taken)
        placed = [*doc._.figures, *doc._.letters]
        doc.spans["values"] = [Span(doc, p.start, p.end, label=p.value.type.value) for p in placed]
        return doc

    return run


def _names(nlp: Language, name: str, folder: str) -> Component:  # noqa: ARG001
    """Find the name a caller gives."""
    everyday = everyday_words(trained(Path(folder)).examples)

    def run(doc: Doc) -> Doc:
        doc._.names = names(doc.text, doc._.words, doc._.asked.expecting, everyday)
        doc.spans["names"] = [Span(doc, p.start, p.end, label="name") for p in doc._.names]
        return doc

    return run


def _intent(nlp: Language, name: str, folder: str) -> Component:  # noqa: ARG001
    """Guess what the caller wants."""
    classifier = Classifier(trained(Path(folder)), Embedder())

    def run(doc: Doc) -> Doc:
        doc._.guessed = classifier(doc._.words, doc._.asked.expecting)
        return doc

    return run


def _policy(nlp: Language, name: str, folder: str) -> Component:  # noqa: ARG001
    """Settle on a meaning and say why."""

    def run(doc: Doc) -> Doc:
        doc._.meaning = _meaning(doc)
        return doc

    return run


COMPONENTS: dict[str, Callable[[Language, str, str], Component]] = {
    "normalise": _normalise,
    "safety": _safety,
    "dates": _dates,
    "numbers": _numbers,
    "names": _names,
    "intent": _intent,
    "policy": _policy,
}
"""Every component's maker, in the order they run."""


def _meaning(doc: Doc) -> Meaning:
    guessed = doc._.guessed
    settled, in_scope = settle(guessed)
    entities = _entities(doc)
    return Meaning(
        text=doc._.asked.full_text,
        intent=settled.intent,
        confidence=settled.confidence,
        in_scope=in_scope,
        alternatives=tuple(g for g in guessed.guesses if g.intent != settled.intent)[:3],
        entities=entities,
        crisis=doc._.crisis,
        explanation=explain(guessed, settled, entities, doc._.crisis),
    )


def _entities(doc: Doc) -> tuple[Entity, ...]:
    """Everything found, in the order said."""
    placed: list[tuple[int, Entity]] = [(start, entity) for entity, start, _ in (*doc._.times, *doc._.births)]
    placed += [(p.start, p.value) for p in (*doc._.figures, *doc._.letters, *doc._.names)]
    return tuple(entity for _, entity in sorted(placed, key=lambda pair: pair[0]))


def _born(text: str, doc: Doc, born: Born) -> Value:
    own = text[doc._.words[born.start].start : doc._.words[born.end - 1].end]
    return Value(type=ValueType.BIRTH_DATE, value=born.day.isoformat(), text=own, rule=born.rule)
