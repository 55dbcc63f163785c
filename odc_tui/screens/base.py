"""What every screen of the game shares: commands, chrome, and the too-small card."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import ModalScreen, Screen
from textual.widgets import Input

from odc_tui.actions import COMMANDS, Context
from odc_tui.present.moments import Tone
from odc_tui.screens.near import NearCompositor
from odc_tui.widgets.chrome import MIN_HEIGHT, MIN_WIDTH, KeyFooter, TooSmall

if TYPE_CHECKING:
    from odc_tui.host import Host

__all__ = ["OdcModal", "OdcScreen"]

_WIDTHS = [(0, "-narrow"), (110, "-wide")]
_HEIGHTS = [(0, "-short"), (34, "-tall")]


class _Sized(Screen[Any]):
    """Shows the too-small card instead of its content when the terminal is too small."""

    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._compositor = NearCompositor()

    @property
    def odc(self) -> Host:
        """The application, as far as screens know it."""
        return cast("Host", self.app)

    def on_mount(self) -> None:
        """Where nothing shall move without need, no cursor blinks."""
        for entry in self.query(Input):
            entry.cursor_blink = not self.odc.reduced_motion

    def on_resize(self, event: events.Resize) -> None:
        """Decide whether there is room enough."""
        small = event.size.width < MIN_WIDTH or event.size.height < MIN_HEIGHT
        self.set_class(small, "-too-small")
        if small:
            for card in self.query(TooSmall):
                card.refresh()


class OdcScreen(_Sized):
    """A screen that answers commands.

    A subclass sets `NAME`, yields its content from `compose_body` and answers each command that is valid on
    it with a method `do_group_verb`. Key bindings come from the registry of commands.

    Attributes:
        NAME: the screen's name in the registries of screens and commands.
        CAMPAIGN: whether it belongs to a running campaign.
    """

    NAME: ClassVar[str] = ""
    CAMPAIGN: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if cls.NAME:
            cls.BINDINGS = [*cls.__dict__.get("BINDINGS", ()), *COMMANDS.bindings(cls.NAME, cls.CAMPAIGN)]
        super().__init_subclass__(**kwargs)

    @property
    def context(self) -> Context:
        """What commands look at to say whether they make sense now."""
        app = self.odc
        return Context(
            screen=self.NAME, campaign=self.CAMPAIGN, ready=app.ready, session=app.session, view=self
        )

    # --- content ---------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Top lines, body, footer, and the card for small terminals."""
        yield from self.compose_top()
        with Container(id="body"):
            yield from self.compose_body()
        yield from self.compose_below()
        yield KeyFooter()
        yield TooSmall()

    def compose_top(self) -> ComposeResult:
        """Lines above the body; none unless a subclass has some."""
        yield from ()

    def compose_body(self) -> ComposeResult:
        """The content; a subclass yields its widgets."""
        yield from ()

    def compose_below(self) -> ComposeResult:
        """What stands between body and footer; nothing unless a subclass has some."""
        yield from ()

    def on_screen_resume(self) -> None:
        """Coming into sight: the keys may mean something else by now."""
        self.refresh_chrome()

    def refresh_chrome(self) -> None:
        """Bring the footer up to date; called after every command."""
        for footer in self.query(KeyFooter):
            footer.keys = tuple(
                (command.key_text, command.label, enabled, command.id)
                for command, enabled in COMMANDS.footer(self.context)
            )

    # --- commands --------------------------------------------------------------------------------

    def action_command(self, command_id: str) -> None:
        """Run a command by id, or say why it cannot run now."""
        command = COMMANDS[command_id]
        refusal = command.refusal(self.context)
        if refusal is None:
            handler: Callable[[], None] = getattr(self, command.handler)
            handler()
        elif refusal:
            self.tell(refusal, "warning")
        self.refresh_chrome()

    def tell(self, text: str, tone: Tone = "information", title: str = "") -> None:
        """Say something in passing. The text is never read as markup."""
        self.odc.say(text, tone, title=title, seconds=12 if tone == "error" else 6)

    def do_go_back(self) -> None:
        """Back to the screen before this one."""
        self.app.pop_screen()

    def do_help_show(self) -> None:
        """Open the help for this screen."""
        self.odc.show_help(self.NAME, self.CAMPAIGN)

    def do_app_commands(self) -> None:
        """Open the command palette."""
        self.app.clear_notifications()
        self.app.action_command_palette()

    def do_app_settings(self) -> None:
        """Open the settings."""
        self.odc.push_named("preferences")

    def do_app_theme(self) -> None:
        """Change to the next theme."""
        self.odc.next_theme()

    def do_app_quit(self) -> None:
        """Leave the program."""
        self.odc.leave()


class OdcModal(ModalScreen[Any], _Sized):
    """A dialog over a screen; esc leaves it. A subclass yields one container from `compose_dialog`."""

    BINDINGS: ClassVar[list[Any]] = [("escape", "leave", "Back")]

    def compose(self) -> ComposeResult:
        """The dialog, and the card for small terminals."""
        with Container(id="dialog"):
            yield from self.compose_dialog()
        yield TooSmall()

    def compose_dialog(self) -> ComposeResult:
        """The content of the dialog."""
        yield from ()

    def action_leave(self) -> None:
        """Close without doing anything."""
        self.dismiss(None)
