import type { AnyModel } from "@anywidget/types";

/** A model without a kernel: what Python would do is done by hand. */
export class FakeModel<State extends object> {
  readonly sent: unknown[] = [];
  private readonly heard = new Map<string, Set<(...args: never[]) => void>>();

  constructor(readonly state: State) {}

  get model(): AnyModel<State> {
    return this as unknown as AnyModel<State>;
  }

  get<Name extends keyof State & string>(name: Name): State[Name] {
    return this.state[name];
  }

  set<Name extends keyof State & string>(name: Name, value: State[Name]): void {
    this.state[name] = value;
    this.tell(`change:${name}`);
  }

  save_changes(): void {}

  on(event: string, callback: (...args: never[]) => void): void {
    this.heard.set(event, (this.heard.get(event) ?? new Set()).add(callback));
  }

  off(event: string, callback: (...args: never[]) => void): void {
    this.heard.get(event)?.delete(callback);
  }

  /** How many listen to anything. */
  get listeners(): number {
    return [...this.heard.values()].reduce((sum, calls) => sum + calls.size, 0);
  }

  send(content: unknown): void {
    this.sent.push(content);
  }

  tell(event: string, ...args: unknown[]): void {
    this.heard.get(event)?.forEach((callback) => callback(...(args as never[])));
  }
}
