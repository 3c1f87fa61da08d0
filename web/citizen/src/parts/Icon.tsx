/** The few drawings of the page, in one stroke weight. Decoration only: whatever they mean is also said in words. */
const PATHS = {
  child: "M12 4.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM6.5 20v-2.500a5.500 5.500 0 0 1 11 0V20M9.500 7.200h.01M14.500 7.200h.01",
  home: "M4 11.500 12 4.500l8 7M6 10v9.500h12V10M10 19.500v-5.500h4v5.500",
  business: "M4.500 9.500 6 4.500h12l1.500 5M4.500 9.500a2.500 2.500 0 0 0 5 0 2.500 2.500 0 0 0 5 0 2.500 2.500 0 0 0 5 0M6 12.500v7h12v-7M10 19.500v-4h4v4",
  papers: "M3.500 6h17v12.500h-17zM6.500 15.500c.4-1.700 1.300-2.500 2.500-2.500s2.100.8 2.500 2.500M9 9a1.600 1.600 0 1 0 0 3.200A1.600 1.600 0 0 0 9 9ZM14.500 10h3.500M14.500 13.500h3.500",
  retirement: "M12 20s-7-4.300-7-9.500A3.800 3.800 0 0 1 12 8a3.800 3.800 0 0 1 7 2.500c0 5.200-7 9.500-7 9.500Z",
  car: "M4 16.500v-4l2-5.500h12l2 5.500v4M4 12.500h16M4 16.500h16M6 16.500v2.500M18 16.500v2.500M7.500 14.500h.01M16.500 14.500h.01",
  send: "M12 19.500v-15M5.500 11 12 4.500l6.500 6.500",
  stop: "M7.500 7.500h9v9h-9z",
  copy: "M9 9h10.500v10.500H9zM5 15H4.500V4.500H15V5",
  share: "M12 14.500v-10M8 8l4-4 4 4M5 12v7.500h14V12",
  sound: "M4.500 9.500v5h3.500l4.500 3.500V6L8 9.500zM16 9.500a3.500 3.500 0 0 1 0 5M18.500 7a7 7 0 0 1 0 10",
  mic: "M12 4a2.500 2.500 0 0 0-2.500 2.500v5a2.500 2.500 0 0 0 5 0v-5A2.500 2.500 0 0 0 12 4ZM6.500 11.500a5.500 5.500 0 0 0 11 0M12 17v3",
  phone: "M6.500 4.500h3l1.500 4-2 1.500a10 10 0 0 0 5 5l1.500-2 4 1.500v3a1.500 1.500 0 0 1-1.500 1.500A14 14 0 0 1 5 6a1.500 1.500 0 0 1 1.500-1.500Z",
  person: "M12 4.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7ZM5 20a7 7 0 0 1 14 0",
  plus: "M12 5v14M5 12h14",
  down: "m6 9.500 6 6 6-6",
  right: "m9.500 6 6 6-6 6",
  book: "M5 5.500h5.500A1.500 1.500 0 0 1 12 7v12.500a2 2 0 0 0-1.500-1H5zM19 5.500h-5.500A1.500 1.500 0 0 0 12 7v12.500a2 2 0 0 1 1.500-1H19z",
  flag: "M6.500 20V4.500M6.500 5.500h11l-2.500 4 2.500 4h-11",
  undo: "M8.500 5 4.500 9l4 4M5 9h9a5 5 0 0 1 0 10H9",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

export function isIcon(name: string): name is IconName {
  return name in PATHS;
}

/** The mark: a white magnolia, the city's flower. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <rect width="64" height="64" rx="18" />
      <g>
        <path d="M32 11c6 7 8 15 6 24-1 4-3 7-6 9-3-2-5-5-6-9-2-9 0-17 6-24z" />
        <path opacity=".78" d="M13 25c8 1 13 6 15 14 0 3 0 6-1 8-3 0-6-1-8-4-4-4-6-10-6-18z" />
        <path opacity=".78" d="M51 25c-8 1-13 6-15 14 0 3 0 6 1 8 3 0 6-1 8-4 4-4 6-10 6-18z" />
        <rect x="30.5" y="45" width="3" height="9" rx="1.5" />
      </g>
    </svg>
  );
}
