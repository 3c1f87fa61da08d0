"""Certificates: business licence, household book, marriage, divorce, birth, death, property, diploma."""

from datetime import date

from prefill.documents.specimens.drawing import RED, Sheet
from prefill.documents.specimens.inventing import Inventor
from prefill.documents.specimens.specimen import Specimen


def chinese(day: date) -> str:
    """2024年5月6日."""
    return f"{day.year}年{day.month:02d}月{day.day:02d}日"


def business_licence(invent: Inventor) -> Specimen:
    """营业执照, lying, with the seal over the date."""
    company, head = invent.company(), invent.person()
    capital = f"{invent.number(5, 90) * 10}万元整"
    end = company.founded.replace(year=company.founded.year + 30, day=min(company.founded.day, 28))
    open_end = invent.number(0, 1) == 0
    sheet = Sheet(1754, 1240, (252, 249, 240))
    sheet.center(90, "营业执照", 92, gap=40)
    sheet.center(230, "(副本)", 34, bold=False)
    sheet.write(110, 150, "统一社会信用代码", 26)
    sheet.write(110, 190, company.code, 32, bold=True)
    pairs = (
        ("名称", company.name),
        ("类型", "有限责任公司(自然人投资或控股)"),
        ("法定代表人", head.name),
        ("经营范围", "样章用途：软件开发、日用百货销售(依法须经批准的项目，经相关部门批准后方可开展经营活动)"),
    )
    left = 110
    for row, (name, value) in enumerate(pairs):
        sheet.write(left, 340 + row * 110, name, 30)
        sheet.wrap(left + 190, 340 + row * 110, value, 30, 560, leading=1.35)
    right = (
        ("注册资本", capital),
        ("成立日期", chinese(company.founded)),
        ("营业期限", f"{chinese(company.founded)}至{'不约定期限' if open_end else chinese(end)}"),
        ("住所", company.address),
    )
    for row, (name, value) in enumerate(right):
        sheet.write(960, 340 + row * 110, name, 30)
        sheet.wrap(1120, 340 + row * 110, value, 30, 540, leading=1.35)
    sheet.write(1130, 910, "登记机关", 32)
    sheet.write(1240, 1010, chinese(company.founded), 32)
    sheet.seal(1330, 960, "上海市样章区市场监督管理局", 130)
    fields = {
        "名称": company.name,
        "统一社会信用代码": company.code,
        "法定代表人": head.name,
        "注册资本": capital,
        "住所": company.address,
        "成立日期": company.founded.isoformat(),
        "营业期限至": "长期" if open_end else end.isoformat(),
    }
    return Specimen(kind="营业执照", image=sheet.mark(), fields=fields, sealed=True)


def household_book(invent: Inventor) -> Specimen:
    """居民户口簿: the page of the household and the one of a member."""
    head, home = invent.person(), invent.address()
    moved = invent.day(1998, 2020)
    sheet = Sheet(1240, 1700, (250, 247, 238))
    sheet.center(60, "居民户口簿", 50)
    rows = [
        ["户别", "家庭户", "户主姓名", head.name],
        ["户号", f"0{invent.digits(8)}", "住址", home],
    ]
    top = sheet.table(60, 160, rows, (140, 330, 170, 480), step=84)
    sheet.center(top + 40, "常住人口登记卡", 44)
    rows = [
        ["姓名", head.name, "户主或与户主关系", "户主"],
        ["曾用名", "", "性别", head.sex],
        ["出生地", "上海市", "民族", "汉族"],
        ["籍贯", "上海市", "出生日期", chinese(head.born)],
        ["公民身份证件编号", head.number, "宗教信仰", ""],
        ["文化程度", "大学本科", "婚姻状况", invent.pick("已婚", "未婚")],
        ["何时迁来本址", chinese(moved), "承办人签章", "样章"],
    ]
    end = sheet.table(60, top + 130, rows, (240, 340, 250, 290), step=86)
    sheet.write(700, end + 90, f"登记日期：{chinese(moved)}", 28)
    sheet.seal(860, end + 110, "上海市公安局样章派出所", 120)
    fields = {
        "户主": head.name,
        "住址": home,
        "姓名": head.name,
        "与户主关系": "户主",
        "性别": head.sex,
        "出生日期": head.born.isoformat(),
        "公民身份号码": head.number,
    }
    return Specimen(kind="居民户口簿", image=sheet.mark(), fields=fields, sealed=True)


def _of_two(invent: Inventor, kind: str, word: str, office: str) -> Specimen:
    holder, spouse = invent.person(1970, 2000, "男"), invent.person(1970, 2000, "女")
    day = invent.day(2010, 2025)
    letter = "J" if kind == "结婚证" else "L"
    number = f"{letter}310199-{day.year}-{invent.digits(6)}"
    sheet = Sheet(1300, 1700, (250, 238, 236))
    sheet.center(60, kind, 70, gap=40, color=RED)
    pairs = [("持证人", holder.name), ("登记日期", chinese(day)), (f"{kind}字号", number)]
    top = sheet.pairs(110, 220, pairs, size=32, label=260, step=74)
    for person in (holder, spouse):
        lines = [
            ("姓名", person.name),
            ("性别", person.sex),
            ("国籍", "中国"),
            ("出生日期", chinese(person.born)),
            ("身份证件号", person.number),
        ]
        top = sheet.pairs(110, top + 50, lines, size=32, label=260, step=74)
    sheet.write(110, top + 50, f"{word}，予以登记，发给此证。", 30)
    sheet.write(110, top + 120, "婚姻登记机关", 30)
    sheet.seal(470, top + 170, office, 120)
    fields = {
        "持证人": holder.name,
        "登记日期": day.isoformat(),
        "字号": number,
        "持证人号码": holder.number,
        "配偶姓名" if kind == "结婚证" else "对方姓名": spouse.name,
        "配偶号码" if kind == "结婚证" else "对方号码": spouse.number,
    }
    return Specimen(kind=kind, image=sheet.mark(), fields=fields, sealed=True)


def marriage_certificate(invent: Inventor) -> Specimen:
    """结婚证."""
    return _of_two(invent, "结婚证", "结婚申请，符合《中华人民共和国民法典》规定", "上海市样章区民政局婚姻登记")


def divorce_certificate(invent: Inventor) -> Specimen:
    """离婚证."""
    return _of_two(invent, "离婚证", "离婚申请，符合《中华人民共和国民法典》规定", "上海市样章区民政局婚姻登记")


def birth_certificate(invent: Inventor) -> Specimen:
    """出生医学证明."""
    mother, father = invent.person(1985, 1999, "女"), invent.person(1985, 1999, "男")
    child, born, sex = invent.name(), invent.day(2023, 2026), invent.pick("男", "女")
    number, hospital = "Z31" + invent.digits(7), "上海样章妇幼保健院"
    sheet = Sheet(1500, 1300, (246, 242, 250))
    sheet.center(60, "出生医学证明", 66, gap=16)
    sheet.write(1010, 160, f"编号：{number}", 32)
    rows = [
        ["新生儿姓名", child, "性别", sex],
        ["出生日期", f"{chinese(born)} 08时25分", "出生孕周", "39周"],
        ["出生体重", "3200克", "出生身长", "50厘米"],
        ["出生地点", "上海市浦东新区", "医疗机构名称", hospital],
        ["母亲姓名", mother.name, "年龄", "30"],
        ["母亲有效身份证件号码", mother.number, "国籍", "中国"],
        ["父亲姓名", father.name, "年龄", "32"],
        ["父亲有效身份证件号码", father.number, "国籍", "中国"],
    ]
    end = sheet.table(90, 230, rows, (330, 470, 210, 310), step=92)
    sheet.write(880, end + 50, "签发机构(盖章)", 30)
    sheet.write(880, end + 130, f"签发日期 {chinese(born)}", 30)
    sheet.seal(1090, end + 100, hospital + "专用章", 115)
    fields = {
        "编号": number,
        "新生儿姓名": child,
        "性别": sex,
        "出生日期": born.isoformat(),
        "助产机构名称": hospital,
        "母亲姓名": mother.name,
        "母亲号码": mother.number,
        "父亲姓名": father.name,
        "父亲号码": father.number,
    }
    return Specimen(kind="出生医学证明", image=sheet.mark(), fields=fields, sealed=True)


def death_certificate(invent: Inventor) -> Specimen:
    """居民死亡医学证明(推断)书."""
    person, died = invent.person(1930, 1955), invent.day(2025, 2026)
    sheet = Sheet(1500, 1200)
    sheet.center(60, "居民死亡医学证明(推断)书", 54)
    rows = [
        ["死者姓名", person.name, "性别", person.sex],
        ["身份证件号码", person.number, "民族", "汉族"],
        ["出生日期", chinese(person.born), "死亡日期", chinese(died)],
        ["死亡地点", "医疗卫生机构", "婚姻状况", "已婚"],
        ["常住地址", person.address, "死亡原因", "疾病"],
    ]
    end = sheet.table(80, 190, rows, (270, 560, 190, 320), step=100)
    sheet.write(820, end + 80, "医疗卫生机构盖章", 30)
    sheet.write(820, end + 150, f"填表日期 {chinese(died)}", 30)
    sheet.seal(1080, end + 120, "上海样章医院出生死亡证明章", 115)
    fields = {
        "姓名": person.name,
        "身份号码": person.number,
        "性别": person.sex,
        "死亡日期": died.isoformat(),
    }
    return Specimen(kind="死亡医学证明", image=sheet.mark(), fields=fields, sealed=True)


def property_certificate(invent: Inventor) -> Specimen:
    """不动产权证书, the page with the table."""
    owner, home = invent.person(), invent.address()
    day = invent.day(2017, 2025)
    number = f"沪({day.year})样字不动产权第{invent.digits(6)}号"
    area = f"{invent.number(40, 160)}.{invent.digits(2)}"
    sheet = Sheet(1240, 1600, (251, 246, 240))
    sheet.center(50, "不动产权证书", 50, color=RED)
    sheet.write(90, 150, number, 36, bold=True)
    rows = [
        ["权利人", owner.name],
        ["共有情况", "单独所有"],
        ["坐落", home],
        ["不动产单元号", f"310199 0{invent.digits(5)} GB{invent.digits(5)} F{invent.digits(8)}"],
        ["权利类型", "国有建设用地使用权/房屋所有权"],
        ["权利性质", "出让/市场化商品房"],
        ["用途", "住宅/居住"],
        ["面积", f"建筑面积{area}平方米"],
        ["使用期限", "2003年06月01日至2073年05月31日止"],
    ]
    end = sheet.table(90, 230, rows, (260, 800), step=96)
    sheet.write(640, end + 60, "登记机构(章)", 30)
    sheet.write(640, end + 130, chinese(day), 30)
    sheet.seal(800, end + 100, "上海市不动产登记样章专用", 115)
    fields = {
        "证号": number,
        "权利人": owner.name,
        "坐落": home,
        "共有情况": "单独所有",
        "用途": "住宅/居住",
        "面积": area,
    }
    return Specimen(kind="不动产权证书", image=sheet.mark(), fields=fields, sealed=True)


def diploma(invent: Inventor) -> Specimen:
    """普通高等学校毕业证书."""
    person, day = invent.person(1985, 2003), invent.day(2008, 2025).replace(month=6, day=30)
    level, major = invent.pick("本科", "专科"), invent.pick("土木工程", "会计学", "护理学", "软件工程")
    number = "1" + invent.digits(17)
    sheet = Sheet(1700, 1200, (252, 248, 236))
    sheet.center(70, "普通高等学校", 44)
    sheet.center(150, "毕业证书", 84, gap=40)
    text = (
        f"学生{person.name}，性别{person.sex}，{chinese(person.born)}生，于{day.year - 4}年9月至{day.year}年6月"
        f"在本校{major}专业四年制{level}学习，修完教学计划规定的全部课程，成绩合格，准予毕业。"
    )
    sheet.wrap(520, 330, "    " + text, 36, 1040, leading=1.8)
    sheet.write(520, 840, "校名：样章大学", 32)
    sheet.write(520, 910, f"证书编号：{number}", 32)
    sheet.write(1130, 990, chinese(day), 34)
    sheet.seal(1240, 950, "样章大学", 120)
    sheet.box(140, 340, 420, 720)
    fields = {"姓名": person.name, "性别": person.sex, "专业": major, "学历": level, "证书编号": number}
    return Specimen(kind="学历证书", image=sheet.mark(), fields=fields, sealed=True)
