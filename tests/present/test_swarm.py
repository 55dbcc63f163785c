"""The swarm table: order, grouping, folding, filtering, and what a line says."""

from __future__ import annotations

import numpy as np
import pytest

from odc_tui.present.fleet_table import group_shells
from odc_tui.present.swarm import (
    COLUMNS,
    SORT_KEYS,
    Arrangement,
    arrange,
    shell_key,
    short_age,
    table_scale,
)
from odc_tui.present.swarm_filter import NUMBERS, filter_fleet
from tests.present.fleets import fleet

FLAT = Arrangement(by_shell=False)


def order_of(how: Arrangement) -> list[int]:
    return arrange(fleet(), how).lines.tolist()


def test_shells_come_lowest_first_each_with_its_batches() -> None:
    assert order_of(Arrangement()) == [-1, 1, 3, 5, -2, 0, 2, 4]


def test_shells_add_up_to_the_fleet() -> None:
    table = fleet(7)
    shells = group_shells(table)
    assert shells.batches.tolist() == [3, 4]
    assert shells.alive.sum() == table.alive.sum()
    assert shells.delivered_pflops.sum() == pytest.approx(table.delivered_pflops.sum())
    assert shells.lit == pytest.approx([0.64, 0.96])


def test_a_folded_shell_keeps_its_line_alone_until_a_filter_looks_inside() -> None:
    shells = group_shells(fleet())
    folded = Arrangement(folded=frozenset({shell_key(shells, 0)}))
    assert order_of(folded) == [-1, -2, 0, 2, 4]
    assert arrange(fleet(), folded, unfold=True).lines.tolist() == [-1, 1, 3, 5, -2, 0, 2, 4]


@pytest.mark.parametrize("key", SORT_KEYS)
def test_every_column_sorts_both_ways(key: str) -> None:
    up = order_of(Arrangement(sort=key, by_shell=False))
    down = order_of(Arrangement(sort=key, by_shell=False, descending=True))
    assert sorted(up) == list(range(6))
    assert down == up[::-1]


def test_sorting_is_by_meaning_not_by_text() -> None:
    table = fleet(12)
    by_id = arrange(table, FLAT)
    assert [table.ids[line] for line in by_id.lines.tolist()][-3:] == ["L10", "L11", "L12"]
    by_level = arrange(table, Arrangement(sort="level", by_shell=False))
    assert by_level.lines.tolist() == list(range(11, -1, -1))
    by_design = arrange(table, Arrangement(sort="design", by_shell=False)).lines.tolist()
    names = [table.designs[int(table.design[line])] for line in by_design]
    assert names == sorted(names)


def test_rows_know_what_lies_on_them() -> None:
    rows = arrange(fleet(), Arrangement())
    assert (rows.shell_at(0), rows.batch_at(0)) == (0, None)
    assert (rows.shell_at(1), rows.batch_at(1)) == (None, 1)
    assert (rows.batch_at(-1), rows.batch_at(99), rows.shell_at(99)) == (None, None, None)
    assert (rows.row_of(5), rows.row_of(77)) == (3, None)


def test_a_line_says_one_thing_a_column_within_its_width() -> None:
    rows = arrange(fleet(), Arrangement())
    pairs = rows.pairs(2, marked=True)
    assert len(pairs) == len(COLUMNS)
    assert [text for text, _ in pairs] == [
        "●L4",
        "node-100",
        "21/24",
        "550",
        "53.0",
        "−12.0",
        "64.0",
        "25.0",
        "◌ check-out",
        "70.0",
        "–",
        "60.0",
        "98.7",
        "1.6 y",
    ]
    assert all(len(text) <= column.width for (text, _), column in zip(pairs, COLUMNS, strict=True))


def test_the_line_of_a_shell_says_what_flies_there() -> None:
    ((text, _),) = arrange(fleet(), Arrangement()).pairs(0, marked=False)
    assert text == "▾ 550 km 53.0° · 3 batches · 68 of 72 alive · 64.0 % lit · 220 PFLOP/s"


def test_trouble_is_told_by_tone_as_well_as_by_number() -> None:
    rows = arrange(fleet(), FLAT)
    tones = {
        row: dict(zip((c.key for c in COLUMNS), rows.pairs(row, False), strict=True)) for row in range(6)
    }
    assert tones[0]["spare"] == ("12.0", "text")
    assert tones[5]["spare"] == ("−3.0", "risk")
    assert tones[1]["alive"] == ("23/24", "warn")
    assert tones[1]["binding"] == ("▮ battery", "warn")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", [0, 1, 2, 3, 4, 5]),
        ("l3", [2]),
        ("NODE", [0, 3]),
        ("heat", [2]),
        ("junction", [2]),
        ("-demo", [0, 1, 3, 4]),
        ("spare<5", [3, 4, 5][1:]),
        ("lit>=96", [0, 2, 4]),
        ("run=50", [1]),
        ("km<600 run>20", [1, 3]),
        ("charge<80 battery", [1, 5]),
        ("[/] \\d", []),
    ],
)
def test_filter_chooses(text: str, shown: list[int]) -> None:
    result = filter_fleet(fleet(), text)
    assert np.flatnonzero(result.shown).tolist() == shown
    assert result.problem == ""


def test_a_number_that_does_not_exist_is_told() -> None:
    result = filter_fleet(fleet(), "warp>9")
    assert result.shown.all()
    assert "warp" in result.problem
    assert all(name in result.problem for name in NUMBERS)


def test_a_fleet_of_nothing_is_no_trouble() -> None:
    table = fleet(0)
    assert filter_fleet(table, "spare<5 node").shown.tolist() == []
    assert len(arrange(table, Arrangement())) == 0
    assert table_scale(table)[1] == "TFLOP/s"


def test_the_unit_fits_the_largest_batch() -> None:
    assert table_scale(fleet()) == (1.0, "PFLOP/s")


def test_ages() -> None:
    assert [short_age(days) for days in (0, 364, 365, 1242)] == ["0 d", "364 d", "1.0 y", "3.4 y"]
