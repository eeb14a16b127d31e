interface Choice<Value> {
  value: Value;
  label: string;
}

/** A few buttons of which one is pressed. */
export function Switch<Value>(props: {
  value: Value;
  choices: readonly Choice<Value>[];
  disabled: boolean;
  onPick: (value: Value) => void;
}) {
  return (
    <div class="dw-switch">
      {props.choices.map(({ value, label }) => (
        <button
          type="button"
          key={label}
          disabled={props.disabled}
          aria-pressed={value === props.value}
          onClick={() => props.onPick(value)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
