/** A closed `<select>` takes the next value at every arrow key, and acts: open its list instead. */
export function openByArrow(event: KeyboardEvent): void {
  if (!/^Arrow(Up|Down)$/.test(event.key)) return;
  try {
    (event.currentTarget as HTMLSelectElement).showPicker();
    event.preventDefault();
  } catch {
    // A frame of another origin may not: there the key does what it always did.
  }
}
