"""What an identity provider vouches for about a citizen: who it is, and the name and number where it tells them."""

from collections.abc import Mapping
from dataclasses import dataclass

from prefill.check_digits import is_identity_number

_LONGEST_NAME = 60
SOURCE = "实名登录"
"""What a citizen is shown as the source of such a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Who signed in. `subject` is what registers know them by; name and number are empty where not vouched for."""

    subject: str
    name: str = ""
    number: str = ""

    @property
    def values(self) -> dict[str, str]:
        """The values under the names that registers use."""
        told = {"身份证.姓名": self.name, "身份证.公民身份号码": self.number}
        return {key: value for key, value in told.items() if value}


def proof_of_claims(subject: str, claims: Mapping[str, object], number_claim: str) -> Proof:
    """What the claims vouch for; a number with a wrong check digit is no number."""
    name, number = claims.get("name"), claims.get(number_claim)
    return Proof(
        subject=subject,
        name=name.strip() if isinstance(name, str) and 0 < len(name.strip()) <= _LONGEST_NAME else "",
        number=number if isinstance(number, str) and is_identity_number(number) else "",
    )
