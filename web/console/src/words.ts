/** Words of the console for the codes of the API, and how dates and numbers are written. */
import type { Capability, JobState, RiskKind, VersionState, WorkKind, WorkState } from "../../shared/api";

export const VERSION_STATES: Record<VersionState, string> = {
  draft: "草稿",
  reviewed: "已审核",
  published: "已发布",
  superseded: "已被替换",
  withdrawn: "已撤回",
};

export const JOB_STATES: Record<JobState, string> = {
  queued: "排队中",
  reading: "读取中",
  reviewing: "已入库，待审核",
  done: "已发布",
  skipped: "没有读取",
  failed: "失败",
  quarantined: "已隔离",
  cancelled: "已取消",
};

export const WORK_KINDS: Record<WorkKind, { title: string; about: string; none: string }> = {
  due: {
    title: "到期提醒",
    about: "新政策生效前一个工作日必须能答；这里列出还没准备好的。",
    none: "没有要赶的：近期生效的政策都能答了。",
  },
  conflict: {
    title: "来源冲突",
    about: "两份现行来源在数字、材料或条件上说法不一样。",
    none: "没有发现互相矛盾的来源。",
  },
  stale: {
    title: "陈旧内容",
    about: "依据已被替换、太久没核对，或者引用的地方已经不存在。",
    none: "没有发现陈旧的内容。",
  },
  reported: {
    title: "被指有误的回答",
    about: "市民或工作人员说答得不对的回答；核实后改依据，并存为评测样例。",
    none: "没有人说答得不对。",
  },
  signal: {
    title: "没办成的对话",
    about: "核对没通过、没发出去的回答，以及转给工作人员的提问；看看下次能不能自己答。",
    none: "没有被拦下的回答，也没有转人工的提问。",
  },
  gap: {
    title: "知识缺口",
    about: "市民问了、没能答的问题，意思相近的归在一起。",
    none: "还没有答不上来的问题。",
  },
};

export const SWITCHES: Record<Capability, { title: string; off: string }> = {
  "chat.page": { title: "网页问答", off: "市民看到12345和窗口的指引" },
  "chat.api": { title: "接口问答", off: "接口只回复12345和窗口的指引" },
  model: { title: "大模型", off: "只用资料原文组织回答" },
  uploads: { title: "上传文件", off: "市民和工作人员都不能上传" },
  handling: { title: "引导办事", off: "只答疑，不办件" },
  handoff: { title: "转人工", off: "不再排队，指引到12345" },
  publishing: { title: "发布知识", off: "不能发布，仍可撤回" },
};

export const RISK_KINDS: Record<RiskKind, string> = {
  turn: "问答结果",
  stop: "护栏拦下",
  why: "没有答成",
  degraded: "部分资料查不到",
  model: "大模型没用上",
  failure: "系统错误",
  report: "被指有误",
};

export const WORK_STATES: Record<WorkState, string> = {
  open: "待认领",
  taken: "处理中",
  done: "已完成",
  set_aside: "已搁置",
};

export const ACTIONS: Record<string, string> = {
  saved: "上传",
  corrected: "修改段落",
  replaced: "被新的修改代替",
  reviewed: "审核通过",
  approved: "批准发布",
  published: "发布",
  superseded: "被新版本替换",
  withdrawn: "撤回",
  restored: "恢复为草稿",
  taken: "认领",
  done: "完成",
  set_aside: "搁置",
  reopened: "重新打开",
  drafted: "起草条目",
};

export const LEGS: Record<string, string> = { lexical: "词面", dense: "语义", rerank: "重排" };

export const DECISIONS: Record<string, string> = { accept: "认定", clarify: "需要反问", none: "没有对应事项" };

const MOMENT = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hour12: false,
});

export const moment = (iso: string) => MOMENT.format(new Date(iso)).replaceAll("/", "-");

export const count = (n: number) => n.toLocaleString("zh-CN");

export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} 字节`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export function span(from: string | null, to: string | null): string {
  if (!from && !to) return "未注明";
  return `${from ?? "未注明"} 起${to ? `，至 ${to}` : ""}`;
}

/** The sentence that stands for a document's place. */
export const place = (heading: string, clause: string | null) => [heading, clause].filter(Boolean).join(" · ");

/** How a turn ended, as those who run the service call it. */
export const OUTCOMES: Readonly<Record<string, string>> = {
  answered: "已回答",
  clarify: "反问",
  cannot_answer: "答不了",
  refused: "拒绝",
  handoff: "转人工",
};
