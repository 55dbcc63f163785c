"""The list to choose from, alone."""

from __future__ import annotations

from textual.app import App, ComposeResult

from odc_tui.widgets.menu import Choice, Menu
from odc_tui.widgets.roles import role_variables


class MenuApp(App[None]):
    """A menu of thirty lines, and what it said."""

    def __init__(self, choices: list[Choice]) -> None:
        super().__init__()
        self._choices = choices
        self.chosen: list[str] = []
        self.moved: list[str] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return role_variables()

    def compose(self) -> ComposeResult:
        yield Menu(self._choices, label_width=8)

    def on_mount(self) -> None:
        self.query_one(Menu).focus()

    def on_menu_chosen(self, message: Menu.Chosen) -> None:
        self.chosen.append(message.choice.key)

    def on_menu_moved(self, message: Menu.Moved) -> None:
        self.moved.append(message.choice.key)


THIRTY = [Choice(f"k{number}", f"Label {number}", "note") for number in range(30)]


async def test_arrows_letters_and_page_keys_move_and_stay_inside() -> None:
    app = MenuApp(THIRTY)
    async with app.run_test(size=(40, 10)) as pilot:
        menu = app.query_one(Menu)
        for keys, cursor in ((["down", "j"], 2), (["k", "up", "up", "up"], 0), (["G"], 29), (["g"], 0)):
            await pilot.press(*keys)
            assert menu.cursor == cursor
        await pilot.press("pagedown")
        assert menu.cursor == 10
        assert 0 <= menu.cursor - menu.top < 10


async def test_enter_chooses_the_line_under_the_cursor() -> None:
    app = MenuApp(THIRTY)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.chosen == ["k1"]


async def test_a_click_counts_scrolled_lines() -> None:
    app = MenuApp(THIRTY)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("G")
        await pilot.pause()
        await pilot.click(Menu, offset=(3, 0))
        await pilot.pause()
        assert app.chosen == ["k20"]


async def test_other_lines_keep_the_cursor_on_the_same_key() -> None:
    app = MenuApp(THIRTY[:4])
    async with app.run_test(size=(40, 10)) as pilot:
        menu = app.query_one(Menu)
        await pilot.press("down", "down")
        menu.show([THIRTY[9], THIRTY[2]])
        assert menu.chosen is not None
        assert menu.chosen.key == "k2"
        menu.show([THIRTY[9]])
        assert menu.chosen.key == "k9"
        menu.show([])
        assert menu.chosen is None
        await pilot.press("enter", "down", "G")
        assert app.chosen == []


async def test_brackets_in_a_line_are_text() -> None:
    app = MenuApp([Choice("x", "[/b] [red", "[@click=app.quit]")])
    async with app.run_test(size=(60, 4)) as pilot:
        await pilot.pause()
        line = app.query_one(Menu).render_line(0).text
        assert "[/b] [r…" in line
        assert "[@click=app.quit]" in line


async def test_a_list_that_begins_at_its_end_still_shows_its_beginning() -> None:
    """What is on the glass, not what the list believes: it is told its height only after the first drawing."""  # noqa: E501

    class Late(MenuApp):
        def on_mount(self) -> None:
            self.query_one(Menu).show(THIRTY, keep="k29")

    app = Late(THIRTY)
    async with app.run_test(size=(40, 32)) as pilot:
        await pilot.pause()
        assert "Label&#160;0&#160;" in app.export_screenshot()
