/** A sheet over the page: from below on a phone, from the side on a wide screen. */
import { Drawer } from "antd";
import { useEffect, useState, type ReactNode } from "react";

import { useSettings } from "../settings";

interface Props {
  open: boolean;
  title: string;
  onClose: () => void;
  children: ReactNode;
}

// Not the body: antd would lock its scrolling with a style sheet that our content policy refuses.
const layers = () => document.getElementById("layers") ?? document.body;

export function Sheet({ open, title, onClose, children }: Props) {
  const { words } = useSettings();
  const wide = useWide();
  useEffect(() => {
    document.documentElement.classList.toggle("has-sheet", open);
    return () => document.documentElement.classList.remove("has-sheet");
  }, [open]);
  return (
    <Drawer
      open={open}
      onClose={onClose}
      placement={wide ? "right" : "bottom"}
      size={wide ? 460 : "86%"}
      title={<h2 className="sheet-title" lang="zh-CN">{title}</h2>}
      closable={{ placement: "end", "aria-label": words.close }}
      getContainer={layers}
      rootClassName="sheet-root"
      destroyOnHidden
    >
      {/* Focusable, so that the keyboard can scroll it. */}
      <div className="sheet-scroll" tabIndex={0} role="region" aria-label={title}>
        {children}
      </div>
    </Drawer>
  );
}

function useWide(): boolean {
  const [wide, setWide] = useState(() => matchMedia("(min-width: 720px)").matches);
  useEffect(() => {
    const query = matchMedia("(min-width: 720px)");
    const follow = () => setWide(query.matches);
    query.addEventListener("change", follow);
    return () => query.removeEventListener("change", follow);
  }, []);
  return wide;
}
