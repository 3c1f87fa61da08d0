/** A page of an original as a picture, with the lines of a passage marked on it. Nothing where no picture can be made. */
import { useState } from "react";

import type { WirePlace } from "./api";

interface Props {
  /** Address of the pages; the number of the page follows it. */
  pages: string;
  place: WirePlace;
  /** What the picture shows, said in words. */
  label: string;
}

const percent = (share: number) => `${(share * 100).toFixed(2)}%`;

export function PagePicture({ pages, place, label }: Props) {
  const [missing, setMissing] = useState(false);
  if (missing) return null;
  return (
    <figure className="page-picture">
      <figcaption>{label}</figcaption>
      <div className="page-picture-sheet">
        <img src={`${pages}${place.page}`} alt={label} loading="lazy" onError={() => setMissing(true)} />
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {place.boxes.map(([left, top, right, bottom], n) => (
            <rect
              key={n}
              x={percent(left)}
              y={percent(top)}
              width={percent(right - left)}
              height={percent(bottom - top)}
            />
          ))}
        </svg>
      </div>
    </figure>
  );
}
