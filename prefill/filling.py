"""Filling a form from facts: which value stands in which field, from where, and what is still to be asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from prefill.derivations import NOT_FROM_REGISTER, Applicant, derive
from prefill.facts import Fact, Provenance, SourceKind
from prefill.forms import Form, FormField, Need, is_proof

_PROVING: Final = {SourceKind.REGISTER, SourceKind.LICENCE}
_BY_PERSON: Final = {SourceKind.SAID, SourceKind.ENTERED}
_ACCOUNT: Final = "收款银行账号"
_BANK: Final = "开户银行"
_BIRTH_CERTIFICATE: Final = "出生医学证明"
_CHILD: Final = "子女姓名"
_PARENTS: Final = frozenset({"父亲姓名", "母亲姓名", "父亲身份号码", "母亲身份号码"})
_OF_PARENTS: Final = tuple(_PARENTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledField:
    """A value in a field. `locked` values came from a register that proves identity and are not changed by hand.

    `why` says in plain Chinese why this value stands here, e.g. 根据身份证号码推算.
    """

    value: str
    provenance: Provenance
    locked: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Filling:
    """A form filled as far as facts go. `ask` are the fields still to be asked, in the order to ask them.

    Optional fields that are empty are neither filled nor asked.
    """

    filled: Mapping[str, FilledField]
    ask: tuple[str, ...]

    def value(self, field: str) -> str | None:
        """The value that stands in a field, or None."""
        found = self.filled.get(field)
        return found.value if found else None


def fill(form: Form, facts: Sequence[Fact], today: date) -> Filling:
    """Fill a form. Pure: the same form, facts and day give the same filling.

    Facts come in the order they became known; what was said or typed last wins, except over what a register proves.
    """
    usable = _about_this_case(facts)
    filled: dict[str, FilledField] = {}
    for field in form.fields:
        found = _fill_field(field, usable)
        if found is not None:
            filled[field.name] = found
    _derive(form, usable, filled, today)
    _part_pairs(usable, filled)
    for field in form.fields:
        found = filled.get(field.name)
        if found and found.provenance.kind in _PROVING and not _needed(field, filled):
            # a marriage certificate from before does not name a spouse of who is single now
            del filled[field.name]
    return Filling(filled, _ask(form, filled))


def _fill_field(field: FormField, facts: Sequence[Fact]) -> FilledField | None:
    if field.is_commitment:
        return _confirmed(field, facts)
    keys = field.prefill
    if field.name in NOT_FROM_REGISTER or field.name in _PARENTS:  # the rule tells whose card or spouse it is
        keys = tuple(key for key in keys if not key.startswith(("身份证.", "结婚证.")))
    for key in keys:
        fact = _registered(key, field, facts)
        if fact is not None and is_proof(key) and fact.provenance.kind in _PROVING:
            return _filled(fact, locked=True)
    stated = next((f for f in reversed(facts) if f.field == field.name), None)
    if stated is not None:
        return _filled(stated) if stated.value else None
    found = (fact for key in keys if (fact := _registered(key, field, facts)) is not None)
    fact = next(found, None)
    return _filled(fact) if fact is not None else None


def _confirmed(field: FormField, facts: Sequence[Fact]) -> FilledField | None:
    """A commitment stands only where the citizen ticked it in the form."""
    ticked = next((f for f in reversed(facts) if f.field == field.name), None)
    if ticked is None or ticked.provenance.kind is not SourceKind.ENTERED:
        return None
    return _filled(ticked) if ticked.value else None


def _filled(fact: Fact, *, locked: bool = False) -> FilledField:
    return FilledField(
        value=fact.value or "",
        provenance=fact.provenance,
        locked=locked,
        why=f"来自{fact.provenance.source}" if fact.provenance.kind in _PROVING else fact.provenance.source,
    )


def _registered(key: str, field: FormField, facts: Sequence[Fact]) -> Fact | None:
    """The newest fact under a register's key; under a register's name alone, the one called like the field."""
    if "." in key:
        return next((f for f in reversed(facts) if f.key == key and f.value), None)
    return next(
        (
            f
            for f in reversed(facts)
            if f.value and f.key.startswith(f"{key}.") and _called_alike(f.key.partition(".")[2], field.name)
        ),
        None,
    )


def _called_alike(attribute: str, field: str) -> bool:
    return attribute == field or (len(attribute) >= len("面积") and (attribute in field or field in attribute))


def _about_this_case(facts: Sequence[Fact]) -> list[Fact]:
    """The facts without a birth certificate that is another child's than the one spoken of."""
    named = next((f.value for f in reversed(facts) if f.field == _CHILD and f.value), None)
    certified = next((f.value for f in facts if f.key == f"{_BIRTH_CERTIFICATE}.新生儿姓名"), None)
    if named is None or certified is None or named == certified:
        return list(facts)
    return [f for f in facts if not f.key.startswith(f"{_BIRTH_CERTIFICATE}.") or f.key.endswith(_OF_PARENTS)]


def _derive(form: Form, facts: Sequence[Fact], filled: dict[str, FilledField], today: date) -> None:
    applicant = _applicant(facts)
    stated = {f.field for f in facts if f.field and f.value is None}
    for field in form.fields:
        if field.name in filled or field.name in stated:
            continue
        found = derive(field.name, applicant, {name: f.value for name, f in filled.items()}, today)
        if found is not None:
            provenance = Provenance(kind=SourceKind.DERIVED, source=found.source)
            filled[field.name] = FilledField(value=found.value, provenance=provenance, why=found.why)
    household = filled.get("落户方式") or filled.get("落户选择")
    address = filled.get("户籍地址")
    if household and address and address.locked and applicant.sex:
        own = "随父" if applicant.sex == "男" else "随母"
        if household.value != own:
            # the address of the household the child joins is the other parent's
            theirs = next((f for f in reversed(facts) if f.field == "户籍地址" and f.value), None)
            if theirs is None:
                del filled["户籍地址"]
            else:
                filled["户籍地址"] = _filled(theirs)


def _applicant(facts: Sequence[Fact]) -> Applicant:
    def known(*keys: str) -> str | None:
        return next((f.value for key in keys for f in reversed(facts) if f.key == key and f.value), None)

    return Applicant(
        name=known("身份证.姓名", "表单.姓名", "表单.监护人姓名"),
        number=known("身份证.公民身份号码", "表单.公民身份号码"),
        spouse_name=known("结婚证.配偶姓名"),
        spouse_number=known("结婚证.配偶身份证号"),
    )


def _part_pairs(facts: Sequence[Fact], filled: dict[str, FilledField]) -> None:
    """An account and its bank come from one source: where one was said anew, the other's old value does not stand."""
    account, bank = filled.get(_ACCOUNT), filled.get(_BANK)
    registered = next((f.value for f in reversed(facts) if f.key == "社会保障卡.金融账户"), None)
    registered_bank = next((f.value for f in reversed(facts) if f.key == "社会保障卡.开户行"), None)
    if bank and bank.provenance.kind not in _BY_PERSON and (account is None or account.value != registered):
        if any(f.field == _ACCOUNT for f in facts):
            del filled[_BANK]
    elif account and account.provenance.kind not in _BY_PERSON and bank and bank.value != registered_bank:
        del filled[_ACCOUNT]


def _ask(form: Form, filled: Mapping[str, FilledField]) -> tuple[str, ...]:
    """What must be asked: what is needed first, what may be needed after it, commitments last."""
    open_fields = [
        f for f in form.fields if f.name not in filled and f.need is not Need.OPTIONAL and _needed(f, filled)
    ]
    return tuple(f.name for f in sorted(open_fields, key=lambda f: (f.is_commitment, f.need is not Need.ALWAYS)))


def _needed(field: FormField, filled: Mapping[str, FilledField]) -> bool:
    if field.needed_when is None:
        return True
    other = filled.get(field.needed_when.field)
    return other is None or other.value in field.needed_when.values
