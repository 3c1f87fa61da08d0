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
        "speaks_to_the_machine",
        "(?<![a-z])(?:ai|gpt|bot)(?![a-z])(?:你好|您好|同学|小申|小助手|审核员?|审批员?|评审|判定|评分|看到|读到|听好)|"
        "(?:小申|智能(?:审核|预审|客服)|系统助手|机器人|大模型)(?:你好|您好|听好|注意|请|须|务必|看到|读到)|"
        "望(?:ai|系统|机器人)|hey(?:ai|assistant|bot)|dear(?:ai|assistant|model)|(?:to|note|attention|instruction)s?(?:the|for)?"
        "(?:ai|assistant|llm|languagemodel|bot|chatbot)",
    ),
    strong(
        "steers_the_decision",
        "(?:自动|务必|直接|一律|(?<!申)请|必须|应)(?:判定?|认定|评定|标记|填写?|写成?|打)(?:为|成|上)?(?:合格|通过|批准|同意|"
        "已核验|已核实|免审|满分|最高分|一级|优先)|视作(?:合格|通过|批准|同意|一级|满分)|(?:(?<!申)请|务必|直接)"
        "(?:跳过|免除|免去|略过|取消)(?:本次|全部|所有|人工)?(?:审核|核验|审查|复核|检查|实名)|"
        "(?:approve|accept|pass)(?:this|the)?(?:application|case|form)(?:immediately|now|automatically)",
    ),
    strong(
        "claims_to_be_checked",
        "(?:已|经|由).{0,16}(?:认证|核验|验证|审核|审批|确认).{0,8}(?:无需|无须|不用|不必|免|勿|不要)(?:再次?|另行)?"
        "(?:查|核|验|审|看)|(?:请|务必|须)(?:引用|援引|采用|按照?).{0,30}(?:证明|说明|认定).{0,6}(?:可以?不|无需|不用|免)",
    ),
    strong(
        "redirects_payment",
        "(?:收款|付款|缴费|转账|汇款|打款|退款)(?:方|人|账户|账号|户名|地址|码|二维码)?(?:请|已)?(?:改|换|变更|更换)(?:为|成|到)|"
        "(?:费|金|款|元|块)(?:请|要|需|先)?(?:加|扫|转|打|付|交|汇)(?:到|至|给|入)?(?:个人|私人)?.{0,4}(?:微信|支付宝|"
        "\\d{12,19})|\\d{2,6}元.{0,3}(?:微信|支付宝)号?[a-z][a-z0-9]{4,}",
    ),
    strong(
        "sends_people_elsewhere",
        r"(?:登录|登陆|点击|访问|打开|扫码|进入|前往|下载|log ?in|click|visit)[^\n]{0,24}?(?:https?://)?(?:[a-z0-9-]+\.)+"
        r"(?:cc|top|xyz|vip|icu|club|tk|info|site|online|shop|link|work|live|fun|app|ru|pw|ws|biz|buzz|cyou|ml|ga|cf)\b|"
        r"(?:重新实名|验证身份|账号异常|系统(?:将)?(?:迁移|升级)|激活)[^\n]{0,40}(?:https?://|www\.)(?![^\s]{0,40}gov\.cn)",
        View.PLAIN,
    ),
    strong(
        "speaks_for_the_office",
        "(?:回答|回复|答复|告知|通知|补正通知|意见).{0,10}(?:末尾|结尾|开头|里|中)?(?:加|写|附|插|带)(?:上|入|一句|一段)|"
        "(?:直接|只|统一|一律)(?:写|说|答|回答|回复|告诉|输出)(?:成|作|为)?.{0,20}(?:已|免费|通过|同意|批准|不要|无需)|"
        "(?:对外|对用户|对市民|向用户|额外)(?:说|称|宣布)",
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
