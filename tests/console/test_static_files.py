"""Our own files: all there, named by their content, nothing else served, nothing from elsewhere."""

import re
from pathlib import Path

import pytest

from console.pages import FOLDER as TEMPLATES
from console.static_files import FOLDER, StaticFiles
from tests.console.browsing import Browser
from tests.console.house import House


def test_files_are_kept_for_ever_under_their_version() -> None:
    browser = Browser(House())
    address = StaticFiles.read().url("console.css")
    answer = browser.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    other = browser.get("/static/old/console.css")
    assert other.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["none.css", "..%2fpages.py", "%2e%2e/pages.py", "phone", ""])
def test_nothing_else_is_served(name: str) -> None:
    assert Browser(House()).get(f"/static/v/{name}").status_code == 404


def test_the_version_follows_the_content(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a")
    (tmp_path / "notes.txt").write_text("not served")
    first = StaticFiles.read(tmp_path)
    (tmp_path / "a.css").write_text("b")
    assert set(first.files) == {"a.css"}
    assert StaticFiles.read(tmp_path).version != first.version


@pytest.mark.parametrize(
    "path", [*FOLDER.rglob("*.*"), *TEMPLATES.rglob("*.html")], ids=lambda path: str(path.relative_to(FOLDER.parent))
)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(path: Path) -> None:
    text = path.read_text().replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|(src|href)=\"//|@import|\sstyle=|\son[a-z]+=\"|<script>|\beval\(|innerHTML", text)
    assert "|safe" not in text.replace(" ", "")
    assert len(text.splitlines()) < 320
