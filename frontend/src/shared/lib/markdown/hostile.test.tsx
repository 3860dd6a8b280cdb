import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { HOSTILE } from "@/test/hostile-markdown";
import { Markdown } from "./markdown";
import { plainSummary } from "./plain-summary";

/** Everything a message may become; `button` and `svg` are the code block's own. */
const ELEMENTS = new Set(
  "a,blockquote,br,button,code,del,div,em,figcaption,figure,hr,input,li,ol,p,path,pre,rect,span,strong,svg,table,tbody,td,th,thead,tr,ul".split(
    ",",
  ),
);
const ATTRIBUTE =
  /^(?:class|href|rel|target|type|checked|disabled|start|role|tabindex|title|dir|data-[a-z]+|aria-[a-z]+)$/;
/** Of icons. */
const DRAWING = /^(?:xmlns|width|height|viewBox|fill|stroke|stroke-[a-z]+|d|x|y|rx|ry)$/i;
const HREF = /^(?:https?:\/\/|mailto:|[/#?](?![/\\]))/i;
/** Of the processor, so that other work on the machine makes nothing late. */
const DEADLINE_MS = 2_000;

it("the corpus is large", () => expect(new Set(HOSTILE).size).toBeGreaterThan(250));

it.each(HOSTILE.map((source, index) => [index, source.slice(0, 60), source] as const))(
  "hostile markdown %i %j becomes harmless elements, soon",
  (_index, _name, source) => {
    const began = process.cpuUsage();
    const { container } = render(<Markdown source={source} me="ada" />);
    plainSummary(source);
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1_000).toBeLessThan(DEADLINE_MS);

    for (const element of container.querySelectorAll("*")) {
      const name = element.tagName.toLowerCase();
      expect(ELEMENTS).toContain(name);
      const isDrawing = element.closest("svg") !== null;
      for (const attribute of element.attributes) {
        const isKnown = ATTRIBUTE.test(attribute.name) || (isDrawing && DRAWING.test(attribute.name));
        expect(isKnown, `${name} ${attribute.name}`).toBe(true);
      }
      if (name !== "a") continue;
      expect(element.getAttribute("href")).toMatch(HREF);
      expect(element.getAttribute("rel")).toContain("noopener");
    }
  },
);
