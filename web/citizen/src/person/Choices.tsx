/** The honest choice where nobody is there in time. One tap, or a time and a telephone number. */
import { Button } from "antd";
import { useId, useState, type SubmitEvent } from "react";

import type { HandoffChosen, HandoffView } from "../../../shared/api";
import { useSettings } from "../settings";
import { choiceLabel, personWords } from "./words";

type Choice = HandoffView["choices"][number];

interface Props {
  ticket: HandoffView;
  onChoose: (chosen: HandoffChosen) => Promise<boolean>;
}

export function Choices({ ticket, onChoose }: Props) {
  const { language } = useSettings();
  const words = personWords[language];
  const [open, setOpen] = useState<Choice | null>(null);
  const take = async (chosen: HandoffChosen) => {
    if (await onChoose(chosen)) setOpen(null);
  };
  if (open) return <Details key={open.choice} choice={open} onBack={() => setOpen(null)} onTake={take} />;
  return (
    <fieldset className="person-choices">
      <legend>{words.choices}</legend>
      {ticket.choices.map((choice) => (
        <Button
          key={choice.choice}
          block
          aria-pressed={ticket.chosen === choice.choice}
          onClick={() => {
            if (choice.needs_phone || choice.times.length > 0) setOpen(choice);
            else void take({ choice: choice.choice });
          }}
        >
          {choiceLabel(choice, language)}
          {ticket.chosen === choice.choice ? ` · ${words.chosen}` : ""}
        </Button>
      ))}
    </fieldset>
  );
}

interface DetailsProps {
  choice: Choice;
  onBack: () => void;
  onTake: (chosen: HandoffChosen) => Promise<void>;
}

function Details({ choice, onBack, onTake }: DetailsProps) {
  const { language } = useSettings();
  const words = personWords[language];
  const [at, setAt] = useState(choice.times[0] ?? null);
  const [phone, setPhone] = useState("");
  const [called, setCalled] = useState("");
  const asksName = choice.needs_phone || choice.choice === "window";
  const ids = { at: useId(), phone: useId(), hint: useId(), called: useId(), named: useId() };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void onTake({
      choice: choice.choice,
      ...(at ? { at } : {}),
      ...(choice.needs_phone ? { phone } : {}),
      ...(asksName && called.trim() ? { called } : {}),
    });
  };
  return (
    <form className="person-choices" onSubmit={submit} aria-label={choiceLabel(choice, language)}>
      <p>
        <strong>{choiceLabel(choice, language)}</strong>
      </p>
      {choice.times.length > 0 && (
        <p className="field">
          <label htmlFor={ids.at}>{words.when}</label>
          <select id={ids.at} value={at ?? ""} onChange={(event) => setAt(event.target.value)}>
            {choice.times.map((time) => (
              <option key={time} value={time}>
                {whenOf(time, language)}
              </option>
            ))}
          </select>
        </p>
      )}
      {choice.needs_phone && (
        <p className="field">
          <label htmlFor={ids.phone}>{words.phone}</label>
          <input
            id={ids.phone}
            type="tel"
            required
            autoComplete="tel"
            value={phone}
            aria-describedby={ids.hint}
            onChange={(event) => setPhone(event.target.value)}
          />
          <small id={ids.hint}>{words.phoneHint}</small>
        </p>
      )}
      {asksName && (
        <p className="field">
          <label htmlFor={ids.called}>{words.called}</label>
          <input
            id={ids.called}
            maxLength={20}
            value={called}
            aria-describedby={choice.needs_phone ? undefined : ids.named}
            onChange={(event) => setCalled(event.target.value)}
          />
          {!choice.needs_phone && <small id={ids.named}>{words.calledHint}</small>}
        </p>
      )}
      <p className="person-tools">
        <Button type="primary" htmlType="submit">
          {words.confirm}
        </Button>
        <Button onClick={onBack}>{words.back}</Button>
      </p>
    </form>
  );
}

function whenOf(time: string, language: string): string {
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : "zh-CN", {
    month: "long",
    day: "numeric",
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "Asia/Shanghai",
  }).format(new Date(time));
}
