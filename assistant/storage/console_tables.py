"""The tables of the knowledge console that belong to nobody else: saved evaluation cases."""

from datetime import datetime

from sqlalchemy import JSON, Identity, String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.storage.columns import AnyText, Moment
from knowledge.storage.tables import Base


class EvaluationCaseRow(Base):
    """A case that somebody saved on the search test page, in the form of the contract."""

    __tablename__ = "evaluation_cases"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    task: Mapped[str] = mapped_column(String(32), index=True)
    content: Mapped[dict[str, object]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(AnyText)
    saved_at: Mapped[datetime] = mapped_column(Moment)
    saved_by: Mapped[str] = mapped_column(AnyText)
