"""The documentation says what is so: commands, routes, names, links, lengths."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from generators.handbook import kind_readme
from generators.kinds import list_kinds, load_kind
from generators.pipeline import KINDS
from service import create_app
from web.settings import Settings, as_config

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(ROOT.glob("docs/**/*.md"))]
KIND_IDS = list_kinds(KINDS)


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app()


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 100


@pytest.mark.parametrize("kind_id", KIND_IDS)
def test_a_kinds_readme_is_what_its_catalogue_makes(kind_id: str) -> None:
    kind = load_kind(KINDS / kind_id)
    assert (kind.folder / "README.md").read_text(encoding="utf-8") == kind_readme(kind)


@pytest.mark.parametrize("kind_id", KIND_IDS)
def test_a_templates_text_is_the_text_of_its_word_file(kind_id: str) -> None:
    from generators.document.scaffold import read_text

    folder = KINDS / kind_id
    text = (folder / "template.txt").read_text(encoding="utf-8")
    assert read_text((folder / "template.docx").read_bytes()) == text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_in_a_page_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    local = [link for link in links if not link.startswith("http")]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_every_command_in_the_docs_exists(app: Flask) -> None:
    named = set()
    for page in PAGES:
        for words in re.findall(r"--app service ([a-z-]+)", page.read_text(encoding="utf-8")):
            named.add(words)
    assert named - set(app.cli.commands) == set()


def test_every_command_is_in_the_docs(app: Flask) -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    text += (ROOT / "Makefile").read_text(encoding="utf-8")
    own = set(app.cli.commands)
    assert [
        name for name in own if f"service {name}" not in text and f"(FLASK) {name}" not in text
    ] == []


def test_every_route_is_in_the_api_page(app: Flask) -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    routes = {
        re.sub(r"<(?:[a-z]+:)?([a-z_]+)>", r"{\1}", rule.rule).replace("kind_id", "kind")
        for rule in app.url_map.iter_rules()
    }
    missing = [
        route
        for route in routes
        if route.startswith(("/api", "/healthz", "/readyz"))
        and route not in page
        and not route.endswith("/docs/{name}")
    ]
    assert missing == []


def test_every_make_target_in_the_docs_exists() -> None:
    targets = set(
        re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    )
    named = {
        name
        for page in PAGES
        for name in re.findall(r"`make ([a-z-]+)`", page.read_text(encoding="utf-8"))
    }
    assert named <= targets


def test_every_setting_is_in_the_page_for_who_runs_it() -> None:
    page = (ROOT / "docs" / "van-hanh.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `BAO_CAO_([A-Z_]+)`[^|]*\| *`?([^|`]*?)`? *\|", page, re.M))
    assert told == {name: str(value) for name, value in as_config(Settings())}


def test_each_decision_has_its_own_number() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    told = [int(file.read_text(encoding="utf-8")[2:].partition(".")[0]) for file in files]
    assert told == [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
