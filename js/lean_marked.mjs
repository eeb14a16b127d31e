// marked's lexer, a third smaller: our pages read Markdown in one dialect, and never make HTML.
// Regular expressions over marked's one file, as it is published: the build fails when they no
// longer fit, and when the lexer that is left reads anything else than the whole one does.
import { readFile } from "node:fs/promises";
import { Lexer } from "marked";

/** A plugin of esbuild's. */
export const leanMarked = {
  name: "lean-marked",
  setup(build) {
    build.onLoad({ filter: /[\\/]marked[\\/]lib[\\/]marked\.esm\.js$/ }, async ({ path }) => {
      const contents = lean(await readFile(path, "utf8"));
      if (!(await lexes(contents))) throw new Error("marked has changed: leave this plugin out");
      return { contents };
    });
  },
};

/** The lexer alone, for GitHub's dialect in which line breaks count. */
function lean(whole) {
  const [, lexer] = /([\w$]+) as Lexer\b/.exec(whole) ?? [];
  const [, , others] = /let ([\w$]+)=\{other:([\w$]+),/.exec(whole) ?? [];
  // The ready-made instance holds on to all that makes HTML.
  const instance = whole.search(
    /var [\w$]+=new [\w$]+;function [\w$]+\([\w$,]+\)\{return [\w$]+\.parse\(/,
  );
  const code = whole
    .slice(0, instance)
    .replace(/this\.options\.(pedantic|silent)/g, "!1")
    .replace(/this\.options\.(gfm|breaks)/g, "!0")
    .replace(/this\.options\.(extensions|hooks)/g, "(void 0)")
    // Each page would build the rules of every dialect from parts. Below are those of one.
    .replace(/,[\w$]+=\/\^\(\?:\[ \\t\]\*[^]*?(?=,[\w$]+="address\|)/, "")
    .replace(/(="address\|[^"]*")[^]*?(?=;var [\w$]+=\{"&")/, "$1")
    .replace(/let ([\w$]+)=\{other:[^]*?this\.tokenizer\.rules=\1/, "")
    .replace(/static get rules\(\)\{.*?\}\}/, "")
    // A variable a rule: it gets a short name, and goes when it is not used.
    .replace(new RegExp(`\\b${others}=\\{([^]*?)\\}(?=,[\\w$]+="address)`), (_, rules) =>
      `,${rules}`.replace(/,([a-zA-Z]\w*):/g, ",other_$1=/* @__PURE__ */").slice(1),
    )
    .replace(new RegExp(`\\b${others}\\.(\\w+)`, "g"), "other_$1")
    .replace(/[\w$.]+\.rules\.other\.(\w+)/g, "other_$1")
    .replace(/[\w$.]+\.rules\.(block|inline)\.(\w+)/g, "$1_$2()")
    .replace(/\b[\w$]+\.inline\.(\w+)/g, "inline_$1()")
    .replace(/\b[\w$]+\.other\.(\w+)/g, "other_$1")
    .replace(/\{([\w$:,]+)\}=[\w$.]+\.rules\.inline\b/, (_, names) =>
      names.replace(/(\w+):([\w$]+)/g, " $2=inline_$1()"),
    );
  const { block, inline } = Lexer.rules;
  return [
    code,
    MADE_WHEN_USED,
    literals("block", block.gfm),
    literals("inline", inline.breaks),
    `export { ${lexer} as Lexer };`,
  ].join("\n");
}

// Those with classes of Unicode take milliseconds, also as literals, and most pages have no text.
const MADE_WHEN_USED = `
function ruleOf(source, flags) {
  let rule;
  return () => (rule ??= new RegExp(source, flags));
}`;

/** A function for each rule; those of other dialects never match. */
function literals(kind, rules) {
  return Object.entries(rules)
    .map(([name, { source = "(?!)", flags = "" }]) => [name, JSON.stringify(source), `"${flags}"`])
    .map(([name, ...rule]) => `const ${kind}_${name} = /* @__PURE__ */ ruleOf(${rule});`)
    .join("\n");
}

/** Whether what was cut still reads what a text is made of. */
async function lexes(source) {
  const lean = await import(`data:text/javascript,${encodeURIComponent(source)}`);
  return SAMPLES.every((text) => {
    const [cut, whole] = [lean.Lexer, Lexer].map((Each) =>
      JSON.stringify(new Each({ gfm: true, breaks: true }).lex(text)),
    );
    return cut === whole;
  });
}

const SAMPLES = [
  '| a | b |\n| - | :-: |\n| 1 | `x` |\n\n- one\n  1. two\n- [x] three\n\n[two](https://a.b "t")',
  "# Head\n\nSet\n===\n\n> quote\n> - list\n\n```js\ncode\n```\n\n    indented\n\n***",
  "<b>html</b> <div>\n\nmore</div>\n\n**bold** _em_ ~~del~~ `code` a\nb <https://a.b> www.c.d",
  "e@f.g ![i](h) [ref] [r][ref] \\* &amp; &#35;\n\n[ref]: http://x.y 'z'",
];
