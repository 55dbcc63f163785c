"""What no company file tells alone: references that lead nowhere, units that belie names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from engine.errors import CatalogueError
from engine.model.company import Company
from engine.model.quantity import Provenance
from engine.store.toml_text import Place, suggestion

if TYPE_CHECKING:
    from engine.model.catalogue import Catalogue

Judge = Callable[["Catalogue", Place, str, Provenance], None]


def check_companies(catalogue: Catalogue, judge: Judge) -> None:
    """Follows every reference of every company and holds its figures against their names.

    Args:
        catalogue: the catalogue with its companies.
        judge: what every sourced figure of a catalogue has to stand.

    Raises:
        CatalogueError: names file, key and mend of the first fault.
    """
    for company in catalogue.companies.values():
        place = Place(f"companies/{company.id}.toml")
        for at, name, value in _figures(company, place):
            judge(catalogue, at, name, value)
        for table, key, ids in _references(catalogue, company):
            _refer(table, key, ids, place.at(key))


def _figures(model: BaseModel, place: Place) -> Iterator[tuple[Place, str, Provenance]]:
    """Every sourced figure within a model, with where it stands and the name that promises its unit."""
    for name, value in model:
        for key, inner in _parts(name, value):
            at = place.at(*key)
            if isinstance(inner, Provenance):
                yield at, name, inner
            if isinstance(inner, BaseModel):
                yield from _figures(inner, at)


def _parts(name: str, value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, Mapping):
        yield from (((name, str(key)), inner) for key, inner in value.items())
    elif isinstance(value, tuple):
        yield from (((name, str(number)), inner) for number, inner in enumerate(value))
    else:
        yield (name,), value


def _references(
    catalogue: Catalogue, company: Company
) -> Iterator[tuple[Mapping[str, Any], str, Iterable[str]]]:
    yield catalogue.vehicles, "vehicles", company.vehicles
    yield catalogue.vehicles, "steps", (step.vehicle for step in company.steps)
    yield catalogue.buses, "buses", company.buses
    yield catalogue.links, "links", company.links
    yield catalogue.workloads, "in_house", company.in_house
    if company.roadmap is not None:
        yield catalogue.presets, "roadmap.intents", (one.preset for one in company.roadmap.intents)
        yield catalogue.workloads, "roadmap.mix", company.roadmap.mix


def _refer(table: Mapping[str, Any], key: str, ids: Iterable[str], place: Place) -> None:
    for wanted in ids:
        if wanted not in table:
            raise CatalogueError(f"{key}: there is no entry {wanted}", str(place), suggestion(wanted, table))
