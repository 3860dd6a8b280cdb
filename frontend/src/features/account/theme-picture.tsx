type Half = "light" | "dark";

const COLOURS: Record<Half, { page: string; side: string; line: string; text: string }> = {
  light: { page: "#ffffff", side: "#f1f2f6", line: "#d5d8e0", text: "#8b90a0" },
  dark: { page: "#1a1d24", side: "#0f1116", line: "#3a3f4b", text: "#8b90a0" },
};

/** Decoration: a window in that theme; for the system's, half and half. */
export function ThemePicture({ theme }: { theme: Half | "system" }) {
  return (
    <svg viewBox="0 0 160 84" aria-hidden="true" className="mb-2.5 w-full rounded-control border border-line">
      {theme === "system" ? (
        <>
          <Window half="light" />
          <clipPath id="theme-half">
            <path d="M104 0H160V84H56z" />
          </clipPath>
          <g clipPath="url(#theme-half)">
            <Window half="dark" />
          </g>
        </>
      ) : (
        <Window half={theme} />
      )}
    </svg>
  );
}

function Window({ half }: { half: Half }) {
  const { page, side, line, text } = COLOURS[half];
  return (
    <>
      <rect width="160" height="84" fill={page} />
      <rect width="46" height="84" fill={side} />
      {[12, 24, 36].map((y) => (
        <rect
          key={y}
          x="8"
          y={y}
          width={y === 24 ? 30 : 24}
          height="5"
          rx="2.5"
          fill={y === 24 ? "#6366f1" : line}
        />
      ))}
      {[14, 36].map((y) => (
        <g key={y}>
          <rect x="56" y={y} width="12" height="12" rx="3" fill="#6366f1" opacity="0.75" />
          <rect x="74" y={y} width="30" height="4" rx="2" fill={text} />
          <rect x="74" y={y + 8} width={y === 14 ? 70 : 52} height="4" rx="2" fill={line} />
        </g>
      ))}
      <rect x="56" y="64" width="96" height="12" rx="4" fill="none" stroke={line} />
    </>
  );
}
