"""Campaign files come back as they were written, by the game and by hand."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import replace

from hypothesis import given

from engine.orders import AdvanceTo, StationKeep
from engine.store.codec import dump_campaign, load_campaign, orders_hash
from engine.store.schema import CampaignFile
from tests.store.files import FILES, WRITTEN


@given(FILES)
def test_a_campaign_comes_back_from_its_text(file: CampaignFile) -> None:
    text = dump_campaign(file)
    assert load_campaign(text) == file.coalesced()
    assert dump_campaign(load_campaign(text)) == text


@given(FILES)
def test_no_control_character_leaves_in_a_name(file: CampaignFile) -> None:
    name = load_campaign(dump_campaign(file)).name
    assert name
    assert not any(ord(ch) < 0x20 or 0x7F <= ord(ch) <= 0x9F or 0x202A <= ord(ch) <= 0x202E for ch in name)


@given(FILES)
def test_each_order_is_one_table_and_one_more_order_adds_lines_at_the_end(file: CampaignFile) -> None:
    before = dump_campaign(file)
    orders = file.coalesced().orders
    assert before.count("\n[[orders]]\n") == len(orders)
    after = dump_campaign(file.with_orders((*orders, StationKeep(keep=False))))
    assert after.startswith(before)
    assert after.count("\n") > before.count("\n")


def test_what_a_person_wrote_stays_as_it_is() -> None:
    file = load_campaign(WRITTEN)
    longer = file.with_orders((*file.orders, StationKeep(keep=False)))
    text = dump_campaign(longer)
    for kept in ("# My first campaign,\n# by hand.\n", "# A larger battery.\n[[orders]]", "# one of each"):
        assert kept in text
    assert 'design = { id = "mine", battery_kwh = 80 }' in text
    assert load_campaign(text).orders == longer.orders


def test_an_order_that_changed_is_written_anew_and_those_before_it_are_not() -> None:
    file = load_campaign(WRITTEN)
    changed = file.with_orders((*file.orders[:-1], AdvanceTo(date=dt.date(2030, 1, 1))))
    text = dump_campaign(changed)
    assert text.endswith('[[orders]]\ntype = "advance"\ndate = 2030-01-01\n')
    assert "# Fly!" in text


def test_layout_that_would_say_something_else_is_not_kept() -> None:
    file = load_campaign(WRITTEN)
    text = dump_campaign(
        replace(file, written=('[[orders]]\ntype = "dispose"\nselect = {}', *file.written[1:]))
    )
    assert load_campaign(text) == file


def test_orders_written_as_one_inline_array_are_read() -> None:
    orders = 'orders = [{ type = "advance", date = 2027-01-01 }]'
    text = f'format = 1\n{orders}\n[campaign]\nname = "a"\nscenario = "b"\n'
    file = load_campaign(text)
    assert file.orders == (AdvanceTo(date=dt.date(2027, 1, 1)),)
    assert load_campaign(dump_campaign(file)) == file


def test_advances_that_follow_each_other_become_the_last_one() -> None:
    dates = [dt.date(2027, month, 1) for month in (1, 2, 3)]
    orders = (*(AdvanceTo(date=date) for date in dates), StationKeep(keep=True), AdvanceTo(date=dates[0]))
    file = replace(load_campaign(WRITTEN), orders=orders, written=())
    assert load_campaign(dump_campaign(file)).orders == orders[2:]


def test_a_whole_number_may_stand_for_a_number_and_the_hash_does_not_mind_the_layout() -> None:
    file = load_campaign(WRITTEN)
    again = load_campaign(dump_campaign(replace(file, written=())))
    assert tomllib.loads(WRITTEN)["orders"][0]["design"]["battery_kwh"] == 80
    assert orders_hash(file.orders) == orders_hash(again.orders)
    assert orders_hash(file.orders) != orders_hash(file.orders[:-1])
