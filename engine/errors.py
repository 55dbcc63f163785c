"""The one error tree: what went wrong, where, and how to mend it, in one line.

```
OdcError                      everything this project raises on purpose
├── InputError                something a person or a file supplied cannot be used
│   ├── CatalogueError        assets/catalogue/*.toml
│   ├── ScenarioError         assets/scenarios/*.toml
│   ├── GlossaryError         assets/help/*.toml
│   ├── SaveError             a campaign file that cannot be read or written
│   │   └── SaveVersionError  a campaign file of another format
│   └── OrderError            an order that is not an order: unknown kind, missing key, wrong type
└── EngineError               a promise of the engine broke: a fault in the program, not in the input
```

What the *rules* refuse is no error: `engine.outcomes.Rejected` carries it as a value.
"""

from __future__ import annotations


class OdcError(Exception):
    """An error with a place and a mend.

    Attributes:
        what: what is wrong, with the value found.
        where: file and key, or part of the program; empty if there is no place to name.
        mend: what to do about it; empty if nothing can be advised.
    """

    def __init__(self, what: str, where: str = "", mend: str = "") -> None:
        self.what = _one_line(what)
        self.where = _one_line(where)
        self.mend = _one_line(mend)
        super().__init__(self.what, self.where, self.mend)

    def __str__(self) -> str:
        """`where: what; mend`, without the parts that are empty."""
        place = f"{self.where}: " if self.where else ""
        advice = f"; {self.mend}" if self.mend else ""
        return f"{place}{self.what}{advice}"


class InputError(OdcError):
    """Something a person or a file supplied cannot be used."""


class CatalogueError(InputError):
    """A catalogue file is wrong."""


class ScenarioError(InputError):
    """A scenario file is wrong."""


class GlossaryError(InputError):
    """A glossary file is wrong."""


class SaveError(InputError):
    """A campaign file cannot be read or written."""


class SaveVersionError(SaveError):
    """A campaign file is of a format this version does not read."""


class OrderError(InputError):
    """An order is malformed, before any rule looks at it."""


class EngineError(OdcError):
    """A promise of the engine broke; please report it."""


def _one_line(text: str) -> str:
    return " ".join(text.split())
