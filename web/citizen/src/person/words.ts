/** The words around a person, in both languages. What the Chinese page says of the state comes from the server. */
import type { HandoffView } from "../../../shared/api";
import type { Language } from "../words";

const zh = {
  region: "人工服务",
  waiting: "正在找工作人员",
  place: (n: number) => `第 ${n} 位`,
  placeLabel: "排队位置",
  estimate: (s: number) => (s < 45 ? "不到1分钟" : `约${String(Math.max(1, Math.round(s / 60)))}分钟`),
  estimateLabel: "估计还要",
  unknown: "说不准",
  waited: (s: number) => (s < 60 ? "不到1分钟" : `${String(Math.floor(s / 60))}分钟`),
  waitedLabel: "已经等了",
  choices: "您可以选一种",
  chosen: "已选",
  cancel: "不找人工了",
  end: "结束人工服务",
  when: "选个时间",
  phone: "您的电话",
  phoneHint: "只用来给您回这个电话，打完就删",
  called: "怎么称呼您",
  confirm: "确定",
  back: "返回",
  staff: "工作人员",
  leader: "领导帮办",
  real: "真人为您服务",
  silent: "真人服务中，小申不作答",
  you: "您",
  system: "提示",
  typing: "对方正在输入…",
  read: "已读",
  sending: "发送中…",
  broken: "连接断了，正在重新连接。您写的内容还在，连上后会自动发送。",
  file: "发图片或PDF",
  rate: "请给这次服务打个分",
  grades: ["很不满意", "不满意", "一般", "满意", "很满意"],
  why: "哪一点？点一下就提交",
  noReason: "不说原因，提交",
  rated: "谢谢，已记下您的评价。",
  reopen: "还没解决，重新接上",
  code: "接续码",
  placeholder: "写给工作人员",
};

const en: typeof zh = {
  region: "Help by a person",
  waiting: "Looking for a person",
  place: (n) => `No. ${n}`,
  placeLabel: "Place in line",
  estimate: (s) => (s < 45 ? "under a minute" : `about ${String(Math.max(1, Math.round(s / 60)))} min`),
  estimateLabel: "Estimated wait",
  unknown: "cannot say",
  waited: (s) => (s < 60 ? "under a minute" : `${String(Math.floor(s / 60))} min`),
  waitedLabel: "Waited so far",
  choices: "You can choose",
  chosen: "Chosen",
  cancel: "I need no person any more",
  end: "End the talk with the person",
  when: "Choose a time",
  phone: "Your telephone number",
  phoneHint: "Used for this call only and deleted afterwards",
  called: "How to address you",
  confirm: "Confirm",
  back: "Back",
  staff: "Staff",
  leader: "Senior staff",
  real: "A person is helping you",
  silent: "A person is here; Xiao Shen does not answer",
  you: "You",
  system: "Note",
  typing: "The other side is typing…",
  read: "Read",
  sending: "Sending…",
  broken: "The line is broken and being restored. What you wrote is kept and will be sent.",
  file: "Send a picture or PDF",
  rate: "Please rate this help",
  grades: ["Very poor", "Poor", "Fair", "Good", "Very good"],
  why: "What about it? One tap sends it",
  noReason: "Send without a reason",
  rated: "Thank you, your rating is kept.",
  reopen: "Not solved: connect me again",
  code: "Code",
  placeholder: "Write to the person",
};

export const personWords: Record<Language, typeof zh> = { zh, en };

const CHOICES_EN: Record<HandoffView["choices"][number]["choice"], string> = {
  keep_waiting: "Keep waiting, in the same place",
  call_back: "Call me back at a time I choose",
  leave_contact: "Take my number and call when you can",
  window: "I will come to a window at a time I choose",
};
const STATES_EN: Record<HandoffView["state"], string> = {
  closed_now: "Nobody is on duty now. You can choose one of these.",
  waiting: "Somebody will be with you. You can go on asking Xiao Shen meanwhile.",
  offered: "Connecting you, usually a few seconds.",
  accepted: "A person has taken over and is reading what you said; no need to repeat it.",
  talking: "A person is helping you. Xiao Shen does not answer.",
  owed_call: "Noted: somebody will call you.",
  ended: "The help by a person has ended. Xiao Shen is with you again.",
};

export const choiceLabel = (choice: HandoffView["choices"][number], language: Language): string =>
  language === "en" ? CHOICES_EN[choice.choice] : choice.label;
export const noticeOf = (ticket: HandoffView, language: Language): string =>
  language === "en" ? STATES_EN[ticket.state] : ticket.notice;
