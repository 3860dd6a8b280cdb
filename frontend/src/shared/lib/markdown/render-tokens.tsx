/** marked's tokens to React elements, one case per type. Anything unknown is shown as its source. */
import type { Token, Tokens } from "marked";
import { Fragment, type ReactNode } from "react";
import { CodeBlock } from "@/shared/lib/code/code-block";
import { renderText } from "./plain-text";
import { safeHref } from "./safe-href";

interface Context {
  depth: number;
  me: string | undefined;
}

const MAX_DEPTH = 12;

/** Tokens of one text never change places, so their index is a sound key. */
export function renderTokens(tokens: readonly Token[] | undefined, context: Context): ReactNode {
  if (!tokens) return null;
  if (context.depth > MAX_DEPTH) return tokens.map((token) => token.raw).join("");
  const inner = { ...context, depth: context.depth + 1 };
  return tokens.map((token, index) => {
    const key = `${index}`;
    return <Fragment key={key}>{renderToken(token as Tokens.Generic, inner)}</Fragment>;
  });
}

function renderToken(token: Tokens.Generic, context: Context): ReactNode {
  const children = () => renderTokens(token.tokens, context);
  switch (token.type) {
    case "space":
    case "def":
      return null;
    case "paragraph":
      return <p>{children()}</p>;
    case "text":
      return token.tokens ? children() : renderText(token.raw, context.me);
    case "escape":
      return token["text"];
    case "strong":
      return <strong>{children()}</strong>;
    case "em":
      return <em>{children()}</em>;
    case "del":
      return <del>{children()}</del>;
    case "codespan":
      return <code>{token["text"]}</code>;
    case "br":
      return <br />;
    case "hr":
      return <hr />;
    case "heading":
      return <p className="heading">{children()}</p>;
    case "blockquote":
      return <blockquote>{children()}</blockquote>;
    case "link":
      return renderLink(token, children());
    case "image":
      return renderLink(token, token["text"] || token["href"]);
    case "list":
      return renderList(token as Tokens.List, context);
    case "table":
      return renderTable(token as Tokens.Table, context);
    case "code":
      return <CodeBlock code={token["text"]} language={String(token["lang"] ?? "").split(/\s/)[0] ?? ""} />;
    default:
      return token.raw;
  }
}

function renderLink(token: Tokens.Generic, content: ReactNode): ReactNode {
  const href = safeHref(String(token["href"]));
  if (href === null) return token.raw;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
      {content}
    </a>
  );
}

function renderList(list: Tokens.List, context: Context): ReactNode {
  const items = list.items.map((item, index) => {
    const key = `${index}`;
    return (
      <li key={key} className={item.task ? "task" : undefined}>
        {item.task ? (
          <input type="checkbox" checked={item.checked === true} disabled aria-label="Task" />
        ) : null}
        {renderTokens(
          item.tokens.filter((token) => token.type !== "checkbox"),
          context,
        )}
      </li>
    );
  });
  return list.ordered ? <ol start={Number(list.start) || 1}>{items}</ol> : <ul>{items}</ul>;
}

function renderTable(table: Tokens.Table, context: Context): ReactNode {
  const cells = (row: Tokens.TableCell[], Cell: "th" | "td") =>
    row.map((cell, index) => {
      const key = `${index}`;
      return <Cell key={key}>{renderTokens(cell.tokens, context)}</Cell>;
    });
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label="Table">
      <table>
        <thead>
          <tr>{cells(table.header, "th")}</tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => {
            const key = `${index}`;
            return <tr key={key}>{cells(row, "td")}</tr>;
          })}
        </tbody>
      </table>
    </div>
  );
}
