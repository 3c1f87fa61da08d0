"""Labels of generated content: what people see, and what files carry unseen (GB 45438-2025)."""

import html
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

VISIBLE_ZH: Final = "AI生成，内容依据所列来源，办理以窗口和官方公布为准"
VISIBLE_EN: Final = "AI-generated from the sources listed. The official notice and the service window decide."
SHORT_ZH: Final = "AI生成"
SHORT_EN: Final = "AI-generated"


class Generated(StrEnum):
    """How sure it is that the content is generated (the standard's Label values)."""

    CERTAIN = "1"
    POSSIBLE = "2"
    SUSPECTED = "3"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentLabel:
    """The implicit label of one file. `produce_id` names the content, `reserved_code` may hold its hash."""

    produce_id: str
    producer: str = "xiaoshen"
    generated: Generated = Generated.CERTAIN
    reserved_code: str = ""
    propagator: str = ""
    propagate_id: str = ""

    def fields(self) -> dict[str, str]:
        """Return the label's fields under the names of the standard."""
        return {
            "Label": self.generated.value,
            "ContentProducer": self.producer,
            "ProduceID": self.produce_id,
            "ReservedCode1": self.reserved_code,
            "ContentPropagator": self.propagator,
            "PropagateID": self.propagate_id,
            "ReservedCode2": "",
        }

    def as_json(self) -> str:
        """Return the label as a JSON document, for a file's metadata field `AIGC`."""
        return json.dumps({"AIGC": self.fields()}, ensure_ascii=False)

    def as_html_meta(self) -> str:
        """Return the label as a meta element for the head of an exported page."""
        content = html.escape(json.dumps(self.fields(), ensure_ascii=False), quote=True)
        return f'<meta name="AIGC" content="{content}">'
