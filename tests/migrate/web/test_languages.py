import pytest

from migrate.web.languages import words_of


@pytest.mark.parametrize(
    ("chosen", "accepted", "region"),
    [
        (None, "fr-CA,fr;q=0.9,en;q=0.8", "fr_CA"),
        (None, "de-DE,de;q=0.9,fr;q=0.5", "fr_FR"),
        (None, "de", "en_GB"),
        (None, "", "en_GB"),
        (None, "en;q=0.2,fr;q=0.9", "fr_FR"),
        (None, "en-US", "en_US"),
        ("fr", "en-US", "fr_FR"),
        ("fr", "en-US,fr-CA;q=0.5", "fr_CA"),
        ("en", "fr-CA", "en_GB"),
        ("de", "fr", "fr_FR"),
        ("../../etc", "fr", "fr_FR"),
        (None, "fr-ZZ,", "fr_FR"),
        (None, "fr;q=none,en", "en_GB"),
        (None, "," * 5000 + "fr", "en_GB"),
    ],
)
def test_the_language_is_the_one_chosen_or_the_first_that_is_spoken_with_its_region(chosen, accepted, region):
    assert words_of(chosen, accepted).region == region
