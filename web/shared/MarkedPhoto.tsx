/** A photo that somebody handed in, with the place marked that is spoken of. Nothing where it cannot be shown. */
import { useState } from "react";

interface Props {
  /** Address of the picture. */
  src: string;
  /** Left, top, right and bottom, as shares of the picture. */
  place: readonly number[];
  /** What the picture shows, said in words. */
  label: string;
}

export function MarkedPhoto({ src, place, label }: Props) {
  const [missing, setMissing] = useState(false);
  const [left = 0, top = 0, right = 0, bottom = 0] = place;
  if (missing) return null;
  return (
    <figure className="marked-photo" style={{ margin: "8px 0" }}>
      <figcaption>{label}</figcaption>
      <div style={{ position: "relative" }}>
        <img src={src} alt={label} loading="lazy" onError={() => setMissing(true)} style={{ display: "block", width: "100%" }} />
        <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true" style={{ position: "absolute", inset: 0, width: "100%", height: "100%" }}>
          <rect x={left} y={top} width={right - left} height={bottom - top} fill="#ffd54f" fillOpacity={0.35} stroke="#b42318" strokeWidth={2} vectorEffect="non-scaling-stroke" />
        </svg>
      </div>
    </figure>
  );
}
