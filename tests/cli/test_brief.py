"""`odc brief`: a campaign summed up at any of its stages."""

from __future__ import annotations

from tests.cli.conftest import Odc


def test_it_sums_a_campaign_up(odc: Odc) -> None:
    told = odc("brief", "first-watts", "--json").json
    run = odc("run", "first-watts", "--json").json
    assert told["date"] == run["date"] == "2028-06-01"
    assert told["stands"][0].startswith("It is 2028-06-01. 1 of 1 satellite alive, ")
    assert told["stands"][1] == "317 M$ in hand; the last month brought more than it cost."
    loud = [event for event in run["events"] if event["severity"] != "info"]
    assert told["happened"] == [f"{event['date']}  {event['text']}" for event in loud[-4:]]
    assert told["booked"] == []
    answer = odc("brief", "first-watts")
    assert answer.code == 0
    assert answer.out.startswith("First watts\n  It is 2028-06-01.")
    for words in (
        "\nLast\n",
        "\nNext\n  No flight is booked.",
        "\nWhat binds\n",
        f"\nSuggestion\n  {told['suggestion']}",
    ):
        assert words in answer.out


def test_before_the_first_flight_it_tells_what_is_booked(odc: Odc) -> None:
    told = odc("brief", "first-watts", "--until", "2027-01-01", "--json").json
    assert told["booked"] == ["2027-06-01  L1: 1 × H100 demonstrator to 525 km on Falcon 9"]
    assert told["binds"] == "Nothing flies yet."
    assert told["suggestion"] == "Let time pass to the first flight."


def test_an_empty_campaign_begins_with_a_design(odc: Odc) -> None:
    text = b'format = 1\n[campaign]\nname = "New"\nscenario = "two-rockets"\n'
    told = odc("brief", "-", "--json", stdin=text).json
    assert told["suggestion"] == "Freeze a design, so that something can be launched."
    assert told["happened"] == []


def test_a_refused_campaign_is_briefed_where_it_stands(odc: Odc) -> None:
    text = (
        b'format = 1\n[campaign]\nname = "New"\nscenario = "two-rockets"\n'
        b'[[orders]]\ntype = "cancel"\nlaunch = "L7"\n'
    )
    answer = odc("brief", "-", stdin=text)
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert "Nothing flies yet." in answer.out
