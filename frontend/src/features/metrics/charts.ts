/** What the page shows: which figures of the server, and how they are said. */
import { gauge, perSecond, quantile, type Reading } from "./rates";

export interface Line {
  label: string;
  /** A text colour of the design; the line has the same. */
  color: string;
  /** `null`: nothing is known, and the line has a gap. */
  read: (before: Reading | null, now: Reading) => number | null;
}

export interface ChartKind {
  title: string;
  hint: string;
  /** Follows each number, as in `12/s`. */
  unit: string;
  lines: readonly Line[];
}

const ofClass =
  (digit: string): Line["read"] =>
  (before, now) =>
    perSecond(
      before,
      now,
      "devschat_http_request_seconds_count",
      ({ status }) => status?.startsWith(digit) ?? false,
    );

const ms = (seconds: number | null) => (seconds === null ? null : seconds * 1_000);

const commitQuantile =
  (q: number): Line["read"] =>
  (before, now) =>
    ms(quantile(before, now, "devschat_commit_seconds", q));

const rateOf =
  (name: string): Line["read"] =>
  (before, now) =>
    perSecond(before, now, name);

export const CHARTS: readonly ChartKind[] = [
  {
    title: "Connections",
    hint: "Open sockets, and people they belong to.",
    unit: "",
    lines: [
      { label: "Sockets", color: "text-accent", read: (_, now) => gauge(now, "devschat_sockets") },
      { label: "People online", color: "text-ok", read: (_, now) => gauge(now, "devschat_users_online") },
    ],
  },
  {
    title: "Messages",
    hint: "Stored, each once.",
    unit: "/s",
    lines: [{ label: "Messages", color: "text-accent", read: rateOf("devschat_messages_committed_total") }],
  },
  {
    title: "Deliveries",
    hint: "Frames with events, each once for every socket that follows the room.",
    unit: "/s",
    lines: [{ label: "Frames", color: "text-accent", read: rateOf("devschat_frames_delivered_total") }],
  },
  {
    title: "Commit latency",
    hint: "From having a batch of messages to having it stored, which is what an acknowledgement waits for.",
    unit: " ms",
    lines: [
      { label: "Median (p50)", color: "text-accent", read: commitQuantile(0.5) },
      { label: "Slowest hundredth (p99)", color: "text-warn", read: commitQuantile(0.99) },
    ],
  },
  {
    title: "REST errors",
    hint: "Refused calls, and calls that failed here.",
    unit: "/s",
    lines: [
      { label: "Refused (4xx)", color: "text-warn", read: ofClass("4") },
      { label: "Failed (5xx)", color: "text-danger", read: ofClass("5") },
    ],
  },
  {
    title: "Holding back",
    hint: "Gaps that clients heard and read again, news lost between instances, and what was too often.",
    unit: "/s",
    lines: [
      { label: "Gaps", color: "text-accent", read: rateOf("devschat_client_gaps_total") },
      { label: "Lost news", color: "text-danger", read: rateOf("devschat_relay_lost_total") },
      { label: "Too often", color: "text-warn", read: rateOf("devschat_rate_limited_total") },
    ],
  },
];

/** One moment: when, and each line's value in the order of `CHARTS` and their lines. */
export interface Moment {
  at: number;
  values: readonly (readonly (number | null)[])[];
}

export const momentOf = (before: Reading | null, now: Reading): Moment => ({
  at: now.at,
  values: CHARTS.map(({ lines }) => lines.map(({ read }) => read(before, now))),
});

const number = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });

export const formatFigure = (value: number | null | undefined, unit: string): string =>
  value === null || value === undefined ? "–" : `${number.format(value)}${unit}`;

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

export const formatMoment = ({ at }: Moment): string => clock.format(at * 1_000);
