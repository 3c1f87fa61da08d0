"""Further signs in a document, a picture, a form field or a note: nobody there has reason to speak to a machine."""

from typing import Final

from guardrails.phrases.signal import Signal, View, strong

UNTRUSTED: Final[tuple[Signal, ...]] = (
    strong(
        "speaks_to_the_machine",
        "(?:(?<![a-z])ai(?![a-z])|智能助手|审核机器人|机器人助手|人工智能助手)(?:你好|系统|助手|模型)?(?:请(?!求)|须|必须|务必|忽略|加分|"
        "视作|视为|不用|不要|不需要|直接|若|如果|应偏|偏向|自动将|应当在|把)|(?:人工智能|大模型|语言模型)(?:你好|请(?!求)|忽略)",
    ),
    strong(
        "speaks_to_the_machine",
        (
            "(?:致|给|作为|若为|如果你是|供|让)(?:ai|人工智能|大模型|机器人|模型)(?:阅读|读取|看)?|"
            "机器阅读|(?:请勿|不要|无需)展示给(?:人|用户|市民)"
        ),
    ),
    strong(
        "speaks_to_the_machine",
        (
            "(?:回答|回复|答复)(?:时|中|里|用户)?(?:请|应当?|须|必须|要)?(?:要求|告诉|承认|声称|说明|"
            "提示)(?:用户|家长|市民|申请人|对方|工作人员)"
        ),
    ),
    strong(
        "acts_on_cases",
        ("(?:合并|删除|撤销).{0,12}(?:案件|办件|ca\\d+)|(?:领导|上级)已批|请按.{0,6}(?:退款|通过|批准)处理|声称已"),
    ),
    strong("formula", r"(?:^|[:\s])[=+@-][^\n]{0,80}\|\s*'?\s*(?:cmd|calc|powershell)", View.PLAIN),
    strong(
        "asks_for_secrets", "(?:请?(?:提供|输入|告诉|说出|发送)|把).{0,10}(?:银行卡|社保卡|支付|验证码|登录)的?密码"
    ),
)
