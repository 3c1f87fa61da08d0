"""Telephone numbers: a sentence may name the public lines below; every other number stands in its evidence."""

from typing import Final

from guardrails.claims import Claim, Problem, phones_in

# Lines that never change with the item: police, fire, ambulance, traffic, citizens' line, and the national 12xxx lines.
PUBLIC_LINES: Final = frozenset(
    {
        "110",
        "119",
        "120",
        "122",
        "12345",
        "12355",
        "12338",
        "12356",
        "12348",
        "12333",
        "12366",
        "12367",
        "12315",
        "12393",
        "12388",
    }
)


def look(claim: Claim) -> Problem | None:
    """Return the first telephone number that is neither public nor in the evidence."""
    wanted = [phone for phone in claim.phones if phone not in PUBLIC_LINES]
    if not wanted:
        return None
    held = phones_in(claim.evidence)
    for phone in wanted:
        if not any(
            phone in (number, number.removeprefix("021")) or phone.removeprefix("021") == number for number in held
        ):
            return Problem("phones", f"依据里没有电话“{phone}”。")
    return None
