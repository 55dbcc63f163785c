"""What the design bureau works on: presets, designs that are frozen, and drafts the player has begun."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from engine.model.base import MAX_NAME_CELLS, clean_text
from odc_tui.present import numbers

if TYPE_CHECKING:
    from engine.model.catalogue import Catalogue
    from engine.model.design import Design

__all__ = ["Drafts", "Subject", "free_name", "slug_of", "subjects"]

Kind = Literal["draft", "frozen", "preset"]

ALTITUDE_KM = 650.0


@dataclass(frozen=True, slots=True)
class Subject:
    """One entry of the list: a design and what it is compared with.

    Attributes:
        key: its place in the list, as `preset:node-100`.
        base: what it came from; None for a preset or a frozen design that came from nothing known.
        preset: id of the preset at its root, if any: its story, its orbit.
        altitude_km: where it is judged.
    """

    key: str
    kind: Kind
    design: Design
    base: Design | None = None
    preset: str | None = None
    altitude_km: float = ALTITUDE_KM

    @property
    def changed(self) -> bool:
        """Whether it differs from what it came from in more than its name."""
        if self.base is None:
            return False
        return self.design.model_copy(update={"id": self.base.id, "name": self.base.name}) != self.base


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts of a campaign, kept while the program runs.

    Attributes:
        open: drafts by key, oldest first.
        frozen_as: drafts that were frozen, by the id they were frozen as: undo gives them back.
        count: drafts begun so far; their keys are never used again.
    """

    open: Mapping[str, Subject]
    frozen_as: Mapping[str, Subject]
    count: int = 0

    @classmethod
    def none(cls) -> Drafts:
        """No drafts."""
        return cls({}, {})

    def begin(self, source: Subject, taken_ids: Collection[str], taken_names: Collection[str]) -> Drafts:
        """A new draft that starts as a copy of a subject, under a name of its own.

        Args:
            source: what is copied.
            taken_ids: ids of frozen designs and presets.
            taken_names: names in use.
        """
        own_names = {draft.design.name for draft in self.open.values()}
        own_ids = {draft.design.id for draft in self.open.values()}
        name = free_name(source.design.name, {*taken_names, *own_names})
        design = source.design.model_copy(update={"id": slug_of(name, {*taken_ids, *own_ids}), "name": name})
        base = source.base if source.kind == "draft" and source.base is not None else source.design
        draft = replace(source, key=f"draft:{self.count + 1}", kind="draft", design=design, base=base)
        return replace(self, open={**self.open, draft.key: draft}, count=self.count + 1)

    @property
    def newest(self) -> Subject:
        """The draft begun last."""
        return self.open[f"draft:{self.count}"]

    def put(self, draft: Subject) -> Drafts:
        """A draft in its new form."""
        return replace(self, open={**self.open, draft.key: draft})

    def drop(self, key: str) -> Drafts:
        """Without a draft."""
        return replace(self, open={name: draft for name, draft in self.open.items() if name != key})

    def freeze(self, draft: Subject) -> Drafts:
        """A draft has been frozen under its id."""
        return replace(self.drop(draft.key), frozen_as={**self.frozen_as, draft.design.id: draft})

    def reconcile(self, frozen_ids: Collection[str]) -> Drafts:
        """Give back drafts whose freezing was undone, and take away those frozen again."""
        back = {draft.key: draft for name, draft in self.frozen_as.items() if name not in frozen_ids}
        gone = {draft.key for name, draft in self.frozen_as.items() if name in frozen_ids}
        if all(key in self.open for key in back) and not gone & set(self.open):
            return self
        kept = {key: draft for key, draft in {**self.open, **back}.items() if key not in gone}
        return replace(self, open=kept)


def subjects(catalogue: Catalogue, designs: Mapping[str, Design], drafts: Drafts) -> tuple[Subject, ...]:
    """The list of the bureau: drafts, frozen designs, and the presets that are not frozen as they are."""
    presets = {
        name: Subject(f"preset:{name}", "preset", preset.design, None, name, preset.suggested_altitude_km)
        for name, preset in catalogue.presets.items()
    }
    frozen = [_frozen(design, presets, drafts) for design in designs.values()]
    fresh = [one for name, one in presets.items() if designs.get(name) != one.design]
    return (*drafts.open.values(), *frozen, *fresh)


def _frozen(design: Design, presets: Mapping[str, Subject], drafts: Drafts) -> Subject:
    """A frozen design with its roots, as far as they are known."""
    key = f"frozen:{design.id}"
    draft = drafts.frozen_as.get(design.id)
    if draft is not None:
        return replace(draft, key=key, kind="frozen", design=design)
    preset = presets.get(design.id)
    if preset is not None and preset.design == design:
        return replace(preset, key=key, kind="frozen")
    return Subject(key, "frozen", design)


def free_name(name: str, taken: Collection[str]) -> str:
    """The name with the first Roman-free number that makes it new: `Node-100 mk 2`."""
    stem = re.sub(r" mk \d+$", "", name)
    number = 2
    while f"{stem} mk {number}" in taken:
        number += 1
    return f"{clean_text(stem)[: MAX_NAME_CELLS - 8]} mk {number}"


def slug_of(name: str, taken: Collection[str]) -> str:
    """An id from a name, in lower-case letters, digits and hyphens, not among those taken."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", bare.casefold()).strip("-")[:56].strip("-") or "design"
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug


def list_note(subject: Subject, it_power_w: float) -> str:
    """What stands beside a name in the list."""
    size = numbers.power(it_power_w)
    return f"{size} {subject.kind}"
