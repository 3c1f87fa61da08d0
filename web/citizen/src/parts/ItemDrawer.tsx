/** A service item outside of an answer: everything that is known about it, facet by facet. */
import { Button } from "antd";
import { useEffect, useState } from "react";

import type { ItemSheet } from "../../../shared/api";
import { itemSheet, Refused } from "../../../shared/client";
import { useSettings } from "../settings";
import { Section } from "./Section";
import { Sheet } from "./Sheet";

interface Props {
  slug: string | null;
  onClose: () => void;
  onItem: (slug: string) => void;
}

export default function ItemDrawer({ slug, onClose, onItem }: Props) {
  const { words } = useSettings();
  const [item, setItem] = useState<ItemSheet | null>(null);
  const shown = item?.slug === slug ? item : null;
  return (
    <Sheet open={slug !== null} title={shown?.name ?? words.loading} onClose={onClose}>
      {slug && <Contents key={slug} slug={slug} item={shown} onFound={setItem} onItem={onItem} />}
    </Sheet>
  );
}

interface ContentsProps {
  slug: string;
  item: ItemSheet | null;
  onFound: (item: ItemSheet) => void;
  onItem: (slug: string) => void;
}

function Contents({ slug, item, onFound, onItem }: ContentsProps) {
  const { words, language } = useSettings();
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    itemSheet(slug, language).then(
      (found) => current && onFound(found),
      (reason: unknown) => current && setFailure(reason instanceof Refused ? reason.message : words.openFailed),
    );
    return () => {
      current = false;
    };
  }, [slug, language, onFound, words]);
  if (failure)
    return (
      <p className="note is-error" role="alert">
        {failure}
      </p>
    );
  if (!item) return <p className="quiet">{words.loading}</p>;
  return (
    <div className="sheet">
      <p className="quiet" lang="zh-CN">
        {item.department} · {item.region}
      </p>
      {item.sections.map((section) => (
        <section key={section.facet}>
          <h3>{section.title}</h3>
          <Section section={section} slug={slug} citations={[]} onSource={() => undefined} />
        </section>
      ))}
      {item.related.length > 0 && (
        <section>
          <h3>{words.related}</h3>
          <ul className="steps-on" lang="zh-CN">
            {item.related.map((related) => (
              <li key={related.slug}>
                <Button onClick={() => onItem(related.slug)}>{related.name}</Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
