"""docs/configuration.md and assistant/settings.py say the same."""

import re
from pathlib import Path

from assistant.settings import Settings

PAGE = Path(__file__).parents[2] / "docs" / "configuration.md"


def documented() -> dict[str, str]:
    rows = re.findall(r"^\| `(XIAOSHEN_\w+)` \| (.*?) \| (.*?) \|$", PAGE.read_text(encoding="utf-8"), re.M)
    return {name: meaning for name, _default, meaning in rows}


def test_every_setting_stands_in_the_table_with_the_words_of_the_code() -> None:
    in_code = {f"XIAOSHEN_{name.upper()}": field.description for name, field in Settings.model_fields.items()}
    assert documented() == in_code


def test_every_default_in_the_table_is_the_default_of_the_code() -> None:
    rows = re.findall(r"^\| `XIAOSHEN_(\w+)` \| (.*?) \| .*? \|$", PAGE.read_text(encoding="utf-8"), re.M)
    defaults = {name.lower(): Settings.model_fields[name.lower()].default for name, _ in rows}
    shown = {name.lower(): text.strip("`") for name, text in rows}
    for name, default in defaults.items():
        expected = "–" if default is None else str(getattr(default, "total_seconds", lambda d=default: d)())
        assert shown[name] == expected.removesuffix(".0"), name
