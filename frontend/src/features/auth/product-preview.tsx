import { Hash } from "lucide-react";
import { Markdown } from "@/shared/lib/markdown/markdown";
import { Avatar } from "@/shared/ui/avatar";

const MESSAGES = [
  {
    name: "Ada Lovelace",
    time: "09:41",
    body: "Resume now replays from `seq`, so a closed laptop lid costs one round trip.",
  },
  {
    name: "Linus Torvalds",
    time: "09:43",
    body: "Nice. @grace did you see p99 on staging?\n- before: **840 ms**\n- after: **37 ms**",
  },
  {
    name: "Grace Hopper",
    time: "09:44",
    body: "Shipping it. The gap branch is two lines:\n```rust\nmatch log.since(cursor) {\n    Some(events) => Ok(events),\n    None => Err(Gap { oldest: log.oldest() }),\n}\n```",
  },
];

/** Decoration: what a room looks like, drawn with the product's own parts. */
export default function ProductPreview() {
  return (
    <div aria-hidden="true" inert className="grid h-full place-items-center p-12">
      <div className="w-full max-w-2xl">
        <div className="overflow-hidden rounded-panel border border-line bg-surface shadow-float">
          <div className="flex h-12 items-center gap-2 border-line border-b px-5">
            <Hash size={17} className="text-muted" />
            <span className="font-semibold">backend</span>
            <span className="text-muted text-sm">Shipping the resume protocol</span>
          </div>
          <div className="space-y-4 p-5">
            {MESSAGES.map(({ name, time, body }, index) => (
              <div key={name} className="grid grid-cols-[2.25rem_1fr] gap-x-3">
                <Avatar id={String(index)} name={name} />
                <div className="min-w-0">
                  <p className="flex items-baseline gap-2">
                    <span className="font-semibold">{name}</span>
                    <span className="text-meta text-muted">{time}</span>
                  </p>
                  <Markdown source={body} me="grace" />
                </div>
              </div>
            ))}
          </div>
        </div>
        <p className="mt-6 text-center text-muted">
          Nothing lost, nothing twice, always in order. Even on a train.
        </p>
      </div>
    </div>
  );
}
