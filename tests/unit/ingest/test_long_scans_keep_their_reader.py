"""A reader that still makes progress is not ended; one that stands still is."""

from ingest.alive import still_working, telling


def test_whoever_waits_hears_of_each_page_and_of_nothing_afterwards() -> None:
    heard: list[str] = []
    with telling(lambda: heard.append("page")):
        still_working()
        still_working()
    still_working()
    assert heard == ["page", "page"]
