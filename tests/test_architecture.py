"""Promises about the code itself: what flows may use, which phrases exist, how big things get, what is written down."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from voice.dialog.answers import choice, offer, person_name, phone_number, request, when, words, yes_no
from voice.flows.reception import MENU, SERVICES
from wiring.sessions import PHRASES

ROOT = Path(__file__).parent.parent
FLOWS = sorted((ROOT / "voice" / "flows").glob("*.py"))
OURS = (
    "clinic",
    "voice",
    "intents",
    "scheduling",
    "care",
    "reminders",
    "console",
    "store",
    "security",
    "bench",
    "wiring",
)

BANNED_MODULES = {
    "time", "random", "secrets", "uuid", "os", "io", "subprocess", "socket", "asyncio", "threading", "requests",
    "httpx", "sqlite3",
}  # fmt: skip
BANNED_CALLS = {"now", "utcnow", "today", "open", "print", "input", "sleep", "set", "frozenset"}


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_a_flow_uses_no_clock_no_chance_and_no_blocking_call(path: Path) -> None:
    """Clock and chance are effects (design, section 3, rule 4); `call.now()` is the one allowed."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            assert not {name.partition(".")[0] for name in names} & BANNED_MODULES, ast.unparse(node)
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            assert name not in BANNED_CALLS or ast.unparse(node.func) == "call.now", ast.unparse(node)


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_a_flow_iterates_over_no_set(path: Path) -> None:
    """The order of a set differs between processes, and a replay would differ with it."""
    for node in ast.walk(parsed(path)):
        looped = node.iter if isinstance(node, ast.For | ast.AsyncFor | ast.comprehension) else None
        assert not isinstance(looped, ast.Set | ast.SetComp), ast.unparse(node)


def phrase_uses() -> Iterator[tuple[str, str, set[str]]]:
    """File, phrase and given values of every call.say/ask/confirm with a literal name."""
    for path in [*FLOWS, ROOT / "voice" / "dialog" / "call.py"]:
        for node in ast.walk(parsed(path)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            if node.func.attr in {"say", "ask", "confirm"}:
                given = {keyword.arg or "" for keyword in node.keywords} | dict_keys(node.args[1:])
                yield from ((path.name, name, given) for name in literals(node.args[0]))


def dict_keys(nodes: list[ast.expr]) -> set[str]:
    return {
        str(key.value)
        for node in nodes
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    }


def literals(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from literals(body)
            yield from literals(orelse)


def load(language: Path) -> dict[str, str]:
    found: dict[str, str] = {}

    def walk(table: dict[str, object], prefix: str) -> None:
        for key, value in table.items():
            if isinstance(value, dict):
                walk(value, f"{prefix}{key}.")
            elif isinstance(value, str):
                found[prefix + key] = value

    walk(tomllib.loads(language.read_text()), "")
    return found


LANGUAGES = sorted(PHRASES.glob("*.toml"))


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda path: path.stem)
def test_every_phrase_that_is_used_exists_with_its_values(language: Path) -> None:
    phrases, uses = load(language), list(phrase_uses())
    assert len(uses) > 60
    for file, name, given in uses:
        if "." not in name:
            continue
        assert name in phrases, f"{file} says {name!r}"
        needed = set(re.findall(r"\{(\w+)", phrases[name])) - STANDING
        assert needed <= given, f"{file}: {name!r} needs {needed - given}"


STANDING = {
    "clinic_name", "neutral_name", "address", "hours", "parking", "insurance", "cost", "what_to_bring", "telehealth",
    "front_desk", "line", "callback_within",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda path: path.stem)
def test_languages_have_the_same_phrases_with_the_same_values(language: Path) -> None:
    english, other = load(PHRASES / "en.toml"), load(language)
    assert english.keys() == other.keys()
    for name in english:
        assert set(re.findall(r"\{(\w+)", english[name])) == set(re.findall(r"\{(\w+)", other[name])), name


def test_every_service_can_be_confirmed_and_named() -> None:
    phrases = load(PHRASES / "en.toml")
    for intent in SERVICES:
        assert f"wanted.{intent.value}" in phrases
        assert f"name.{intent.value}" in phrases
    assert set(MENU) <= SERVICES.keys()


def test_every_kind_of_answer_says_how_to_give_it_with_keys() -> None:
    phrases = load(PHRASES / "en.toml")
    kinds = (yes_no(), offer(), request(MENU), choice("a", "b"), when(), phone_number("US"), person_name(), words())
    for kind in kinds:
        assert kind.by_keys in phrases


def test_simpler_and_why_phrases_belong_to_a_question() -> None:
    phrases = load(PHRASES / "en.toml")
    for name in phrases:
        if name.endswith("-again"):
            assert name.removesuffix("-again") in phrases, name
        if name.startswith("why.") and name != "why.this":
            assert name.removeprefix("why.") in phrases, name


def sources() -> list[Path]:
    return [path for room in OURS for path in sorted((ROOT / room).rglob("*.py"))] + [ROOT / "server.py"]


def test_files_and_functions_stay_small() -> None:
    """Past about 300 lines a file is usually two, past about 50 a function is two ideas (STYLE, 5)."""
    for path in sources():
        assert path.read_text().count("\n") <= 350, path
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                assert length <= 55, f"{path}: {node.name} has {length} lines"


def test_every_module_says_why_it_exists() -> None:
    for path in sources():
        assert ast.get_docstring(parsed(path)), path


def test_broad_catches_are_few_and_known() -> None:
    broad = [
        str(path.relative_to(ROOT))
        for path in sources()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
    ]
    assert sorted(broad) == [
        "voice/engines/vosk.py",  # the library raises bare Exception for a model that it cannot load
        "voice/lines/twilio_webhook.py",  # the last resort of a line when even the journal is out of reach
        "voice/session/attendant.py",  # apologises, hands over to a person, and records
        "wiring/background.py",  # what fails beside the calls must not end them
    ]


def test_every_dependency_is_accounted_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    written = (ROOT / "docs" / "dependencies.md").read_text()
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    missing = [name for name in (re.split(r"[\[=<> ]", want)[0] for want in wanted) if f"`{name}`" not in written]
    assert not missing


def test_the_changelogs_top_version_is_ours() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    top = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert top is not None
    assert top[1] == version


def test_the_readme_stays_under_two_screens() -> None:
    assert (ROOT / "README.md").read_text().count("\n") <= 110
