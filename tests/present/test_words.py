"""Words of the screens around a campaign: dates, lists, details, help, notices, progress."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from engine.conditions.quantities import QUANTITIES
from engine.events import Event, EventKind, Severity
from engine.model.glossary import Term
from engine.model.scenario import Rules, Scenario
from engine.outcomes import Rejected
from odc_tui.campaigns import CampaignInfo
from odc_tui.present import campaigns, choices, dates, title
from odc_tui.present import help as help_words
from odc_tui.present.chrome import plain
from odc_tui.present.glossary import matching
from odc_tui.present.moments import stop_notice
from odc_tui.present.quantities import said
from odc_tui.settings import DEFAULT_AUTO_PAUSE, Settings

NOW = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
INFO = CampaignInfo(
    slug="first-light",
    path=Path("first-light.toml"),
    name="First Light",
    scenario="december-2025",
    date=dt.date(2029, 6, 13),
    cash_usd=412.6e6,
    satellites=1096,
    modified=NOW - dt.timedelta(hours=2),
)
SCENARIO = Scenario(
    id="one",
    name="One",
    summary="A summary.",
    briefing="A briefing.",
    goal="A goal.",
    start_date=dt.date(2026, 11, 22),
    cash_usd=4e8,
)


def changed(**changes: object) -> CampaignInfo:
    import dataclasses

    return dataclasses.replace(INFO, **changes)  # type: ignore[arg-type]


# --- dates ---------------------------------------------------------------------------------------


def test_dates_are_written_without_a_doubt_about_their_order() -> None:
    day = dt.date(2029, 6, 3)
    assert (dates.weekday_date(day), dates.day_month_year(day), dates.month_year(day)) == (
        "Sun 3 Jun 2029",
        "3 Jun 2029",
        "Jun 2029",
    )


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "00:00"), (59.9, "00:00"), (22320, "06:12"), (86399.9, "23:59"), (86400, "00:00")],
)
def test_the_clock_has_hours_and_minutes(seconds: float, shown: str) -> None:
    assert dates.clock(seconds) == shown


@pytest.mark.parametrize(
    ("text", "width", "shown"), [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("a bcd", 3, "a…"), ("abc", 0, "")]
)
def test_text_is_cut_with_an_ellipsis(text: str, width: int, shown: str) -> None:
    assert dates.shorten(text, width) == shown


# --- campaigns and scenarios ---------------------------------------------------------------------


def test_a_campaign_is_one_line_of_date_cash_and_satellites() -> None:
    assert campaigns.campaign_note(INFO) == "Jun 2029 · 413 M$ · 1,096 sat."
    assert campaigns.campaign_note(changed(example=True)).endswith("· example")
    assert campaigns.campaign_note(changed(date=None, cash_usd=None, satellites=None)) == ""


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (dt.timedelta(seconds=20), "just now"),
        (dt.timedelta(minutes=1), "1 minute ago"),
        (dt.timedelta(hours=5), "5 hours ago"),
        (dt.timedelta(days=9), "9 days ago"),
        (-dt.timedelta(hours=1), "just now"),
    ],
)
def test_details_say_how_long_ago_it_was_played(age: dt.timedelta, words: str) -> None:
    assert words in plain(campaigns.campaign_details(changed(modified=NOW - age), NOW))


def test_details_of_a_broken_file_give_the_fault_and_the_ways_out() -> None:
    text = plain(campaigns.campaign_details(changed(problem="torn.toml:3: not TOML"), NOW))
    assert "torn.toml:3: not TOML" in text
    assert "delete it here with x" in text


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (Rules(), "may fail and slip"),
        (Rules(slips=False), "may fail, never slip"),
        (Rules(launch_failures=False), "never fail"),
        (Rules(launch_failures=False, slips=False), "never fail, never slip"),
        (Rules(money=False), "plays no part"),
        (Rules(unlock_all=True), "all, on any date"),
    ],
)
def test_the_rules_of_a_scenario_are_told_in_words(rules: Rules, words: str) -> None:
    told = dict(campaigns.rule_lines(SCENARIO.model_copy(update={"rules": rules})))
    assert words in told.values()


def test_a_briefing_has_summary_goal_and_beginning() -> None:
    text = plain(campaigns.scenario_details(SCENARIO))
    for part in ("One", "A summary.", "A briefing.", "A goal.", "Sun 22 Nov 2026", "400 M$"):
        assert part in text


# --- title ---------------------------------------------------------------------------------------


def test_continue_comes_only_with_a_campaign() -> None:
    assert "continue" not in [key for key, _, _ in title.menu_entries(None, 0, 6, known=True)]
    entries = {key: note for key, _, note in title.menu_entries(INFO, 2, 6, known=True)}
    assert entries["continue"] == "First Light · Jun 2029 · 413 M$"
    assert entries["load"] == "2 campaigns and the examples"


def test_the_newest_that_can_be_read_is_continued() -> None:
    broken = changed(problem="torn")
    assert title.newest_playable([broken, INFO]) is INFO
    assert title.newest_playable([broken]) is None


@pytest.mark.parametrize(
    ("share", "bar"), [(0, "░░░░"), (0.5, "▓▓░░"), (1, "▓▓▓▓"), (7, "▓▓▓▓"), (-1, "░░░░")]
)
def test_the_progress_bar_is_always_as_long(share: float, bar: str) -> None:
    assert title.progress_bar(share, 4) == bar


def test_progress_says_how_far_and_with_what() -> None:
    assert title.progress_line(5, 9, "telemetry") == "Warming the engine ▓▓▓▓▓░░░░ 5 of 9: telemetry"
    assert title.progress_line(0, 0, "looking for campaigns") == "looking for campaigns"


# --- help ----------------------------------------------------------------------------------------

GROUPS = {
    "Time": [help_words.KeyRow("space", "run/pause", "Let time pass, or stop it.")],
    "Orders": [help_words.KeyRow("z", "undo", "Take back the last order.")],
}
TERMS = (
    Term(id="albedo", term="Albedo", text="The share of sunlight the Earth throws back.", see=("sun",)),
    Term(id="sun", term="Sun", text="A star with an albedo of no importance."),
)


def test_keys_stand_under_their_headings_and_are_searched() -> None:
    whole = plain(help_words.key_pieces(GROUPS, "", 60))
    assert whole.index("Time") < whole.index("space") < whole.index("Orders")
    found = plain(help_words.key_pieces(GROUPS, "take ORDER", 60))
    assert "undo" not in found  # the label is for the footer, the sentence says more
    assert "Take back" in found
    assert "Time" not in found
    assert "No key" in plain(help_words.key_pieces(GROUPS, "zebra", 60))


@pytest.mark.parametrize("width", [20, 36, 60])
def test_help_is_wrapped_to_the_width(width: int) -> None:
    rows = {"Time": [help_words.KeyRow("space", "run", "word " * 40 + "end.")]}
    longest = max(map(len, plain(help_words.key_pieces(rows, "", width)).splitlines()))
    assert longest <= max(width, 12 + 20)


def test_terms_with_the_word_in_their_name_come_first_and_lead_on() -> None:
    assert [term.id for term in matching(TERMS, "albedo")] == ["albedo", "sun"]
    assert [term.id for term in matching(TERMS, "")] == ["albedo", "sun"]
    assert matching(TERMS, "quasar") == []
    assert "See Sun." in plain(help_words.glossary_pieces(TERMS, "", 60))


# --- notices -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("severity", "tone"),
    [(Severity.NOTICE, "information"), (Severity.WARNING, "warning"), (Severity.ALARM, "error")],
)
def test_an_event_that_stops_time_is_told_as_loudly_as_it_is(severity: Severity, tone: str) -> None:
    notice = stop_notice(Event(1, EventKind.BLACKOUT, severity, "L1 is dark."), None)
    assert notice is not None
    assert (notice.title, notice.text, notice.tone) == ("Paused", "L1 is dark.", tone)


def test_a_refused_day_gives_its_reason_and_its_mend() -> None:
    notice = stop_notice(None, Rejected("The campaign is over.", "", "Undo, or begin another."))
    assert notice is not None
    assert notice.text == "The campaign is over. Undo, or begin another."
    assert stop_notice(None, None) is None


# --- settings ------------------------------------------------------------------------------------


def test_choosing_a_line_twice_changes_nothing() -> None:
    start = Settings(theme="orbit")
    for key, _, _ in choices.rows(start, "orbit"):
        if key != "theme":
            once = choices.changed(start, key, "orbit", ("orbit", "clear"))
            assert once != start
            assert choices.changed(once, key, "orbit", ("orbit", "clear")) == start


def test_colours_go_round() -> None:
    names = ("orbit", "clear", "monochrome")
    seen = [choices.changed(Settings(), "theme", now, names).theme for now in (*names, "gone")]
    assert seen == ["clear", "monochrome", "orbit", "orbit"]


def test_whatever_stops_time_by_default_can_be_chosen() -> None:
    kinds = {kind for kind, _ in choices.STOPS}
    assert kinds >= DEFAULT_AUTO_PAUSE
    values = {label: value for _, label, value in choices.rows(Settings(), "orbit")}
    assert values["Stop at a launch that fails"] == "yes"
    assert values["Stop at the books of a month"] == "no"


# --- quantities ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("lead", 0.4213, "0.421 ×"),
        ("scarcity", 1.25, "1.25 ×"),
        ("satellites", 1234.0, "1,234"),
        ("level", 0.5, "50.0 %"),
    ],
)
def test_ratios_keep_three_figures_and_counts_are_whole(name: str, value: float, words: str) -> None:
    assert said(QUANTITIES[name], value).replace("+", "") == words
