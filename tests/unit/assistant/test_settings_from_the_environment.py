"""Settings as an operator writes them."""

import pytest
from pydantic import ValidationError

from assistant.settings import Settings


def test_durations_are_plain_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIAOSHEN_LLM_TIMEOUT", "600")
    assert Settings().llm_timeout == 600


def test_a_port_that_is_none_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIAOSHEN_PORT", "99999")
    with pytest.raises(ValidationError, match="port"):
        Settings()


def test_a_key_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIAOSHEN_LLM_API_KEY", "sk-very-secret")
    assert "very-secret" not in repr(Settings())
