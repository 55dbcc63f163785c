"""What a campaign file may hold: the tables of format 1 as strict types, and the file as the game keeps it.

Defaults belong to the format: a key left out means the same for as long as `format = 1` is read.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from itertools import compress
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, get_args

from pydantic import Discriminator, Field, StringConstraints, Tag, TypeAdapter, create_model

from engine.model.base import CleanName, Frozen, Slug
from engine.model.design import Design
from engine.model.scenario import Difficulty
from engine.orders import (
    AdvanceTo,
    Borrow,
    CancelFlights,
    DefineDesign,
    Dispose,
    DropStanding,
    Insure,
    Launch,
    Order,
    RaiseCapital,
    Repay,
    SetLoadPolicy,
    SetWorkload,
    SignContract,
    StandingOrder,
    StationKeep,
)

FORMAT = 1
FIRST_DATE = dt.date(2020, 1, 1)
LAST_DATE = dt.date(2100, 1, 1)
"""The dates a campaign file can mention."""

MAX_ORDERS = 100_000

Date = Annotated[dt.date, Field(ge=FIRST_DATE, le=LAST_DATE)]
Mark = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z.+-]{1,64}$")]
"""A version, a hash or a digest."""

if TYPE_CHECKING:

    class DesignChanges(Frozen):
        """Keys of a design that differ from the preset it is taken from."""

else:
    DesignChanges = create_model(
        "DesignChanges",
        __base__=Frozen,
        __doc__="Keys of a design that differ from the preset it is taken from.",
        **{
            name: (Annotated[info.annotation, Field(), *info.metadata], None)
            for name, info in Design.model_fields.items()
        },
    )


class PresetDesign(Frozen):
    """A design order for people who write by hand: a preset of the catalogue, changed where `design` says so.

    It is expanded when the file is played; the file keeps it as it was written.
    """

    type: Literal["design"] = "design"
    preset: Slug
    design: DesignChanges = DesignChanges()

    def changes(self) -> dict[str, Any]:
        """The keys that differ from the preset, as far as the file names any."""
        return {key: getattr(self.design, key) for key in self.design.model_fields_set}


FileOrder: TypeAlias = Order | PresetDesign
"""An order as a file may write it."""

PRESET_TAG = "design from a preset"


def order_tag(value: Any) -> str | None:
    """Which kind of order a table or an order is; None if it does not say."""
    if isinstance(value, dict):
        kind = value.get("type")
        if kind == "design" and "preset" in value:
            return PRESET_TAG
        return kind if isinstance(kind, str) else None
    return PRESET_TAG if isinstance(value, PresetDesign) else getattr(value, "type", None)


ORDER_KEYS: dict[str, tuple[str, ...]] = {
    PRESET_TAG if model is PresetDesign else model.model_fields["type"].default: tuple(model.model_fields)
    for model in (*get_args(get_args(Order)[0]), PresetDesign)
}
"""The keys of each kind of order."""

OrderTable = Annotated[
    Annotated[DefineDesign, Tag("design")]
    | Annotated[PresetDesign, Tag(PRESET_TAG)]
    | Annotated[Launch, Tag("launch")]
    | Annotated[CancelFlights, Tag("cancel")]
    | Annotated[SetLoadPolicy, Tag("load-policy")]
    | Annotated[SetWorkload, Tag("workload")]
    | Annotated[StationKeep, Tag("station-keep")]
    | Annotated[Dispose, Tag("dispose")]
    | Annotated[StandingOrder, Tag("standing")]
    | Annotated[DropStanding, Tag("drop-standing")]
    | Annotated[RaiseCapital, Tag("raise")]
    | Annotated[Borrow, Tag("borrow")]
    | Annotated[Repay, Tag("repay")]
    | Annotated[Insure, Tag("insure")]
    | Annotated[SignContract, Tag("contract")]
    | Annotated[AdvanceTo, Tag("advance")],
    Discriminator(order_tag),
]


class Header(Frozen):
    """The table `[campaign]`: which campaign this is and what it was made with.

    Attributes:
        name: what the player calls it.
        scenario: id of the scenario it starts from.
        seed: decides every draw; the same orders and seed give the same campaign.
        start: first day; the scenario's own if left out.
        difficulty: sliders that stand elsewhere than in the scenario.
        company: whom the player leads; the scenario's own if left out.
        stop: the day the campaign stands at while later orders wait; left out if none do.
        engine: version of the engine that wrote the file.
        rules: hash of the rules the orders were played under.
        catalogue: fingerprint of the catalogue the orders were played with.
        carried: so many orders were played under earlier rules, and their outcome was kept.
    """

    name: CleanName
    scenario: Slug
    seed: int = Field(default=0, ge=0, le=2**63 - 1)
    start: Date | None = None
    difficulty: Difficulty = Difficulty()
    company: Slug | None = None
    stop: Date | None = None
    engine: Mark | None = None
    rules: Mark | None = None
    catalogue: Mark | None = None
    carried: int = Field(default=0, ge=0, le=MAX_ORDERS)


class Saved(Frozen):
    """The table `[saved]`: how the campaign stood when the game last wrote it. Told, never obeyed.

    Attributes:
        date: the day it stood at; `odc run --until +30d` counts from here.
        cash_usd: money in hand.
        satellites: satellites alive.
        digest: digest of the whole state, to notice when a replay comes out otherwise.
    """

    date: Date
    cash_usd: float = Field(ge=-1e18, le=1e18)
    satellites: int = Field(ge=0, le=10**12)
    digest: Mark


class Document(Frozen):
    """A whole campaign file."""

    format: Literal[1]
    campaign: Header
    saved: Saved | None = None
    orders: tuple[OrderTable, ...] = Field(default=(), max_length=MAX_ORDERS)


DOCUMENT: TypeAdapter[Document] = TypeAdapter(Document)


@dataclass(frozen=True, slots=True)
class CampaignFile:
    """A campaign as text holds it: header and orders. Equal if these are, however the text was laid out.

    Attributes:
        preface: comment lines the file begins with, kept as written.
        written: for each order read from a file, its own text with the comments before it; kept as written
            for as long as the order is not changed.
        lines: for each order read from a file, the line it begins on, for messages.
    """

    header: Header
    orders: tuple[FileOrder, ...] = ()
    saved: Saved | None = None
    preface: str = field(default="", compare=False, repr=False)
    written: tuple[str, ...] = field(default=(), compare=False, repr=False)
    lines: tuple[int, ...] = field(default=(), compare=False, repr=False)

    @property
    def name(self) -> str:
        """What the player calls the campaign."""
        return self.header.name

    def with_orders(self, orders: tuple[FileOrder, ...]) -> CampaignFile:
        """The file with other orders; the text of those that stay the same at the front is kept."""
        same = 0
        for ours, theirs, _ in zip(self.orders, orders, self.written, strict=False):
            if ours is not theirs and ours != theirs:
                break
            same += 1
        return replace(self, orders=orders, written=self.written[:same], lines=self.lines[:same])

    def coalesced(self) -> CampaignFile:
        """The file with each run of advances replaced by its last one, which says the same."""
        advances = [isinstance(order, AdvanceTo) for order in self.orders]
        keep = [not (one and after) for one, after in zip(advances, [*advances[1:], False], strict=False)]
        if all(keep):
            return self
        return replace(
            self,
            orders=tuple(compress(self.orders, keep)),
            written=tuple(compress(self.written, keep)),
            lines=tuple(compress(self.lines, keep)),
        )

    def with_header(self, **changes: Any) -> CampaignFile:
        """The file with some keys of its header changed."""
        return replace(self, header=self.header.model_copy(update=changes))


def json_schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of a campaign file, as data. TOML has no null, so it names none."""
    schema: dict[str, Any] = _without_null(DOCUMENT.json_schema(mode="validation"))
    for table in schema["$defs"].values():
        _describe_keys(table)
        _require_type(table)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Campaign file"}


def _describe_keys(table: dict[str, Any]) -> None:
    """Move what the docstring of a table says about its keys to the keys, where editors show it."""
    text, _, attributes = table.get("description", "").partition("\n\nAttributes:\n")
    if text:
        table["description"] = " ".join(text.split())
    for key, meaning in re.findall(r"^    (\w+): (.*(?:\n {8}.*)*)", attributes, re.MULTILINE):
        if key in table["properties"]:
            table["properties"][key]["description"] = " ".join(meaning.split())


def _require_type(table: dict[str, Any]) -> None:
    """A type that tells tables apart has to be written, whatever default the model gives it."""
    if "const" in table["properties"].get("type", {}):
        del table["properties"]["type"]["default"]
        table["required"] = ["type", *table.get("required", [])]


def _without_null(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_null(value) for value in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _without_null(value) for key, value in node.items() if value is not None}
    choices = [choice for choice in kept.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        del kept["anyOf"]
        kept = choices[0] | kept
    elif choices:
        kept["anyOf"] = choices
    return kept
