/** Code as coloured spans (highlight.js grammars, lowlight's tree). In a chunk of its own: most pages show no code. */
import type { Element, Root, Text } from "hast";
import bash from "highlight.js/lib/languages/bash";
import c from "highlight.js/lib/languages/c";
import cpp from "highlight.js/lib/languages/cpp";
import csharp from "highlight.js/lib/languages/csharp";
import css from "highlight.js/lib/languages/css";
import diff from "highlight.js/lib/languages/diff";
import dockerfile from "highlight.js/lib/languages/dockerfile";
import go from "highlight.js/lib/languages/go";
import ini from "highlight.js/lib/languages/ini";
import java from "highlight.js/lib/languages/java";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import kotlin from "highlight.js/lib/languages/kotlin";
import php from "highlight.js/lib/languages/php";
import python from "highlight.js/lib/languages/python";
import ruby from "highlight.js/lib/languages/ruby";
import rust from "highlight.js/lib/languages/rust";
import sql from "highlight.js/lib/languages/sql";
import swift from "highlight.js/lib/languages/swift";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";
import { createLowlight } from "lowlight";
import { Fragment, type ReactNode, useMemo } from "react";
import { showBidiControls } from "./show-bidi-controls";

const lowlight = createLowlight({
  bash,
  c,
  cpp,
  csharp,
  css,
  diff,
  dockerfile,
  go,
  ini,
  java,
  javascript,
  json,
  kotlin,
  php,
  python,
  ruby,
  rust,
  sql,
  swift,
  typescript,
  xml,
  yaml,
});

export default function HighlightedCode({ code, language }: { code: string; language: string }) {
  return useMemo(
    () =>
      lowlight.registered(language)
        ? renderNodes(lowlight.highlight(language, code))
        : showBidiControls(code),
    [code, language],
  );
}

/** Nodes of one tree never change places, so their index is a sound key. */
function renderNodes(parent: Root | Element): ReactNode {
  return parent.children.map((node, index) => {
    const key = `${index}`;
    return <Fragment key={key}>{renderNode(node as Element | Text)}</Fragment>;
  });
}

function renderNode(node: Element | Text): ReactNode {
  if (node.type === "text") return showBidiControls(node.value);
  const classes = node.properties["className"];
  return <span className={Array.isArray(classes) ? classes.join(" ") : ""}>{renderNodes(node)}</span>;
}
