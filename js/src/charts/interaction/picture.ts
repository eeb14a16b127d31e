// What is seen becomes a picture: one walk over the page draws every kind of chart.
const SVG = "http://www.w3.org/2000/svg";
const SHARPER = 2;

const PAINT = [
  ...["fill", "fill-opacity", "opacity", "stroke", "stroke-width", "stroke-dasharray"],
  ...["stroke-linecap", "stroke-linejoin", "vector-effect"],
];

/** An element as it looks now, as an SVG document of its own; `skipped` matches what stays out. */
export function svgOf(element: HTMLElement, skipped: string): string {
  const { document } = element.ownerDocument.defaultView ?? globalThis;
  const { left, top, width, height } = element.getBoundingClientRect();
  const picture = document.createElementNS(SVG, "svg");
  set(picture, { width, height, viewBox: `0 0 ${width} ${height}` });
  draw(element, picture, { left, top, skipped });
  return new XMLSerializer().serializeToString(picture);
}

/** The same as PNG, twice as sharp. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * SHARPER;
  canvas.height = image.height * SHARPER;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
  });
}

/** Give a file to the reader. */
export function save(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name.replace(/[^\p{L}\p{N} ._-]+/gu, " ").trim() || "chart";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

interface Frame {
  left: number;
  top: number;
  skipped: string;
}

function draw(element: Element, into: Element, frame: Frame): void {
  const style = getComputedStyle(element);
  if (element.matches(frame.skipped) || style.display === "none") return;
  if (element instanceof SVGSVGElement) return copy(element, into, frame);
  box(element, style, into, frame);
  for (const child of element.childNodes) {
    if (child instanceof Element) draw(child, into, frame);
    else if (child instanceof Text) words(child, style, into, frame);
  }
}

/** Ground and borders. */
function box(element: Element, style: CSSStyleDeclaration, into: Element, frame: Frame): void {
  const { left, top, width, height } = element.getBoundingClientRect();
  const line = parseFloat(style.borderBottomWidth);
  const isFramed = line > 0 && parseFloat(style.borderTopWidth) > 0;
  const isFilled = !/^(transparent|rgba\(0, 0, 0, 0\))$/.test(style.backgroundColor);
  const [x, y] = [left - frame.left, top - frame.top];
  if (isFilled || isFramed) {
    const rx = style.borderRadius.endsWith("%") ? width / 2 : parseFloat(style.borderRadius) || 0;
    const fill = isFilled ? plain(style.backgroundColor) : "none";
    const stroke = isFramed ? plain(style.borderBottomColor) : "none";
    add(into, "rect", { x, y, width, height, rx, fill, stroke, opacity: style.opacity });
  } else if (line > 0) {
    const place = { x1: x, x2: x + width, y1: y + height, y2: y + height };
    const dash = style.borderBottomStyle === "dashed" ? "4 4" : "none";
    add(into, "line", { ...place, stroke: plain(style.borderBottomColor), "stroke-dasharray": dash });
  }
}

/** Word by word, where the page put them; what is cut off there is cut off here. */
function words(node: Text, style: CSSStyleDeclaration, into: Element, frame: Frame): void {
  const parent = node.parentElement?.getBoundingClientRect();
  const range = node.ownerDocument.createRange();
  for (const { index, 0: word } of node.data.matchAll(/\S+/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const { left, right, bottom, width, height } = range.getBoundingClientRect();
    const room = style.overflow === "hidden" && parent ? parent.right - left : Infinity;
    if (width === 0 || room <= 0) continue;
    const fits = Math.floor((word.length * room) / (right - left)) - 1;
    const text = add(into, "text", {
      x: left - frame.left,
      y: bottom - frame.top - height * 0.24,
      fill: plain(style.color),
      "font-family": style.fontFamily,
      "font-size": style.fontSize,
      "font-weight": style.fontWeight,
    });
    text.textContent = room < width - 1 ? `${word.slice(0, Math.max(0, fits))}…` : word;
  }
}

/** A drawing inside, with the colors that its style sheet gives it. */
function copy(drawing: SVGSVGElement, into: Element, frame: Frame): void {
  const clone = drawing.cloneNode(true) as SVGSVGElement;
  const { left, top, width, height } = drawing.getBoundingClientRect();
  const marks = drawing.querySelectorAll("*");
  clone.querySelectorAll("*").forEach((mark, index) => {
    const original = marks[index];
    if (!original) return;
    const style = getComputedStyle(original);
    for (const name of PAINT) mark.setAttribute(name, plain(style.getPropertyValue(name)));
    mark.removeAttribute("style");
    mark.removeAttribute("class");
  });
  set(clone, { x: left - frame.left, y: top - frame.top, width, height, overflow: "visible" });
  into.append(clone);
}

/** A mixed color as the three numbers that every program knows. */
function plain(value: string): string {
  if (!/^(color|oklab|oklch|lab|lch)\(/.test(value)) return value;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pixel = canvas.getContext("2d");
  if (!pixel) return value;
  pixel.fillStyle = value;
  pixel.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha = 255] = pixel.getImageData(0, 0, 1, 1).data;
  return `rgba(${red}, ${green}, ${blue}, ${(alpha / 255).toFixed(3)})`;
}

function add(into: Element, name: string, given: Record<string, string | number>): Element {
  const made = into.ownerDocument.createElementNS(SVG, name);
  set(made, given);
  into.append(made);
  return made;
}

function set(element: Element, given: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(given)) element.setAttribute(name, String(value));
}
