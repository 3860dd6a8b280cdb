/** What a login calls itself, in words. Rough on purpose: it only has to be recognised by its owner. Pure. */

const PROGRAMS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
  [/^curl\//, "curl"],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];

const MAX_UNKNOWN = 60;

export interface Device {
  name: string;
  isPhone: boolean;
}

export function describeAgent(agent: string): Device {
  const nameIn = (list: typeof PROGRAMS) => list.find(([pattern]) => pattern.test(agent))?.[1];
  const program = nameIn(PROGRAMS);
  const system = nameIn(SYSTEMS);
  const isPhone = system === "iPhone" || system === "Android";
  if (program && system) return { name: `${program} on ${system}`, isPhone };
  return { name: program ?? (agent.trim().slice(0, MAX_UNKNOWN) || "Unknown program"), isPhone };
}
