"""Asks every route of a served product what its OpenAPI document allows, and what not, and collects failures."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

STAFF = ("/api/staff", "/api/console", "/api/operation", "/api/desk", "/metrics")
_PATIENCE = 180.0  # seconds: what is asked is whether it answers, not how soon on a busy machine
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fuzz:
    """Where to ask, as whom, how often. `known` are values of path parameters that exist, by name.

    `calls` counts the requests by route; `only` are the beginnings of paths that are asked.
    """

    address: str
    headers: Mapping[str, str]
    citizen_headers: Mapping[str, str] = field(default_factory=dict)
    examples: int
    known: Mapping[str, Sequence[str]] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    only: tuple[str, ...] = ("/",)
    calls: Counter[str] = field(default_factory=Counter)
    afterwards: Callable[[], None] = lambda: None

    def failures(self) -> Iterator[str]:
        """What went wrong, one line each; the name of the route first."""
        schema: Any = schemathesis.openapi.from_url(f"{self.address}/api/openapi.json", timeout=_PATIENCE)
        for found in schema.get_all_operations():
            operation = found.ok()
            if operation.label not in self.skipped and operation.path.startswith(self.only):
                yield from self._failures_of(operation)
                self.afterwards()

    def labels(self) -> list[str]:
        """The routes that are asked."""
        schema: Any = schemathesis.openapi.from_url(f"{self.address}/api/openapi.json", timeout=_PATIENCE)
        labels = [found.ok().label for found in schema.get_all_operations()]
        return [label for label in labels if label not in self.skipped]

    def _failures_of(self, operation: Any) -> list[str]:
        told: list[str] = []
        of_staff = operation.path.startswith(STAFF)
        headers = dict(self.headers if of_staff else self.citizen_headers)

        @settings(
            max_examples=self.examples,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(), data=st.data())
        def ask(case: Any, data: st.DataObject) -> None:
            for name in case.path_parameters or {}:
                values = self.known.get(name)
                if values and data.draw(st.booleans()):
                    case.path_parameters[name] = data.draw(st.sampled_from(values))
            self.calls[operation.label] += 1
            try:
                case.call_and_validate(headers=headers, checks=CHECKS, timeout=_PATIENCE)
            except (FailureGroup, Failure) as failed:
                problems = failed.exceptions if isinstance(failed, FailureGroup) else [failed]
                told.extend(f"{operation.label}: {_one_line(one)} | {case.as_curl_command()[:600]}" for one in problems)

        ask()
        return list(dict.fromkeys(told))[:5]


def _one_line(failure: Any) -> str:
    return " ".join(f"{failure.title} {failure.message}".split())[:400]
