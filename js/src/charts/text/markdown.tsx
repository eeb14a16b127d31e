import { Lexer, type Token, type Tokens } from "marked";
import type { ComponentChildren } from "preact";

/** Nobody writes so deeply, and rendering goes as deep as the elements. */
const DEEPEST = 100;

/** Markdown as elements built from its tokens: HTML in it stays text, so nothing can run. */
export function Markdown({ body }: { body: string }) {
  return <div class="dw-text">{elements(body)}</div>;
}

/** The text as it was written where it is nested too deeply for the lexer or the page. */
function elements(body: string): ComponentChildren {
  try {
    const tokens = new Lexer({ gfm: true, breaks: true }).lex(body);
    if (!isDeeper(tokens, DEEPEST)) return tokens.map(node);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return <pre>{body}</pre>;
}

function isDeeper(tokens: readonly Token[], most: number): boolean {
  return tokens.some((token) => most === 0 || isDeeper(within(token), most - 1));
}

function within({ tokens = [], items = [], header = [], rows = [] }: Tokens.Generic): Token[] {
  return [tokens, items, header, rows].flat(2);
}

const HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"] as const;

function node(token: Token): ComponentChildren {
  const inside = () => ("tokens" in token && token.tokens ? token.tokens.map(node) : words(token));
  switch (token.type) {
    case "space":
    case "def":
      return null;
    case "checkbox":
      return token["checked"] ? "☑ " : "☐ ";
    case "heading": {
      const Heading = HEADINGS[(token["depth"] as number) - 1] ?? "h6";
      return <Heading>{inside()}</Heading>;
    }
    case "paragraph":
      return <p>{inside()}</p>;
    case "strong":
      return <strong>{inside()}</strong>;
    case "em":
      return <em>{inside()}</em>;
    case "del":
      return <del>{inside()}</del>;
    case "blockquote":
      return <blockquote>{inside()}</blockquote>;
    case "br":
      return <br />;
    case "hr":
      return <hr />;
    case "codespan":
      return <code>{token["text"]}</code>;
    case "code":
      return (
        <pre>
          <code>{token["text"]}</code>
        </pre>
      );
    case "list": {
      const items = (token["items"] as Token[]).map((item) => (
        <li>{("tokens" in item && item.tokens ? item.tokens : []).map(node)}</li>
      ));
      return token["ordered"] ? <ol start={Number(token["start"]) || 1}>{items}</ol> : <ul>{items}</ul>;
    }
    case "link": {
      const href = String(token["href"]);
      // A path would lead into the notebook server, other schemes may run code.
      if (!/^(https?:\/\/|mailto:)/i.test(href)) return <>{inside()}</>;
      return (
        <a href={href} target="_blank" rel="noopener noreferrer">
          {inside()}
        </a>
      );
    }
    case "image": // would tell its server who reads the notebook
      return <>{token["text"]}</>;
    case "table": {
      const { header, rows } = token as Tokens.Table;
      return (
        <table>
          <thead>{row(header)}</thead>
          <tbody>{rows.map(row)}</tbody>
        </table>
      );
    }
    default:
      return <>{inside()}</>;
  }
}

function row(cells: Tokens.TableCell[]) {
  return (
    <tr>
      {cells.map(({ header, tokens }) => {
        const Cell = header ? "th" : "td";
        return <Cell>{tokens.map(node)}</Cell>;
      })}
    </tr>
  );
}

function words(token: Token): string {
  if (token.type === "html") return token.raw;
  return "text" in token && typeof token.text === "string" ? token.text : token.raw;
}
