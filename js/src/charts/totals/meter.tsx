import { seriesColor, type Paint } from "../colors/palette";

interface MeterProps {
  name: string;
  amount: string;
  /** Length of the bar, 0 to 1. */
  share: number;
  color?: Paint;
  faint?: boolean | undefined;
  /** What stands small below. */
  note?: string | undefined;
}

/** A name, its amount, and a bar under both. */
export function Meter({ name, amount, share, color = 0, faint = false, note }: MeterProps) {
  const style = { width: `${share * 100}%`, background: seriesColor(color) };
  return (
    <li class="dw-meter">
      <span class="dw-meter-name" title={name}>
        {name}
      </span>
      <span class="dw-meter-amount">{amount}</span>
      <span class="dw-meter-track" aria-hidden="true">
        <span style={style} data-dw-faint={faint || undefined} />
      </span>
      {note && <span class="dw-meter-note">{note}</span>}
    </li>
  );
}
