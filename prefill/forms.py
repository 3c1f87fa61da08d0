"""Forms as data: the fields of an item's application form, read from its sheet and from the shipped field notes."""

import re
from dataclasses import dataclass
from enum import StrEnum

from knowledge.items import ServiceItem
from prefill.field_notes import FieldNotes, shipped_notes


class FieldType(StrEnum):
    """What a field holds; values are strings in the contract's formats whatever the type."""

    STRING = "string"
    TEXT = "text"
    INTEGER = "int"
    DECIMAL = "decimal"
    YES_NO = "bool"
    CHOICE = "enum"
    CHOICES = "multi-enum"
    DATE = "date"
    MONTH = "month"
    DATE_TIME = "datetime"
    DATE_RANGE = "daterange"
    MONTH_RANGE = "monthrange"
    DATE_TIME_RANGE = "datetimerange"
    ADDRESS = "address"
    REGION = "region"
    MOBILE = "mobile"
    ID_NUMBER = "idcard18"
    COMPANY_CODE = "uscc18"
    BANK_CARD = "bankcard"
    VIN = "vin17"
    COMMITMENT = "checkbox"
    FILE = "file"
    TABLE = "table"
    LIST = "list"
    SEVERAL = "multi"


class Need(StrEnum):
    """Whether a field must be filled (是, 条件, 否 on the sheet)."""

    ALWAYS = "是"
    CONDITIONAL = "条件"
    OPTIONAL = "否"


@dataclass(frozen=True, slots=True)
class Dependency:
    """A field is needed only where another field has one of these values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A field of a form; `name` is a stable identifier.

    `prefill` are the register keys that may fill it, best first; a key without a dot names a whole register (合同).
    `choices` is empty where the sheet leaves the choice open; `other_choices` tells that the list is not complete.
    `needed_when` narrows a conditional field.
    """

    name: str
    type: FieldType
    need: Need
    prefill: tuple[str, ...] = ()
    validation: str | None = None
    choices: tuple[str, ...] = ()
    other_choices: bool = False
    help: str | None = None
    needed_when: Dependency | None = None

    @property
    def identity(self) -> bool:
        """True where a register that proves it may fill the field: such a value is locked."""
        return any(is_proof(key) for key in self.prefill)

    @property
    def is_commitment(self) -> bool:
        """True for commitments and declarations, which only the citizen can make."""
        return self.type is FieldType.COMMITMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The application form of one version of a service item, in the sheet's order."""

    item: str
    item_name: str
    item_version: str
    fields: tuple[FormField, ...]

    def field(self, name: str) -> FormField | None:
        """The field of that name, or None."""
        return next((f for f in self.fields if f.name == name), None)


# Registers that only hold what the citizen once chose: there, what is said now wins.
_CHOSEN = re.compile(
    r"随申办账户|一网通办|居住证\.居住地址|社会保障卡|随申办法人账户|社保登记\.银行账号|营业执照\.(?:住所|经营范围)|"
    r"不动产权证\.(?:建筑面积|坐落)|社保(?:缴费记录)?\.单位名称|租赁合同|合同|发票|劳动合同|工作许可|分娩记录|单位备案|公积金\.账号|免疫证明|"
    r"房屋网签合同|租赁网签|二手车发票|机动车合格证|名称申报|社保参保记录|公积金缴存记录|公积金贷款|税务登记|公共信用|评定结果"
)


def is_proof(key: str) -> bool:
    """Whether the register behind a key proves a value, so that nothing said or typed replaces it."""
    return _CHOSEN.match(key) is None


_CHOICES = re.compile(r"(?P<type>[a-z-]+)\((?P<choices>[^()]*)\)\Z")
_SHORT_RANGE = re.compile(r"(?P<low>\d+)-(?P<high>\d+)\Z")
_KEY = re.compile(r"[^./\s+]+(?:\.[^./\s]+)?\Z")


def form_of(item: ServiceItem, notes: FieldNotes | None = None) -> Form:
    """The form of an item. Without `notes`, the field notes that ship are used."""
    notes = notes or shipped_notes()
    fields: list[FormField] = []
    for sheet in item.form_fields:
        kind, choices, others = _type_of(sheet.type)
        note = notes.of(item.slug, sheet.name)
        fields.append(
            FormField(
                name=sheet.name,
                type=kind,
                need=Need(sheet.required),
                prefill=(*(_keys(sheet.prefill) if note.prefill is None else note.prefill), *note.also),
                validation=sheet.validation,
                choices=choices or note.choices,
                other_choices=others or (not choices and note.other_choices),
                help=note.help,
                needed_when=Dependency(*note.needed_when) if note.needed_when else None,
            )
        )
    return Form(item=item.slug, item_name=item.name, item_version=item.version, fields=tuple(fields))


def _type_of(written: str) -> tuple[FieldType, tuple[str, ...], bool]:
    """The type, the choices and whether further choices are possible, from the sheet's notation enum(a/b/...)."""
    match = _CHOICES.match(written)
    if not match:
        return FieldType(written), (), False
    span = _SHORT_RANGE.match(match["choices"])
    listed = match["choices"].split("/")
    if span:
        listed = [str(n) for n in range(int(span["low"]), int(span["high"]) + 1)]
    choices = tuple(c.removesuffix("...").strip() for c in listed)
    return FieldType(match["type"]), tuple(c for c in choices if c), any(c.endswith("...") for c in listed)


def _keys(written: str | None) -> tuple[str, ...]:
    return tuple(part for part in re.split("[/或]", written or "") if _KEY.match(part))
