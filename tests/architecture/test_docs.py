"""What the documents say is true: links and pictures, commands, targets, keys, signs and printed examples."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import re
import shlex
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from odc_tui.actions import COMMANDS, key_label
from odc_tui.grammar import build_parser
from odc_tui.present.binding import BINDINGS
from odc_tui.settings import Settings, parse

pytestmark = pytest.mark.architecture

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
NAMES = [path.relative_to(ROOT).as_posix() for path in DOCUMENTS]
PICTURES = sorted((ROOT / "docs" / "images").iterdir())
DRAWINGS = [path for path in PICTURES if path.suffix == ".svg"]
PLAYING = (ROOT / "docs" / "playing.md").read_text("utf-8")
MAX_PICTURE_BYTES = 250_000

IN_LISTS = {"enter", "j", "k"}
"""Keys of lists and forms, which no command of the registry calls."""
ROOMS = {
    "Mission control": "mission",
    "Design bureau": "design",
    "Launch desk": "launch",
    "Swarm": "swarm",
    "Finance": "finance",
    "Forecast": "forecast",
}


def links(text: str) -> list[str]:
    """Targets of links and pictures, outside of code."""
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
    return re.findall(r"\]\(([^)\s]+)\)", prose) + re.findall(r'<img src="([^"]+)"', prose)


def anchors(text: str) -> set[str]:
    """The places in a document that a link can name."""
    headings = re.findall(r"^#+ +(.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands(text: str) -> Iterator[str]:
    """Every `odc ...` in code, as it would be typed, without comments, pipes and redirections."""
    blocks = re.findall(r"```(?:sh|console)\n(.*?)```", text, flags=re.DOTALL)
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()] + re.findall(r"`([^`\n]+)`", prose)
    for line in lines:
        for part in re.split(r"\s[|>]\s|\s&&\s|\s#\s", line.removeprefix("$ ")):
            found = re.fullmatch(r"(?:uv run |\.venv/bin/)?odc(| .*)", part.strip())
            if found:
                yield found[1].strip()


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_links_lead_somewhere(path: Path) -> None:
    """Files exist inside the repository, and the headings that are named are there."""
    text = path.read_text("utf-8")
    for link in links(text):
        if "://" in link:
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{link} leads nowhere"
        assert target.is_relative_to(ROOT), f"{link} leads out of the repository"
        if anchor:
            assert anchor in anchors(target.read_text("utf-8")), f"{link} names no heading"


def test_every_picture_is_shown_and_small() -> None:
    """No picture is left over, and none makes a page slow to open."""
    shown = {(path.parent / link).resolve() for path in DOCUMENTS for link in links(path.read_text("utf-8"))}
    for picture in PICTURES:
        assert picture in shown, f"{picture.name} is shown nowhere"
        assert picture.stat().st_size <= MAX_PICTURE_BYTES, f"{picture.name} is too large"


@pytest.mark.parametrize("picture", DRAWINGS, ids=lambda path: path.name)
def test_drawings_need_nothing_from_elsewhere(picture: Path) -> None:
    """No fonts, styles or pictures are fetched, and what is drawn is also told in words."""
    text = picture.read_text("utf-8")
    drawing = ET.fromstring(text)
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "@font-face" not in text
    assert all(drawing.find(f"{{http://www.w3.org/2000/svg}}{tag}") is not None for tag in ("title", "desc"))


def complaint(line: str) -> str:
    """What the parser has against a command line; empty if it takes it."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        try:
            build_parser().parse_args(shlex.split(line))
        except SystemExit as end:
            return said.getvalue() if end.code else ""
    return ""


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_commands_exist(path: Path) -> None:
    """The parser takes every command line that a document shows; a mention may leave the file out."""
    for line in commands(path.read_text("utf-8")):
        assert not complaint(line) or not complaint(f"{line} FILE"), f"odc {line}: {complaint(line)}"


def test_the_readme_shows_every_way_to_play() -> None:
    """The commands are found by the test above, so that it cannot pass by finding none."""
    shown = {line.partition(" ")[0] for line in commands((ROOT / "README.md").read_text("utf-8"))}
    assert {"", "run", "list", "new", "schema", "where"} <= shown


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_make_targets_exist(path: Path) -> None:
    """`make NAME` in code is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    asked = re.findall(r"(?:`|^|&& )make ([a-z-]+)", path.read_text("utf-8"), flags=re.MULTILINE)
    assert set(asked) <= targets


def sections(text: str) -> dict[str, str]:
    """The guide by its headings."""
    parts = re.split(r"^## +(.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def keys_in(text: str) -> list[str]:
    """The keys that a text names."""
    return re.findall(r"<kbd>(.+?)</kbd>", text)


def keys_on(screens: set[str]) -> set[str]:
    """The keys that do something on one of the screens, as a person reads them."""
    found = {command for screen in screens for command in COMMANDS.on(screen, True)}
    return {key_label(key) for command in found for key in command.keys} | IN_LISTS


@pytest.mark.parametrize("heading", list(sections(PLAYING)))
def test_keys_of_the_guide_work_where_it_says(heading: str) -> None:
    """In the section of a room its keys, elsewhere the keys of some room."""
    known = keys_on({ROOMS[heading]} if heading in ROOMS else set(ROOMS.values()))
    assert set(keys_in(sections(PLAYING)[heading])) <= known


def test_the_guide_names_the_keys_of_every_room() -> None:
    """The test above finds keys in each room, so that it cannot pass by finding none."""
    assert all(len(keys_in(sections(PLAYING)[heading])) >= 5 for heading in ROOMS)


def test_the_guide_knows_every_limit() -> None:
    """The table of what binds has the signs and words of the screens, and leaves none out."""
    rows = re.findall(r"^\| (\S) \| ([a-z-]+) \|", sections(PLAYING)["What binds"], flags=re.MULTILINE)
    silent = {"ended", "none"}
    assert set(rows) == {(one.glyph, one.word) for name, one in BINDINGS.items() if name not in silent}


def test_quoted_facts_are_in_the_catalogue() -> None:
    """A line of the catalogue that the README quotes is there, word for word."""
    blocks = re.findall(r"```toml\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), flags=re.DOTALL)
    catalogue = [path.read_text("utf-8") for path in (ROOT / "assets" / "catalogue").glob("*.toml")]
    assert blocks
    for line in "".join(blocks).splitlines():
        assert any(line in text.splitlines() for text in catalogue), line


def test_the_settings_of_the_guide_can_be_read() -> None:
    """Every key and value of the sample is one the settings file takes."""
    (sample,) = re.findall(r"```toml\n(.*?)```", sections(PLAYING)["Comfort"], flags=re.DOTALL)
    loaded = parse(sample)
    assert loaded.complaint is None
    assert loaded.settings != Settings()


@pytest.fixture(scope="module")
def examples() -> ModuleType:
    """The tool that runs the examples."""
    spec = importlib.util.spec_from_file_location("readme_examples", ROOT / "tools" / "examples.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_readme_shows_what_the_program_prints(examples: ModuleType) -> None:
    """Run again, the examples print what stands under them; python tools/examples.py brings it up to date."""
    text = (ROOT / "README.md").read_text("utf-8")
    now = examples.renewed(text)
    assert examples.alike(text, now), "run python tools/examples.py, and look at what changed"
    assert now.count("\n$ odc run") >= 4


def test_halves_and_whole_agree_in_the_readme(examples: ModuleType) -> None:
    """The digests shown are those of a whole, of a half, and of that half played on: first and last agree."""
    text = (ROOT / "README.md").read_text("utf-8")
    whole, half, again = re.findall(r"^digest ([0-9a-f]{64})$", text, flags=re.MULTILINE)
    assert whole == again != half
    assert not examples.alike(f"{whole} {half}", f"{whole} {whole}")
