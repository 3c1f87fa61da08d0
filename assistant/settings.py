"""The one place that reads the environment."""

from pathlib import Path
from typing import Annotated

from limits import parse_many
from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def _a_rate(said: str) -> str:
    parse_many(said)
    return said


Rate = Annotated[str, AfterValidator(_a_rate)]


class Settings(BaseSettings):
    """Everything that can be set, with the prefix XIAOSHEN_. Documented in docs/configuration.md (a test compares)."""

    model_config = SettingsConfigDict(env_prefix="XIAOSHEN_", extra="ignore", frozen=True)

    home: Path = Field(default=Path("var"), description="Data directory: database, indexes, originals, models.")
    models: Path | None = Field(
        default=None, description="Folder of built model files and vectors, shared by homes; default var/models."
    )
    corpus: Path | None = Field(
        default=None, description="Knowledge a new home starts with; default the shipped corpus/."
    )
    database_url: str | None = Field(default=None, description="SQLAlchemy URL; default SQLite in the home.")
    chroma_url: str | None = Field(default=None, description="URL of a Chroma server; default embedded in the home.")
    embedder: str = Field(default="e5-small", description="e5-small, or a folder that sentence-transformers can load.")
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port to listen on.")
    region: str = Field(default="上海市", description="Region assumed where the citizen names none.")
    handoff_hours: str = Field(
        default="09:00-11:30,13:00-17:30",
        description="Hours of people who help, on working days; `always` for around the clock.",
    )
    review_drafts_decide: bool = Field(
        default=True, description="False: what only unapproved review rules decide is for a person instead."
    )
    llm_base_url: str | None = Field(default=None, description="Any OpenAI-compatible server; default none.")
    llm_model: str | None = Field(default=None, description="Model name at that server.")
    llm_api_key: SecretStr | None = Field(default=None, description="Key for that server.")
    llm_timeout: float = Field(default=20, gt=0, description="Longest wait for a model's answer, in seconds.")
    llm_first_token_timeout: float = Field(
        default=6, gt=0, description="Longest wait for a model's next words, in seconds; then the composer answers."
    )
    llm_second_reader: bool = Field(
        default=False, description="Ask the model again, for each sentence, whether its evidence says it; slower."
    )
    max_message_chars: int = Field(default=2000, description="Longer messages are asked to be shortened.")
    audit_key: SecretStr | None = Field(
        default=None, description="Seals the audit chain; default audit.key in the home. Several machines need one key."
    )
    case_keys: SecretStr | None = Field(
        default=None,
        description="Keys that seal what cases hold, with commas, the newest first; default cases.key in the home.",
    )
    audit_days: int = Field(
        default=366, ge=183, description="How long details in the audit are kept; the chain itself stays."
    )
    conversation_days: int = Field(
        default=183, ge=1, description="How long conversations are kept that nobody deleted before."
    )
    draft_days: int = Field(
        default=183, ge=1, description="How long a case is kept that nobody handed in or touched since."
    )
    record_days: int = Field(
        default=1095, ge=183, description="How long a case is kept after its decision or withdrawal."
    )
    public_url: str | None = Field(
        default=None,
        description="Address under which citizens reach the product, e.g. https://xiaoshen.example.gov.cn.",
    )
    trusted_proxies: str | None = Field(
        default=None,
        description="Addresses of reverse proxies whose X-Forwarded-For counts, with commas; default none.",
    )
    oidc_issuer: str | None = Field(
        default=None, description="OpenID Connect provider of citizens; default none, nobody has to sign in."
    )
    oidc_client_id: str | None = Field(default=None, description="Who the product is at that provider.")
    oidc_client_secret: SecretStr | None = Field(
        default=None, description="Its secret there; none for a public client."
    )
    oidc_number_claim: str = Field(
        default="id_number", description="Its claim with the identity number; without one the citizen enters it."
    )
    registers_url: str | None = Field(
        default=None,
        description="Server of registers that are asked with consent, e.g. `xiaoshen register-example`; default none.",
    )
    registers_token: SecretStr | None = Field(default=None, description="Token for that server.")
    rate_messages: Rate = Field(default="20/minute;400/day", description="Messages of one person.")
    rate_messages_place: Rate = Field(
        default="240/minute;20000/day", description="Messages from one network address; this machine is exempt."
    )
    rate_uploads: Rate = Field(default="30/minute;600/day", description="Files of one person.")
    rate_uploads_place: Rate = Field(default="60/minute;3000/day", description="Files from one network address.")
    rate_requests_place: Rate = Field(default="1200/minute", description="All other requests from one network address.")
