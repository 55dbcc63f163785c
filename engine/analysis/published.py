"""Published figures against ours: what was published, what the formula gives here, and the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from engine.analysis.explain import explain, formula_called
from engine.errors import InputError
from engine.model.base import Frozen, Real, Slug
from engine.model.catalogue import Catalogue, Source
from engine.store.toml_text import Place, build, parse, suggestion

if TYPE_CHECKING:
    from engine.analysis.formula_inputs import Given

__all__ = ["Case", "Finding", "PublishedError", "Verdict", "load_cases", "validate"]

Verdict = Literal["agrees", "explained", "outside"]
"""`explained` differs on purpose, by no more and no less than its reason stands for."""

_CASES, _SOURCES = "cases.toml", "sources.toml"


class PublishedError(InputError):
    """A file of published cases is wrong."""


class Case(Frozen):
    """One published figure and how to get it here.

    Attributes:
        title: what it is, in a line.
        formula: name of the relation that gives it.
        inputs: as for `explain`: numbers, ISO dates, ids.
        published: the figure as published, in the unit of the formula.
        tolerance: greatest difference, in the same unit.
        differs_by: least difference, where a difference is meant.
        source: ids of publications.
        where: where it stands there, or how it was converted.
        why: why ours differs, or how the publication was read.
        preset: a design of the catalogue to take it further with.
    """

    id: Slug
    title: str = Field(min_length=1)
    formula: str
    inputs: dict[str, float | str]
    published: Real
    tolerance: Real = Field(gt=0.0)
    differs_by: Real = Field(default=0.0, ge=0.0)
    source: tuple[Slug, ...] = Field(min_length=1)
    where: str = ""
    why: str = ""
    preset: Slug | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A case worked out.

    Attributes:
        ours: what the formula gives.
        inputs: what went in, defaults filled in.
        sources: publications in words.
    """

    case: Case
    ours: float
    unit: str
    inputs: Mapping[str, Given]
    sources: tuple[str, ...]

    @property
    def difference(self) -> float:
        """Ours less the published figure, in `unit`."""
        return self.ours - self.case.published

    @property
    def verdict(self) -> Verdict:
        """Whether the difference is within tolerance, and whether it is meant."""
        if not self.case.differs_by <= abs(self.difference) <= self.case.tolerance:
            return "outside"
        return "explained" if self.case.differs_by else "agrees"

    def as_json(self) -> dict[str, Any]:
        """The object that `odc validate --json` prints for it."""
        return {
            "id": self.case.id,
            "title": self.case.title,
            "formula": self.case.formula,
            "inputs": dict(self.inputs),
            "published": self.case.published,
            "ours": self.ours,
            "unit": self.unit,
            "difference": self.difference,
            "tolerance": self.case.tolerance,
            "verdict": self.verdict,
            "source": "; ".join(self.sources),
            "why": self.case.why,
        }


def load_cases(texts: Mapping[str, str]) -> tuple[tuple[Case, ...], dict[str, Source]]:
    """Reads the published cases and the publications that the catalogue does not know.

    Args:
        texts: file name to TOML text: `cases.toml` and `sources.toml`.

    Raises:
        PublishedError: names file, table, key and mend of the first fault.
    """
    missing = next((name for name in (_CASES, _SOURCES) if name not in texts), None)
    if missing:
        raise PublishedError("is missing", missing, "Restore the file from the distribution.")
    cases = tuple(_entries(Case, texts[_CASES], _CASES).values())
    for case in cases:
        if case.differs_by and not case.why:
            raise PublishedError("differs and does not say why", str(Place(_CASES, case.id)), "Add why.")
    return cases, _entries(Source, texts[_SOURCES], _SOURCES)


def validate(
    cases: tuple[Case, ...], sources: Mapping[str, Source], catalogue: Catalogue
) -> tuple[Finding, ...]:
    """Works out every case, in order.

    Args:
        cases: from `load_cases`.
        sources: from `load_cases`; the catalogue's own are known besides.
        catalogue: where ids of inputs, sources and presets are looked up.

    Raises:
        InputError: a case names a formula, an input, a source or a preset that does not exist.
    """
    known = {**catalogue.sources, **sources}
    return tuple(_found(case, known, catalogue) for case in cases)


def _found(case: Case, known: Mapping[str, Source], catalogue: Catalogue) -> Finding:
    place = Place(_CASES, case.id)
    for source in case.source:
        if source not in known:
            raise PublishedError(
                f"there is no source {source}", str(place.at("source")), suggestion(source, known)
            )
    if case.preset is not None and case.preset not in catalogue.presets:
        mend = suggestion(case.preset, catalogue.presets)
        raise PublishedError(f"there is no preset {case.preset}", str(place.at("preset")), mend)
    formula_called(case.formula)
    told = explain(case.formula, case.inputs, catalogue, moves=False)
    return Finding(case, told.value, told.unit, told.inputs, tuple(_words(known[one]) for one in case.source))


def _words(source: Source) -> str:
    where = f", {source.where}" if source.where else ""
    return f"{source.publisher} {source.date}: {source.title}{where}"


def _entries(model: type[Any], text: str, file: str) -> dict[str, Any]:
    entries = {}
    for entry_id, data in parse(text, file, PublishedError).items():
        place = Place(file, entry_id)
        if not isinstance(data, dict):
            raise PublishedError("is not a table", str(place), f"Give each entry a header: [{entry_id}].")
        entries[entry_id] = build(model, {**data, "id": entry_id}, place, PublishedError)
    return entries
