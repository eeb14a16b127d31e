import { Component, type ComponentChildren } from "preact";

interface BoundaryProps {
  /** What is drawn inside: when it is another, drawing it is tried again. */
  of: unknown;
  children: ComponentChildren;
}

/** Around a tile: what cannot be drawn says so, instead of taking the whole widget with it. */
export class Boundary extends Component<BoundaryProps, { failed?: [unknown] }> {
  override componentDidCatch(error: unknown) {
    console.error(error);
    this.setState({ failed: [this.props.of] });
  }

  override render() {
    const { of, children } = this.props;
    const { failed } = this.state;
    if (failed && failed[0] === of) return <p class="dw-note">This tile could not be drawn.</p>;
    return children;
  }
}
