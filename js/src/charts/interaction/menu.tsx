import type { ComponentChildren } from "preact";
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { pngOf, save, svgOf } from "./picture";

const TILE = "[data-dw-tile], dialog";
const SKIPPED = ".dw-menu, .dw-hidden, .dw-tip, .dw-plane-at, dialog > .dw-button";

interface Props {
  name: string;
  /** Copies the rows; undefined where nothing is drawn. */
  onCopy: (() => void) | undefined;
  children: ComponentChildren;
}

/** Takes a chart along, as rows or as a picture of how it looks now; `children` lead elsewhere. */
export function Menu({ name, onCopy, children }: Props) {
  const menu = useRef<HTMLSpanElement>(null);
  const isOpen = useSignal(false);
  const picture = () => {
    const tile = menu.current?.closest<HTMLElement>(TILE);
    return tile ? svgOf(tile, SKIPPED) : "";
  };
  const ways: [string, (() => unknown) | undefined][] = [
    ["Copy CSV", onCopy],
    ["SVG", () => save(`${name}.svg`, new Blob([picture()], { type: "image/svg+xml" }))],
    ["PNG", async () => save(`${name}.png`, await pngOf(picture()))],
  ];
  return (
    <span class="dw-menu" ref={menu} data-dw-open={isOpen.value || undefined}>
      <button
        type="button"
        aria-expanded={isOpen.value}
        aria-label={`More of ${name}`}
        onClick={() => (isOpen.value = !isOpen.value)}
      >
        ⋯
      </button>
      {isOpen.value && children}
      {isOpen.value &&
        onCopy &&
        ways.map(([label, go]) => (
          <button key={label} type="button" onClick={go}>
            {label}
          </button>
        ))}
    </span>
  );
}
