/** The place on a photo that is spoken of, large enough to read; the whole photo one tap further. Nothing where it cannot be shown. */
import { Button } from "antd";
import { useState } from "react";

interface Props {
  /** Address of the picture. */
  src: string;
  /** Left, top, right and bottom, as shares of the picture. */
  place: readonly number[];
  /** What the picture shows, said in words. */
  label: string;
  /** What the button says: to see all of it, to see the place again. */
  words?: { whole: string; near: string };
}

const CHINESE = { whole: "看整张", near: "只看这一处" };
/** A window on the photo shows at least this share of its width, and is at most so much wider than high. */
const LEAST = 0.45;
const WIDEST = 3.2;

export function MarkedPhoto({ src, place, label, words = CHINESE }: Props) {
  const [missing, setMissing] = useState(false);
  const [whole, setWhole] = useState(false);
  const [size, setSize] = useState({ width: 0, height: 0 });
  if (missing) return null;
  const [left = 0, top = 0, right = 1, bottom = 1] = place;
  const seen = size.width === 0 || whole ? { x: 0, y: 0, width: 1, height: 1 } : around(left, top, right, bottom, size.width / size.height);
  return (
    <figure className="marked-photo" style={{ margin: "8px 0", maxWidth: 520 }}>
      <figcaption style={{ display: "flex", justifyContent: "space-between", alignItems: "center", gap: 8 }}>
        <span>{label}</span>
        <Button size="small" type="text" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? words.near : words.whole}
        </Button>
      </figcaption>
      <div
        style={{
          position: "relative",
          overflow: "hidden",
          borderRadius: 8,
          aspectRatio: size.width > 0 ? `${String(seen.width * size.width)} / ${String(seen.height * size.height)}` : undefined,
        }}
      >
        <div
          style={{
            position: size.width > 0 ? "absolute" : "relative",
            width: `${String(100 / seen.width)}%`,
            left: `${String((-seen.x / seen.width) * 100)}%`,
            top: `${String((-seen.y / seen.height) * 100)}%`,
          }}
        >
          <img
            src={src}
            alt={label}
            loading="lazy"
            onError={() => setMissing(true)}
            onLoad={(event) => setSize({ width: event.currentTarget.naturalWidth, height: event.currentTarget.naturalHeight })}
            style={{ display: "block", width: "100%" }}
          />
          <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true" style={{ position: "absolute", inset: 0, width: "100%", height: "100%" }}>
            <rect x={left} y={top} width={right - left} height={bottom - top} fill="#ffd54f" fillOpacity={0.3} stroke="#b42318" strokeWidth={2} vectorEffect="non-scaling-stroke" />
          </svg>
        </div>
      </div>
    </figure>
  );
}

/** A window around the place, with some of what stands beside it; within the picture, all of it as shares. */
function around(left: number, top: number, right: number, bottom: number, ratio: number) {
  const width = Math.min(1, Math.max(LEAST, (right - left) * 1.3));
  const height = Math.min(1, Math.max((bottom - top) * 2.2, (width * ratio) / WIDEST));
  const within = (middle: number, length: number) => Math.min(1 - length, Math.max(0, middle - length / 2));
  return { x: within((left + right) / 2, width), y: within((top + bottom) / 2, height), width, height };
}
