import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Markdown } from "./markdown";
import { isOnlyEmoji } from "./only-emoji";
import { safeHref } from "./safe-href";

const show = (source: string) => render(<Markdown source={source} me="ada" />).container;

describe("hostile links", () => {
  it.each([
    "javascript:alert(1)",
    " JaVaScRiPt:alert(1)",
    "\tjavascript:alert(1)",
    "java\nscript:alert(1)",
    "&#106;avascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "blob:x",
    "file:///etc/passwd",
    "//evil.example",
    "/\\evil.example",
    "https:evil.example",
    "x-scheme:y",
  ])("%j is not followed", (href) => {
    expect(safeHref(href)).toBeNull();

    const shown = show(`[x](${href}) ![y](${href}) <${href}>`);

    expect(shown.querySelector("a, img")).toBeNull();
  });

  it.each(["https://example.org/a?b=1&c=2", "http://localhost:8080/", "mailto:ada@example.org", "/r/1"])(
    "%s is",
    (href) => {
      const link = show(`[x](${href})`).querySelector("a");

      expect(link).toHaveAttribute("href", href);
      expect(link?.rel).toContain("noopener");
    },
  );
});

describe("hostile HTML", () => {
  it.each([
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<b onmouseover=alert(1)>x</b>",
    "<svg/onload=alert(1)>",
    "<style>*{display:none}</style>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
  ])("%s is shown as text", (source) => {
    const shown = show(`before ${source} after`);

    expect(shown.querySelector("img, script, b, svg, style, iframe, a")).toBeNull();
    expect(shown.textContent).toContain(source.slice(0, 8));
  });

  it("loads no image by itself", () => {
    const shown = show("![a cat](https://example.org/cat.png)");

    expect(shown.querySelector("img")).toBeNull();
    expect(screen.getByRole("link", { name: "a cat" })).toBeInTheDocument();
  });

  it("survives nesting without end", () => {
    expect(show(`${"> ".repeat(3_000)}x`).textContent).toContain("x");
    expect(show(`${"- ".repeat(500)}x`).textContent).toContain("x");
  });
});

describe("what people write", () => {
  it("keeps single line breaks", () => {
    expect(show("one\ntwo").querySelectorAll("br")).toHaveLength(1);
  });

  it("shows code literally", () => {
    expect(show("see `x<y> &lt;`").querySelector("code")?.textContent).toBe("x<y> &lt;");
  });

  it("shows a task list", () => {
    const boxes = show("- [x] done\n- [ ] open").querySelectorAll("input");

    expect([...boxes].map((box) => box.checked)).toEqual([true, false]);
  });

  it("marks mentions, mine apart from others', but not addresses", () => {
    const shown = show("@ada and @linus, @zoë. Not mail@ada.org, but #release-train");

    const marked = [...shown.querySelectorAll(".mention, .room-reference")].map((span) => span.textContent);
    expect(marked).toEqual(["@ada", "@linus", "@zoë", "#release-train"]);
    expect(shown.querySelector("[data-me]")?.textContent).toBe("@ada");
  });

  it.each(["🎉", "🎉🎉 🎉", "❤️", "👍🏽", "✌🏽", "🏳️‍🌈", "👩‍👩‍👧‍👦", "🧑‍⚕", "🇵🇹", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "1️⃣"])(
    "%s alone is shown larger",
    (source) => expect(isOnlyEmoji(source)).toBe(true),
  );

  it.each(["🎉🎉🎉🎉", "🎉!", "ok 🎉", "`🎉`", "3", "©", "12 3", "#", "❤", ""])("%j is text", (source) =>
    expect(isOnlyEmoji(source)).toBe(false),
  );

  it("colours fenced code and offers to copy it", async () => {
    await import("../code/highlighted-code"); // else it is loaded while the colours are waited for
    const shown = show("```rust\nfn main() {}\n```");

    expect(screen.getByRole("group", { name: "Rust code, 1 line" })).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Copy code" })).toBeInTheDocument();
    await screen.findByText("fn");
    expect(shown.querySelector(".hljs-keyword")?.textContent).toBe("fn");
  });

  it("says plainly what it does not know", () => {
    show("```constructor\nx\n```");

    expect(screen.getByRole("group", { name: "constructor code, 1 line" })).toBeInTheDocument();
  });

  it("shows characters that reorder code as marks", () => {
    const shown = show("```\nif (admin\u202e) {}\n```");

    expect(shown.querySelector(".bidi-mark")?.textContent).toBe("U+202E");
    expect(shown.textContent).not.toContain("\u202e");
  });
});
