import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "./button";

interface SecretOnceProps {
  label: string;
  hint: string;
  secret: string;
}

/** Something the server says only once, to be copied now. */
export function SecretOnce({ label, hint, secret }: SecretOnceProps) {
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    setIsCopied(true);
  };
  return (
    <div className="rounded-card border border-ok bg-surface p-3">
      <p className="font-medium text-sm">{label}</p>
      <p className="text-muted text-sm">{hint}</p>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 select-all whitespace-pre-line break-all rounded-control bg-hover px-2.5 py-1.5 font-mono text-sm">
          {secret}
        </code>
        <Button onClick={() => void copy()}>
          {isCopied ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
          {isCopied ? "Copied" : "Copy"}
        </Button>
      </div>
    </div>
  );
}
