import { Component, h, type ComponentChild, type FunctionComponent } from "preact";

/** Draw again only when the properties differ, or a signal that was read does. */
export function memo<Props extends object>(
  draw: (props: Props) => ComponentChild,
  isSame: (before: Props, after: Props) => boolean,
): FunctionComponent<Props> {
  class Memo extends Component<Props> {
    override shouldComponentUpdate(after: Props) {
      return !isSame(this.props, after);
    }

    override render() {
      return h(draw as FunctionComponent<Props>, this.props);
    }
  }
  return Memo as unknown as FunctionComponent<Props>;
}
