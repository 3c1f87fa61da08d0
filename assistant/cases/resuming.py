"""Goes on with a case: of another device by its code, the last one that is open, one that was laid aside."""

from assistant.cases import happenings as h
from assistant.cases.case import CLOSED_STATES, Case
from assistant.cases.guiding import progress
from assistant.cases.handling import Handled, Handling
from assistant.cases.happenings import Channel
from assistant.cases.reply import Reply, say
from assistant.cases.telling import Telling


def joined(handling: Handling, code: str | None, holder: str, telling: Telling) -> Reply:
    """The case of this code, from now on theirs too; a clear word where there is none."""
    found = handling.join(code, holder, Channel.PAGE) if code else None
    if found is None:
        return Reply(says=(say(telling.phrases.wrong_code),))
    return told_resumed(handling, handling.add(found.case, [h.GoneOn()]), telling)


def gone_on(handling: Handling, holder: str, telling: Telling) -> Reply | None:
    """Their last open case again; None where there is none."""
    case = laid_aside(handling, holder)
    return told_resumed(handling, handling.look(case), telling) if case is not None else None


def laid_aside(handling: Handling, holder: str) -> Case | None:
    """The case that is not over and was touched last, taken up again."""
    open_ones = [c for c in handling.mine(holder) if c.state not in CLOSED_STATES]
    return handling.add(open_ones[0], [h.GoneOn()]).case if open_ones else None


def told_resumed(handling: Handling, handled: Handled, telling: Telling) -> Reply:
    """How far it is, and its next question."""
    done, total = progress(handled.standing)
    told = say(telling.phrases.resumed, item=handled.standing.item.name, done=str(done), total=str(total))
    return Telling(telling.phrases, handling.offered(handled.standing)).step(handled).after(told)
