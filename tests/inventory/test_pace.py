from datetime import datetime, timedelta

import pytest

from inventory.pace import Pace, Window


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self, start="2026-01-01T12:00:00"):
        self.start, self.slept = datetime.fromisoformat(start), 0.0

    def monotonic(self):
        return self.slept

    def now(self):
        return self.start + timedelta(seconds=self.slept)

    def sleep(self, seconds):
        self.slept += seconds

    def pace(self, rate=0, window=None):
        return Pace(
            rate,
            Window.parse(window) if window else None,
            monotonic=self.monotonic,
            now=self.now,
            sleep=self.sleep,
        )


def test_a_rate_is_kept_over_many_folders():
    clock = Clock()
    pace = clock.pace(rate=100)
    for _ in range(10):
        pace.wait(50)
    assert clock.slept == pytest.approx(5.0)


def test_a_pause_earns_no_burst():
    clock = Clock()
    pace = clock.pace(rate=100)
    clock.slept += 60
    pace.wait(100)
    pace.wait(100)
    assert clock.slept == pytest.approx(62.0)


@pytest.mark.parametrize(
    ("window", "hours"),
    [
        ("20:00-06:00", 8.0),
        ("11:00-13:00", 0.0),
        ("06:00-12:00", 18.0),
        ("12:00-12:00", 0.0),
        ("13:30-14:00", 1.5),
    ],
)
def test_work_waits_for_its_hours(window, hours):
    clock = Clock()
    clock.pace(window=window).wait(1)
    assert clock.slept == pytest.approx(hours * 3600)


def test_a_window_over_midnight_is_open_before_and_after_it():
    window = Window.parse("22:00-06:00")
    opens = [window.seconds_until_open(datetime(2026, 1, 1, hour)) for hour in (23, 3, 6, 21)]
    assert opens == [0, 0, 16 * 3600, 3600]


@pytest.mark.parametrize("text", ["", "20-06", "24:00-06:00", "20:60-21:00", "always"])
def test_what_is_no_window_is_refused(text):
    with pytest.raises(ValueError, match="20:00-06:00"):
        Window.parse(text)


def test_without_limits_nobody_waits():
    clock = Clock()
    clock.pace().wait(1_000_000)
    assert clock.slept == 0
