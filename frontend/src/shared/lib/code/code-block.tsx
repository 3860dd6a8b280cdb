import { Check, Copy, WrapText } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { languageName } from "./language-name";
import { showBidiControls } from "./show-bidi-controls";

/** Without the highlighter (offline, or replaced by a newer build) code is shown plain: colours are decoration. */
const HighlightedCode = lazy(() =>
  import("./highlighted-code").catch(() => ({
    default: ({ code }: { code: string; language: string }) => showBidiControls(code),
  })),
);
const COPIED_MS = 1_500;
const MAX_HIGHLIGHTED = 20 * 1024;

/** Fenced code: its language, wrap and copy buttons, and colours once the highlighter is there. */
export function CodeBlock({ code, language }: { code: string; language: string }) {
  const [isCopied, setIsCopied] = useState(false);
  const [isWrapped, setIsWrapped] = useState(false);
  const name = languageName(language);
  const lines = code.split("\n").length;
  const copy = async () => {
    await navigator.clipboard.writeText(code);
    setIsCopied(true);
    setTimeout(() => setIsCopied(false), COPIED_MS);
  };
  const plain = showBidiControls(code);
  const isHighlighted = language !== "" && code.length <= MAX_HIGHLIGHTED;
  return (
    <figure className="code" data-wrap={isWrapped || undefined}>
      <figcaption>
        <span className="mr-auto">{language || "text"}</span>
        <button
          type="button"
          className="icon-button"
          aria-label="Wrap long lines"
          title="Wrap long lines"
          aria-pressed={isWrapped}
          onClick={() => setIsWrapped(!isWrapped)}
        >
          <WrapText size={15} />
        </button>
        <button type="button" className="icon-button" aria-label="Copy code" title="Copy code" onClick={copy}>
          {isCopied ? <Check size={15} className="text-ok" /> : <Copy size={15} />}
        </button>
      </figcaption>
      <pre tabIndex={0} role="group" aria-label={`${name} code, ${lines} ${lines === 1 ? "line" : "lines"}`}>
        <code>
          {isHighlighted ? (
            <Suspense fallback={plain}>
              <HighlightedCode code={code} language={language} />
            </Suspense>
          ) : (
            plain
          )}
        </code>
      </pre>
    </figure>
  );
}
