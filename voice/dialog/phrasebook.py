"""What callers hear, by name: phrases are content in voice/phrases/<language>.toml, and code only fills them in.

In a phrase, {visit:when} is a value and the form to say it in, [2] is two seconds of silence, and each sentence
ends with its own . ? or ! followed by a space. Names listed under `guarded` cannot be talked over.
"""

import hashlib
import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from voice.dialog.errors import UnknownPhrase
from voice.dialog.spoken import speak
from voice.dialog.turn import Sentence

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+|(?<=\])\s*")
_PAUSE = re.compile(r"\[(\d+(?:\.\d+)?)\]")
_FORMATTER = string.Formatter()


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """The phrases of one language, in the zone and with the standing facts of one clinic."""

    language: str
    phrases: Mapping[str, str]
    guarded: frozenset[str]
    zone: ZoneInfo
    standing: Mapping[str, object]
    """Values that every phrase may use: {clinic_name}."""
    version: str

    def __contains__(self, name: str) -> bool:
        return name in self.phrases

    def say(self, name: str, values: Mapping[str, object]) -> tuple[Sentence, ...]:
        """The sentences of a phrase; raises UnknownPhrase for a wrong name or a missing value."""
        if name not in self.phrases:
            raise UnknownPhrase(f"There is no phrase {name!r} in {self.language}.toml.")
        return self.sentences(self.phrases[name], values, key=name, guarded=self._is_guarded(name))

    def sentences(
        self, text: str, values: Mapping[str, object], *, key: str, guarded: bool = False
    ) -> tuple[Sentence, ...]:
        """The sentences of a text that is content itself, such as a scene of a story."""
        spoken: list[Sentence] = []
        for part in _SENTENCE_END.split(self._with_standing_texts(text).strip()):
            pause = sum(float(seconds) for seconds in _PAUSE.findall(part))
            words, private = self._fill(_PAUSE.sub("", part).strip(), values, key)
            if words:
                spoken.append(Sentence(text=words, private=private, guarded=guarded, pause_s=pause, key=key))
            elif spoken and pause:
                spoken[-1] = replace(spoken[-1], pause_s=spoken[-1].pause_s + pause)
        return tuple(spoken)

    def fixed(self) -> Iterator[Sentence]:
        """Every sentence that is the same on every call, to be rendered before the first one."""
        for name, text in self.phrases.items():
            needs = {field for _, field, _, _ in _FORMATTER.parse(text) if field}
            if needs <= self.standing.keys():
                yield from self.say(name, {})

    def _is_guarded(self, name: str) -> bool:
        return name in self.guarded or f"{name.partition('.')[0]}.*" in self.guarded

    def _with_standing_texts(self, text: str) -> str:
        """The clinic's own texts put in place, so that their sentences are sentences too."""
        for name, value in self.standing.items():
            if isinstance(value, str):
                text = text.replace(f"{{{name}}}", value.replace("{", "").replace("}", ""))
        return text

    def _fill(self, text: str, values: Mapping[str, object], key: str) -> tuple[str, bool]:
        words, private = [], False
        for literal, field, form, _ in _FORMATTER.parse(text):
            words.append(literal)
            if field is None:
                continue
            value = values.get(field, self.standing.get(field))
            if value is None:
                raise UnknownPhrase(f"Phrase {key!r} needs a value for {{{field}}}.")
            spoken = speak(value, "public" if field in self.standing and not form else form or "", self.zone)
            words.append(spoken.text)
            private = private or spoken.private
        return "".join(words), private


def load_phrasebook(path: Path, zone: ZoneInfo, standing: Mapping[str, object]) -> Phrasebook:
    """Read one language's file; raises UnknownPhrase that names the file when it is not what it should be."""
    try:
        raw = path.read_bytes()
        content = tomllib.loads(raw.decode())
    except (OSError, ValueError) as error:
        raise UnknownPhrase(f"{path.name} cannot be read: {error}") from error
    guarded = frozenset(content.pop("guarded", ()))
    return Phrasebook(
        language=path.stem,
        phrases=dict(_flatten(content, path.name)),
        guarded=guarded,
        zone=zone,
        standing=standing,
        version=hashlib.sha256(raw).hexdigest()[:12],
    )


def _flatten(content: Mapping[str, object], file: str, prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in content.items():
        match value:
            case str():
                yield prefix + name, value
            case dict():
                yield from _flatten(value, file, f"{prefix}{name}.")
            case _:
                raise UnknownPhrase(f"{file}: {prefix}{name} is not a text.")
