import createSanitizer from "dompurify";
import { Marked } from "marked";
import { useLayoutEffect, useRef } from "preact/hooks";

// Texts come from other people, and a widget can run code in the kernel.
const ALLOWED_TAGS = (
  "h1 h2 h3 h4 h5 h6 p a ul ol li strong em del code pre blockquote hr br " +
  "table thead tbody tr th td"
).split(" ");
const ALLOWED_ATTR = ["href", "title", "start"];

const markdown = new Marked({
  gfm: true,
  breaks: true,
  // An image would tell its server who reads the notebook: its description stands for it.
  renderer: { image: ({ text }) => text },
});

/** Markdown as nodes that load nothing and run nothing. */
export function rendered(body: string, window: Window & typeof globalThis): DocumentFragment {
  const sanitizer = createSanitizer(window);
  sanitizer.addHook("afterSanitizeAttributes", (node) => {
    if (node.tagName !== "A") return;
    node.setAttribute("target", "_blank");
    node.setAttribute("rel", "noopener noreferrer");
  });
  return sanitizer.sanitize(markdown.parse(body, { async: false }), {
    ALLOWED_TAGS,
    ALLOWED_ATTR,
    ALLOW_ARIA_ATTR: false,
    ALLOW_DATA_ATTR: false,
    // A path would lead into the notebook server.
    ALLOWED_URI_REGEXP: /^(https?|mailto):/i,
    ADD_URI_SAFE_ATTR: ["start"],
    RETURN_DOM_FRAGMENT: true,
  });
}

export function Text({ body }: { body: string }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current } = place;
    const window = current?.ownerDocument.defaultView;
    if (window) current.replaceChildren(rendered(body, window));
  }, [body]);
  return <div class="dw-text" ref={place} />;
}
