"""What a siege left behind: journals of processes that were killed, and logs that must not contradict themselves."""

from pathlib import Path

from assistant.handoff.happenings import Happening, Kind, Side

_FREES = frozenset({Kind.CLERK_LOST, Kind.TRANSFERRED, Kind.RESOLVED, Kind.WITHDRAWN, Kind.ABANDONED})


def tries_and_ends(journal: Path) -> tuple[dict[str, str], set[str]]:
    """What a journal says was tried, by what it is about; and what came to an answer."""
    tried: dict[str, str] = {}
    ended: set[str] = set()
    for line in journal.read_text(encoding="ascii").splitlines() if journal.exists() else []:
        words = line.split()
        if len(words) < 3:
            continue  # the last line of a process that was killed while writing it
        key = "/".join(words[1:4])
        if words[0] == "try" and (words[1] == "ask" or len(words) == 5):
            tried[key] = line
        elif words[0] in {"ack", "ref"}:
            ended.add(key)
    return tried, ended


def double_claims(log: list[Happening]) -> int:
    """Claims of what somebody else held."""
    held, double = False, 0
    for one in log:
        if one.kind is Kind.ACCEPTED:
            double += held
            held = True
        elif one.kind in _FREES:
            held = False
    return double


def said_by_strangers(log: list[Happening]) -> int:
    """Messages of clerks who did not hold the ticket when they were kept."""
    holder, strange = None, 0
    for one in log:
        if one.kind is Kind.ACCEPTED:
            holder = one.by
        elif one.kind in _FREES:
            holder = None
        elif one.kind is Kind.MESSAGE and one.side is Side.CLERK:
            strange += one.by != holder
    return strange
