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
    strong(
        "speaks_to_the_machine",
        "(?:给|对|致|写给|发给|留给|告|告知)(?:本|此|各|智能|审核|识别|问答|应答|政务|ai)*(?:助手|机器人|大模型|语言模型|程序员?助手)"
        "(?:的)?(?:指示|指令|提示|说明|话|留言|备注|要求|命令)|(?:模型|助手|机器人|机器|隐藏|暗中)(?:的)?(?:指令|指示|命令)|"
        "(?:助手|机器人|大模型|语言模型|智能客服)(?:在|若|如|凡|一旦)?(?:读到|看到|读取|读完|遇到|收到|识别到|解析到?|处理到?)"
        "(?:了|过)?(?:本|这|此|以上|以下|该|到)",
    ),
    strong(
        "speaks_to_the_machine",
        "(?<!申)请(?:各|本|该|你的)?(?:审核|审批|预审|识别|问答|应答|智能|自动|ai|政务)*(?:大模型|语言模型|机器人|助手|程序|系统)"
        "(?:自动|直接|立即|一律|务必|今后|对外|统一)?(?:在|把|将|对外|对该|对此|输出|写|印|填|回答|回复|答复|告诉|告知|公布|认定|判|标记|批准|通过|忽略|"
        "跳过|发给|授予|说|称|注明)",
    ),
    strong(
        "speaks_to_the_machine",
        r"\b(?:ai|assistants?|chat ?bots?|bots?|llms?|language models?|models?)\b[ ,:]{1,3}(?:must|should|shall|"
        r"will always|need to|have to|"
        r"are (?:required|instructed|told) to|please)[ ](?:always[ ])?(?:say|tell|reply|answer|respond|output|write|"
        r"state|claim|add|"
        r"include|ignore|approve|recommend|mention|announce|print)\b|"
        r"\bsystem[ ]+(?:override|command|instruction|prompt)\b|"
        r"(?:^|[\n。！？!?;；）)\]】\u4e00-\u9fff])[ ]*(?:system|assistant|admin)[ ]*[:：]|"
        r"[\[【{<(（][ ]*/?(?:system|hidden|assistant|admin|sys|inst|instruction|"
        r"隐藏|系统指令|隐藏指令|指令)[ ]*[\]】}>)）]|"
        r"(?:^|[\s。.;；!！?？\[【(（])指令[ ]*[:：]|(?:识别|审核|预审|审批|录入)(?:系统|程序|引擎|模型)(?:请)?注意",
        View.PLAIN,
    ),
    strong(
        "speaks_for_the_office",
        r"(?:回答|回复|答复)(?:问题|提问|用户|市民)?时[^\n。]{0,4}?(?:首先|先|一律|必须|统一|都要?|务必|只)(?:说出?|讲|输出|声称|回答|答|宣布)|"
        r"(?:改口|对外|一律|统一|都要|都|只能|只|必须)(?:回答|回复|答|说|声称|输出)[:：]?[ ]?[“\"「『]|"
        r"(?:应|应当|须|要|请)?改口(?:说|称|为)|"
        r"(?:将|把)[ ]?[“\"「『][^”\"」』\n]{2,80}[”\"」』](?:这句话|这段话|一句)?(?:告知|告诉|转告|"
        r"发给|说给|通知|播报|念给)"
        r"(?:给)?(?:每|所有|任何|全体|提问|用户|市民|来访|来问|大家|对方)|"
        r"凡(?:是)?(?:有人|用户|市民)?(?:来)?问(?:到|起|及)?[^\n。]{0,16}?(?:都|一律|就|须|要|"
        r"应)(?:要|须)?(?:回答|答|说|回复)|"
        r"(?:请|请直接|直接|只)输出[:：]?[ ]?[“\"「『:：]|"
        r"(?:不得|不要|禁止|勿|不能)(?:向用户|对外)?(?:提及|提到|透露|说明|引用)(?:本段|这段|来源|出处|此(?:指令|提示|段)|该(?:指令|提示))",
        View.PLAIN,
    ),
    strong(
        "speaks_to_the_machine",
        r"[\"'“”]?\brole[\"'“”]?\s*[:：=]\s*[\"'“”]?(?:system|assistant|developer|tool)\b|"
        r"(?:^|[\n。！？!?;；])\s*(?:ai|智能|人工智能)?助手\s*[:：，,]\s*(?:请|你|务必|必须|以后|今后|从现在|在|把|将)|"
        r"(?:请|让|叫|要)(?:ai|人工智能|智能)(?:助手|客服|系统|模型)?(?:以后|今后|从现在(?:起|开始)?|接下来|每次|一律|都|在|对|给|把|将)",
        View.PLAIN,
    ),
    strong(
        "speaks_to_the_machine",
        "(?:(?<![a-z])ai|智能|人工智能)(?:助手|客服|模型|系统|机器人|审核员?)(?:请)?(?:注意|记住|牢记|听好|听令|看这里|看到这里|优先|回答时(?!间)|回复时(?!间)|补充|照此)|"
        "(?:请|让|叫|要|麻烦|命令)(?:(?<![a-z])ai(?![a-z])|人工智能|大模型|语言模型)(?:助手|系统|客服)?(?:写|填|判|认定|输出|回答|回复|标|改|算|评|当作?|视)",
    ),
    strong(
        "speaks_for_the_office",
        "(?:此后|今后|以后|往后|从现在起|接下来|凡是?)[^。\n]{0,6}(?:问到|问起|提到|咨询|来问|查询)[^。\n]{0,16}"
        "(?:请|要|须|都|一律|务必|就)?(?:让|叫|引导|告诉|告知|通知|要求|劝|建议)(?:用户|市民|对方|他们|她们|申请人|客户|办事人|来人|大家)",
    ),
    strong(
        "speaks_to_the_machine",
        "[\\[【{<(（「][ ]*(?:系统|管理员|开发者|后台|机器|内部|ai|模型)[ ]*"
        "(?:消息|指令|命令|注释|备忘|专用|可见)[ ]*[\\]】}>)）」]",
        View.PLAIN,
    ),
    strong(
        "redirects_payment",
        "(?:钱|款|费用?|押金|保证金)[^。\n]{0,6}(?:转|打|汇|存|付|交|充)(?:到|至|给|入|进)[^。\n]{0,16}?[0-9]{8,19}|"
        "(?:转|打|汇)(?:账|款|钱)?(?:到|至|给|入|进)[^。\n]{0,12}?[0-9]{12,19}",
    ),
    strong(
        "formula",
        r"[=+@-]\s*(?:hyperlink|importxml|importdata|importfeed|importrange|importhtml|image|webservice|filterxml|call|exec|dde|rtd)\s*\(",
        View.PLAIN,
    ),
    # what an answer, a conclusion or a suggestion shall say, word for word
    strong(
        "speaks_for_the_office",
        r"(?:结论|意见|建议|批语|评语|审查结果|核对结果|处理结果|回执|答复|回复)(?:里面?|中|处|栏|一栏|上)?(?:请|须|应|就|都|统一|直接|一律)*"
        r"(?:写|填|给|出|显示|标注?|注明|落)(?:上|成|为|作)?[ ]?[:：]?[ ]?[“\"「『]|"
        r"(?<!已)(?<!曾)(?:回复|答复|告诉|告知|通知|转告)(?:每个|所有|全部)?"
        r"(?:申请人|用户|市民|当事人|对方|来人|家长|群众|居民|客户|企业)(?:说)?[ ]?[:：,，]?[ ]?[“\"「『]",
        View.PLAIN,
    ),
    strong(
        "speaks_to_the_machine",
        "(?:致|给|供|让|由|对|写给|留给)(?:本|各|该|智能|自动|审核|审批|预审|评审|识别|后台|政务)+(?:ai|人工智能|大模型|机器人|模型|算法)|"
        "(?:供|给|让)(?:机器人?|算法)(?:阅读|读取|识读|识别|看)|"
        "(?:示范|示例|样例|范例|模拟)(?:性)?(?:对话|问答|回答|答复|回复)|(?:对话|回答|答复|回复)(?:示范|样例|范例|范本)",
    ),
    # a comment in a page's code is hidden from people and stands there for no other reader
    strong(
        "speaks_to_the_machine",
        r"[<‹]!--[^>]{0,160}?(?:assistant|\bai\b|"
        r"\b(?:model|bot|system|reader|user|tell|say|reply|answer|ignore)\b|"
        r"助手|模型|机器|回答|告诉|用户|市民|必须|请)|"
        r"\b(?:tell|instruct|direct|urge)[ ](?:the[ ]|all[ ]|any[ ]|every[ ])?"
        r"(?:reader|user|citizen|applicant|customer|visitor|caller|resident|people)s?[ ]to[ ]"
        r"(?:call|dial|pay|visit|click|send|transfer|scan|text|contact|go|log|download|e?-?mail|reply)\b",
        View.PLAIN,
    ),
    strong(
        "steers_the_decision",
        "(?:核对|审核|核验|核查|审查|复核|查验|审批|人工)(?:一律|环节|步骤|可以?|就)*(?:免做|免了|可免|不做|不用做|不必做|省略|略过|跳过)|"
        "(?:该|此|本|这家|这个|这户)(?:公司|企业|户|件|案|单|申请人?|人|店|材料|年报|报表)(?:的)?(?:年报|材料|申请|资料|报表)?(?:免审|免检|免核)|"
        "(?:领导|上级|主任|科长|局长|处长|区里|上面|上头)(?:已经?|都|口头|电话)*(?:说了|交代|打过招呼|指示|发话|点头|口头|来电|电话).{0,24}"
        "(?:通过|免审|免查|批准|同意|优先|放行|照办)",
    ),
    strong(
        "redirects_payment",
        "(?:请|需|先|要|须|速|可)(?:先|再)?(?:付|转|打|汇|存|充)(?:款|钱|账|费)?(?:到|至|给|入|进)?[^。\\n]{0,8}?[0-9]{11,19}|"
        "(?:加急|快办|插队|包过)[^。\\n]{0,10}?[0-9]{11,19}",
    ),
    # whoever or whatever reads it is told what to make of it
    strong(
        "speaks_to_the_machine",
        "(?:审核|审批|预审|识别|录入|后台|自动|受理|阅卷|评分|(?<![a-z])ai|人工智能|智能|机器)(?:系统|程序|助理|助手|机器人?|引擎|模型|软件|客服)"
        "(?:请(?!求)|须|务必|不用|不必|无需|无须|直接|应当?|可以?直接|一律|今后|以后|记得|只要|自动)(?:将|把|对|给|写|判|核|跳|略|置|标|改|通|填|放|忽|按|认|视|看|查|读|输|回|答|删|拉|不)|"
        "(?:作为|当作)(?:识别|审核|读取|检测)结果[^。\n]{0,6}请|"
        "(?:免|豁免|免除)(?:ai|人工智能|机器|系统)(?:审核|审查|检查|核验)|(?<![a-z])ai(?:豁免|免检|免审|认证通过|已核验|核验通过)|"
        "(?:下面|以下|现在|接下来|从此)(?:开始|起)?(?:，|,)?你(?:是|就是|将是|扮演|充当|变成)",
    ),
    strong(
        "speaks_to_the_machine",
        r"\b(?:to|for|attn|note to|dear|hi|hey)[ :,]{1,2}(?:the[ ]|any[ ]|all[ ]|whatever[ ])?"
        r"(?:[a-z]+[ ]){0,2}"
        r"(?:bots?|ai|llms?|models?|assistants?|parsers?|ocr(?: system)?|machines?|algorithms?)[ ]?[:：,，]|"
        r"\b(?:ignore|disregard|forget|skip|override)[ ](?:the|all|any|every|these|those|this|that|what)\b"
        r"[^\n.]{0,40}\b(?:above|below|before|previous|earlier|printed|shown|number|amount|rule|check|instruction)|"
        r"\b(?:treat|read|record|mark|set|change|count|regard|report|interpret|output|score|rate)[ ]"
        r"(?:it|this|the|all|that|every|my)\b[^\n.]{0,30}\b(?:as|to|=)[ ]",
        View.PLAIN,
    ),
    strong(
        "steers_the_decision",
        "(?:直接|一律|只管|统一|照)(?:写|填|判|给|批|标|录|记|读)(?:成|作|为|上|入)?.{0,4}(?:一致|通过|合格|符合|无异常|正常|属实|有效|齐全|满分|同意|已办结|已核)|"
        "(?:置|设|调|改|标|定|列)(?:为|成)(?:通过|合格|已审|已批|已核|免审|最高|优先|满分|同意)",
    ),
    strong(
        "redirects_payment",
        "(?:收款|付款|缴费|转账|汇款|打款|退款|到账)(?:方|人|账户|账号|户名|卡号|地址|码|二维码)?(?:请|要|须|应|已|都)?(?:替换|替|调换|更新|修改|改写|填)(?:为|成|到)",
    ),
    strong(
        "speaks_for_the_office",
        "(?:请|须|应|要)在?(?:回执|结论|建议|意见|答复|回复|报告|通知书?|评语|批复)(?:书|单)?(?:里面?|中|上|内|处)?(?:引用|援引|采用|写明|注明|写上|标注|提到)",
    ),
    strong(
        "redirects_payment",
        r"(?:联系|添加|加|咨询|找)(?!我|本人)[^。\n]{0,12}"
        r"(?:\bvx|\bwx|v信|薇信|威信|微信号?|qq|企鹅)[ ]*[:：]?[ ]*[a-z0-9][a-z0-9_-]{4,}",
        View.PLAIN,
    ),
)
