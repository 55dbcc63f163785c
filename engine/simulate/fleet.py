"""The fleet as one read-only array of numbers; every change makes a new fleet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.errors import EngineError
from engine.kernels.layout import FIELDS, KEPT, LANES, Field, Status

Doubles = NDArray[np.float64]

Places = NDArray[np.intp]

_MAGIC = b"ODCF"
_VERSION = 1
_HEADER_BYTES = 16

_NEVER = 1e30
_BLANK_VALUES = {
    Field.STATUS: float(Status.EMPTY),
    Field.LAUNCHED_COUNT: 1.0,
    Field.LIFE_DAYS: 1.0,
    Field.SPACING_M: 150.0,
    Field.INTERCONNECT: 1.0,
    Field.SERVED_FRACTION: 1.0,
    Field.ALTITUDE_KM: 500.0,
    Field.COS_INCLINATION: 1.0,
    Field.CELL_ABSORPTIVITY: 1.0,
    Field.CELL_EMISSIVITY: 1.0,
    Field.IT_POWER_W: 1.0,
    Field.PMAD_EFFICIENCY: 1.0,
    Field.CAPACITY_WH: 1.0,
    Field.DEPTH_LIMIT: 0.5,
    Field.ONE_WAY_EFFICIENCY: 1.0,
    Field.C_RATE_PER_H: 1.0,
    Field.CYCLE_EXPONENT: 1.0,
    Field.HEAT_CAPACITY_J_K: 1.0,
    Field.RADIATOR_FACES: 2.0,
    Field.RADIATING_M2: 1.0,
    Field.RADIATING_AGED_M2: 1.0,
    Field.VIEW_ALTITUDE_KM: 500.0,
    Field.JUNCTION_DROP_K: 1.0,
    Field.TRIP_K: 1000.0,
    Field.MEMORY_DROP_K: 1.0,
    Field.MEMORY_LIMIT_K: 1000.0,
    Field.RADIATOR_LOOPS: 1.0,
    Field.DRY_MASS_KG: 1.0,
    Field.BODY_DRAG_M2: 1.0,
    Field.THRUST_N: 1.0,
    Field.EXHAUST_M_S: 1.0,
    Field.CHIP_GROUPS: 1.0,
    Field.NEXT_FAILURE: _NEVER,
    Field.NEXT_CHIP_FAILURE: _NEVER,
    Field.NEXT_PUNCTURE: _NEVER,
    Field.RADIATING_SHARE: 1.0,
    Field.CHIP_HEALTH: 1.0,
    Field.ARRAY_HEALTH: 1.0,
    Field.BATTERY_HEALTH: 1.0,
    Field.SUNRISE_K: 290.0,
    Field.LEAK_SUN_K: 1000.0,
    Field.LEAK_SHADE_K: 1000.0,
    Field.ECLIPSE_FRACTION: -1.0,
    Field.SERVED_SHARE: 1.0,
}


def blank_row() -> Doubles:
    """A row that the day step carries without ever dividing by zero: padding, and the base of real rows."""
    row = np.zeros(FIELDS)
    for field, value in _BLANK_VALUES.items():
        row[field] = value
    return row


def places(*fields: int) -> Places:
    """Fields that batches keep for themselves, made ready for `Fleet.table`.

    Raises:
        EngineError: batches of a design share one of the fields.
    """
    if max(fields) >= KEPT:
        raise EngineError(f"batches do not keep field {max(fields)} for themselves", "places")
    return np.array(fields, np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class Fleet:
    """All batches of a campaign.

    Attributes:
        blocks: `(n_blocks, KEPT, LANES)`, read-only; batch `k` is lane `k % LANES` of block `k // LANES`.
        count: batches; lanes past the last are padding.
        designs: `(n, SHARED)`, read-only: what batches of a design share, by `Field.DESIGN_ROW`; the first
            row is that of padding.
    """

    blocks: Doubles
    count: int
    designs: Doubles

    @staticmethod
    def empty() -> Fleet:
        """A fleet without batches."""
        return _frozen(np.empty((0, KEPT, LANES)), 0, blank_row()[None, KEPT:])

    def flown(self, blocks: Doubles) -> Fleet:
        """The same batches in an array that nobody else will write to again."""
        return _frozen(blocks, self.count, self.designs)

    def column(self, field: Field) -> Doubles:
        """One field of all batches.

        Returns:
            `(count,)`, read-only.
        """
        kept = field if field < KEPT else Field.DESIGN_ROW
        values: Doubles = self.blocks[:, kept, :].reshape(-1)[: self.count]
        if field >= KEPT:
            values = self.designs[values.astype(np.intp), field - KEPT]
        values.setflags(write=False)
        return values

    def table(self, fields: Sequence[int] | Places) -> Doubles:
        """Some fields of all batches, read in one go.

        Args:
            fields: which; what is asked for every month is quicker as `places`.

        Returns:
            `(len(fields), count)`, a copy.
        """
        if not isinstance(fields, np.ndarray) and max(fields) >= KEPT:
            return np.array([self.column(Field(field)) for field in fields])
        picked = self.blocks.take(fields, axis=1)
        return picked.transpose(1, 0, 2).reshape(len(fields), -1)[:, : self.count]

    def rows(self) -> Doubles:
        """All fields of all batches, `(count, FIELDS)`; the place in the table of designs is left out."""
        rows = np.empty((self.count, FIELDS))
        rows[:, :KEPT] = self.blocks.transpose(0, 2, 1).reshape(-1, KEPT)[: self.count]
        rows[:, KEPT:] = self.designs[rows[:, Field.DESIGN_ROW].astype(np.intp)]
        rows[:, Field.DESIGN_ROW] = 0.0
        return rows

    def row(self, index: int) -> Doubles:
        """All fields of one batch, `(FIELDS,)`, read-only, as in `rows`."""
        if not 0 <= index < self.count:
            raise EngineError(f"there is no batch {index} among {self.count}", "Fleet.row")
        kept = self.blocks[index // LANES, :, index % LANES]
        values = np.concatenate((kept, self.designs[int(kept[Field.DESIGN_ROW])]))
        values[Field.DESIGN_ROW] = 0.0
        values.flags.writeable = False
        return values

    def append(self, rows: ArrayLike) -> Fleet:
        """The fleet with batches added.

        Args:
            rows: `(n, FIELDS)` from `batch_row`.
        """
        added = np.atleast_2d(np.asarray(rows, dtype=np.float64))
        if added.shape[1] != FIELDS:
            raise EngineError(f"a batch has {FIELDS} fields, not {added.shape[1]}", "Fleet.append")
        designs, design_rows = _shared_out(self.designs, added[:, KEPT:])
        total = self.count + len(added)
        blocks = np.empty((-(-total // LANES), KEPT, LANES))
        blocks[: len(self.blocks)] = self.blocks
        blocks[len(self.blocks) :] = blank_row()[None, :KEPT, None]
        places = np.arange(self.count, total)
        blocks[places // LANES, :, places % LANES] = added[:, :KEPT]
        blocks[places // LANES, Field.DESIGN_ROW, places % LANES] = design_rows
        return _frozen(blocks, total, designs)

    def with_values(
        self, field: Field, indices: Sequence[int] | NDArray[np.integer], values: ArrayLike
    ) -> Fleet:
        """The fleet with one field of some batches changed; takes effect on the next day.

        Args:
            field: which field.
            indices: batches.
            values: one value, or one for each index.
        """
        places = np.asarray(indices, dtype=np.int64)
        if places.size and (places.min() < 0 or places.max() >= self.count):
            raise EngineError(f"an index is not among the {self.count} batches", "Fleet.with_values")
        if field >= KEPT:
            rows = self.rows()
            rows[places, field] = values
            return Fleet.empty().append(rows)
        blocks = self.blocks.copy()
        blocks[places // LANES, field, places % LANES] = values
        return self.flown(blocks)

    def with_columns(self, columns: Mapping[Field, Doubles]) -> Fleet:
        """The fleet with whole columns changed; the same fleet if every value is there already.

        Args:
            columns: the values of each field, `(count,)`; fields that batches keep for themselves.
        """
        fields = [int(field) for field in columns]
        rows = self.blocks.take(fields, axis=1).transpose(1, 0, 2).reshape(len(fields), -1)
        given = np.array(list(columns.values()), np.float64)
        changed = rows[:, : self.count] != given
        if not changed.any():
            return self
        np.copyto(rows[:, : self.count], given, where=changed)
        blocks = self.blocks.copy()
        blocks[:, fields, :] = rows.reshape(len(fields), len(blocks), LANES).transpose(1, 0, 2)
        return self.flown(blocks)

    def to_bytes(self) -> bytes:
        """The fleet as bytes: a short header, then the rows of the batches, little-endian."""
        header = _MAGIC + np.array([_VERSION, FIELDS, self.count], "<u4").tobytes()
        return header + self.rows().astype("<f8", copy=False).tobytes()

    @staticmethod
    def from_bytes(data: bytes) -> Fleet:
        """The fleet that `to_bytes` wrote.

        Raises:
            EngineError: the bytes are not a fleet of this version, or hold what is not a finite number.
        """
        where = "Fleet.from_bytes"
        if data[:4] != _MAGIC or len(data) < _HEADER_BYTES:
            raise EngineError("these bytes are not a fleet", where)
        version, fields, count = (int(word) for word in np.frombuffer(data, "<u4", 3, 4))
        if (version, fields) != (_VERSION, FIELDS):
            raise EngineError(f"a fleet of version {version} with {fields} fields is not read here", where)
        if len(data) != _HEADER_BYTES + 8 * FIELDS * count:
            raise EngineError("the bytes of the fleet are cut short or too many", where)
        rows = np.frombuffer(data, "<f8", offset=_HEADER_BYTES).reshape(count, FIELDS)
        if not np.isfinite(rows).all():
            raise EngineError("the fleet holds a value that is not a finite number", where)
        return Fleet.empty().append(rows) if count else Fleet.empty()


def _shared_out(designs: Doubles, rows: Doubles) -> tuple[Doubles, NDArray[np.intp]]:
    """The table of designs with what new rows share, each once, and where in it each of them is."""
    known = {design.tobytes(): place for place, design in enumerate(designs)}
    starts = np.flatnonzero(np.append(True, (rows[1:] != rows[:-1]).any(axis=1)))[: len(rows)]
    places = [known.setdefault(rows[start].tobytes(), len(known)) for start in starts]
    table = np.frombuffer(b"".join(known)).reshape(len(known), -1).copy()
    return table, np.repeat(np.array(places, np.intp), np.diff(np.append(starts, len(rows))))


def _frozen(blocks: Doubles, count: int, designs: Doubles) -> Fleet:
    blocks.flags.writeable = designs.flags.writeable = False
    return Fleet(blocks, count, designs)
