"""Asks any route of an OpenAPI document with the least that it takes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from httpx2 import Response

from tests.fakes.whole_product import Who, WholeProduct

Json = Any
_FORMATS = {"date": "2031-01-02", "date-time": "2031-01-02T03:04:05+08:00"}
_STREAMS = ("/events",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One route of the document; `label` is what the table calls it."""

    label: str
    operation: Mapping[str, Json]

    @property
    def method(self) -> str:
        """Such as GET."""
        return self.label.split(" ")[0]

    @property
    def path(self) -> str:
        """The path with its parameters in braces."""
        return self.label.split(" ")[1]

    @property
    def names(self) -> frozenset[str]:
        """The ids that it carries."""
        return frozenset(re.findall(r"{(\w+)}", self.path)) | {p["name"] for p in self._queries()}

    @property
    def is_stream(self) -> bool:
        """It goes on until the reader leaves."""
        return self.path.endswith(_STREAMS)

    def _queries(self) -> list[Mapping[str, Json]]:
        return [p for p in self.operation.get("parameters", []) if p["in"] == "query" and p.get("required")]


def routes_of(document: Mapping[str, Json]) -> list[Route]:
    """All routes, in the order of their paths."""
    paths = document["paths"]
    return [Route(label=f"{m.upper()} {p}", operation=paths[p][m]) for p in sorted(paths) for m in sorted(paths[p])]


def ask(  # noqa: PLR0917 - what is asked, as whom, about what
    product: WholeProduct,
    document: Mapping[str, Json],
    route: Route,
    who: Who,
    objects: Mapping[str, str],
    sends: Mapping[str, Json],
) -> Response:
    """One request. `sends` stands above what is made up from the document; a stream is only opened."""
    known: dict[str, Json] = {**objects, **sends}
    if "case_id" in known:
        known |= {"version": product.version_of(known["case_id"]), "code": product.code_of(known["case_id"])}
    schemas = document["components"]["schemas"]
    path = re.sub(r"{(\w+)}", lambda m: str(known.get(m[1], "none")), route.path)
    queries = [p for p in route.operation.get("parameters", []) if p["in"] == "query"]
    wanted = [p for p in queries if p.get("required") or p["name"] in sends]
    query = {p["name"]: known.get(p["name"], _least(p["schema"], schemas)) for p in wanted}
    content = route.operation.get("requestBody", {}).get("content", {})
    body: Json = None
    if "application/json" in content:
        body = _least(content["application/json"]["schema"], schemas, known)
    raw = bytes.fromhex(sends["bytes"]) if "bytes" in sends else None
    headers = dict(product.headers[who])
    if route.is_stream:
        product.client.cookies.clear()
        return _opened(product, path, query, headers)
    product.client.cookies.clear()
    answer = product.client.request(
        route.method, path, params=query, json=body, content=raw, headers=headers, follow_redirects=False
    )
    product.client.cookies.clear()
    return answer


def _opened(product: WholeProduct, path: str, query: Mapping[str, Json], headers: Mapping[str, str]) -> Response:
    """TestClient reads a stream to its end, which these do not have: only those who are refused are asked."""
    return product.client.get(path, params=query, headers=headers)


def _least(  # noqa: PLR0911 - one line for each type
    schema: Mapping[str, Json], schemas: Mapping[str, Json], known: Mapping[str, Json] | None = None
) -> Json:
    """The least value that fits a schema; members that are known have their value."""
    match schema:
        case {"$ref": ref}:
            return _least(schemas[ref.rpartition("/")[2]], schemas, known)
        case {"enum": [first, *_]} | {"const": first}:
            return first
        case {"anyOf": [first, *_]} | {"oneOf": [first, *_]} | {"allOf": [first, *_]}:
            return _least(first, schemas, known)
        case {"type": "object"}:
            members = schema.get("properties", {})
            names = [*schema.get("required", []), *(n for n in members if known and n in known)]
            return {n: known[n] if known and n in known else _least(members[n], schemas) for n in dict.fromkeys(names)}
        case {"type": "array"}:
            return [_least(schema["items"], schemas)] * schema.get("minItems", 0)
        case {"type": "integer" | "number"}:
            return schema.get("minimum", 1)
        case {"type": "boolean"}:
            return True
        case {"type": "string"}:
            return _FORMATS.get(schema.get("format", ""), "x" * max(1, schema.get("minLength", 1)))
        case _:
            return "x"
