"""TOML text to scenarios and to the glossary."""

from __future__ import annotations

from collections.abc import Mapping

from engine.errors import GlossaryError, ScenarioError
from engine.model.catalogue import Catalogue
from engine.model.glossary import Term
from engine.model.scenario import Scenario
from engine.store.toml_text import Place, build, parse, suggestion

SUFFIX = ".toml"


def load_scenarios(texts: Mapping[str, str], catalogue: Catalogue | None = None) -> dict[str, Scenario]:
    """Reads scenarios.

    Args:
        texts: file name (`first-light.toml`) to TOML text; the name without its ending is the id.
        catalogue: where suggested presets are looked up; not checked without it.

    Returns:
        Scenarios by id, in the order of their places, then by name of their file.

    Raises:
        ScenarioError: names file, key and mend of the first fault.
    """
    found = [_scenario(file, text) for file, text in texts.items()]
    for scenario in found:
        preset = scenario.suggested_preset
        if catalogue is not None and preset is not None and preset not in catalogue.presets:
            place = Place(scenario.id + SUFFIX, key="suggested_preset")
            mend = suggestion(preset, catalogue.presets)
            raise ScenarioError(f"the catalogue has no preset {preset}", str(place), mend)
    return {scenario.id: scenario for scenario in sorted(found, key=lambda one: (one.place, one.id))}


def _scenario(file: str, text: str) -> Scenario:
    data = parse(text, file, ScenarioError)
    if "id" in data:
        raise ScenarioError("is given twice", f"{file} id", "Leave id out: the file name is the id.")
    folded = {
        key: " ".join(data[key].split()) for key in ("briefing", "goal") if isinstance(data.get(key), str)
    }
    return build(Scenario, {**data, **folded, "id": file.removesuffix(SUFFIX)}, Place(file), ScenarioError)


def load_glossary(text: str, file: str = "glossary.toml") -> dict[str, Term]:
    """Reads the glossary.

    Args:
        text: TOML, one table a term.
        file: its name, for messages.

    Returns:
        Terms by id, in alphabetical order of the term.

    Raises:
        GlossaryError: names file, table, key and mend of the first fault.
    """
    terms = {}
    for term_id, data in parse(text, file, GlossaryError).items():
        place = Place(file, term_id)
        if not isinstance(data, dict):
            raise GlossaryError("is not a table", str(place), f"Give each term a header: [{term_id}].")
        terms[term_id] = build(Term, {**data, "id": term_id}, place, GlossaryError)
    for term in terms.values():
        for other in term.see:
            if other not in terms:
                place = Place(file, term.id, "see")
                raise GlossaryError(f"there is no term {other}", str(place), suggestion(other, terms))
    return dict(sorted(terms.items(), key=lambda item: item[1].term.casefold()))
