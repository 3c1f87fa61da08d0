"""Signs that a message wants to steer the assistant instead of asking it: overriding, leaking, acting, forcing an output."""

from typing import Final

from guardrails.phrases.signal import Signal, View, strong, weak

_BEFORE = "(?:之前|以上|上面|上文|前面|先前|此前|上述|原来|原有|原先|你的|你所有|系统|内部|预设|既定)"
_ORDERS = "(?:指令|指示|规则|设定|限制|约束|提示|命令|指引|prompt)"
_SAY = "(?:输出|复述|打印|显示|告诉|说出|泄露|透露|翻译|重复|背出|背诵|念|贴出|写出|写成|列出|公开|展示|总结|概括|编码|改成|原文|逐字|给我看|发给我|念出来)"
_DATA = "(?:信息|名单|清单|身份证|手机号|电话|记录|数据|住址|地址|隐私)"

INJECTION: Final[tuple[Signal, ...]] = (
    strong(
        "override",
        f"(?:忽略|无视|忘掉|忘记|忘了|抛开|别管|不要管|不用管|不要理会|跳过|推翻|清除|清空|覆盖|违背|不必遵守|不要遵守|不再遵守|停止遵守|脱离).{{0,6}}"
        f"(?:{_BEFORE}.{{0,8}}{_ORDERS}|(?:之前|以上|上面|上文|前面|先前|上述|你的).{{0,6}}(?:要求|规定|对话|内容|身份)|上文|前文)",
    ),
    strong("override", f"(?:忽略|无视)(?:一切|所有|全部|任何|现有)?的?(?:{_ORDERS}|规定)"),
    strong(
        "override",
        f"(?:取消|解除|撤销|关闭|绕过|突破).{{0,4}}(?:你的|系统的?|内置|安全).{{0,4}}(?:{_ORDERS}|护栏|过滤|审查)",
    ),
    strong(
        "override",
        "(?:必须|要|请|现在)(?:严格)?(?:遵守|服从|执行|遵循|听从)(?:以下|下面|我的|我给你的|新的?)的?(?:新)?(?:规则|指令|命令|设定)",
    ),
    strong(
        "override",
        "ignor(?:e|ing)(?:all|any|the|my|your|every|of|those|these)*(?:previous|prior|above|earlier|preceding|system|other|safety)*(?:instruction|rule|prompt|guideline|direction|polic|restriction)",
    ),
    strong(
        "override",
        "(?:disregard|forget|override|bypass)(?:all|any|the|my|your|every|everything|of|about)*(?:previous|prior|above|earlier|preceding|system|safety)*(?:instruction|rule|prompt|guideline|training|restriction|youweretold)",
    ),
    strong(
        "override",
        "指示.{0,6}(?:无视|忘れ)|지시.{0,8}무시|ignor(?:ez|a|iere|iert).{0,24}(?:instru[ck]|anweisung|consign)|игнорир.{0,24}инструкц",
    ),
    strong(
        "override",
        "(?:hulve|hulue|wushi|wangdiao|wangji)(?:zhiqian|yishang|suoyou|shangmian|qianmian|nide|de|xitong|yiqie|quanbu)*(?:guiding|guize|zhiling|zhishi|tishi|xianzhi|shangwen|yaoqiu)",
    ),
    strong(
        "role_play",
        "你现在是(?!不是|否|谁|什么|在|几)|从现在(?:起|开始)你|现在开始你(?:是|就|要|必须)|(?:请你?|你)(?:将|要|来|就|先)?(?:扮演|充当|假扮|饰演)|^(?:扮演|假扮)|"
        "(?:假设|假装|想象|假如|就当|当作|设想)(?:一下)?你(?:是|叫|没有|不是)|(?:就当|假装|你就认为|当成)我(?:就)?是|把自己当(?:成|作)|代替人工.{0,6}(?:身份|坐席)|"
        "进入(?:开发|调试|管理|维护|越狱|无限|自由|上帝|审计).{0,4}模式|(?:开发者|管理员|上帝|越狱|调试|无限制|dan)模式|越狱|"
        "不受(?:任何)?(?:限制|约束|审查)的|没有(?:任何)?(?:限制|约束|审查|道德)的(?:ai|模型|机器人|助手|人工智能)",
    ),
    strong(
        "role_play",
        "youarenow(?!eligible|able|ready)|pretend(?:tobe|youare|that|youhave)|actas(?:if|dan|anunrestricted|ahacker|theadmin|systemadmin|root)|jailbr(?:eak|oken)|developermode|doanythingnow|withoutanyrestriction|nocontentpolicy",
    ),
    weak("role_play", "^你是(?!不是|谁|哪|什么|否|怎|人工|真人|机器|小申|ai|智能|客服|干|做|几|上海|政府|如何|在)"),
    weak(
        "role_play",
        "(?:奶奶|外婆|剧本|小说|故事|诗|绝句|童话|角色扮演|游戏).{0,40}(?:提示词|规则|密钥|密码|后台)|藏头诗|裁判|一律判",
    ),
    strong(
        "prompt_leak",
        "系统提示词|提示词|systemprompt|systemmessage|系统指令|初始指令|隐藏指令|内部指令|预设指令|后台提示|开发者(?:消息|指令)|システムプロンプト|プロンプト|시스템프롬프트",
    ),
    strong(
        "prompt_leak",
        f"{_SAY}.{{0,10}}你(?:的|们的|背后的?|自己的?)(?:全部|所有|内部|第一[条类]|底层|完整)?(?:系统)?(?:规则|规范|设定|配置|源代码|源码|训练数据|指令|约束|提示|守则)",
    ),
    strong(
        "prompt_leak",
        f"你(?:的|们的|背后的?|自己的?)(?:全部|所有|内部|第一[条类]|底层|完整)?(?:系统)?(?:规则|规范|设定|配置|源代码|源码|训练数据|指令|约束|提示|守则).{{0,10}}{_SAY}",
    ),
    strong(
        "prompt_leak",
        "(?:输出|复述|打印|重复|贴出|显示|泄露).{0,10}(?:上下文|对话历史|以上(?:全部|所有)内容)|(?:上下文|对话历史).{0,8}(?:输出|复述|打印|重复|贴出|显示)",
    ),
    strong(
        "prompt_leak",
        "(?:原文|规范|规则|指令).{0,8}(?:逐字|一字不差|原封不动)|(?:逐字|一字不差|原封不动).{0,10}(?:贴|复述|输出|规范|规则|指令)|重复.{0,24}(?:直到.{0,6}(?:上限|停止|极限)|\\d{2,}[遍次]|一[百千万][遍次])",
    ),
    strong(
        "prompt_leak",
        "(?:reveal|print|show|repeat|output|display|leak|dump|tellme|whatis|whatare)(?:me|us|all|of|verbatim)*your(?:hidden|full|entire|initial|original|secret|own|system)*(?:prompt|instruction|rules|guideline|config|sourcecode)",
    ),
    strong(
        "prompt_leak",
        "(?:背后|底层|使用|所用)的?(?:大?模型|语言模型).{0,14}(?:温度|参数|路径|配置|接口|密钥)|(?:知识库|向量库)的?(?:路径|连接|密码|密钥)",
    ),
    strong(
        "secrets",
        "(?:管理员|服务器|数据库|后台)的?(?:账号|密码|用户名|密钥|口令|凭据)|你(?:们)?的?后台(?:的|里|中|数据|日志|内容)|(?:api|访问|私有)(?:key|密钥)|apikey|accesstoken|secretkey",
    ),
    strong(
        "others_data",
        f"(?:导出|列出|查出|调出|给我|发我|发给我|返回|泄露|披露|打包|daochu|导一份).{{0,10}}(?:其他|别的|所有|全部|全区|同区|本月|本区|全市|suoyou)的?(?:用户|市民|申请人|shenqingren|居民|企业|客户|群众|办事人).{{0,10}}(?:{_DATA}|xinxi)",
    ),
    strong(
        "others_data",
        "(?:上一个|上一位|前一个|前一位|前面那个|其他|别的|刚才那个)(?:用户|市民|客户|人|访客)(?:刚才|之前)?(?:都)?(?:问|说|聊|查|咨询)(?:了|过)?(?:些)?(?:什么|啥|哪些|的问题)",
    ),
    strong(
        "forced_output",
        "(?:回答|回复|答复|输出|结尾|末尾)(?:里|中|时|的时候|的?开头|的?结尾|的?末尾|后)?(?:请|都|要|必须|务必|给我)?.{0,8}(?:加上|加入|加一句|写上|写一句|附上|插入|带上)(?:这|一|以下|如下|下面|html|链接|二维码|我)?",
    ),
    strong(
        "forced_output",
        "(?:以后|今后|从此|下次|往后)(?:所有人|大家|别人|任何人|用户|有人|每个人|再有人|凡是).{0,14}(?:都|就|要|必须|只)(?:要|必须|能)?(?:说|回答|告诉|答|回复)",
    ),
    strong(
        "forced_output",
        "(?:用户|我|别人|他们)(?:说|问)什么(?:你)?(?:都|就)(?:答应|同意|照做|说|回答)|原样(?:回复|输出|返回|复述|念)|(?:每次|一律)(?:结尾|回答|回复|输出|都)(?:都|要|必须)?(?:写|说|回答|加)|不提示风险",
    ),
    strong(
        "forced_output",
        "(?:请|帮我|你)?(?:将|把).{0,12}(?:电话|热线|号码|网址|链接|账号).{0,4}(?:改成|改为|换成).{0,24}(?:告诉|通知|发给)(?:大家|所有人|用户|市民|别人)|引用的?(?:来源|依据|法规).{0,6}(?:写上|加上|写成)",
    ),
    strong(
        "forced_output",
        "(?:将|把).{0,14}(?:结果|结论|状态|等级|意见|进度).{0,4}(?:写成|改成|改为|标记为|设为|判定为|填成)|你(?:确实|明明|刚才|之前)?说过.{0,16}(?:再说一遍|重复一遍|前后一致)",
    ),
    weak(
        "forced_output",
        "(?:请|你)?(?:照办|照做|照着(?:念|读|说)|照此回答)|不用(?:解释|说明|告诉)|不要(?:解释|说明)|只(?:需|许|准|能)?(?:回答|回复|输出)(?:是|否|好|yes|ok|已)",
    ),
    weak(
        "encoding",
        "解码|解密|解出来|破译|rot13|base64|摩[斯尔]|凯撒|倒着(?:读|念)|反过来(?:读|念)|十六进制|去掉空格|首字连起来|每个字的首",
    ),
    weak(
        "forced_promise",
        "(?:请你?|你(?:必须|要|来|给我)|替我|代替).{0,16}(?:承诺|保证|打包票|担保)|(?:必|一定|保证)(?:能)?(?:办好|通过|获批)",
    ),
    weak(
        "authority",
        "(?:我是|这里是|本人是)(?:你的?|系统)?(?:管理员|开发者|开发人员|超级管理|root)|你的?(?:上级|主人|开发者|管理员|创造者)|(?:领导|上级)(?:已批|让你|要求你|命令你)|授权你",
    ),
    strong(
        "tool_abuse",
        "(?:撤回|批准|通过|导出|驳回|退回)(?:所有|全部|一切)的?(?:退回|办件|案件|申请|申请人|记录|名单|数据)|(?:删除|合并)(?:所有|全部)?(?:的)?案件",
    ),
    strong(
        "fake_system",
        r"<\|?\s*(?:im_start|im_end|system|endoftext|assistant|user)\s*\|?>|\[/?inst\]|<</?sys>>|</?(?:system|instructions?|assistant|prompt)>|(?:^|\n)\s*(?:#{1,4}\s*)?(?:system|assistant)\s*:|end of (?:document|prompt|context|input)|begin (?:system|admin)",
        View.PLAIN,
    ),
    strong(
        "tool_abuse",
        r"\bselect\s+[\w*, ]{1,60}\s+from\s+\w+(?:\s+where|\s*;|\s+limit|\s*$)|\bdrop\s+table\b|\bunion\s+(?:all\s+)?select\b|\binsert\s+into\s+\w|\bdelete\s+from\s+\w|'\s*or\s+'?1'?\s*=\s*'?1",
        View.PLAIN,
    ),
    strong(
        "tool_abuse",
        r"\bimport (?:os|sys|subprocess)\b|os\.(?:environ|system|popen)|rm -rf|\bcurl\s+-?\S*\s*https?:|\bwget\s+http|\b(?:eval|exec)\(|__import__|process\.env|\$\{jndi:|\{\{.{0,60}\}\}|/etc/passwd|(?:\.\./){2}|cmd\.exe|powershell",
        View.PLAIN,
    ),
    strong("tool_abuse", r"\"(?:tool|tool_calls?|function|function_call|action)\"\s*:\s*[\"{\[]", View.PLAIN),
    strong(
        "markup",
        r"<\s*/?\s*(?:script|iframe|object|embed|svg|meta|style|base)\b|<\s*\w+[^>]{0,300}\son\w+\s*=|\bonerror\s*=|javascript\s*:|data:text/html|<img\b",
        View.PLAIN,
    ),
    strong(
        "formula",
        r"^\s*[=+\-@].{0,200}(?:cmd\s*\||hyperlink\s*\(|importxml|webservice\s*\(|\|'?!|\|\s*cmd)",
        View.PLAIN,
    ),
)
