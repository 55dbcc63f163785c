"""Pictures of what changed show the same as a picture of everything."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.containers import Container
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Static

from odc_tui.screens.near import NearCompositor
from tests.ui.conftest import SIZES, settled
from tests.ui.flying import MakeApp, enter

PLACES = (Region(3, 4, 30, 5), Region(30, 2, 20, 12), Region(0, 22, 80, 2), Region(79, 0, 1, 24))


def written(compositor: NearCompositor) -> dict[tuple[int, int], str]:
    """What a picture of the changes writes into each cell."""
    update = compositor.render_partial_update()
    cells: dict[tuple[int, int], str] = {}
    if update is None:
        return cells
    for y, first, last in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is not None and x < last and end > first:
                cells |= {(x + at, y): sign for at, sign in enumerate(strip.text) if first <= x + at < last}
    return cells


def whole(compositor: NearCompositor) -> dict[tuple[int, int], str]:
    """What a picture of everything writes."""
    strips: list[Strip] = compositor.render_strips()
    return {(x, y): sign for y, strip in enumerate(strips) for x, sign in enumerate(strip.text)}


@pytest.mark.parametrize("room", ["mission", "design", "launch", "swarm"])
async def test_a_part_of_the_picture_is_a_part_of_the_whole(make_app: MakeApp, room: str) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["small"]) as pilot:
        await enter(pilot, room=room)
        compositor = app.screen._compositor
        assert isinstance(compositor, NearCompositor)
        every = whole(compositor)
        for region in (
            Region(3, 4, 30, 5),
            Region(30, 2, 20, 12),
            Region(0, 22, 80, 2),
            Region(79, 0, 1, 24),
        ):
            compositor._dirty_regions.add(region)
            found = written(compositor)
            assert found == {place: every[place] for place in found}
            assert len(found) >= region.area * 0.99, region


class Layers(App[None]):
    """A note that floats over two others."""

    CSS = """
    #over { layer: top; offset: 4 1; width: 6; height: 2; }
    Screen { layers: base top; }
    """

    def compose(self) -> ComposeResult:
        with Container():
            yield Static("aaaaaaaaaaaaaaaaaaaa\nbbbbbbbbbbbbbbbbbbbb\ncccccccccccccccccccc")
        yield Static("######\n######", id="over")


async def test_what_lies_in_front_stays_in_front() -> None:
    app = Layers()
    async with app.run_test(size=(20, 4)) as pilot:
        screen = app.screen
        screen._compositor = NearCompositor()
        screen.refresh(layout=True)
        await settled(pilot)
        every = whole(screen._compositor)
        screen._compositor._dirty_regions.add(Region(0, 0, 20, 3))
        found = written(screen._compositor)
        assert found == {place: every[place] for place in found}
        assert [found[x, 1] for x in range(3, 11)] == ["b", *"######", "b"]
