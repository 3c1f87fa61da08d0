"""Links: a sentence may name the city's own portal; every other link stands in its evidence, letter for letter."""

from typing import Final

from guardrails.claims import Claim, Problem, links_in

OWN: Final = frozenset({"zwdt.sh.gov.cn", "https://zwdt.sh.gov.cn"})


def look(claim: Claim) -> Problem | None:
    """Return the first link that is neither the portal nor in the evidence."""
    wanted = [link for link in claim.links if link not in OWN]
    if not wanted:
        return None
    held = {_bare(link) for link in links_in(claim.evidence)}
    for link in wanted:
        if _bare(link) not in held:
            return Problem("links", f"依据里没有网址“{link}”。")
    return None


def _bare(link: str) -> str:
    return link.removeprefix("https://").removeprefix("http://")
