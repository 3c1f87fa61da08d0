"""Numbers for Prometheus, of this process only: whoever scrapes adds the workers up."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6)


class Metrics:
    """One registry an instance, so that two products in one process do not mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.turns = Counter(
            "xiaoshen_turns",
            "Turns by how they ended.",
            ["channel", "status", "why", "composer"],
            registry=self.registry,
        )
        self.stops = Counter(
            "xiaoshen_guard_stops", "What guards stopped, by check.", ["check"], registry=self.registry
        )
        self.first = Histogram(
            "xiaoshen_first_sentence_seconds",
            "Time to the first sentence.",
            registry=self.registry,
            buckets=_SECONDS,
        )
        self.whole = Histogram(
            "xiaoshen_turn_seconds", "Time of a whole turn.", registry=self.registry, buckets=_SECONDS
        )
        self.responses = Counter("xiaoshen_http_responses", "Answers by status.", ["status"], registry=self.registry)
        self.reports = Counter("xiaoshen_answer_reports", "Answers reported as wrong.", ["by"], registry=self.registry)
        self._switches = Gauge("xiaoshen_switch", "1 on, 0 off.", ["capability"], registry=self.registry)

    def watch_switch(self, capability: str, is_on: Callable[[], bool]) -> None:
        """Show a switch; it is looked at when somebody scrapes."""
        self._switches.labels(capability).set_function(lambda: float(is_on()))

    def text(self) -> bytes:
        """The page that Prometheus reads."""
        return generate_latest(self.registry)
