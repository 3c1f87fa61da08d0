"""What a citizen reads when a message does not go on: plain, kind, and with the right number to call."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Notice:
    """The same words in both languages."""

    zh: str
    en: str


NOTICES: Final[dict[str, Notice]] = {
    "empty": Notice(
        "您好，我没有收到文字。请把想办的事写下来，比如“身份证丢了怎么办”。",
        "Hello, I received no text. Please write what you would like to do, for example “I lost my ID card”.",
    ),
    "only_signs": Notice(
        "您好，我只看到了符号，没有看懂。请用几个字说说您想办什么事，比如“居住证怎么办”。",
        (
            "Hello, I can only see signs. Please say in a few words what you would like to do, for "
            "example “residence permit”."
        ),
    ),
    "too_long": Notice(
        "这段话太长了，我一次读不完。请先用一两句话说说您最想办的那件事（2000字以内）。",
        (
            "That is too long for me to read at once. Please say in a sentence or two what you need most "
            "(up to 2,000 characters)."
        ),
    ),
    "code": Notice(
        "您发来的像是程序代码，我看不懂。请用平常的话说说您想办什么事，比如“营业执照怎么办”。",
        (
            "This looks like program code, which I cannot read. Please say in plain words what you need, for "
            "example “business licence”."
        ),
    ),
    "beyond_role": Notice(
        "这件事我帮不上忙。我只回答上海的政务服务，比如证件、社保、开办企业；需要人工帮助，请拨打12345。",
        (
            "I cannot help with this. I answer questions about public services in Shanghai, such as documents, "
            "social insurance or opening a business. Call 12345 for a person."
        ),
    ),
    "prompt_injection": Notice(
        "您这句话里有要我改变工作方式的内容，我不能照着做。您想办什么事，请直接告诉我；需要人工帮助，请拨打12345。",
        (
            "Part of your message asks me to work in another way, which I cannot do. Tell me what you "
            "need, or call 12345 for a person."
        ),
    ),
    "unsafe_request": Notice(
        (
            "这个请求可能伤害他人或违反法律，我不能帮忙。如果您遇到了危险或违法的事，请拨打110；其他政务"
            "问题可以拨打12345。"
        ),
        (
            "I cannot help with this: it may hurt someone or break the law. In danger call 110; for "
            "public services call 12345."
        ),
    ),
    "crisis_self_harm": Notice(
        (
            "听到您这样说，我很担心您（或您身边的人）。您不用一个人扛着：现在就可以拨打全国统一心理援助热"
            "线12356，有人听您说。如果马上有危险，请拨打120或110。"
        ),
        (
            "I am worried about you, or the person you speak of. You do not have to bear this alone: "
            "call the mental health line 12356 now. In immediate danger call 120 or 110."
        ),
    ),
    "crisis_violence": Notice(
        (
            "您的安全最要紧。如果现在有危险，请马上拨打110；受了伤请拨打120。妇女遇到家庭暴力，也可以拨打"
            "妇女维权热线12338。"
        ),
        (
            "Your safety comes first. If you are in danger now, call 110; if you are hurt, call 120. The "
            "women's rights line is 12338."
        ),
    ),
    "crisis_child": Notice(
        (
            "孩子的安全最要紧。如果孩子走失、正受到伤害或有危险，请马上拨打110。也可以拨打青少年服务热线1"
            "2355，请人帮助孩子。"
        ),
        (
            "The child's safety comes first. If a child is missing, being hurt or in danger, call 110 at "
            "once. The youth line is 12355."
        ),
    ),
}
