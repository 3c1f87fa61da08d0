"""Cards: identity card, residence permit, driving and vehicle licence, passport, social security and bank card."""

from datetime import date

from prefill.documents.specimens.drawing import Sheet
from prefill.documents.specimens.inventing import Inventor, Person
from prefill.documents.specimens.specimen import Specimen

_WIDE, _HIGH = 1012, 638
_SEAL = "上海市公安局样章分局"


def _dotted(day: date) -> str:
    return f"{day:%Y.%m.%d}"


def identity_card_front(invent: Inventor) -> Specimen:
    """居民身份证 with the portrait."""
    person = invent.person()
    sheet = Sheet(_WIDE, _HIGH, (232, 240, 245))
    left = 60
    sheet.write(left, 60, "姓名", 26, color=(60, 110, 160))
    sheet.write(left + 110, 54, person.name, 36)
    sheet.write(left, 140, "性别", 26, color=(60, 110, 160))
    sheet.write(left + 110, 136, person.sex, 32)
    sheet.write(left + 220, 140, "民族", 26, color=(60, 110, 160))
    sheet.write(left + 320, 136, "汉", 32)
    sheet.write(left, 220, "出生", 26, color=(60, 110, 160))
    x = left + 110
    for part, unit in ((person.born.year, "年"), (person.born.month, "月"), (person.born.day, "日")):
        x = sheet.write(x, 216, f"{part}", 32) + 14
        x = sheet.write(x, 220, unit, 26, color=(60, 110, 160)) + 18
    sheet.write(left, 300, "住址", 26, color=(60, 110, 160))
    sheet.wrap(left + 110, 296, person.address, 32, 430, leading=1.4)
    sheet.write(left, 530, "公民身份号码", 28, color=(60, 110, 160))
    sheet.write(left + 270, 520, person.number, 42, bold=True)
    sheet.box(700, 90, 950, 430)
    fields = {
        "姓名": person.name,
        "性别": person.sex,
        "民族": "汉",
        "出生日期": person.born.isoformat(),
        "住址": person.address,
        "公民身份号码": person.number,
    }
    return Specimen(kind="居民身份证", image=sheet.mark(), fields=fields)


def identity_card_back(invent: Inventor) -> Specimen:
    """居民身份证 with the emblem."""
    start = invent.day(2015, 2024)
    end = start.replace(year=start.year + 20, day=min(start.day, 28))
    sheet = Sheet(_WIDE, _HIGH, (232, 240, 245))
    sheet.box(60, 60, 210, 220, (210, 70, 60))
    sheet.write(300, 80, "中华人民共和国", 44, gap=24)
    sheet.write(270, 180, "居民身份证", 66, bold=True, gap=46)
    sheet.write(180, 410, "签发机关", 28, color=(60, 60, 60))
    sheet.write(360, 406, _SEAL, 32)
    sheet.write(180, 490, "有效期限", 28, color=(60, 60, 60))
    sheet.write(360, 486, f"{_dotted(start)}-{_dotted(end)}", 32)
    fields = {"签发机关": _SEAL, "有效期起": start.isoformat(), "有效期至": end.isoformat()}
    return Specimen(kind="居民身份证", image=sheet.mark(), fields=fields)


def residence_permit(invent: Inventor) -> Specimen:
    """上海市居住证."""
    person = invent.person()
    end = invent.day(2027, 2029)
    home = invent.address()
    sheet = Sheet(_WIDE, _HIGH, (236, 244, 236))
    sheet.write(330, 40, "上海市居住证", 50, bold=True, gap=10)
    pairs = (("姓名", person.name), ("性别", person.sex), ("公民身份号码", person.number), ("居住地址", home))
    top = sheet.pairs(60, 140, pairs, size=29, label=220, step=70)
    sheet.pairs(60, top, (("签发机关", _SEAL), ("有效期至", _dotted(end))), size=29, label=220, step=66)
    sheet.box(860, 130, 980, 290)
    fields = {
        "姓名": person.name,
        "公民身份号码": person.number,
        "居住地址": home,
        "签发机关": _SEAL,
        "有效期至": end.isoformat(),
    }
    return Specimen(kind="居住证", image=sheet.mark(), fields=fields)


def driving_licence(invent: Inventor) -> Specimen:
    """机动车驾驶证."""
    person = invent.person()
    issued, start = invent.day(2008, 2014), invent.day(2019, 2024)
    end = start.replace(year=start.year + 10, day=min(start.day, 28))
    sort = invent.pick("C1", "C2", "B2", "A1")
    sheet = Sheet(_WIDE, 700, (246, 246, 250))
    sheet.write(230, 26, "中华人民共和国机动车驾驶证", 40, bold=True)
    sheet.write(60, 100, "证号", 24)
    sheet.write(250, 94, person.number, 34, bold=True)
    sheet.write(60, 164, "姓名", 24)
    sheet.write(160, 158, person.name, 32)
    sheet.write(420, 164, "性别", 24)
    sheet.write(500, 158, person.sex, 32)
    sheet.write(620, 164, "国籍", 24)
    sheet.write(700, 158, "中国", 32)
    sheet.write(60, 232, "住址", 24)
    sheet.wrap(160, 226, person.address, 30, 760)
    top = 330
    for name, value in (
        ("出生日期", f"{person.born:%Y-%m-%d}"),
        ("初次领证日期", f"{issued:%Y-%m-%d}"),
        ("准驾车型", sort),
    ):
        sheet.write(330, top, name, 24)
        sheet.write(560, top - 6, value, 30)
        top += 66
    sheet.write(60, 560, "有效期限", 24)
    sheet.write(220, 554, f"{start:%Y-%m-%d}至{end:%Y-%m-%d}", 30)
    sheet.seal(190, 440, "上海市公安局样章支队", 96)
    fields = {
        "姓名": person.name,
        "证号": person.number,
        "住址": person.address,
        "准驾车型": sort,
        "初次领证日期": issued.isoformat(),
        "有效期至": end.isoformat(),
    }
    return Specimen(kind="机动车驾驶证", image=sheet.mark(), fields=fields, sealed=True)


def vehicle_licence(invent: Inventor) -> Specimen:
    """机动车行驶证."""
    owner = invent.person()
    plate = f"沪A{invent.pick('D', 'F', 'B')}{invent.digits(4)}"
    frame = "LSVAA4182E2" + invent.digits(6)
    engine, registered = f"CEA{invent.digits(6)}", invent.day(2015, 2024)
    valid = invent.day(2026, 2028)
    sheet = Sheet(_WIDE, 760, (246, 246, 250))
    sheet.write(230, 26, "中华人民共和国机动车行驶证", 40, bold=True)
    pairs = (
        ("号牌号码", plate),
        ("车辆类型", "小型轿车"),
        ("所有人", owner.name),
        ("住址", owner.address),
        ("使用性质", "非营运"),
        ("车辆识别代号", frame),
        ("发动机号码", engine),
        ("注册日期", f"{registered:%Y-%m-%d}"),
        ("检验记录", f"检验有效期至{valid:%Y年%m月}沪A(样)"),
    )
    sheet.pairs(60, 110, pairs, size=27, label=210, step=62)
    sheet.seal(850, 600, "上海市公安局样章支队", 96)
    fields = {
        "号牌号码": plate,
        "所有人": owner.name,
        "车辆识别代号": frame,
        "注册日期": registered.isoformat(),
        "检验有效期至": f"{valid:%Y-%m}",
    }
    return Specimen(kind="机动车行驶证", image=sheet.mark(), fields=fields, sealed=True)


def social_security_card(invent: Inventor) -> Specimen:
    """社会保障卡."""
    person = invent.person()
    bank, number = invent.bank_card()
    end = invent.day(2029, 2034)
    sheet = Sheet(_WIDE, _HIGH, (226, 238, 232))
    sheet.write(60, 40, "中华人民共和国社会保障卡", 40, bold=True)
    pairs = (
        ("姓名", person.name),
        ("社会保障号码", person.number),
        ("金融账号", number),
        ("开户银行", bank),
        ("有效期限", _dotted(end)),
    )
    sheet.pairs(60, 140, pairs, size=30, label=240, step=80)
    fields = {
        "姓名": person.name,
        "社会保障号码": person.number,
        "金融账户": number,
        "开户行": bank,
        "有效期至": end.isoformat(),
    }
    return Specimen(kind="社会保障卡", image=sheet.mark(), fields=fields)


def bank_card(invent: Inventor) -> Specimen:
    """银行卡."""
    bank, number = invent.bank_card()
    sheet = Sheet(_WIDE, _HIGH, (222, 230, 246))
    sheet.write(60, 50, bank, 48, bold=True)
    sheet.write(800, 56, "借记卡", 36)
    spaced = " ".join(number[start : start + 4] for start in range(0, len(number), 4))
    sheet.write(90, 330, spaced, 56, bold=True)
    sheet.write(90, 450, "ATM  银联 UnionPay", 34)
    sheet.write(90, 520, "VALID THRU 12/31", 28)
    return Specimen(kind="银行卡", image=sheet.mark(), fields={"卡号": number, "开户行": bank})


def passport(invent: Inventor) -> Specimen:
    """护照, the page with the data and the lines for machines."""
    person = invent.person()
    number = "E" + invent.digits(8)
    end = invent.day(2027, 2034)
    sheet = Sheet(1250, 880, (244, 238, 232))
    sheet.write(70, 40, "护照 PASSPORT", 40, bold=True)
    sheet.write(520, 46, "类型/Type P   国家码/Country Code CHN", 24)
    sheet.write(520, 92, "护照号/Passport No.", 24)
    sheet.write(800, 84, number, 36, bold=True)
    pairs = (
        ("姓名/Name", person.name),
        ("性别/Sex", f"{person.sex}/{'M' if person.sex == '男' else 'F'}"),
        ("国籍/Nationality", "中国/CHINESE"),
        ("出生日期/Date of birth", f"{person.born:%d %m月 %Y}"),
        ("签发机关/Authority", "样章出入境管理局"),
    )
    sheet.pairs(400, 150, pairs, size=26, label=330, step=74)
    sheet.write(400, 540, "有效期至/Date of expiry", 26)
    sheet.write(730, 540, f"{end:%d %m月 %Y}", 26)
    sheet.box(70, 150, 360, 560)
    upper, lower = machine_lines(person, number, end)
    sheet.write(70, 690, upper, 38)
    sheet.write(70, 760, lower, 38)
    fields = {
        "姓名": person.name,
        "护照号码": number,
        "出生日期": person.born.isoformat(),
        "有效期至": end.isoformat(),
    }
    return Specimen(kind="护照", image=sheet.mark(), fields=fields)


def machine_lines(person: Person, number: str, end: date) -> tuple[str, str]:
    """The two lines of ICAO 9303 with their check digits; the name is a specimen's."""
    upper = "P<CHNSPECIMEN<<YANGZHANG".ljust(44, "<")
    first = number.ljust(9, "<")
    born, until = f"{person.born:%y%m%d}", f"{end:%y%m%d}"
    digits = [check_digit(part) for part in (first, born, until)]
    private = "<" * 14
    body = f"{first}{digits[0]}CHN{born}{digits[1]}{'M' if person.sex == '男' else 'F'}{until}{digits[2]}{private}0"
    whole = first + digits[0] + born + digits[1] + until + digits[2] + private + "0"
    return upper, body + check_digit(whole)


def check_digit(text: str) -> str:
    """ICAO 9303: weights 7, 3, 1."""
    values = [
        int(character) if character.isdigit() else 0 if character == "<" else ord(character) - 55 for character in text
    ]
    return str(sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10)
