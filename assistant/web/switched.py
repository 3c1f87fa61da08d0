"""Closes a route while its switch is off."""

from collections.abc import Callable

from assistant.operation.switches import Capability, SwitchedOff
from assistant.web.services import Services


def needs(services: Services, capability: Capability) -> Callable[[], None]:
    """A dependency for routes that change something. Raises SwitchedOff; reading what is there stays possible."""

    def on() -> None:
        if not services.switches.is_on(capability):
            raise SwitchedOff(capability)

    return on
