import { seriesColor } from "./tip";

interface MeterProps {
  name: string;
  amount: string;
  /** Length of the bar, 0 to 1. */
  share: number;
  color?: number;
}

/** A name, its amount, and a bar under both. */
export function Meter({ name, amount, share, color = 0 }: MeterProps) {
  return (
    <li class="dw-meter">
      <span class="dw-meter-name" title={name}>
        {name}
      </span>
      <span class="dw-meter-amount">{amount}</span>
      <span class="dw-meter-track" aria-hidden="true">
        <span style={{ width: `${share * 100}%`, background: seriesColor(color) }} />
      </span>
    </li>
  );
}
