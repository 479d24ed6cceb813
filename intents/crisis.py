"""Crisis words: found in every utterance before anything else is done with it.

Recall first. Idioms and plain denials are set aside, history lowers the level, and nothing else lowers anything. The
patterns are data (`data/crisis_en.toml`); every gap in them is bounded, so time is linear in the text.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from intents.examples import DATA
from intents.meaning import CrisisLevel, CrisisSign

_GRAVEST_FIRST = (
    CrisisLevel.ACTIVE,
    CrisisLevel.SOMEONE_ELSE,
    CrisisLevel.SELF_HARM,
    CrisisLevel.PASSIVE,
    CrisisLevel.AMBIGUOUS,
)
_LOWERED_BY_HISTORY = frozenset({CrisisLevel.ACTIVE, CrisisLevel.SELF_HARM, CrisisLevel.PASSIVE})
_NOT_LETTERS = re.compile(r"[^\w ]+")
_NAME = re.compile(r"<(\w+)>")
_MOST_TRIGGERS = 5


class _SetAside(BaseModel):
    model_config = ConfigDict(extra="forbid")
    idioms: list[str]
    denials: list[str]


class _History(BaseModel):
    model_config = ConfigDict(extra="forbid")
    past: str
    present: str


class _Patterns(BaseModel):
    model_config = ConfigDict(extra="forbid")
    words: dict[str, str]
    levels: dict[CrisisLevel, list[str]]
    set_aside: _SetAside
    history: _History


@dataclass(frozen=True, slots=True)
class CrisisWords:
    """The compiled patterns of one language."""

    set_aside: tuple[re.Pattern[str], ...]
    levels: tuple[tuple[CrisisLevel, re.Pattern[str]], ...]
    past: re.Pattern[str]
    present: re.Pattern[str]

    @classmethod
    def read(cls, file: Path = DATA / "crisis_en.toml") -> "CrisisWords":
        """Compile the patterns of a file."""
        written = _Patterns.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
        aside = [*written.set_aside.idioms, *written.set_aside.denials]
        return cls(
            set_aside=tuple(_compile(pattern, written.words) for pattern in aside),
            levels=tuple(
                (level, _compile(pattern, written.words))
                for level, patterns in written.levels.items()
                for pattern in patterns
            ),
            past=_compile(written.history.past, written.words),
            present=_compile(written.history.present, written.words),
        )

    def find(self, text: str) -> CrisisSign | None:
        """The gravest level found and the words that raised it."""
        plain = plain_words(text)
        for pattern in self.set_aside:
            plain = pattern.sub(" ", plain)
        plain = " ".join(plain.split())
        found = _outermost([(m.span(), level) for level, p in self.levels for m in p.finditer(plain)])
        if not found:
            return None
        level = min((level for _, level in found), key=_GRAVEST_FIRST.index)
        if level in _LOWERED_BY_HISTORY and self.past.search(plain) and not self.present.search(plain):
            level = CrisisLevel.AMBIGUOUS
        triggers = dict.fromkeys(plain[start:end].strip() for (start, end), _ in sorted(found))
        return CrisisSign(level=level, triggers=tuple(triggers)[:_MOST_TRIGGERS])


def plain_words(text: str) -> str:
    """Lower case, apostrophes dropped ("don't" is "dont"), other punctuation as spaces."""
    return " ".join(_NOT_LETTERS.sub(" ", text.lower().replace("'", "").replace("’", "")).split())


def _compile(pattern: str, words: dict[str, str]) -> re.Pattern[str]:
    """Expand the <names>, which may hold names themselves, and compile between word bounds."""
    expanded = pattern
    while names := _NAME.findall(expanded):
        for name in names:
            expanded = expanded.replace(f"<{name}>", words[name])
    return re.compile(rf"\b(?:{expanded})(?!\w)")


Found = tuple[tuple[int, int], CrisisLevel]


def _outermost(found: list[Found]) -> list[Found]:
    """Without matches inside a longer one: "my son is suicidal" is about the son, though it holds "suicidal"."""
    kept: list[Found] = []
    reach = -1
    for (start, end), level in sorted(found, key=lambda f: (f[0][0], -f[0][1])):
        if end > reach:
            kept.append(((start, end), level))
            reach = end
    return kept
