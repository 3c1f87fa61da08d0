/** 好差评 in two taps: how it was, and why. */
import { Button } from "antd";
import { useEffect, useState } from "react";

import type { HandoffRating, HandoffView, RatingReasons } from "../../../shared/api";
import { useSettings } from "../settings";
import { ratingReasons } from "./calls";
import { personWords } from "./words";

const BAD = 2;

interface Props {
  ticket: HandoffView;
  onRate: (rating: HandoffRating) => Promise<boolean>;
  onReopen: () => Promise<boolean>;
}

export function Rating({ ticket, onRate, onReopen }: Props) {
  const { language } = useSettings();
  const words = personWords[language];
  const [stars, setStars] = useState<number | null>(null);
  const [reasons, setReasons] = useState<RatingReasons | null>(null);
  const helped = ["solved", "signposted", "unsolved", "withdrawn"].includes(ticket.ending ?? "") && ticket.clerk !== null;
  useEffect(() => {
    if (helped) void ratingReasons(language).then(setReasons, () => setReasons({ good: [], bad: [] }));
  }, [helped, language]);

  if (!helped) return null;
  const rate = (why: string[]) => {
    if (stars !== null) void onRate({ stars, reasons: why, text: "" }).then((kept) => kept && setStars(null));
  };
  const offered = stars !== null && stars <= BAD ? reasons?.bad : reasons?.good;
  return (
    <div className="person-rating">
      {ticket.stars !== null && stars === null ? (
        <p role="status">{words.rated}</p>
      ) : (
        <fieldset>
          <legend>{stars === null ? words.rate : words.why}</legend>
          {stars === null ? (
            <div className="person-chips">
              {words.grades.map((grade, index) => (
                <Button key={grade} onClick={() => setStars(index + 1)}>
                  {grade}
                </Button>
              ))}
            </div>
          ) : (
            <div className="person-chips">
              {(offered ?? []).map((reason) => (
                <Button key={reason} lang="zh-CN" onClick={() => rate([reason])}>
                  {reason}
                </Button>
              ))}
              <Button type="primary" onClick={() => rate([])}>
                {words.noReason}
              </Button>
            </div>
          )}
        </fieldset>
      )}
      <Button onClick={() => void onReopen()}>{words.reopen}</Button>
    </div>
  );
}
