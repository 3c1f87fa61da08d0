/** A sentence that the server says in Chinese, and in English where it is one of ours; else it stays, marked as Chinese. */
import { useSettings } from "../settings";

interface Props {
  zh: string;
  en: string;
  /** What to say in English before words that only a rule or a sheet has, in Chinese. */
  lead?: string | undefined;
}

export function Said({ zh, en, lead }: Props) {
  const { language } = useSettings();
  if (language === "zh") return <>{zh}</>;
  if (en) return <>{en}</>;
  return (
    <>
      {lead && `${lead} `}
      <span lang="zh-CN">{zh}</span>
    </>
  );
}
