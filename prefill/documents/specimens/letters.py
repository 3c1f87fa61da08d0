"""Contracts and slips: lease, labour contract, bank slip, invoice, end of employment, power of attorney, income."""

from datetime import date, timedelta

from prefill.documents.specimens.certificates import chinese
from prefill.documents.specimens.drawing import Sheet
from prefill.documents.specimens.inventing import Inventor
from prefill.documents.specimens.specimen import Specimen

_WIDE, _HIGH = 1240, 1754
_LEFT, _LINE = 110, 1020


def lease(invent: Inventor, *, signed: bool = True) -> Specimen:
    """房屋租赁合同, signed by both."""
    owner, tenant, home = invent.person(), invent.person(), invent.address()
    start = invent.day(2025, 2026)
    end = start.replace(year=start.year + 1, day=min(start.day, 28)) - timedelta(days=1)
    rent, filing = f"{invent.number(25, 95) * 100}", f"ZLBA{start.year}{invent.digits(8)}"
    sheet = Sheet(_WIDE, _HIGH)
    sheet.center(90, "上海市房屋租赁合同", 52)
    sheet.write(_LEFT, 190, f"备案编号：{filing}", 28)
    top = 250
    for text in (
        f"出租方(甲方)：{owner.name}",
        f"身份证号码：{owner.number}",
        f"承租方(乙方)：{tenant.name}",
        f"身份证号码：{tenant.number}",
        "根据《中华人民共和国民法典》等规定，甲、乙双方在平等自愿的基础上，就房屋租赁事宜订立本合同。",
        f"第一条  甲方出租给乙方的房屋坐落于{home}，建筑面积68.50平方米，用途为居住。",
        f"第二条  租赁期限自{chinese(start)}起至{chinese(end)}止。",
        f"第三条  月租金为人民币{rent}元，乙方应于每月5日前支付。押金为一个月租金。",
        "第四条  甲方应保证房屋及其附属设施处于适于约定用途的状态，乙方应合理使用房屋。",
        "第五条  本合同一式三份，双方各执一份，备案一份，自双方签字之日起生效。",
    ):
        top = sheet.wrap(_LEFT, top, text, 29, _LINE, leading=1.6) + 14
    sheet.write(_LEFT, 1420, "甲方(签字)：", 30)
    sheet.write(680, 1420, "乙方(签字)：", 30)
    if signed:
        sheet.sign(300, 1390, owner.name)
        sheet.sign(870, 1390, tenant.name)
    sheet.write(_LEFT, 1510, f"签订日期：{chinese(start)}", 28)
    fields = {
        "出租人": owner.name,
        "承租人": tenant.name,
        "地址": home,
        "租期起": start.isoformat(),
        "租期至": end.isoformat(),
        "月租金": rent,
        "备案编号": filing,
    }
    return Specimen(kind="房屋租赁合同", image=sheet.mark(), fields=fields, signed=signed)


def labour_contract(invent: Inventor) -> Specimen:
    """劳动合同, with the company's seal and the worker's signature."""
    company, worker = invent.company(), invent.person(1975, 2003)
    start = invent.day(2023, 2026)
    end = start.replace(year=start.year + 3, day=min(start.day, 28)) - timedelta(days=1)
    job, wage = invent.pick("店长", "会计", "软件工程师", "仓库管理员"), f"{invent.number(50, 280) * 100}"
    sheet = Sheet(_WIDE, _HIGH)
    sheet.center(90, "劳动合同", 60, gap=20)
    top = 230
    for text in (
        f"甲方(用人单位)：{company.name}",
        f"统一社会信用代码：{company.code}",
        f"乙方(劳动者)：{worker.name}",
        f"居民身份证号码：{worker.number}",
        f"一、合同期限：本合同为固定期限劳动合同，自{chinese(start)}起至{chinese(end)}止。",
        f"二、工作内容：乙方从事{job}岗位工作，工作地点为上海市。",
        f"三、劳动报酬：甲方每月以货币形式支付乙方工资，月工资为人民币{wage}元。",
        "四、社会保险：甲乙双方按照国家和本市规定参加社会保险，缴纳社会保险费。",
        "五、本合同一式两份，双方各执一份，自双方签字盖章之日起生效。",
    ):
        top = sheet.wrap(_LEFT, top, text, 29, _LINE, leading=1.6) + 18
    sheet.write(_LEFT, 1360, "甲方(盖章)：", 30)
    sheet.write(680, 1360, "乙方(签字)：", 30)
    sheet.sign(870, 1330, worker.name)
    sheet.seal(370, 1390, company.name, 125)
    sheet.write(_LEFT, 1530, f"签订日期：{chinese(start)}", 28)
    fields = {
        "单位": company.name,
        "统一社会信用代码": company.code,
        "职工": worker.name,
        "公民身份号码": worker.number,
        "合同起始日": start.isoformat(),
        "合同终止日": end.isoformat(),
        "月工资": wage,
    }
    return Specimen(kind="劳动合同", image=sheet.mark(), fields=fields, sealed=True, signed=True)


def bank_slip(invent: Inventor) -> Specimen:
    """银行电子回单: a transfer."""
    payer, payee = invent.person(), invent.person()
    (bank, number), (other_bank, other) = invent.bank_card(), invent.bank_card()
    day, amount = invent.day(2025, 2026), invent.number(1200, 98000)
    sheet = Sheet(1500, 900, (252, 252, 252))
    sheet.center(50, f"{bank}电子回单", 48)
    rows = [
        ["付款人户名", payer.name, "收款人户名", payee.name],
        ["付款人账号", number, "收款人账号", other],
        ["付款人开户行", f"{bank}上海样章支行", "收款人开户行", f"{other_bank}上海样章支行"],
        ["交易日期", f"{day:%Y-%m-%d}", "交易金额", f"{amount:,}.00"],
        ["用途", "房租", "回单编号", invent.digits(16)],
    ]
    end = sheet.table(60, 160, rows, (220, 480, 220, 460), step=92)
    sheet.write(60, end + 30, "重要提示：本回单为样张，仅供测试。", 26)
    sheet.seal(1250, end + 40, f"{bank}电子回单专用章", 105)
    fields = {
        "付款人": payer.name,
        "付款账号": number,
        "收款人": payee.name,
        "收款账号": other,
        "交易日期": day.isoformat(),
        "金额": f"{amount}",
    }
    return Specimen(kind="银行转账凭证", image=sheet.mark(), fields=fields, sealed=True)


def invoice(invent: Inventor) -> Specimen:
    """电子发票(普通发票)."""
    buyer, seller = invent.company(), invent.company()
    day, number = invent.day(2025, 2026), "25317" + invent.digits(15)
    net = invent.number(200, 9000)
    tax = round(net * 0.06, 2)
    sheet = Sheet(1700, 1100)
    sheet.center(50, "电子发票(普通发票)", 52)
    sheet.write(1090, 60, f"发票号码：{number}", 26)
    sheet.write(1090, 110, f"开票日期：{chinese(day)}", 26)
    sheet.write(70, 220, "购买方信息", 26)
    sheet.write(260, 200, f"名称：{buyer.name}", 28)
    sheet.write(260, 260, f"统一社会信用代码/纳税人识别号：{buyer.code}", 24)
    sheet.write(890, 220, "销售方信息", 26)
    sheet.write(1050, 200, f"名称：{seller.name}", 26)
    sheet.write(890, 300, f"统一社会信用代码/纳税人识别号：{seller.code}", 24)
    rows = [
        ["项目名称", "数量", "金额", "税率", "税额"],
        ["*住宿服务*住宿费", "1", f"{net}.00", "6%", f"{tax:.2f}"],
        ["合计", "", f"¥{net}.00", "", f"¥{tax:.2f}"],
    ]
    end = sheet.table(70, 380, rows, (600, 180, 280, 180, 280), step=84)
    sheet.write(90, end + 40, "价税合计(小写)", 28)
    sheet.write(420, end + 36, f"¥{net + tax:.2f}", 34, bold=True)
    sheet.write(90, end + 140, "开票人：样章", 26)
    sheet.seal(1380, 170, "全国统一发票监制章样张", 90)
    fields = {
        "发票号码": number,
        "发票日期": day.isoformat(),
        "购买方": buyer.name,
        "购买方税号": buyer.code,
        "销售方": seller.name,
        "发票金额": f"{net + tax:.2f}",
    }
    return Specimen(kind="发票", image=sheet.mark(), fields=fields, sealed=True)


def end_of_employment(invent: Inventor) -> Specimen:
    """解除(终止)劳动合同证明."""
    company, worker = invent.company(), invent.person(1970, 2000)
    day: date = invent.day(2025, 2026)
    reason = invent.pick("劳动合同期满终止", "协商一致解除劳动合同", "用人单位提出解除")
    sheet = Sheet(_WIDE, 1400)
    sheet.center(120, "解除(终止)劳动合同证明", 50)
    top = 280
    for text in (
        f"姓名：{worker.name}    性别：{worker.sex}",
        f"公民身份号码：{worker.number}",
        f"解除日期：{chinese(day)}",
        f"解除原因：{reason}",
        "特此证明。",
    ):
        top = sheet.wrap(_LEFT, top, text, 32, _LINE, leading=1.7) + 22
    sheet.write(640, 900, f"单位(盖章)：{company.name}", 27)
    sheet.write(760, 1010, chinese(day), 30)
    sheet.seal(860, 960, company.name, 125)
    fields = {
        "姓名": worker.name,
        "公民身份号码": worker.number,
        "解除日期": day.isoformat(),
        "解除原因": reason,
        "单位": company.name,
    }
    return Specimen(kind="解除劳动关系证明", image=sheet.mark(), fields=fields, sealed=True)


def power_of_attorney(invent: Inventor) -> Specimen:
    """授权委托书."""
    giver, taker, day = invent.person(), invent.person(), invent.day(2025, 2026)
    matter = invent.pick("办理户口迁移登记", "办理不动产转移登记", "领取居住证")
    sheet = Sheet(_WIDE, 1500)
    sheet.center(120, "授权委托书", 58, gap=20)
    top = 300
    for text in (
        f"委托人：{giver.name}",
        f"身份证号码：{giver.number}",
        f"受托人：{taker.name}",
        f"身份证号码：{taker.number}",
        f"委托事项：{matter}",
        f"委托期限：自{chinese(day)}至{chinese(day + timedelta(days=90))}",
        "委托人对受托人在上述权限内依法所作的一切行为均予以承认。",
    ):
        top = sheet.wrap(_LEFT, top, text, 32, _LINE, leading=1.7) + 14
    sheet.write(_LEFT, 1130, "委托人(签名)：", 32)
    sheet.sign(360, 1096, giver.name)
    sheet.write(_LEFT, 1230, f"日期：{chinese(day)}", 30)
    fields = {
        "委托人": giver.name,
        "委托人号码": giver.number,
        "受托人": taker.name,
        "受托人号码": taker.number,
        "委托事项": matter,
        "委托期限至": (day + timedelta(days=90)).isoformat(),
    }
    return Specimen(kind="授权委托书", image=sheet.mark(), fields=fields, signed=True)


def proof_of_income(invent: Inventor) -> Specimen:
    """收入证明."""
    company, worker = invent.company(), invent.person(1975, 2002)
    day, month = invent.day(2025, 2026), f"{invent.number(60, 300) * 100}"
    sheet = Sheet(_WIDE, 1300)
    sheet.center(120, "收入证明", 58, gap=20)
    text = (
        f"兹证明{worker.name}(身份证号码：{worker.number})系我单位职工，现任职员，月收入为人民币{month}元，"
        "以上情况属实，特此证明。"
    )
    sheet.wrap(_LEFT, 300, "    " + text, 32, _LINE, leading=1.9)
    sheet.write(600, 780, f"单位名称(盖章)：{company.name}", 27)
    sheet.write(760, 880, chinese(day), 30)
    sheet.seal(840, 840, company.name, 125)
    fields = {"姓名": worker.name, "公民身份号码": worker.number, "月收入": month, "单位": company.name}
    return Specimen(kind="收入证明", image=sheet.mark(), fields=fields, sealed=True)
