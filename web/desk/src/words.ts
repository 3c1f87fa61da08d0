/** Words of the desk. */
export const KINDS: Record<string, string> = {
  answer: "回答",
  question: "追问",
  case: "一次性告知",
  greeting: "开场白",
  canned: "常用语",
};
export const RESULTS: Record<string, string> = { pass: "符合", fail: "不符合", unknown: "待核对" };
export const OUTCOMES: Record<string, string> = { pass: "预审通过", return: "预审：要补正", human: "预审：要人工核对" };
export const VISITS: Record<string, string> = { expected: "会来", came: "来了", not_come: "没来", cancelled: "已取消" };
export const DUTIES: Record<string, string> = { on: "在岗", break: "小休", off: "离岗" };
export const STATES: Record<string, string> = {
  new: "待核实",
  counted: "已计入",
  set_aside: "已剔除",
  owned: "整改中",
  called_back: "已回访",
  mended: "待复核",
  closed: "已办结",
};
export const FILE_WORDS = { making: "正在生成预览…", none: "不能预览，可以下载看", covered: "预览里的证件号和电话已遮住", download: "下载原件（有记录）" };
export const ASIDES: Record<string, string> = { false: "与事实不符", malicious: "恶意", not_ours: "不针对本次服务" };
export const STEPS: Record<string, string> = {
  set_aside: "核实后剔除",
  verified: "核实属实，指定了责任人",
  called_back: "回访",
  mended: "整改",
  checked: "复核通过",
  sent_back: "复核退回",
};
