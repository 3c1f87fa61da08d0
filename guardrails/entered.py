"""What a person typed, or a machine read from a picture, shown again or printed: as data, never as an order."""

from dataclasses import dataclass
from typing import Final

from guardrails.approved import Approved, Wording, seal
from guardrails.checks import characters, markup
from guardrails.inbound import Finding, scan_untrusted
from guardrails.normalizing import normalize

WITHHELD: Final = "（这一栏的内容不像要填的信息，没有照抄，请核对后重新填写）"
LONGEST: Final = 2000  # characters of one field that are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A value as it may be shown or printed. `withheld` where its words were orders, scripts or formulas."""

    shown: Approved
    withheld: bool
    findings: tuple[Finding, ...] = ()


def show_entered(value: str, *, withheld: str = WITHHELD) -> Entered:
    """Make a value fit to show to the person it belongs to, or to print. Never raises.

    Personal data stays: it is the owner's form. Markup is disarmed and hidden characters go. A value that speaks to a
    machine, carries a script, or sends people to a strange place is not repeated: `withheld` stands in its place.
    """
    findings = scan_untrusted(value)
    if findings:
        return Entered(shown=seal(withheld, Wording.NOTICE), withheld=True, findings=findings)
    plain = markup.harmless(characters.visible(normalize(value)))[:LONGEST]
    return Entered(shown=seal(markup.for_spreadsheet(plain), Wording.QUOTED), withheld=False)


def show_finding(sentence: str, *, withheld: str = WITHHELD) -> Approved:
    """A sentence of pre-review that repeats what its owner entered, for the owner and whoever handles the case.

    Personal data stays, for what differs must be seen; long numbers come shortened. Our own signs stay as they are.
    """
    if scan_untrusted(sentence):
        return seal(withheld, Wording.NOTICE)
    return seal(markup.harmless(characters.visible(sentence))[:LONGEST], Wording.QUOTED)
