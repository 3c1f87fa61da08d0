"""A complete application of an invented person, and ways to spoil it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from prefill.review.application import Application, SubmittedMaterial, Value

TODAY = date(2026, 11, 22)
NUMBER = "11010519491231002X"
ADDRESS = "上海市静安区和平路12弄3号402室"


def a_rent_application(
    form: Mapping[str, Value] | None = None,
    without: str | None = None,
    m1: Mapping[str, Value] | None = None,
    m2: Mapping[str, Value] | None = None,
) -> Application:
    """Housing fund for rent, all in order. `m2={...}` changes fields of a material, a None in it takes one away."""
    whole = Application(
        item="gjj_rent",
        today=TODAY,
        form={
            "姓名": "孙乐山",
            "公民身份号码": NUMBER,
            "婚姻状况": "未婚",
            "现居住地址": ADDRESS,
            "收款银行账号": "4111111111111111",
            "开户银行": "某某银行",
            "备案编号": "BA20260001",
            "月租金": "4000",
            "提取月份": "2026-11",
            "申请人承诺": True,
            **(form or {}),
        },
        materials=(
            SubmittedMaterial(
                material="m1",
                name="申请人居民身份证",
                fields={
                    "姓名": "孙乐山",
                    "公民身份号码": NUMBER,
                    "有效期至": "长期",
                    "清晰": True,
                    "核验_连续缴存月数": 12,
                    "核验_本市房产套数": 0,
                    "核验_未结清贷款": False,
                },
            ),
            SubmittedMaterial(
                material="m2",
                name="房屋租赁合同(或网签备案证明)",
                fields={
                    "承租人": "孙乐山",
                    "地址": ADDRESS,
                    "月租金": "4000",
                    "备案编号": "BA20260001",
                    "租期至": "2027-06-30",
                    "双方签名": True,
                    "合租在提人数": 0,
                },
            ),
        ),
    )
    materials = {"m1": m1, "m2": m2}
    changed = tuple(_changed(one, materials[one.material]) for one in whole.materials if one.material != without)
    return replace(whole, materials=changed)


def _changed(material: SubmittedMaterial, changes: Mapping[str, Value] | None) -> SubmittedMaterial:
    fields = {**material.fields, **(changes or {})}
    name = str(fields.pop("材料名称", material.name))
    return replace(material, name=name, fields={key: value for key, value in fields.items() if value is not None})
