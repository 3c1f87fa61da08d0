/** The form that both see: the clerk proposes a value, the citizen takes it or not; nothing is written from here. */
import { Button, Input, Select } from "antd";
import { useState } from "react";

import type { SharedField, SharedForm } from "../../../shared/api";

interface Props {
  form: SharedForm;
  onPropose: (key: string, value: string, mark: string) => Promise<boolean>;
  onTakeBack: (proposal: string) => Promise<boolean>;
}

export function FormBox({ form, onPropose, onTakeBack }: Props) {
  const [at, setAt] = useState<string | null>(null);
  return (
    <section className="part form-box" aria-label="一起填表">
      <h2>
        一起填表 <span className="state is-good">市民已同意</span>
      </h2>
      <p className="quiet">市民看到的是同一张表。您只能提建议，填不填由市民定；证件号等只显示头尾。</p>
      <ul>
        {form.fields.map((field) => (
          <li key={field.key} className={field.required ? "is-asked" : undefined}>
            <div className="form-line">
              <span className="form-name">{field.name}</span>
              <span className="form-value">
                {field.value || <span className="quiet">{field.required ? "还没填" : "选填"}</span>}
                {field.source && <span className="sub">{field.source}</span>}
              </span>
              {field.proposed !== null && field.proposal !== null ? (
                <Button size="small" onClick={() => void onTakeBack(field.proposal ?? "")}>
                  收回
                </Button>
              ) : (
                !field.locked &&
                at !== field.key && (
                  <Button size="small" className="propose" aria-label={`对${field.name}提建议`} onClick={() => setAt(field.key)}>
                    建议
                  </Button>
                )
              )}
              {field.locked && <span className="quiet">已核验</span>}
            </div>
            {field.proposed !== null && <p className="note">已建议“{field.proposed}”，等市民决定。</p>}
            {at === field.key && (
              <Propose
                key={field.mark}
                field={field}
                onClose={() => setAt(null)}
                onPropose={(value) => void onPropose(field.key, value, field.mark).then((done) => done && setAt(null))}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ProposeProps {
  field: SharedField;
  onPropose: (value: string) => void;
  onClose: () => void;
}

function Propose({ field, onPropose, onClose }: ProposeProps) {
  const [value, setValue] = useState("");
  const send = () => value.trim() && onPropose(value.trim());
  return (
    <div className="propose-row">
      {field.choices.length > 0 ? (
        <Select
          autoFocus
          defaultOpen
          aria-label={`建议填${field.name}`}
          value={value || null}
          options={field.choices.map((choice) => ({ value: choice, label: choice }))}
          onChange={(chosen: string) => setValue(chosen)}
        />
      ) : (
        <Input
          autoFocus
          aria-label={`建议填${field.name}`}
          placeholder={field.help || `建议填的${field.name}`}
          value={value}
          onChange={(event) => setValue(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.nativeEvent.isComposing) send();
            else if (event.key === "Escape") onClose();
          }}
        />
      )}
      <Button size="small" type="primary" disabled={!value.trim()} onClick={send}>
        提建议
      </Button>
      <Button size="small" type="text" onClick={onClose}>
        算了
      </Button>
    </div>
  );
}
