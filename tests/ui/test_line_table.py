"""The table of any length: what it asks for, where its cursor goes, what it leaves out."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import App, ComposeResult

from odc_tui.widgets.line_table import Cell, Column, LineTable
from odc_tui.widgets.roles import role_variables

COLUMNS = (
    Column("id", 8),
    Column("number", 8, right=True, rank=1),
    Column("long story", 40, rank=2),
)


class Numbered:
    """Rows that remember which of them were asked for."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.asked: set[int] = set()

    def __len__(self) -> int:
        return self.count

    def cells(self, row: int) -> Sequence[Cell]:
        self.asked.add(row)
        if row % 1000 == 7:
            return (Cell(f"shell {row} runs across the whole line", "strong"),)
        return (Cell(f"L{row}"), Cell(f"{row}", "power"), Cell(f"[red]story[/] {row}", "quiet"))


class TableApp(App[None]):
    def __init__(self, rows: Numbered) -> None:
        super().__init__()
        self.table = LineTable(COLUMNS, rows, empty="Nothing has been launched yet.")
        self.moved: list[int] = []
        self.chosen: list[int] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return role_variables()

    def compose(self) -> ComposeResult:
        yield self.table

    def on_line_table_moved(self, message: LineTable.Moved) -> None:
        self.moved.append(message.row)

    def on_line_table_chosen(self, message: LineTable.Chosen) -> None:
        self.chosen.append(message.row)


def lines(app: TableApp) -> list[str]:
    return [app.table.render_line(y).text.rstrip() for y in range(app.table.size.height)]


async def test_sixteen_thousand_rows_are_asked_for_as_they_come_into_view() -> None:
    rows = Numbered(16_000)
    app = TableApp(rows)
    async with app.run_test(size=(80, 20)) as pilot:
        assert rows.asked == set(range(19))
        await pilot.press("end")
        assert app.table.cursor == 15_999
        assert rows.asked == set(range(19)) | set(range(15_981, 16_000))
        assert "L15999" in lines(app)[19]


async def test_keys_move_the_cursor_and_stop_at_the_ends() -> None:
    app = TableApp(Numbered(100))
    async with app.run_test(size=(80, 11)) as pilot:
        await pilot.press("j", "down", "k", "k", "k")
        assert app.table.cursor == 0
        await pilot.press("pagedown")
        assert app.table.cursor == 9
        await pilot.press("G", "down", "enter")
        assert app.table.cursor == 99
        assert app.chosen == [99]
        await pilot.press("g")
        assert app.table.cursor == 0


async def test_the_row_of_the_cursor_is_marked_and_in_view() -> None:
    app = TableApp(Numbered(100))
    async with app.run_test(size=(80, 11)) as pilot:
        app.table.cursor = 57
        await pilot.pause()
        marked = [line for line in lines(app) if line.startswith("▸")]
        assert len(marked) == 1
        assert "L57" in marked[0]


async def test_columns_that_do_not_fit_go_least_important_first() -> None:
    app = TableApp(Numbered(3))
    async with app.run_test(size=(80, 6)) as pilot:
        assert "story" in lines(app)[0]
        await pilot.resize_terminal(40, 6)
        assert "story" not in lines(app)[0]
        assert "number" in lines(app)[0]
        await pilot.resize_terminal(14, 6)
        assert lines(app)[0].split() == ["id"]


async def test_text_is_never_markup_and_rows_may_run_across() -> None:
    app = TableApp(Numbered(8))
    async with app.run_test(size=(80, 10)):
        assert "[red]story[/] 0" in lines(app)[1]
        assert lines(app)[8].strip() == "shell 7 runs across the whole line"


async def test_an_empty_table_says_why() -> None:
    app = TableApp(Numbered(0))
    async with app.run_test(size=(80, 6)) as pilot:
        assert lines(app)[1].strip() == "Nothing has been launched yet."
        await pilot.press("enter", "down")
        assert (app.chosen, app.table.cursor) == ([], 0)


async def test_fewer_rows_pull_the_cursor_back() -> None:
    app = TableApp(Numbered(100))
    async with app.run_test(size=(80, 6)) as pilot:
        app.table.cursor = 99
        app.table.show(Numbered(5))
        await pilot.pause()
        assert app.table.cursor == 4
        assert app.table.has_focus


async def test_a_click_moves_and_a_second_click_opens() -> None:
    app = TableApp(Numbered(100))
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.click(LineTable, offset=(5, 4))
        assert (app.table.cursor, app.chosen) == (3, [])
        await pilot.click(LineTable, offset=(5, 4))
        assert app.chosen == [3]


async def test_any_size_can_be_drawn() -> None:
    app = TableApp(Numbered(100))
    async with app.run_test(size=(80, 12)) as pilot:
        for size in ((1, 1), (2, 2), (3, 40), (200, 1), (80, 12)):
            await pilot.resize_terminal(*size)
            assert len(lines(app)) == app.table.size.height
