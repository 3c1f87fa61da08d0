"""Whatever happens, no log holds a key, a token, a password or what a citizen said."""

import logging
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from assistant.audit.keys import key_of
from assistant.llm.chat import Message, Role
from assistant.llm.openai_compatible import OpenAICompatibleModel
from assistant.settings import Settings
from tests.fakes.scripted_product import scripted_services, serving

SAID = "我叫张伟身份证11010519491231002X"
KEY = "sk-a-very-secret-key"
PASSWORD = "correct horse battery"


def logged(caplog: pytest.LogCaptureFixture) -> str:
    formatter = logging.Formatter("%(name)s %(message)s")
    return "\n".join(formatter.format(record) for record in caplog.records)


def test_settings_do_not_show_their_secrets(tmp_path: Path) -> None:
    secrets = {name: SecretStr(KEY) for name in ("llm_api_key", "audit_key", "oidc_client_secret")}
    settings = Settings(home=tmp_path, **secrets)  # type: ignore[arg-type]  # one value for several fields
    assert KEY not in repr(settings)
    assert KEY not in str(settings.model_dump())
    kinds = {name: str(field.annotation) for name, field in Settings.model_fields.items()}
    named = [name for name in kinds if name.endswith(("_key", "_secret", "_password", "_token"))]
    assert len(named) >= 3
    assert all("SecretStr" in kinds[name] for name in named)


async def test_a_model_that_fails_leaves_neither_key_nor_question_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    model = OpenAICompatibleModel(base_url="http://127.0.0.1:9/v1", model="m", api_key=SecretStr(KEY))
    with caplog.at_level(logging.INFO):
        with pytest.raises(Exception, match="m:"):
            async for _ in model.stream((Message(Role.USER, SAID),)):
                pass
        await model.aclose()
    assert KEY not in logged(caplog)
    assert SAID not in logged(caplog)


def test_requests_leave_neither_words_nor_passwords_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    from app import create_app  # noqa: PLC0415  the server's own loggers are made with it

    with caplog.at_level(logging.INFO), serving(create_app(scripted_services())) as address:
        conversation = httpx.post(f"{address}/api/conversations").json()["id"]
        messages = f"{address}/api/conversations/{conversation}/messages"
        assert httpx.post(messages, json={"client_id": "m", "text": SAID}).status_code == 200
        assert httpx.post(messages, content=f'{{"text": "{SAID}'.encode()).status_code == 422
        credentials = {"account": SAID, "password": PASSWORD}
        assert httpx.post(f"{address}/api/staff/session", json=credentials).status_code in (404, 405)
    said = "\n".join(line for line in logged(caplog).splitlines() if not line.startswith("httpx"))
    for secret in (SAID, PASSWORD, "11010519491231002X"):
        assert secret not in said


def test_the_key_of_the_chain_is_made_at_random(tmp_path: Path) -> None:
    homes = [tmp_path / name for name in ("one", "other")]
    for home in homes:
        home.mkdir()
    assert key_of(homes[0]) != key_of(homes[1])
