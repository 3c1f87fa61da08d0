/** A state as a word with a color; never the color alone. */
export type Tone = "plain" | "good" | "warn" | "danger" | "info";

export function State({ text, tone = "plain" }: { text: string; tone?: Tone }) {
  return <span className={`state is-${tone}`}>{text}</span>;
}
