"""How a page of the documentation that a tool writes is written, or held to what would be written."""

from __future__ import annotations

from pathlib import Path

__all__ = ["settle"]


def settle(page: Path, text: str, *, check: bool) -> int:
    """Write a page, or with `check` write nothing and say whether it is up to date.

    Returns:
        The exit code: 1 if it is out of date.
    """
    if not check:
        page.write_text(text, encoding="utf-8")
        return 0
    current = page.is_file() and page.read_text(encoding="utf-8") == text
    print("up to date" if current else f"docs/{page.name} is out of date: run make docs")
    return 0 if current else 1
