"""The application with an OpenAPI document that is true: errors are JSON, a stream is events, whatever the route."""

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI

_ERRORS = ("4XX", "5XX")
_JSON, _EVENTS = "application/json", "text/event-stream"
_AN_EVENT = {"type": "object", "properties": {name: {"type": "string"} for name in ("event", "data", "id")}}


class Documented(FastAPI):
    """FastAPI, whose document would give a stream's errors the stream's media type, and call each event a string."""

    def openapi(self) -> dict[str, Any]:
        """The document, made once."""
        fresh = self.openapi_schema is None
        document = super().openapi()
        for status, content in _contents(document) if fresh else ():
            if status in _ERRORS:
                for media_type in [kind for kind in content if kind != _JSON]:
                    content[_JSON] = content.pop(media_type)
            elif _EVENTS in content:
                content[_EVENTS] = {"itemSchema": _AN_EVENT}
        return document


def _contents(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in document.get("paths", {}).values():
        for operation in path.values():
            for status, response in operation.get("responses", {}).items():
                yield status, response.get("content", {})
