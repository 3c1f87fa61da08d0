/** A list narrowed by typing and chosen from by arrows and Enter: commands, colleagues, canned answers. */
import { Input } from "antd";
import { useState, type ReactNode } from "react";

interface Props<One> {
  id: string;
  label: string;
  listed: string;
  placeholder: string;
  nothing: string;
  choices: One[];
  keyOf: (one: One) => string;
  searched: (one: One) => string;
  shown: (one: One) => ReactNode;
  onChoose: (one: One) => void;
  more?: (one: One) => ReactNode;
}

export function FoundByTyping<One>(props: Props<One>) {
  const [wanted, setWanted] = useState("");
  const [at, setAt] = useState(0);
  const found = props.choices.filter((one) => props.searched(one).includes(wanted.trim()));
  const chosen = found[at];
  return (
    <>
      <Input
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls={props.id}
        aria-activedescendant={chosen ? `${props.id}-${String(at)}` : undefined}
        aria-label={props.label}
        placeholder={props.placeholder}
        value={wanted}
        onChange={(event) => {
          setWanted(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") setAt((n) => Math.min(n + 1, found.length - 1));
          else if (event.key === "ArrowUp") setAt((n) => Math.max(n - 1, 0));
          else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
            if (chosen) props.onChoose(chosen);
          } else return;
          event.preventDefault();
        }}
      />
      <ul className="commands" id={props.id} role="listbox" aria-label={props.listed}>
        {found.map((one, n) => (
          <li
            key={props.keyOf(one)}
            id={`${props.id}-${String(n)}`}
            role="option"
            aria-selected={n === at}
            onClick={() => props.onChoose(one)}
          >
            {props.shown(one)}
          </li>
        ))}
        {found.length === 0 && <li className="quiet">{props.nothing}</li>}
      </ul>
      {chosen && props.more?.(chosen)}
    </>
  );
}
